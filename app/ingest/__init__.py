"""What others publish, as domain values."""

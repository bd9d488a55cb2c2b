"""Domain values in the database."""

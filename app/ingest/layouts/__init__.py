"""What tables of figures look like, one module for each kind."""

"""Numbers in, numbers out: closed-form statistics on arrays, without random numbers."""

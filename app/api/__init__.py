"""HTTP with JSON: parse, call one service, present."""

"""Invented trusts and headcounts, generated from a seed, to show what the service does."""

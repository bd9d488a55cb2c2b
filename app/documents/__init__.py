"""Documents for people who print and pass on: what services tell, on pages of paper."""

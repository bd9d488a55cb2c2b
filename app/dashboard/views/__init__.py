"""What pages tell: services' answers in the words and the order of whoever reads."""

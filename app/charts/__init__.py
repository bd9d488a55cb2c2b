"""Pictures of answers: for each question a specification, a table of its numbers and a reading."""

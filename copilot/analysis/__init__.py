"""What we work out: stages, the value map, pitfalls, questions, talk stats. Pure functions, no clock, no file, no network."""

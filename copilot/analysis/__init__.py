"""What we work out: stages, the value map, pitfalls, questions, talk stats. Pure: no clock, no file, no network."""

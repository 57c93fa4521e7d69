"""A small model that reads talk, and the code that runs it."""

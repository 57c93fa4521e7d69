"""What follows calls, kept: each service reads calls and journals from the store, has `review/` make something of them,
and writes down or sends what became of it."""

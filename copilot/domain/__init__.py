"""What exists: calls, utterances, the value map, and the log that everything is a fold of. Values and pure functions only."""

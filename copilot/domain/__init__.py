"""What exists: calls, utterances, the value map, and the log that all is a fold of. Values and pure functions only."""

"""From sound to utterances, as far as it can be decided without a model, a clock or a file."""

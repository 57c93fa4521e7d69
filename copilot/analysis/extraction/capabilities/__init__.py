"""Capabilities: what has to be in place, as people ask for it."""

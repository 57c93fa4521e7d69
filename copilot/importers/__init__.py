"""Transcript files as people have them, read into one shape: one small module per format, one detector."""

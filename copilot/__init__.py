"""Copilot: a live copilot for value conversations."""

__version__ = "0.1.0"

"""Metrics: what is measured, where it stands and should get, who keeps it and how often it is looked at."""

"""Which outcome an item serves."""

"""Documents as files that other programs open: PDF, and slides. Both need the extra `reports`."""

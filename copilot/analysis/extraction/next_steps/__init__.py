"""Next steps: what somebody undertakes, who, and by when."""

"""Speech models, and what tells speech from silence. What they need comes with the extra `speech`."""

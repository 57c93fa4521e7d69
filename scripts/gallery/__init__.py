"""Pictures of the pages in their states, for whoever looks whether they are as they should be: `make gallery`."""

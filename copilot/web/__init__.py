"""The outside of the program over HTTP: sockets, API, pages, and who may come in."""

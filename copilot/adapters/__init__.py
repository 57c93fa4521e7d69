"""One module for each thing outside: the database, the rubric files, …"""

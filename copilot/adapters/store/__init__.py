"""The record of all calls in a SQL database: SQLite by default, PostgreSQL by its URL."""

from copilot.adapters.store.sql import SqlStore, open_store

__all__ = ["SqlStore", "open_store"]

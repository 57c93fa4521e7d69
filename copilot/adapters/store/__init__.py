"""The record of all calls in a SQL database: SQLite by default, PostgreSQL by its URL."""

from copilot.adapters.store.memory import MemoryStore
from copilot.adapters.store.sql import SqlStore, open_store

__all__ = ["MemoryStore", "SqlStore", "open_store"]

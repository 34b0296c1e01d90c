"""The memory between runs: SQLAlchemy Core on SQLite. It holds no rules beyond compare-and-set."""

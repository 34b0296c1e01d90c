"""How an older database becomes a newer one: Alembic's environment and one file per revision."""

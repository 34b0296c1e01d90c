"""What Alembic runs: the revisions, on the connection (and in the transaction) that `upgrading.py` hands in."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()

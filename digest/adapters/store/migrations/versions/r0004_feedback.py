"""What providers tell of copies after they had accepted them, and batches that a restored database cannot vouch for."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add columns and a table; of what was sent before nothing had been told."""
    op.add_column("batches", sa.Column("may_replay", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("deliveries", sa.Column("feedback", sa.String(length=16), nullable=False, server_default=""))
    op.add_column("events", sa.Column("bounce", sa.String(length=8), nullable=False, server_default=""))
    op.add_column("events", sa.Column("delivery_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_events_delivery_id"), "events", ["delivery_id"])
    op.create_table(
        "nonces",
        sa.Column("provider", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("provider", "nonce", name=op.f("pk_nonces")),
    )

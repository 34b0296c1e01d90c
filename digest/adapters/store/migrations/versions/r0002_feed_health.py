"""What feeds did day by day, where they moved to, what publishers edited, and the pages behind items."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add columns and tables; nothing that was there changes."""
    _add_columns()
    _add_feed_tables()
    _add_item_tables()


def _add_columns() -> None:
    op.add_column("feed_states", sa.Column("moved_to", sa.Text(), nullable=False, server_default=""))
    op.add_column("feed_states", sa.Column("validated_url", sa.Text(), nullable=False, server_default=""))
    for name in ("last_new", "retry_at", "gone_at"):
        op.add_column("feed_states", sa.Column(name, INSTANT, nullable=True))
    op.add_column("feed_states", sa.Column("seconds", sa.Float(), nullable=False, server_default="0"))
    for name in ("raw_date", "picture", "text", "said", "foreign"):
        op.add_column("items", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("items", sa.Column("medium", sa.String(length=16), nullable=False, server_default="text"))


def _add_feed_tables() -> None:
    op.create_table(
        "feed_days",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("polls", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("new_items", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "day", name=op.f("pk_feed_days")),
    )
    op.create_table(
        "documents",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_documents")),
    )


def _add_item_tables() -> None:
    op.create_table(
        "edits",
        sa.Column("id", ID, nullable=False),
        sa.Column("item_id", sa.String(length=64), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("field", sa.String(length=16), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edits")),
    )
    op.create_index(op.f("ix_edits_item_id"), "edits", ["item_id"], unique=False)
    op.create_table(
        "pages",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("item_id", sa.String(length=64), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_pages")),
    )
    op.create_index(op.f("ix_pages_at"), "pages", ["at"], unique=False)
    op.create_table(
        "robots",
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_robots")),
    )

"""What editors decide about an edition, and the edition as it was drafted before they did."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add two columns; no edition of before has editors' decisions."""
    op.add_column("editions", sa.Column("drafted_json", sa.Text(), nullable=False, server_default=""))
    op.add_column("decisions", sa.Column("act", sa.String(length=16), nullable=False, server_default=""))

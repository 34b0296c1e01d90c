"""The tables of editions, readers and the ledger.

Nothing here is peculiar to SQLite, so that PostgreSQL can follow. Every change comes with a
migration in `migrations/`; a test holds the two together. States are kept as their words.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    true,
)

from digest.adapters.store.columns import Id, Texts, UtcDateTime
from digest.adapters.store.metadata import metadata

newsletters = Table(
    "newsletters",
    metadata,
    Column("id", String(64), primary_key=True),
)

editions = Table(
    "editions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("newsletter", ForeignKey("newsletters.id"), nullable=False),
    Column("day", Date, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("subject", Text),
    Column("preheader", Text),
    Column("html", Text),
    Column("text", Text),
    Column("sha256", String(64), nullable=False, default=""),
    Column("edition_json", Text, nullable=False),
    Column("drafted_json", Text, nullable=False, server_default=""),  # empty while no editor's decision stands
    Column("drafted_at", UtcDateTime),
    Column("approved_at", UtcDateTime),
    Column("approved_by", Text, nullable=False, default=""),
    Column("provider", String(64), nullable=False, default=""),
    Column("prepared_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    UniqueConstraint("newsletter", "day"),
)

told = Table(
    "told",
    metadata,
    Column("edition_id", ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("story_id", String(64), nullable=False),
    Column("headline", Text, nullable=False),
    Column("item_ids", Texts, nullable=False),
    Column("titles", Texts, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("edition_id", ForeignKey("editions.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("why", Text, nullable=False, default=""),
    Column("payload", Text, nullable=False, default="{}"),
    Column("act", String(16), nullable=False, server_default=""),  # an editor's; then the payload is the decision
)

batches = Table(
    "batches",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("edition_id", ForeignKey("editions.id"), nullable=False),
    Column("provider", String(64), nullable=False),
    Column("n", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempt", Integer, nullable=False, default=0),
    Column("worker", Text, nullable=False, default=""),
    Column("lease_until", UtcDateTime),
    Column("first_tried_at", UtcDateTime),
    Column("due_at", UtcDateTime),
    Column("reference", Text, nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),
    Column("settled_at", UtcDateTime),
    Column("may_replay", Boolean, nullable=False, default=True, server_default=true()),
    UniqueConstraint("edition_id", "provider", "n"),
    Index(None, "edition_id", "state"),
)

subscribers = Table(
    "subscribers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("address", Text, nullable=False),
    Column("address_key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False, default=""),
    Column("created_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,  # the id of an erased reader never comes back
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("newsletter", ForeignKey("newsletters.id"), primary_key=True),
    Column("subscriber_id", ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("state", String(16), nullable=False),
    Column("consent_source", Text, nullable=False),
    Column("consent_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("reason", Text, nullable=False, default=""),
)

suppressions = Table(
    "suppressions",
    metadata,
    Column("address_key", Text, primary_key=True),  # or a keyed hash of it, once the reader was erased
    Column("reason", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("edition_id", ForeignKey("editions.id"), nullable=False),
    Column("subscriber_id", ForeignKey("subscribers.id", ondelete="SET NULL"), index=True),
    Column("address", Text, nullable=False),
    Column("address_key", Text, nullable=False),
    Column("name", Text, nullable=False, default=""),
    Column("batch_id", ForeignKey("batches.id"), index=True),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("reference", Text, nullable=False, default=""),
    Column("feedback", String(16), nullable=False, default="", server_default=""),  # what was told of it later
    UniqueConstraint("edition_id", "address_key"),
    sqlite_autoincrement=True,  # the id stands in a link for years: it never comes back for somebody else
)

attempts = Table(
    "attempts",
    metadata,
    Column("batch_id", ForeignKey("batches.id"), primary_key=True),
    Column("attempt", Integer, primary_key=True),
    Column("worker", Text, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("outcome", String(16), nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),
)

alerts = Table(
    "alerts",
    metadata,
    Column("key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime),  # null until somebody could be told
)

facts = Table(
    "facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("provider", String(64), nullable=False),
    Column("event_id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("bounce", String(8), nullable=False, default="", server_default=""),
    Column("delivery_id", Integer, index=True),
    Column("payload", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("provider", "event_id"),
)

nonces = Table(
    "nonces",
    metadata,
    Column("provider", String(64), primary_key=True),
    Column("nonce", Text, primary_key=True),  # a proof that may be used once
    Column("at", UtcDateTime, nullable=False),
)

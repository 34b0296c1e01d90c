"""The tables of the news: feeds, items, stories, and the pages behind items."""

from sqlalchemy import Column, Date, Float, ForeignKey, Integer, LargeBinary, String, Table, Text

from digest.adapters.store.columns import Id, Texts, UtcDateTime
from digest.adapters.store.metadata import metadata

feed_states = Table(
    "feed_states",
    metadata,
    Column("source_id", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("moved_to", Text, nullable=False, server_default=""),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
    Column("validated_url", Text, nullable=False, server_default=""),
    Column("last_tried", UtcDateTime),
    Column("last_success", UtcDateTime),
    Column("last_new", UtcDateTime),
    Column("failing_since", UtcDateTime),
    Column("retry_at", UtcDateTime),
    Column("gone_at", UtcDateTime),
    Column("failures", Integer, nullable=False),
    Column("last_error", Text, nullable=False),
    Column("seconds", Float, nullable=False, server_default="0"),
)

feed_days = Table(
    "feed_days",
    metadata,
    Column("source_id", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("polls", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("new_items", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("source_id", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("problems", Texts, nullable=False),
)

items = Table(
    "items",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("publisher", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("published", UtcDateTime, nullable=False),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("last_seen", UtcDateTime, nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("sources", Texts, nullable=False),
    Column("titles", Texts, nullable=False),
    Column("urls", Texts, nullable=False),
    Column("guids", Texts, nullable=False),
    Column("raw_date", Text, nullable=False, server_default=""),
    Column("medium", String(16), nullable=False, server_default="text"),
    Column("picture", Text, nullable=False, server_default=""),
    Column("text", Text, nullable=False, server_default=""),
    Column("said", Texts, nullable=False, server_default=""),
    Column("foreign", Texts, nullable=False, server_default=""),
)

edits = Table(
    "edits",
    metadata,
    Column("id", Id, primary_key=True),
    Column("item_id", String(64), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("field", String(16), nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    Column("url", Text, primary_key=True),
    Column("item_id", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("outcome", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("detail", Text, nullable=False),
)

robots = Table(
    "robots",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

stories = Table(
    "stories",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("first_grouped_at", UtcDateTime, nullable=False),
    Column("last_grouped_at", UtcDateTime, nullable=False),
)

item_stories = Table(
    "item_stories",
    metadata,
    # No foreign key to items: what was grouped may be told for longer than the item is kept.
    Column("item_id", String(64), primary_key=True),
    Column("story_id", ForeignKey("stories.id"), nullable=False, index=True),
    Column("grouped_at", UtcDateTime, nullable=False),
)

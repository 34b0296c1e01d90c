"""What an edition tells its readers <-> rows of `told`."""

from datetime import date

from sqlalchemy import Connection, delete, insert, select

from digest.adapters.store.schema import editions, told
from digest.model.edition import Edition
from digest.model.mail import EditionState
from digest.model.story import Told

READ = (EditionState.SENT, EditionState.SENDING, EditionState.PAUSED)
"""States in which readers have, or may have, the edition before them."""


def write_told(connection: Connection, edition_id: int, edition: Edition) -> None:
    """Note what the edition tells, in the order in which a reader meets it, in place of what it told before."""
    connection.execute(delete(told).where(told.c.edition_id == edition_id))
    rows = [
        {
            "edition_id": edition_id,
            "position": position,
            "story_id": piece.told.story_id,
            "headline": piece.told.headline,
            "item_ids": piece.told.item_ids,
            "titles": piece.told.titles,
        }
        for position, piece in enumerate(edition.pieces)
    ]
    if rows:
        connection.execute(insert(told), rows)


def read_told(connection: Connection, newsletter: str, *, before: date, count: int) -> list[Told]:
    """What the last editions in readers' hands told, newest first."""
    recent = (
        select(editions.c.id, editions.c.day)
        .where(editions.c.newsletter == newsletter, editions.c.day < before, editions.c.state.in_(READ))
        .order_by(editions.c.day.desc())
        .limit(count)
        .subquery()
    )
    wanted = (
        select(recent.c.day, told)
        .join(told, told.c.edition_id == recent.c.id)
        .order_by(recent.c.day.desc(), "position")
    )
    return [
        Told(
            story_id=row.story_id,
            day=row.day.isoformat(),
            headline=row.headline,
            item_ids=row.item_ids,
            titles=row.titles,
        )
        for row in connection.execute(wanted)
    ]

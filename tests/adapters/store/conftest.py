"""A database in a file, and an edition that is ready to be sent."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from digest.adapters.store.editions import SqlEditions
from digest.adapters.store.engine import open_engine
from digest.adapters.store.readers import SqlReaders
from digest.model.edition import Edition
from digest.model.mail import EditionState, Email
from digest.model.reader import Subscriber

NOW = datetime(2026, 5, 15, 6, 30, tzinfo=UTC)
DAY = date(2026, 5, 15)
EMAIL = Email(subject="Subject", preheader="Preheader", html="<p>Html</p>", text="Text")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(f"sqlite:///{tmp_path / 'digest.db'}", create=True)
    yield opened
    opened.dispose()


@pytest.fixture
def approved(engine: Engine) -> Callable[..., int]:
    """Make an approved edition with this many readers; its id."""

    def make(readers: int, *, newsletter: str = "daily", day: date = DAY) -> int:
        SqlReaders(engine).import_subscribers(
            [
                Subscriber(
                    address=f"reader{n}@example.org",
                    name=f"Reader {n}",
                    frequencies=(newsletter,),
                    consent_source="form",
                )
                for n in range(readers)
            ],
            at=NOW,
        )
        editions = SqlEditions(engine)
        editions.create(
            Edition(newsletter=newsletter, day=day), "{}", EMAIL, state=EditionState.DRAFT, reason="", at=NOW
        )
        record = editions.find(newsletter, day)
        assert record is not None
        assert editions.approve(
            record.id, EMAIL, expected=EditionState.DRAFT, sha256="0" * 64, by="Ann", reason="", at=NOW
        )
        return record.id

    return make

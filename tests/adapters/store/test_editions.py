from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from digest.adapters.store.editions import SqlEditions
from digest.errors import StoreError
from digest.model.edition import Edition, Piece, SourceLink
from digest.model.mail import EditionRecord, EditionState, Email
from digest.model.news import Kind, SectionName
from digest.model.story import Told
from digest.ports.store import EditionStore

NOW = datetime(2026, 5, 15, 5, 30, tzinfo=UTC)
DAY = date(2026, 5, 15)
EMAIL = Email(subject="Subject", preheader="Preheader", html="<p>é</p>", text="é\n")


@pytest.fixture
def editions(engine: Engine) -> EditionStore:
    return SqlEditions(engine)


def piece(name: str, *, day: date) -> Piece:
    return Piece(
        story_id=name,
        headline=f"Headline of {name}",
        sentences=(),
        sources=(SourceLink(publisher="Paper", url="https://example.org/"),),
        kicker="",
        kind=Kind.NEWS,
        section=SectionName.PARTY,
        score=1,
        reasons=(),
        told=Told(
            story_id=name, day=day.isoformat(), headline=f"Headline of {name}", item_ids=("i1", "i2"), titles=("t",)
        ),
    )


def edition(day: date = DAY, *stories: str) -> Edition:
    pieces = tuple(piece(name, day=day) for name in stories)
    return Edition(newsletter="daily", day=day, lead=pieces[0] if pieces else None, five=pieces[1:])


def create(editions: EditionStore, made: Edition, state: EditionState = EditionState.DRAFT) -> EditionRecord:
    email = EMAIL if state is EditionState.DRAFT else None
    assert editions.create(made, "{}", email, state=state, reason="", at=NOW)
    record = editions.find(made.newsletter, made.day)
    assert record is not None
    return record


def test_a_draft_comes_back_as_it_was(editions: EditionStore) -> None:
    record = create(editions, edition())
    assert record == editions.get(record.id) == editions.latest("daily")
    assert (record.state, record.email, record.drafted_at, record.prepared_at) == (
        EditionState.DRAFT,
        EMAIL,
        NOW,
        None,
    )


def test_an_edition_is_unique_on_newsletter_and_day(editions: EditionStore) -> None:
    first = create(editions, edition())
    again = editions.create(edition(), "other", None, state=EditionState.EMPTY, reason="late", at=NOW)
    assert not again
    assert editions.get(first.id) == first
    assert editions.find("weekly", DAY) is None
    assert editions.find("daily", DAY + timedelta(days=1)) is None


def test_an_edition_that_does_not_exist_is_an_error_that_names_it(editions: EditionStore) -> None:
    with pytest.raises(StoreError, match="id 42"):
        editions.get(42)
    assert editions.latest("daily") is None


def test_an_empty_edition_can_be_replaced_by_a_draft_and_a_draft_by_a_better_one(editions: EditionStore) -> None:
    record = create(editions, edition(), EditionState.EMPTY)
    assert record.email is None
    assert editions.replace_draft(
        record.id,
        edition(DAY, "s1"),
        "{1}",
        EMAIL,
        expected=EditionState.EMPTY,
        state=EditionState.DRAFT,
        reason="",
        at=NOW,
    )
    replaced = editions.get(record.id)
    assert (replaced.state, replaced.email, replaced.edition_json) == (EditionState.DRAFT, EMAIL, "{1}")


def test_what_was_approved_is_frozen(editions: EditionStore) -> None:
    record = create(editions, edition())
    editions.replace_draft(
        record.id, edition(), "{}", EMAIL, expected=EditionState.DRAFT, state=EditionState.DRAFT, reason="", at=NOW
    )
    assert editions.approve(
        record.id, EMAIL, expected=EditionState.DRAFT, sha256="a" * 64, by="Ann", reason="all is well", at=NOW
    )
    assert not editions.approve(
        record.id, EMAIL, expected=EditionState.DRAFT, sha256="b" * 64, by="Bob", reason="", at=NOW
    )
    assert not editions.replace_draft(
        record.id, edition(), "{}", EMAIL, expected=EditionState.DRAFT, state=EditionState.DRAFT, reason="", at=NOW
    )
    frozen = editions.get(record.id)
    assert (frozen.state, frozen.email, frozen.sha256) == (EditionState.APPROVED, EMAIL, "a" * 64)
    assert (frozen.approved_by, frozen.approved_at) == ("Ann", NOW)
    assert editions.history(record.id)[-1] == (NOW, "Ann", "approved", "all is well")


def test_a_draft_that_was_replaced_while_somebody_read_it_is_not_approved(editions: EditionStore) -> None:
    record = create(editions, edition())
    seen = Email(subject="Seen", preheader="", html="seen", text="seen")
    editions.replace_draft(
        record.id, edition(), "{}", EMAIL, expected=EditionState.DRAFT, state=EditionState.DRAFT, reason="", at=NOW
    )
    assert not editions.approve(
        record.id, seen, expected=EditionState.DRAFT, sha256="a" * 64, by="Ann", reason="", at=NOW
    )
    assert editions.get(record.id).state is EditionState.DRAFT


def test_a_state_moves_only_from_where_it_was_expected_and_the_move_is_remembered(editions: EditionStore) -> None:
    record = create(editions, edition())
    hold = {"to": EditionState.HELD, "by": "Ann", "reason": "a doubt", "at": NOW + timedelta(hours=1)}
    assert editions.move(record.id, expected=[EditionState.DRAFT], **hold)  # type: ignore[arg-type]
    assert not editions.move(record.id, expected=[EditionState.DRAFT], **hold)  # type: ignore[arg-type]
    assert editions.get(record.id).reason == "a doubt"
    assert editions.history(record.id) == [
        (NOW, "digest", "draft", ""),
        (NOW + timedelta(hours=1), "Ann", "held", "a doubt"),
    ]


def test_unfinished_editions_come_oldest_day_first(editions: EditionStore) -> None:
    states = [EditionState.SENDING, EditionState.SENT, EditionState.PAUSED, EditionState.APPROVED, EditionState.HELD]
    for back, state in enumerate(states):
        record = create(editions, edition(DAY - timedelta(days=back)))
        editions.move(record.id, expected=[EditionState.DRAFT], to=state, by="Ann", reason="", at=NOW)
    create(editions, edition(DAY + timedelta(days=1)))
    assert [each.state for each in editions.unfinished()] == [
        EditionState.APPROVED,
        EditionState.PAUSED,
        EditionState.SENDING,
        EditionState.DRAFT,
    ]


def sent(editions: EditionStore, day: date, *stories: str, state: EditionState = EditionState.SENT) -> None:
    record = create(editions, edition(day, *stories))
    editions.move(record.id, expected=[EditionState.DRAFT], to=state, by="Ann", reason="", at=NOW)


def test_what_readers_were_told_comes_newest_first_in_the_order_of_the_edition(editions: EditionStore) -> None:
    yesterday, before = DAY - timedelta(days=1), DAY - timedelta(days=2)
    sent(editions, before, "s1")
    sent(editions, yesterday, "s3", "s2", state=EditionState.SENDING)
    sent(editions, DAY, "today")
    sent(editions, DAY - timedelta(days=3), "never sent", state=EditionState.CANCELLED)
    told = editions.told("daily", before=DAY)
    assert [(each.day, each.story_id) for each in told] == [
        (yesterday.isoformat(), "s3"),
        (yesterday.isoformat(), "s2"),
        (before.isoformat(), "s1"),
    ]
    assert told[0] == piece("s3", day=yesterday).told
    assert editions.told("weekly", before=DAY) == []


def test_only_the_last_editions_are_remembered_and_a_replaced_draft_forgets_what_it_told(
    editions: EditionStore,
) -> None:
    for back in range(1, 10):
        sent(editions, DAY - timedelta(days=back), f"s{back}")
    assert [each.story_id for each in editions.told("daily", before=DAY)] == [f"s{back}" for back in range(1, 8)]
    record = create(editions, edition(DAY, "first"))
    editions.replace_draft(
        record.id,
        edition(DAY, "second"),
        "{}",
        EMAIL,
        expected=EditionState.DRAFT,
        state=EditionState.DRAFT,
        reason="",
        at=NOW,
    )
    editions.move(record.id, expected=[EditionState.DRAFT], to=EditionState.SENT, by="Ann", reason="", at=NOW)
    told = editions.told("daily", before=DAY + timedelta(days=1), editions=1)
    assert [each.story_id for each in told] == ["second"]


def test_the_last_sent_edition_is_the_latest_that_reached_readers(editions: EditionStore) -> None:
    sent(editions, DAY - timedelta(days=3), "s1")
    sent(editions, DAY - timedelta(days=2), "s2")
    sent(editions, DAY - timedelta(days=1), "s3", state=EditionState.CANCELLED)
    found = editions.last_sent("daily", before=DAY)
    assert found is not None
    assert found.day == DAY - timedelta(days=2)
    assert editions.last_sent("daily", before=DAY - timedelta(days=3)) is None


def test_the_days_of_a_newsletter_come_latest_first_with_their_state(editions: EditionStore) -> None:
    assert editions.days("daily") == []
    for day, state in ((DAY, EditionState.DRAFT), (DAY + timedelta(days=1), EditionState.EMPTY)):
        editions.create(Edition(newsletter="daily", day=day), "{}", EMAIL, state=state, reason="", at=NOW)
    editions.create(Edition(newsletter="weekly", day=DAY), "{}", EMAIL, state=EditionState.DRAFT, reason="", at=NOW)
    assert editions.days("daily") == [(DAY + timedelta(days=1), EditionState.EMPTY), (DAY, EditionState.DRAFT)]

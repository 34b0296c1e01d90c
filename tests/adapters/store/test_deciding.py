"""The log of editors' decisions: numbered, append-only, and written with what it leads to or not at all."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from digest.adapters.store.editions import SqlEditions
from digest.adapters.store.engine import connect, writing
from digest.adapters.store.upgrading import upgrade
from digest.model.decision import Act, Decided, Decision
from digest.model.edition import Edition
from digest.model.mail import EditionRecord, EditionState, Email
from digest.ports.store import EditionStore
from tests.adapters.store.conftest import DAY, EMAIL, NOW

AFTER = Email(subject="After", preheader="", html="<p>After</p>", text="After")


@pytest.fixture
def editions(engine: Engine) -> EditionStore:
    return SqlEditions(engine)


def drafted(editions: EditionStore, newsletter: str = "daily", day: date = DAY) -> EditionRecord:
    edition = Edition(newsletter=newsletter, day=day)
    assert editions.create(edition, "{}", EMAIL, state=EditionState.DRAFT, reason="", at=NOW)
    record = editions.find(newsletter, day)
    assert record is not None
    return record


def logged(number: int, decision: Decision, *, at: datetime = NOW + timedelta(minutes=5)) -> Decided:
    return Decided(number=number, at=at, by="Ada", decision=decision)


def write(editions: EditionStore, seen: EditionRecord, decided: Decided, json: str = "after") -> bool:
    return editions.decide(
        seen,
        decided,
        what="spiked “x”",
        edition=Edition(newsletter=seen.newsletter, day=seen.day),
        edition_json=json,
        drafted_json=seen.edition_json,
        email=AFTER,
        state=EditionState.DRAFT,
        reason="",
    )


SPIKE = Decision(act=Act.SPIKE, story="a", items=("1", "2"), text="not ours")
MERGE = Decision(act=Act.MERGE, story="a", items=("1",), others=("2",))


def test_a_decision_is_kept_with_what_it_leads_to_and_with_what_was_drafted(editions: EditionStore) -> None:
    seen = drafted(editions)
    assert seen.drafted_json == ""
    assert write(editions, seen, logged(1, SPIKE))
    found = editions.get(seen.id)
    assert (found.edition_json, found.drafted_json, found.email) == ("after", "{}", AFTER)
    assert found.drafted_at == seen.drafted_at
    assert editions.decisions(seen.id) == [logged(1, SPIKE)]
    assert editions.history(seen.id)[-1] == (NOW + timedelta(minutes=5), "Ada", "spiked “x”", "not ours")


def test_decisions_are_numbered_in_their_own_order_whatever_else_happens(editions: EditionStore) -> None:
    seen = drafted(editions)
    write(editions, seen, logged(1, SPIKE))
    editions.move(
        seen.id,
        expected=[EditionState.DRAFT],
        to=EditionState.HELD,
        by="Ben",
        reason="wait",
        at=NOW + timedelta(hours=1),
    )
    held = editions.get(seen.id)
    write(editions, held, logged(2, MERGE), json="later")
    assert [(one.number, one.decision.act) for one in editions.decisions(seen.id)] == [(1, Act.SPIKE), (2, Act.MERGE)]


def test_what_was_seen_must_still_be_there(editions: EditionStore) -> None:
    seen = drafted(editions)
    assert write(editions, seen, logged(1, SPIKE))
    assert not write(editions, seen, logged(1, MERGE), json="mine")
    assert not write(editions, replace(editions.get(seen.id), state=EditionState.HELD), logged(2, MERGE))
    assert editions.get(seen.id).edition_json == "after"
    assert len(editions.decisions(seen.id)) == 1


def test_a_new_draft_is_not_put_in_place_of_what_somebody_decided_meanwhile(editions: EditionStore) -> None:
    seen = drafted(editions)
    write(editions, seen, logged(1, SPIKE))

    def replaced(seen_json: str) -> bool:
        return editions.replace_draft(
            seen.id,
            Edition(newsletter="daily", day=DAY),
            "anew",
            EMAIL,
            expected=EditionState.DRAFT,
            state=EditionState.DRAFT,
            reason="",
            at=NOW,
            drafted_json="base",
            seen_json=seen_json,
        )

    assert not replaced(seen.edition_json)
    assert replaced("after")
    assert (editions.get(seen.id).edition_json, editions.get(seen.id).drafted_json) == ("anew", "base")


def test_the_logs_of_all_other_editions_in_which_stories_were_regrouped_are_read_whole(editions: EditionStore) -> None:
    here, there = drafted(editions), drafted(editions, "weekly")
    calm = drafted(editions, day=DAY - timedelta(days=1))
    write(editions, calm, logged(1, SPIKE))
    write(editions, here, logged(1, MERGE))
    undo = Decision(act=Act.UNDO, undoes=1)
    write(editions, there, logged(1, MERGE))
    write(editions, editions.get(there.id), logged(2, undo), json="undone")
    assert editions.regroupings(besides=here.id) == [[logged(1, MERGE), logged(2, undo)]]
    assert editions.regroupings(besides=0) == [[logged(1, MERGE)], [logged(1, MERGE), logged(2, undo)]]


BEFORE = (
    "INSERT INTO newsletters VALUES ('daily')",
    """INSERT INTO editions (id, newsletter, day, state, reason, sha256, edition_json, approved_by, provider)
    VALUES (1, 'daily', '2026-05-15', 'draft', '', '', '{}', '', '')""",
    """INSERT INTO decisions (edition_id, at, who, what, why, payload)
    VALUES (1, '2026-05-15 06:30:00.000000', 'digest', 'draft', '', '{}')""",
)


def test_an_edition_of_a_database_of_before_has_no_decisions(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'before.db'}")
    upgrade(engine, to="0002")
    with writing(engine) as connection:
        for statement in BEFORE:
            connection.execute(text(statement))
    upgrade(engine)
    editions = SqlEditions(engine)
    assert (editions.get(1).day, editions.get(1).drafted_json) == (DAY, "")
    assert editions.decisions(1) == []
    assert len(editions.history(1)) == 1
    engine.dispose()

"""Readers come by a list and go by one click."""

from digest.pipeline.subscribe import Standing, carry_out_import, plan_import, standing, unsubscribe
from digest.pipeline.tick import at_once
from tests.pipeline.conftest import READERS, Room

CSV = """email,name,frequency,consent_source
new@example.org,Nia Vale,daily,form of 1 May
reader0@example.org,Ada,daily,form of 1 May
not an address,Eve,daily,form of 1 May
"""


def test_an_import_says_what_it_would_do_before_it_does_it(room: Room) -> None:
    plan = plan_import(CSV, room.line)
    assert [bad.line for bad in plan.bad] == [4]
    assert plan.changes["new"] == 1
    before = room.line.readers.counts()
    assert before["daily"]["active"] == len(READERS)
    assert carry_out_import(plan, room.line)["new"] == 1
    assert room.line.readers.counts()["daily"]["active"] == len(READERS) + 1


def sent(room: Room) -> int:
    at_once(room.line, ["daily"])
    record = room.line.editions.latest("daily")
    assert record is not None
    return next(iter(room.line.ledger.deliveries(record.id))).delivery_id


def test_looking_at_a_link_changes_nothing_and_the_button_ends_it_once_and_for_all(room: Room) -> None:
    delivery = sent(room)
    assert standing(delivery, room.line) == (Standing.SUBSCRIBED, "The Daily")
    assert standing(delivery, room.line) == (Standing.SUBSCRIBED, "The Daily")
    assert unsubscribe(delivery, room.line) == (Standing.GONE, "The Daily")
    assert unsubscribe(delivery, room.line) == (Standing.GONE, "The Daily")
    assert room.line.readers.counts()["daily"]["active"] == len(READERS) - 1


def test_a_proof_and_an_unknown_delivery_have_no_subscription_behind_them(room: Room) -> None:
    assert unsubscribe(0, room.line) == (Standing.PROOF, "")
    assert unsubscribe(99, room.line) == (Standing.UNKNOWN, "")


def test_a_newsletter_that_is_no_longer_scheduled_is_called_by_the_newsrooms_name(room: Room) -> None:
    delivery = sent(room)
    assert standing(delivery, room.with_newsroom(schedules=()).line) == (Standing.SUBSCRIBED, "The Newsroom")

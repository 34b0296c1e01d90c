"""A proof tells editors when the edition goes, what happens then, what the checks found, and how to sign or hold it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time

import pytest

from digest.edit.shape import Shape
from digest.model.mail import EditionRecord, EditionState, Email, Severity
from digest.model.proof import Proof
from digest.model.schedule import Policy, Schedule
from digest.pipeline.approve import approve
from digest.pipeline.draft import draft, judge
from digest.pipeline.gather import collect_now
from digest.pipeline.printing import shaped
from digest.pipeline.proof import banner, proof
from digest.pipeline.withhold import hold
from tests.pipeline.conftest import DAILY, SOURCES, Room

FRIDAY = date(2026, 5, 15)


def drafted(room: Room, schedule: Schedule = DAILY) -> EditionRecord:
    collect_now(room.line, room.clock.now)
    return draft(schedule, day=FRIDAY, now=room.clock.now, line=room.line, may_replace=True)


def bannered(room: Room, record: EditionRecord, schedule: Schedule = DAILY) -> Proof:
    return banner(schedule, record, room.line)


def proved(room: Room, schedule: Schedule = DAILY) -> Email:
    room = room.with_newsroom(editors=("ada@example.org",))
    record = drafted(room, schedule)
    assert proof(schedule, record, ("ada@example.org",), now=room.clock.now, line=room.line) == ()
    (email,) = room.provider.emails
    return email


def test_the_deadline_is_said_as_the_newsrooms_clock_shows_it(room: Room) -> None:
    assert bannered(room, drafted(room)).deadline == "It is due at 07:30 on Friday 15 May 2026 (Europe/London)."


def test_an_edition_of_a_day_that_was_closed_since_has_no_hour(room: Room) -> None:
    closed = replace(DAILY, skip=(FRIDAY,))
    assert bannered(room, drafted(room), closed).deadline.startswith("It has no hour of its own: ")


POLICIES: Mapping[Policy, str] = {
    Policy.SEND: "it is sent as it stands",
    Policy.HOLD: "it is held",
    Policy.SAFE: "only stories with two independent sources are sent",
}


@pytest.mark.parametrize("policy", Policy)
def test_the_policy_is_said_in_a_sentence(room: Room, policy: Policy) -> None:
    then = bannered(room, drafted(room), replace(DAILY, policy=policy)).then
    assert POLICIES[policy] in then
    assert then.endswith(".")


def test_what_a_person_decided_stands_above_the_policy(room: Room) -> None:
    record = drafted(room)
    held = hold(record, by="Ada", reason="a doubt", now=room.clock.now, line=room.line)
    assert bannered(room, held).then.startswith("It is held")
    signed = approve(held, by="Ada", now=room.clock.now, line=room.line)
    assert bannered(room, signed).then.startswith("It is signed")
    sent = replace(signed, state=EditionState.SENT)
    assert bannered(room, sent).then == "It is sent; its deadline decides nothing any more."


def test_errors_and_warnings_are_listed_and_advice_is_not(room: Room) -> None:
    record = drafted(room)
    assert record.email is not None
    spoilt = replace(record, email=replace(record.email, subject="x" * 121, preheader=""))
    found = bannered(room, spoilt)
    assert Severity.ERROR in {finding.severity for finding in found.findings}
    assert Severity.ADVICE not in {finding.severity for finding in found.findings}
    assert bannered(room, replace(record, email=None)).findings == ()


def test_the_commands_name_this_edition(room: Room) -> None:
    assert [command for _, command in bannered(room, drafted(room)).commands] == [
        "digest approve --newsletter daily --day 2026-05-15 --by YOUR-NAME",
        "digest hold --newsletter daily --day 2026-05-15 --by YOUR-NAME",
    ]


def test_the_proof_that_editors_get_carries_all_of_it(room: Room) -> None:
    email = proved(room)
    assert email.subject.startswith("Proof: ")
    for said in ("It is due at 07:30 on Friday 15 May 2026", "digest approve --newsletter daily", "PROOF"):
        assert said in re.sub(r"<[^>]+>", "", email.html)
        assert said in email.text


def test_every_editor_s_proof_is_a_call_of_its_own_by_its_tag(room: Room) -> None:
    editors = ("ada@example.org", "bob@example.org")
    room = room.with_newsroom(editors=editors)
    record = drafted(room)
    assert proof(DAILY, record, editors, now=room.clock.now, line=room.line) == ()
    tags = [tag for tag, _ in room.provider.accepted]
    assert len(set(tags)) == 2
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,256}", tag) for tag in tags)


def test_a_weekly_is_drafted_and_proved_in_its_own_letter_and_shape(room: Room) -> None:
    weekly = replace(DAILY, template="weekly", wire=0, deadline=time(8, 30))
    room.publishes(
        SOURCES[2],
        ("Labour MP calls for Wensley bypass inquiry in Commons", "She spoke on Thursday."),
        ("Labour backbenchers table Commons amendment on school meals", "It is to be voted on next week."),
        ("Commons committee chides Labour minister over flood defences", "Its report came out at midnight."),
        ("Labour councillors in Ditton agree a rent freeze", "It begins in the summer."),
    )
    collect_now(room.line, room.clock.now)
    slim = room.with_newsroom(shape=replace(room.line.newsroom.shape, five=0, wire=10, per_section=3))
    daily, short = (judge(one, day=FRIDAY, now=room.clock.now, line=slim.line) for one in (DAILY, weekly))
    assert daily.judgement.edition.sections
    assert short.judgement.edition.sections == ()
    assert short.email is not None
    assert "Week to Friday 15 May 2026" in short.email.text
    assert "Week to Friday 15 May 2026" in proved(room, weekly).html


def test_a_schedule_may_say_how_many_stories_there_are_and_the_newsroom_says_the_rest() -> None:
    shape = Shape(threshold=0.35, wire=10, per_section=3)
    assert shaped(DAILY, shape, safe_only=False) == shape
    weekly = replace(DAILY, wire=20, per_section=5)
    assert shaped(weekly, shape, safe_only=True) == replace(shape, wire=20, per_section=5, safe_only=True)

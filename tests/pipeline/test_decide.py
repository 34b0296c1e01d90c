"""An editor's word on an edition: written down, applied, undone; and nothing shifts that it is not about."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from digest.edit import proposal
from digest.edit.codec import load
from digest.errors import EditionRefused, Overtaken
from digest.model.decision import Act, Decision
from digest.model.edition import Edition, Judgement
from digest.model.mail import EditionRecord, EditionState
from digest.model.schedule import Policy
from digest.pipeline.approve import apply_policy, approve
from digest.pipeline.decide import decide
from digest.pipeline.draft import draft, judge
from digest.pipeline.gather import collect_now
from digest.pipeline.line import Line
from digest.pipeline.withhold import hold
from tests.pipeline.conftest import DAILY, PAGES, SOURCES, Room

FRIDAY = date(2026, 5, 15)
CUP = ("Labour MP wins village cup for the biggest marrow", "It weighed more than the chairman of the show.")


def drafted(room: Room, *, may_replace: bool = True) -> EditionRecord:
    collect_now(room.line, room.clock.now)
    return draft(DAILY, day=FRIDAY, now=room.clock.now, line=room.line, may_replace=may_replace)


def judgement(record: EditionRecord) -> Judgement:
    return load(record.edition_json)


def edition(record: EditionRecord) -> Edition:
    return judgement(record).edition


def headlines(record: EditionRecord) -> list[str]:
    return [piece.headline for piece in edition(record).pieces]


def ask(
    room: Room, record: EditionRecord, act: Act, story: str, *, text: str = "why", by: str = "Ada"
) -> EditionRecord:
    decision = proposal.of_story(act, story, judgement(record), text=text)
    return decide(record, decision, by=by, now=room.clock.now, line=room.line)


def undo(room: Room, record: EditionRecord, number: int | None = None, by: str = "Ada") -> EditionRecord:
    decision = proposal.undo(room.line.editions.decisions(record.id), by=by, number=number)
    return decide(record, decision, by=by, now=room.clock.now, line=room.line)


def test_a_decision_is_in_the_history_with_who_and_when_and_in_the_edition(room: Room) -> None:
    record = drafted(room)
    lead, second = headlines(record)
    room.clock.moves_on(minutes=5)
    after = ask(room, record, Act.SPIKE, "lead", text="not ours")
    assert headlines(after) == [second]
    assert after.email is not None
    assert lead not in after.email.html
    assert edition(after).subject
    assert room.line.editions.history(record.id)[-1] == (room.clock.now, "Ada", f"spiked “{lead}”", "not ours")
    assert [one.decision.act for one in judgement(after).decisions] == [Act.SPIKE]


def test_nothing_is_overwritten_the_draft_is_kept_and_an_undo_is_the_edition_as_it_was(room: Room) -> None:
    record = drafted(room)
    spiked = ask(room, record, Act.SPIKE, "lead")
    assert spiked.drafted_json == record.edition_json
    undone = undo(room, spiked)
    assert (undone.edition_json, undone.email, undone.state) == (record.edition_json, record.email, record.state)
    assert undone.drafted_json == ""
    again = undo(room, undone, number=2)
    assert headlines(again) == headlines(spiked)
    assert [one.number for one in room.line.editions.decisions(record.id)] == [1, 2, 3]


def test_an_undo_takes_back_one_decision_and_leaves_the_others(room: Room) -> None:
    record = drafted(room)
    lead, second = headlines(record)
    ask(room, record, Act.LEAD, "2", by="Ben")
    led = room.line.editions.get(record.id)
    assert headlines(led) == [second, lead]
    retitled = ask(room, led, Act.RETITLE, "lead", text="The library stays")
    assert headlines(retitled) == ["The library stays", lead]
    assert headlines(undo(room, retitled, by="Ben")) == [lead, "The library stays"]


def test_a_decision_does_not_take_in_what_has_come_since_the_draft(room: Room) -> None:
    record = drafted(room)
    room.clock.moves_on(minutes=20)
    room.publishes(SOURCES[0], *PAGES[SOURCES[0].url], CUP)
    collect_now(room.line, room.clock.now)
    after = ask(room, record, Act.KICKER, "2", text="Marrows")
    assert headlines(after) == headlines(record)
    assert after.drafted_at == record.drafted_at
    assert [one.score for one in judgement(after).ranked] == [one.score for one in judgement(record).ranked]


def test_a_new_draft_takes_in_new_items_and_keeps_every_decision(room: Room) -> None:
    record = drafted(room)
    lead, second = headlines(record)
    ask(room, ask(room, record, Act.SPIKE, "lead"), Act.RETITLE, "lead", text="The library stays")
    room.clock.moves_on(minutes=20)
    room.publishes(SOURCES[0], *PAGES[SOURCES[0].url], CUP, hours_ago=1)
    after = drafted(room)
    assert "The library stays" in headlines(after)
    assert CUP[0] in headlines(after)
    assert lead not in headlines(after)
    restored = undo(room, undo(room, after))
    assert {lead, second, CUP[0]} == set(headlines(restored))


def test_a_held_edition_can_be_edited_and_stays_held(room: Room) -> None:
    record = hold(drafted(room), by="Ben", reason="wait", now=room.clock.now, line=room.line)
    after = ask(room, record, Act.SPIKE, "2")
    assert (after.state, after.reason) == (EditionState.HELD, "wait")


def test_an_edition_without_a_story_left_is_empty_until_one_comes_back(room: Room) -> None:
    record = drafted(room)
    empty = ask(room, ask(room, record, Act.SPIKE, "1"), Act.SPIKE, "1")
    assert (empty.state, empty.email) == (EditionState.EMPTY, None)
    assert empty.reason.startswith("every story was spiked")
    back = undo(room, empty)
    assert (back.state, back.reason) == (EditionState.DRAFT, "")
    assert headlines(back)


def test_a_signed_edition_is_closed_and_says_how_to_open_it(room: Room) -> None:
    record = drafted(room)
    decision = proposal.of_story(Act.PIN, "2", judgement(record))
    signed = approve(record, by="Ada", now=room.clock.now, line=room.line)
    with pytest.raises(EditionRefused, match=r"is approved and can be edited only while.*`digest hold --by NAME`"):
        decide(signed, decision, by="Ada", now=room.clock.now, line=room.line)
    assert room.line.editions.get(record.id) == signed


def test_what_readers_have_is_corrected_not_changed(room: Room) -> None:
    record = drafted(room)
    signed = approve(record, by="Ada", now=room.clock.now, line=room.line)
    room.line.editions.move(
        record.id,
        expected=[EditionState.APPROVED],
        to=EditionState.SENDING,
        by="digest",
        reason="",
        at=room.clock.now,
    )
    decision = proposal.of_story(Act.PIN, "2", judgement(record))
    with pytest.raises(EditionRefused, match="digest edit correction"):
        decide(room.line.editions.get(signed.id), decision, by="Ada", now=room.clock.now, line=room.line)


def test_an_edition_of_no_schedule_cannot_be_made_again(room: Room) -> None:
    record = drafted(room)
    decision = proposal.of_story(Act.PIN, "2", judgement(record))
    bare = room.with_newsroom(schedules=())
    with pytest.raises(EditionRefused, match="daily is in no schedule any more"):
        decide(record, decision, by="Ada", now=room.clock.now, line=bare.line)


@dataclass
class Interrupted:
    """The store, before which somebody else decides `times` times."""

    inner: Any
    times: int
    first: Callable[[], object]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def decide(self, *given: Any, **named: Any) -> bool:
        if self.times:
            self.times -= 1
            self.first()
        return bool(self.inner.decide(*given, **named))


def interrupted(room: Room, record: EditionRecord, times: int) -> Line:
    texts = iter(f"Headline {n}" for n in range(times))

    def first() -> None:
        ask(room, room.line.editions.get(record.id), Act.RETITLE, "2", text=next(texts), by="Ben")

    return replace(room.line, editions=Interrupted(room.line.editions, times, first))


def test_two_editors_at_once_both_get_their_way(room: Room) -> None:
    record = drafted(room)
    decision = proposal.of_story(Act.RETITLE, "lead", judgement(record), text="Mine")
    after = decide(record, decision, by="Ada", now=room.clock.now, line=interrupted(room, record, 2))
    assert headlines(after) == ["Mine", "Headline 1"]
    assert [one.by for one in judgement(after).decisions] == ["Ben", "Ben", "Ada"]


def test_who_is_overtaken_every_time_is_told_so_and_has_decided_nothing(room: Room) -> None:
    record = drafted(room)
    decision = proposal.of_story(Act.RETITLE, "lead", judgement(record), text="Mine")
    with pytest.raises(Overtaken, match="say it again"):
        decide(record, decision, by="Ada", now=room.clock.now, line=interrupted(room, record, 5))
    assert {one.by for one in room.line.editions.decisions(record.id)} == {"Ben"}


def test_what_is_decided_while_a_new_draft_is_made_stands(room: Room) -> None:
    record = drafted(room)
    done: list[EditionRecord] = []

    def meanwhile(stage: str, *_: int) -> None:
        if stage == "rank" and not done:
            done.append(record)
            ask(room, record, Act.RETITLE, "lead", text="Mine")

    line = replace(room.line, progress=meanwhile)
    after = draft(DAILY, day=FRIDAY, now=room.clock.now, line=line, may_replace=True)
    assert headlines(after)[0] == "Mine"
    assert after.drafted_at == record.drafted_at


def test_of_two_first_drafts_at_once_the_one_that_is_there_stands(room: Room) -> None:
    collect_now(room.line, room.clock.now)
    done: list[EditionRecord] = []

    def meanwhile(stage: str, *_: int) -> None:
        if stage == "rank" and not done:
            done.append(draft(DAILY, day=FRIDAY, now=room.clock.now, line=room.line, may_replace=True))

    line = replace(room.line, progress=meanwhile)
    assert draft(DAILY, day=FRIDAY, now=room.clock.now, line=line, may_replace=True) == done[0]


def test_an_edition_that_goes_out_unsigned_under_safe_keeps_out_what_was_spiked(room: Room) -> None:
    safe = room.with_schedule(policy=Policy.SAFE)
    record = ask(safe, drafted(safe), Act.SPIKE, "lead")
    sent = apply_policy(safe.line.newsroom.schedules[0], record, now=room.clock.now, line=safe.line)
    assert sent.state is EditionState.APPROVED
    assert headlines(sent) == headlines(record)
    assert sent.drafted_json


def test_what_somebody_decides_while_the_policy_acts_stands_and_nothing_is_signed(room: Room) -> None:
    safe = room.with_schedule(policy=Policy.SAFE)
    record = drafted(safe)
    done: list[EditionRecord] = []

    def meanwhile(stage: str, *_: int) -> None:
        if stage == "rank" and not done:
            done.append(ask(safe, record, Act.SPIKE, "lead"))

    line = replace(safe.line, progress=meanwhile)
    after = apply_policy(safe.line.newsroom.schedules[0], record, now=room.clock.now, line=line)
    assert after == room.line.editions.get(record.id)
    assert (after.state, after.approved_by) == (EditionState.DRAFT, "")


@dataclass
class HeldAfterwards:
    """The store, in which somebody holds the edition as soon as its draft has been replaced."""

    inner: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def replace_draft(self, edition_id: int, *given: Any, **named: Any) -> bool:
        done = self.inner.replace_draft(edition_id, *given, **named)
        self.inner.move(
            edition_id,
            expected=[EditionState.DRAFT],
            to=EditionState.HELD,
            by="Ben",
            reason="wait",
            at=named["at"],
        )
        return bool(done)


def test_who_holds_an_edition_while_the_policy_acts_is_not_overruled(room: Room) -> None:
    safe = room.with_schedule(policy=Policy.SAFE)
    record = drafted(safe)
    line = replace(safe.line, editions=HeldAfterwards(safe.line.editions))
    after = apply_policy(safe.line.newsroom.schedules[0], record, now=room.clock.now, line=line)
    assert (after.state, after.reason, after.approved_by) == (EditionState.HELD, "wait", "")


WEEKLY = replace(DAILY, newsletter="weekly", title="The Weekly", weekdays=(4,))


def stories(found: Judgement) -> list[set[str]]:
    return sorted(({item.id for item in one.story.items} for one in found.ranked), key=sorted)


def test_a_merge_makes_one_story_now_and_binds_other_newsletters_too(room: Room) -> None:
    record = drafted(room)
    before = judgement(record)
    decision = proposal.merge(["lead", "2"], before)
    after = decide(record, decision, by="Ada", now=room.clock.now, line=room.line)
    assert len(judgement(after).ranked) == len(before.ranked) - 1
    assert judgement(after).ranked[0].story.id == decision.story
    assert stories(judge(WEEKLY, day=FRIDAY, now=room.clock.now, line=room.line).judgement) == stories(judgement(after))
    undone = undo(room, after)
    assert stories(judgement(undone)) == stories(before)
    assert stories(judge(WEEKLY, day=FRIDAY, now=room.clock.now, line=room.line).judgement) == stories(before)


def test_a_split_makes_two_stories_now_and_for_ever(room: Room) -> None:
    record = drafted(room)
    before = judgement(record)
    leaving = before.ranked[0].story.items[0]
    decision = proposal.split("lead", [leaving.id], before)
    after = decide(record, decision, by="Ada", now=room.clock.now, line=room.line)
    assert {leaving.id} in stories(judgement(after))
    assert len(judgement(after).ranked) == len(before.ranked) + 1
    room.clock.moves_on(minutes=20)
    assert stories(judgement(drafted(room))) == stories(judgement(after))
    assert stories(judge(WEEKLY, day=FRIDAY, now=room.clock.now, line=room.line).judgement) == stories(judgement(after))
    kept = room.line.items.story_ids([leaving.id])
    assert kept[leaving.id] != decision.story


def test_the_note_goes_into_the_letter(room: Room) -> None:
    record = drafted(room)
    decision: Decision = proposal.note("A good day for libraries.", signed="Ada Okonkwo")
    after = decide(record, decision, by="Ada", now=room.clock.now, line=room.line)
    assert after.email is not None
    assert "A good day for libraries." in after.email.text
    assert "Ada Okonkwo" in after.email.html

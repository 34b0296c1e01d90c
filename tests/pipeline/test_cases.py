"""Decisions as regression cases: each names what it needs, holds with the decision, and says if it holds without."""

from dataclasses import replace
from datetime import date

import pytest

from digest.edit import proposal
from digest.edit.codec import dump_case, load, load_case
from digest.model.case import Case
from digest.model.decision import Act, Decision
from digest.model.mail import EditionRecord
from digest.pipeline.cases import Bench, cases, failure, holds
from digest.pipeline.decide import decide
from digest.pipeline.draft import draft
from digest.pipeline.gather import collect_now
from tests.pipeline.conftest import DAILY, PAGES, SOURCES, Room

FRIDAY = date(2026, 5, 15)


@pytest.fixture
def record(room: Room) -> EditionRecord:
    """Two stories, of which one outlet tells only the first, so that no tie decides which leads."""
    room.publishes(SOURCES[1], PAGES[SOURCES[1].url][0])
    collect_now(room.line, room.clock.now)
    return draft(DAILY, day=FRIDAY, now=room.clock.now, line=room.line, may_replace=True)


@pytest.fixture
def bench(room: Room) -> Bench:
    newsroom = room.line.newsroom
    return Bench(lexicon=newsroom.lexicon, weights=newsroom.weights, shape=newsroom.shape)


def say(room: Room, record: EditionRecord, decision: Decision) -> EditionRecord:
    return decide(record, decision, by="Ada", now=room.clock.now, line=room.line)


def of_story(room: Room, record: EditionRecord, act: Act, story: str) -> EditionRecord:
    return say(room, record, proposal.of_story(act, story, load(record.edition_json), text="why"))


def test_an_edition_without_decisions_makes_no_case(room: Room, record: EditionRecord) -> None:
    assert cases(record, room.line) == ()


def test_words_and_places_and_what_was_undone_make_no_case(room: Room, record: EditionRecord) -> None:
    after = of_story(room, record, Act.RETITLE, "lead")
    after = of_story(room, after, Act.LEAD, "2")
    after = say(room, after, proposal.undo(room.line.editions.decisions(after.id), by="Ada", number=2))
    assert cases(after, room.line) == ()


def test_a_lead_that_the_program_would_not_have_chosen_holds_only_when_told(
    room: Room, record: EditionRecord, bench: Bench
) -> None:
    (case,) = cases(of_story(room, record, Act.LEAD, "2"), room.line)
    assert (case.name, case.unaided) == ("daily 2026-05-15, decision 1", False)
    assert len(case.stories) == 2
    assert {(source.id, source.url) for source in case.sources} == {
        ("the-lantern", ""),
        ("the-courier", ""),
    }
    assert failure(case, bench) == ""


def test_a_lead_that_the_program_chose_too_has_to_stay_its_choice(
    room: Room, record: EditionRecord, bench: Bench
) -> None:
    (case,) = cases(of_story(room, record, Act.LEAD, "lead"), room.line)
    assert case.unaided
    assert failure(case, bench) == ""
    other = replace(case.decided.decision, story="weak", items=case.stories[1])
    wrong = replace(case, decided=replace(case.decided, decision=other), stories=case.stories[::-1])
    assert "held without being told, and does no more: 1. made" in failure(wrong, bench)


def test_a_spiked_story_is_judged_alone(room: Room, record: EditionRecord, bench: Bench) -> None:
    (case,) = cases(of_story(room, record, Act.SPIKE, "2"), room.line)
    assert len(case.stories) == 1
    assert not case.unaided
    assert failure(case, bench) == ""


def test_one_spiked_comment_says_nothing_of_its_story(room: Room, record: EditionRecord) -> None:
    decision = proposal.of_story(Act.SPIKE, "2", load(record.edition_json), text="x")
    after = say(room, record, replace(decision, item=decision.items[0]))
    assert cases(after, room.line) == ()


def test_a_merge_makes_a_case_of_the_items_of_both_sides(room: Room, record: EditionRecord, bench: Bench) -> None:
    (case,) = cases(say(room, record, proposal.merge(["lead", "2"], load(record.edition_json))), room.line)
    assert {item.id for item in case.items} == {*case.decided.decision.items, *case.decided.decision.others}
    assert case.stories == ()
    assert not holds(case, bench, is_aided=False)
    assert failure(case, bench) == ""


def test_a_split_holds_when_it_is_told(room: Room, record: EditionRecord, bench: Bench) -> None:
    judged = load(record.edition_json)
    leaving = judged.ranked[0].story.items[0].id
    (case,) = cases(say(room, record, proposal.split("lead", [leaving], judged)), room.line)
    assert not case.unaided
    assert failure(case, bench) == ""


def test_of_a_merge_that_was_split_again_only_the_split_makes_a_case(room: Room, record: EditionRecord) -> None:
    merged = say(room, record, proposal.merge(["lead", "2"], load(record.edition_json)))
    leaving = list(room.line.editions.decisions(record.id)[0].decision.others)
    parted = say(room, merged, proposal.split("lead", leaving, load(merged.edition_json)))
    (case,) = cases(parted, room.line)
    assert case.decided.decision.act is Act.SPLIT
    assert case.unaided


def test_a_decision_about_items_that_are_gone_makes_no_case(room: Room, record: EditionRecord) -> None:
    after = say(room, record, Decision(act=Act.LEAD, story="gone", items=("gone",)))
    assert cases(after, room.line) == ()


def test_a_case_that_is_not_obeyed_names_the_decision(room: Room, record: EditionRecord, bench: Bench) -> None:
    (case,) = cases(of_story(room, record, Act.LEAD, "2"), room.line)
    decision = replace(case.decided.decision, act=Act.MERGE, others=("an item that is not there",))
    said = failure(replace(case, decided=replace(case.decided, decision=decision)), bench)
    assert said.startswith("daily 2026-05-15, decision 1 is not obeyed: 1. merged")


def test_a_case_holds_nothing_of_the_articles_and_is_read_back_as_it_was(room: Room, record: EditionRecord) -> None:
    room.line.items.save_items(
        replace(item, text="The whole article") for item in room.line.items.items_since(room.clock.now)
    )
    again = draft(DAILY, day=FRIDAY, now=room.clock.now, line=room.line, may_replace=True)
    found: tuple[Case, ...] = cases(of_story(room, again, Act.SPIKE, "2"), room.line)
    assert all("The whole article" not in dump_case(case) for case in found)
    assert [load_case(dump_case(case)) for case in found] == list(found)

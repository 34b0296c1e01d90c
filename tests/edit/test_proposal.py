"""What an editor asks for -> the decision it makes, or why it cannot be made."""

from datetime import date

import pytest

from digest.edit import proposal
from digest.edit.codec import dump_decision, load_decision
from digest.edit.saying import said, told
from digest.errors import UsageError
from digest.model.decision import Act, Decision
from digest.model.news import SectionName
from tests.builders import DAY
from tests.edit.log import logged, undoing
from tests.edit.test_naming import CARE, COLUMN, JUDGED, LIBRARY, RAIL

IDS = tuple(item.id for item in LIBRARY.story.items)


def test_a_decision_holds_the_story_s_id_headline_and_items() -> None:
    assert proposal.of_story(Act.SPIKE, "lead", JUDGED, text=" not  ours ") == Decision(
        act=Act.SPIKE, story="3f2a9c01", headline="Library saved", items=IDS, text="not ours"
    )


@pytest.mark.parametrize("act", [Act.SPIKE, Act.RETITLE, Act.SUMMARY, Act.KICKER])
def test_what_needs_words_is_not_made_without(act: Act) -> None:
    with pytest.raises(UsageError, match=r"the \w+ is empty"):
        proposal.of_story(act, "lead", JUDGED, text="  ")


@pytest.mark.parametrize("act", [Act.PIN, Act.LEAD])
def test_a_reason_may_be_left_out_where_a_place_speaks_for_itself(act: Act) -> None:
    assert proposal.of_story(act, "b0b0", JUDGED).text == ""


def test_words_that_nobody_means_are_too_long() -> None:
    with pytest.raises(UsageError, match=r"151 characters are too many for a headline.*150 at most"):
        proposal.of_story(Act.RETITLE, "lead", JUDGED, text="x" * 151)
    assert len(proposal.of_story(Act.SPIKE, "lead", JUDGED, text="x" * 1000).text) == 1000


def test_what_no_reader_may_meet_is_taken_out_of_an_editor_s_words() -> None:
    found = proposal.of_story(Act.RETITLE, "lead", JUDGED, text="Library\u202e <b>saved</b>\n\x07today")
    assert found.text == "Library saved today"


@pytest.mark.parametrize("act", [Act.PIN, Act.LEAD, Act.KICKER])
def test_comment_neither_leads_nor_moves_nor_loses_its_label(act: Act) -> None:
    with pytest.raises(UsageError, match="is comment"):
        proposal.of_story(act, "3", JUDGED, text="x")


def test_one_comment_is_spiked_by_its_place() -> None:
    assert proposal.of_story(Act.SPIKE, "3", JUDGED, text="x").item == COLUMN.id


@pytest.mark.parametrize(("to", "place"), [("lead", 1), (" 2 ", 2)])
def test_a_story_is_moved_to_a_place_of_the_news(to: str, place: int) -> None:
    found = proposal.move("b0b0", to, JUDGED)
    assert (found.place, found.section) == (place, None)


def test_a_story_is_moved_to_a_section() -> None:
    assert proposal.move("2", "unions", JUDGED).section is SectionName.UNIONS


@pytest.mark.parametrize("to", ["0", "3", "99"])
def test_there_is_no_place_for_news_among_the_comment(to: str) -> None:
    with pytest.raises(UsageError, match=f"no place {to} for news.*1 to 2"):
        proposal.move("b0b0", to, JUDGED)


def test_a_split_names_what_leaves_and_what_stays() -> None:
    found = proposal.split("lead", [IDS[1]], JUDGED)
    assert (found.items, found.others, found.text) == ((IDS[1],), (IDS[0],), "“Library saved”")


@pytest.mark.parametrize("items", [[], list(IDS)])
def test_a_split_leaves_something_on_both_sides(items: list[str]) -> None:
    with pytest.raises(UsageError, match="leaves nothing on one side"):
        proposal.split("lead", items, JUDGED)


def test_a_merge_keeps_the_name_of_the_first() -> None:
    found = proposal.merge(["2", "lead", "b0b0"], JUDGED)
    assert (found.story, found.text) == (CARE.story.id, "“Library saved”, “Rail fares”")
    assert found.others == tuple(item.id for one in (LIBRARY, RAIL) for item in one.story.items)


@pytest.mark.parametrize("stories", [["lead"], ["lead", "1"]])
def test_a_merge_needs_two_stories(stories: list[str]) -> None:
    with pytest.raises(UsageError, match="needs two stories"):
        proposal.merge(stories, JUDGED)


def test_a_note_keeps_its_paragraphs_and_nothing_else_of_its_lines() -> None:
    found = proposal.note("Good\nmorning.\r\n\r\n\n\nTo  all.", signed=" Ada ")
    assert (found.text, found.signed) == ("Good morning.\n\nTo all.", "Ada")
    with pytest.raises(UsageError, match="the note is empty"):
        proposal.note(" \n\n ", signed="Ada")


def test_a_diary_has_five_lines_at_most_and_may_be_emptied() -> None:
    assert proposal.diary(["12:00  PMQs", " "]).lines == ("12:00 PMQs",)
    assert proposal.diary([]).lines == ()
    with pytest.raises(UsageError, match="6 lines"):
        proposal.diary(["x"] * 6)


def test_only_an_earlier_edition_is_corrected() -> None:
    found = proposal.correction("It was Ada.", of=date(2026, 5, 14), today=DAY)
    assert (found.text, found.day) == ("It was Ada.", date(2026, 5, 14))
    with pytest.raises(UsageError, match="is not before"):
        proposal.correction("x", of=DAY, today=DAY)


def test_an_undo_says_what_it_undoes() -> None:
    log = [logged(1, proposal.of_story(Act.PIN, "b0b0", JUDGED))]
    found = proposal.undo(log, by="Ada", number=None)
    assert (found.undoes, found.text) == (1, "pinned “Rail fares”")


@pytest.mark.parametrize(
    ("decision", "hint"),
    [
        (Decision(act=Act.NOTE, text="word " * 39), "39 words; readers expect 40 to 90"),
        (Decision(act=Act.NOTE, text="word"), "1 word;"),
        (Decision(act=Act.NOTE, text="word " * 91), "91 words"),
        (Decision(act=Act.NOTE, text="word " * 60), ""),
        (Decision(act=Act.RETITLE, text="x" * 76), "76 characters"),
        (Decision(act=Act.RETITLE, text="x" * 75), ""),
        (Decision(act=Act.SUMMARY, text="word " * 61), "61 words"),
        (Decision(act=Act.PIN), ""),
    ],
)
def test_lengths_get_advice_not_refusals(decision: Decision, hint: str) -> None:
    assert hint in proposal.advice(decision)
    assert bool(hint) == bool(proposal.advice(decision))


TOLD = {
    "spiked “Library saved”": proposal.of_story(Act.SPIKE, "lead", JUDGED, text="x"),
    "made “Rail fares” the lead": proposal.of_story(Act.LEAD, "b0b0", JUDGED),
    "moved “Rail fares” to place 2": proposal.move("b0b0", "2", JUDGED),
    "moved “Rail fares” to Unions": proposal.move("b0b0", "unions", JUDGED),
    "split 1 item from “Library saved”": proposal.split("lead", [IDS[1]], JUDGED),
    "merged 2 items into “Library saved”": proposal.merge(["lead", "2"], JUDGED),
    "wrote the diary, 2 lines": proposal.diary(["a", "b"]),
    "corrected the edition of 2026-05-14": proposal.correction("x", of=date(2026, 5, 14), today=DAY),
    "undid decision 4": undoing(4),
}


@pytest.mark.parametrize("words", TOLD)
def test_a_decision_is_told_in_words_and_kept_as_it_was(words: str) -> None:
    assert said(TOLD[words]) == words
    assert load_decision(dump_decision(TOLD[words])) == TOLD[words]


@pytest.mark.parametrize("act", Act)
def test_every_act_has_words(act: Act) -> None:
    assert "{" not in said(Decision(act=act))


def test_a_log_s_line_says_number_words_reason_who_and_when() -> None:
    spike = proposal.of_story(Act.SPIKE, "lead", JUDGED, text="not ours")
    assert told(logged(3, spike)) == "3. spiked “Library saved”: not ours (Ada, 15 May 05:33 UTC)"
    assert told(logged(1, Decision(act=Act.DIARY))) == "1. wrote the diary, 0 lines (Ada, 15 May 05:31 UTC)"

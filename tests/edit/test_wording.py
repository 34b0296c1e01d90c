"""An editor's own words: over a piece, and around the stories; the publisher's stay visible."""

from dataclasses import replace
from datetime import date

from digest.edit.piece import Desk, piece
from digest.edit.wording import framed, worded
from digest.model.decision import Act, Decision
from digest.model.edition import Correction, Edition, Note, Piece
from tests.builders import DAY, LEXICON, item, ranked, sources
from tests.edit.log import about, logged

STORY = ranked(item("Labour council votes to save the library", summary="Councillors voted late on Thursday night."))
DESK = Desk(day=DAY, sources=sources("The Lantern"), lexicon=LEXICON, excerpt_words=50)
PRINTED = piece(STORY, DESK, sentences=1)


def said(*decisions: Decision, item_id: str = "") -> Piece:
    log = [logged(number, one) for number, one in enumerate(decisions, start=1)]
    return worded(PRINTED, log, [STORY], item_id=item_id)


def test_a_new_headline_stands_with_its_writer_and_the_publisher_s_beside_it() -> None:
    found = said(about(Act.RETITLE, STORY, text="Library saved"))
    assert (found.headline, found.headline_by, found.original) == ("Library saved", "Ada", PRINTED.headline)
    assert found.told.headline == "Library saved"
    assert found.told.titles == PRINTED.told.titles


def test_the_original_stays_the_publisher_s_however_often_it_is_retitled() -> None:
    found = said(about(Act.RETITLE, STORY, text="One"), about(Act.RETITLE, STORY, text="Two"))
    assert (found.headline, found.original) == ("Two", PRINTED.headline)


def test_a_written_summary_is_marked_and_comes_from_no_item() -> None:
    found = said(about(Act.SUMMARY, STORY, text="It stays open."))
    assert (found.summary, found.summary_by) == ("It stays open.", "Ada")
    assert [one.item_id for one in found.sentences] == [""]


def test_a_kicker_is_the_editor_s() -> None:
    assert said(about(Act.KICKER, STORY, text="LIBRARIES")).kicker == "LIBRARIES"


def test_words_for_another_story_or_for_one_comment_change_nothing_here() -> None:
    other = ranked(item("Another story"))
    assert said(about(Act.RETITLE, other, text="x")) == PRINTED
    assert said(about(Act.RETITLE, STORY, text="x", item="a comment")) == PRINTED
    assert worded(PRINTED, [logged(1, about(Act.RETITLE, other, text="x"))], [STORY, other]) == PRINTED


def test_a_comment_has_words_of_its_own() -> None:
    found = said(about(Act.RETITLE, STORY, text="x", item="a comment"), item_id="a comment")
    assert found.headline == "x"


def edition(*decisions: Decision) -> Edition:
    log = [logged(number, one) for number, one in enumerate(decisions, start=1)]
    return framed(Edition(newsletter="daily", day=DAY), log)


def test_the_last_note_and_the_last_diary_stand() -> None:
    found = edition(
        Decision(act=Act.NOTE, text="One", signed="Ada"),
        Decision(act=Act.NOTE, text="Two"),
        Decision(act=Act.DIARY, lines=("12:00 PMQs",)),
        Decision(act=Act.DIARY, lines=("19:00 Votes", "22:00 By-election")),
    )
    assert found.note == Note(text="Two", signed="Ada")
    assert found.diary == ("19:00 Votes", "22:00 By-election")


def test_corrections_stand_together_under_their_dates_oldest_first() -> None:
    late, early = date(2026, 5, 14), date(2026, 5, 12)
    found = edition(
        Decision(act=Act.CORRECTION, text="Late", day=late), Decision(act=Act.CORRECTION, text="Early", day=early)
    )
    assert found.corrections == (Correction(day=early, text="Early"), Correction(day=late, text="Late"))


def test_decisions_about_stories_leave_the_frame_alone() -> None:
    bare = Edition(newsletter="daily", day=DAY)
    assert edition(about(Act.PIN, STORY), about(Act.RETITLE, STORY, text="x")) == bare
    assert replace(bare, note=None) == bare

"""Editors' decisions in the edition as it is printed: subject, sections, words, an edition that is emptied."""

from typing import Any

from digest.edit.codec import dump_case, load_case
from digest.edit.edit import edit
from digest.edit.piece import Desk
from digest.edit.shape import Shape
from digest.model.case import Case
from digest.model.decision import Act, Decision
from digest.model.edition import Edition
from digest.model.news import Kind
from digest.model.story import Ranked
from tests.builders import DAY, LEXICON, NOW, item, ranked, source, sources
from tests.edit.log import about, logged

DESK = Desk(day=DAY, sources=sources("The Lantern", "The Courier"), lexicon=LEXICON, excerpt_words=50)
NEWS = tuple(
    ranked(
        item(f"Labour council number {word} votes to keep its own library open", name=f"n{n}"),
        item(f"Library number {word} saved by a vote of the Labour council", name=f"m{n}", publisher="The Courier"),
        score=50 - n,
    )
    for n, word in enumerate(["one", "two", "three", "four"])
)
VIEW = ranked(item("Why libraries matter to all of us", name="view", kind=Kind.COMMENT), score=10)
ALL = (*NEWS, VIEW)


def printed(*decisions: Decision, stories: tuple[Ranked, ...] = ALL, **shape: Any) -> Edition:
    return edit(
        stories,
        newsletter="daily",
        day=DAY,
        desk=DESK,
        shape=Shape(**{"threshold": 0.3, "five": 2, **shape}),
        ask=None,
        decisions=[logged(number, one) for number, one in enumerate(decisions, start=1)],
    )


def test_a_new_lead_brings_its_subject_and_its_reasons_with_it() -> None:
    found = printed(about(Act.LEAD, NEWS[2]))
    assert found.lead is not None
    assert found.lead.story_id == NEWS[2].story.id
    assert "three" in found.subject
    assert found.lead.why
    assert [piece.story_id for piece in found.five] == [NEWS[0].story.id, NEWS[1].story.id]


def test_the_headline_an_editor_gives_the_lead_is_the_subject_however_long_or_short() -> None:
    assert printed(about(Act.RETITLE, NEWS[0], text="Saved")).subject == "Saved"
    long = printed(about(Act.RETITLE, NEWS[0], text="word " * 30)).subject
    assert len(long) <= 110
    assert long.endswith("…")


def test_one_comment_is_retitled_under_its_own_author() -> None:
    view = VIEW.story.items[0]
    found = printed(about(Act.RETITLE, VIEW, item=view.id, text="On libraries"))
    assert [piece.headline for piece in found.comment] == ["On libraries"]
    assert found.comment[0].original == view.title


def test_an_edition_of_which_every_story_is_spiked_says_so() -> None:
    found = printed(*(about(Act.SPIKE, one, text="no") for one in NEWS))
    assert (found.lead, found.empty_because) == (None, "every story was spiked")


def test_a_pin_can_save_an_edition_that_would_be_empty() -> None:
    weak = printed(stories=(NEWS[0],), threshold=0.95)
    assert weak.lead is None
    assert "was new Labour news" in weak.empty_because
    saved = printed(about(Act.PIN, NEWS[0]), stories=(NEWS[0],), threshold=0.95)
    assert saved.lead is not None


def test_a_safe_edition_has_no_words_of_editors_but_what_they_left_out_stays_out() -> None:
    decisions = (
        about(Act.RETITLE, NEWS[0], text="Saved"),
        Decision(act=Act.NOTE, text="Good morning"),
        about(Act.SPIKE, NEWS[1], text="no"),
        Decision(act=Act.CORRECTION, text="It was Ada.", day=DAY),
    )
    found = printed(*decisions, safe_only=True)
    assert found.lead is not None
    assert (found.lead.headline_by, found.note) == ("", None)
    assert NEWS[1].story.id not in {piece.story_id for piece in found.pieces}
    assert found.corrections
    assert printed(*decisions).note is not None


def test_a_case_is_kept_as_it_was() -> None:
    case = Case(
        name="daily, decision 1",
        newsletter="daily",
        day=DAY,
        now=NOW,
        decided=logged(1, about(Act.LEAD, NEWS[0])),
        items=NEWS[0].story.items,
        stories=(tuple(one.id for one in NEWS[0].story.items),),
        sources=(source(),),
        unaided=True,
    )
    line = dump_case(case)
    assert load_case(line) == case
    assert "\n" not in line

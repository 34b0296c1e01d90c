"""Stories: sources, number, repeats, and the ask."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from digest.model.edition import Ask, AskPlace, Edition, Piece, Section
from digest.model.mail import Finding
from digest.model.news import Kind, SectionName
from digest.render.findings.stories import ask, count, repeats, sources
from tests.render.letters import at, piece, rich_edition, small_edition

EDITION = small_edition()
ASK = Ask(text="Support us", label="Give", url="https://rose.example/give")
GRAVE = piece("Councillor stabbed outside town hall")
CALM = [piece(f"Committee asks question {n}") for n in range(30)]


def places(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(finding.severity.value, finding.where) for finding in findings]


def test_the_showcase_is_a_good_edition() -> None:
    rich = rich_edition()
    told = tuple(replace(piece.told, story_id="another", item_ids=("other",)) for piece in rich.pieces)
    assert [*sources(rich), *count(rich), *repeats(rich, told=told), *ask(rich)] == []


def test_a_story_without_a_source_is_an_error() -> None:
    bare = replace(piece("Nobody says so", story_id="s1"), sources=())
    assert places(list(sources(replace(EDITION, five=(bare,))))) == [("error", "story s1")]


def test_one_name_for_two_pages_in_a_story_is_worth_advice() -> None:
    twice = piece("Told twice", story_id="s1", sources=(at("Post", "1"), at("Post", "2"), at("Ledger", "3")))
    (found,) = sources(replace(EDITION, five=(twice,)))
    assert (found.severity, found.where) == ("advice", "story s1")
    assert "«Post»" in found.what


@pytest.mark.parametrize(
    ("stories", "said"), [(0, "1 story;"), (13, "14 stories;"), (14, None), (19, None), (20, "21 stories;")]
)
def test_a_daily_has_15_to_20_stories(stories: int, said: str | None) -> None:
    found = list(count(replace(EDITION, five=tuple(CALM[:stories]))))
    assert places(found) == ([("advice", "edition")] if said else [])
    assert said is None or found[0].what.startswith(said)


def test_a_story_printed_twice_is_an_error() -> None:
    first = piece("One headline", story_id="s1", sources=(at("Post", "1"),))
    same_story = piece("Another headline", story_id="s1", sources=(at("Post", "2"),))
    same_page = piece("A third", story_id="s2", sources=(at("Post", "1"),))
    for second in (same_story, same_page):
        found = list(repeats(replace(EDITION, five=(first, second)), told=()))
        assert places(found) == [("error", f"story {second.story_id}")]


def test_a_comment_may_be_about_a_story_that_is_printed_or_was_told() -> None:
    first = piece("One headline", story_id="s1", sources=(at("Post", "1"),))
    comment = piece("What I think", story_id="s1", sources=(at("Post", "2"),), kind=Kind.COMMENT)
    assert list(repeats(replace(EDITION, five=(first,), comment=(comment,)), told=())) == []
    assert list(repeats(replace(EDITION, comment=(comment,)), told=(first.told,))) == []


def test_news_told_before_is_an_error_unless_it_is_developing() -> None:
    old = piece("One headline", story_id="s1", sources=(at("Post", "1"),))
    same_story = replace(old.told, day="2026-11-20", item_ids=("other",))
    same_item = replace(old.told, day="2026-11-19", story_id="other")
    edition = replace(EDITION, five=(old,))
    for told in ((same_story,), (same_item,), (same_story, same_item)):
        (found,) = repeats(edition, told=told)
        assert (found.severity, found.where) == ("error", "story s1")
        assert f"was told on {told[0].day}" in found.what
    assert list(repeats(edition, told=(replace(same_story, story_id="other"),))) == []
    developing = replace(EDITION, five=(replace(old, since="the vote was lost"),))
    assert list(repeats(developing, told=(same_story,))) == []
    said_by_its_headline = replace(EDITION, five=(replace(old, is_developing=True),))
    assert list(repeats(said_by_its_headline, told=(same_story,))) == []


@pytest.mark.parametrize(
    ("place", "lead", "five", "wire", "complaints"),
    [
        (AskPlace.AFTER_FIVE, CALM[0], CALM[1], CALM[2], 0),
        (AskPlace.AFTER_FIVE, GRAVE, CALM[1], CALM[2], 1),
        (AskPlace.AFTER_FIVE, CALM[0], GRAVE, CALM[2], 1),
        (AskPlace.AFTER_FIVE, CALM[0], CALM[1], GRAVE, 1),
        (AskPlace.END, GRAVE, CALM[1], CALM[2], 0),
        (AskPlace.END, CALM[0], CALM[1], GRAVE, 1),
        (AskPlace.LEFT_OUT, GRAVE, CALM[1], CALM[2], 0),
    ],
)
def test_the_ask_never_stands_beside_a_death(
    place: AskPlace, lead: Piece, five: Piece, wire: Piece, complaints: int
) -> None:
    section = Section(name=SectionName.PARTY, pieces=(wire,))
    edition: Edition = replace(EDITION, lead=lead, five=(five,), sections=(section,), ask=ASK, ask_place=place)
    assert places(list(ask(edition))) == [("error", place.value)] * complaints


def test_politicians_may_attack_each_other_beside_the_ask() -> None:
    calm = piece("Opposition attacks the budget as a bombshell")
    assert list(ask(replace(EDITION, five=(calm,), ask=ASK, ask_place=AskPlace.AFTER_FIVE))) == []


def test_an_edition_without_an_ask_is_beside_nothing() -> None:
    assert list(ask(replace(EDITION, five=(GRAVE,), ask=None, ask_place=AskPlace.AFTER_FIVE))) == []

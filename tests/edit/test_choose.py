"""What stands above the wire is not all about one person or event."""

from dataclasses import replace

from digest.edit.choose import Chosen, choose
from digest.edit.names import names
from digest.edit.piece import Desk
from digest.edit.shape import Shape
from digest.model.news import Kind, SectionName
from digest.model.story import Ranked
from tests.builders import DAY, LEXICON, item, ranked, source

DESK = Desk(day=DAY, sources={"x": source("X")}, lexicon=LEXICON, excerpt_words=50)
SHAPE = Shape(threshold=0.35)
PEOPLE = (
    "Keir Starmer",
    "Rachel Reeves",
    "Angela Rayner",
    "Wes Streeting",
    "Andy Burnham",
    "Ed Miliband",
    "Sadiq Khan",
)


def about(name: str, number: int, *, score: int) -> Ranked:
    section = list(SectionName)[number % len(SectionName)]
    return ranked(
        item(f"{name} visits town number {number}", name=str(number), publisher=f"Paper {number}"),
        score=score,
        section=section,
    )


def chosen(*people: str, shape: Shape = SHAPE) -> Chosen:
    stories = [about(name, number, score=100 - number) for number, name in enumerate(people)]
    return choose(stories, shape=shape, desk=DESK)


def order(found: Chosen) -> list[int]:
    return [100 - story.score for story in found.news]


def test_the_fourth_story_about_one_person_makes_room_above_the_wire_and_leads_it() -> None:
    found = chosen(*["Keir Starmer"] * 5, *PEOPLE[1:])
    assert order(found) == [0, 1, 2, 5, 6, 7, 3, 4, 8, 9, 10]
    assert [(one.score, one.why) for one in found.moved] == [
        (97, "fourth story about Keir Starmer in the first 6: moved down"),
        (96, "fourth story about Keir Starmer in the first 6: moved down"),
    ]


def test_how_many_are_too_many_is_the_configs() -> None:
    found = chosen(*["Keir Starmer"] * 3, *PEOPLE[1:], shape=replace(SHAPE, per_name=1))
    assert order(found)[:6] == [0, 3, 4, 5, 6, 7]
    assert {one.why for one in found.moved} == {"second story about Keir Starmer in the first 6: moved down"}


def test_on_a_day_with_nothing_else_nobody_makes_room() -> None:
    found = chosen(*["Keir Starmer"] * 5)
    assert order(found) == [0, 1, 2, 3, 4]
    assert found.moved == ()


def test_a_story_that_was_moved_down_and_finds_no_room_is_left_out_for_that() -> None:
    found = chosen(*["Keir Starmer"] * 4, *PEOPLE[1:], shape=replace(SHAPE, wire=0))
    assert found.moved == ()
    assert [one.why for one in found.left_out] == [
        "fourth story about Keir Starmer in the first 6: moved down; the edition is full at 6 stories",
        *["the edition is full at 6 stories"] * 3,
    ]


def test_a_story_is_about_whom_most_of_its_headlines_name_and_not_about_a_party() -> None:
    story = ranked(
        item("Labour: Keir Starmer meets Wes Streeting"),
        item("Starmer and Labour MPs", publisher="B"),
        item("Keir Starmer at Labour conference", publisher="C"),
        item("Why Streeting matters", publisher="D", kind=Kind.COMMENT),
    )
    assert names(story, DESK) == ("Keir Starmer",)

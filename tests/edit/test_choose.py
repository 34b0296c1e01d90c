"""What stands above the wire: not all about one person or event, and what many report and anybody can read."""

from dataclasses import replace

import pytest

from digest.edit.choose import Chosen, choose
from digest.edit.names import names
from digest.edit.piece import Desk
from digest.edit.shape import Shape
from digest.model.news import Kind, Medium, SectionName
from digest.model.story import Cause, Ranked, Reason
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


def of(title: str, *, voices: int = 1, score: int, lost: int = 0, kind: Kind = Kind.NEWS, **given: object) -> Ranked:
    """A story of so many publishers that has `score` points after what crowding takes."""
    items = [
        item(f"{title} {n}", name=f"{title}{n}", publisher=f"{title} Post {n}", kind=kind, **given)
        for n in range(voices)
    ]
    found = ranked(*items, score=score + lost)
    crowding = Reason(cause=Cause.CROWDING, points=-lost, why="like a story above it")
    return replace(found, reasons=(*found.reasons, crowding)) if lost else found


def titles(found: Chosen) -> list[str]:
    return [story.story.items[0].title.removesuffix(" 0") for story in found.news]


TWO = replace(SHAPE, five=1)


def test_one_publishers_story_does_not_stand_above_those_of_many_that_only_crowding_puts_below() -> None:
    alone, crowded = of("Alone", score=60), of("Crowded", voices=3, score=55, lost=20)
    found = choose([of("Lead", voices=4, score=90), alone, crowded], shape=TWO, desk=DESK)
    assert titles(found) == ["Lead", "Crowded", "Alone"]
    assert [(one.headline, one.why) for one in found.moved] == [
        ("Alone 0", "one publisher has it, 3 have a story that only its neighbours crowd: moved down")
    ]


@pytest.mark.parametrize(
    "other", [of("Other", voices=3, score=55), of("Other", voices=2, score=55, lost=20), of("Other", score=55, lost=20)]
)
def test_one_publishers_story_stands_where_its_own_points_or_too_few_others_put_it(other: Ranked) -> None:
    found = choose([of("Lead", voices=4, score=90), of("Alone", score=60), other], shape=TWO, desk=DESK)
    assert titles(found) == ["Lead", "Alone", "Other"]
    assert found.moved == ()


def test_nobody_leads_alone_where_another_of_nearly_the_points_is_confirmed() -> None:
    found = choose([of("Alone", score=60), of("Confirmed", voices=2, score=50)], shape=TWO, desk=DESK)
    assert titles(found) == ["Confirmed", "Alone"]
    assert found.moved == ()
    for other in (
        of("Confirmed", voices=2, score=49),
        of("Other", score=59),
        of("Pod", voices=2, score=59, medium=Medium.AUDIO),
    ):
        assert titles(choose([of("Alone", score=60), other], shape=TWO, desk=DESK))[0] == "Alone"


@pytest.mark.parametrize("given", [{"medium": Medium.VIDEO}, {"medium": Medium.AUDIO}, {"kind": Kind.LIVE}])
def test_what_can_only_be_watched_or_followed_makes_room_for_what_can_be_read(given: dict[str, object]) -> None:
    video = of("Video", voices=4, score=80, **given)  # type: ignore[arg-type]
    stories = [video, of("Alone", score=60), of("Small", score=30)]
    found = choose(stories, shape=TWO, desk=DESK)
    assert titles(found) == ["Alone", "Small", "Video"]
    assert [one.why for one in found.moved] == ["only to watch, to hear or to follow live: moved down"]
    assert titles(choose([video], shape=TWO, desk=DESK)) == ["Video"]
    assert titles(choose([video, of("Radio", score=9, **given)], shape=TWO, desk=DESK)) == ["Video", "Radio"]  # type: ignore[arg-type]


def test_the_story_that_is_let_by_makes_room_in_its_turn() -> None:
    stories = [
        of("Video", score=80, medium=Medium.VIDEO),
        of("Alone", score=60),
        of("Crowded", voices=3, score=50, lost=20),
        of("Later", score=40),
    ]
    found = choose(stories, shape=replace(SHAPE, five=0), desk=DESK)
    assert titles(found) == ["Crowded", "Video", "Alone", "Later"]
    assert len(found.moved) == 2


def test_nobody_makes_room_for_a_story_that_the_edition_would_not_take() -> None:
    alone, crowded = of("Alone", score=60), of("Crowded", voices=3, score=55, lost=20)
    lead = of("Lead", score=90)
    same = replace(crowded.story.items[0], url=lead.story.items[0].url)
    printed = replace(crowded, story=replace(crowded.story, items=(same,)))
    found = choose([lead, alone, printed], shape=TWO, desk=DESK)
    assert titles(found) == ["Lead", "Alone"]
    assert [one.why for one in found.left_out] == ["a story above leads to the same page"]

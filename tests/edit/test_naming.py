"""Stories by place or id, items by id, sections by name; an error names the nearest."""

from dataclasses import replace

import pytest

from digest.edit.naming import Named, items_named, section_named, story_named, whole
from digest.edit.piece import Desk, opinion, piece
from digest.errors import UsageError
from digest.model.edition import Edition, Judgement
from digest.model.news import Kind, SectionName
from digest.model.story import Ranked
from tests.builders import DAY, LEXICON, item, ranked, sources, story

DESK = Desk(day=DAY, sources=sources("The Lantern"), lexicon=LEXICON, excerpt_words=50)


def told(title: str, story_id: str) -> Ranked:
    one = item(title, name=story_id)
    return ranked(one, story=story(one, item(title, name=f"{story_id}x"), id=story_id))


LIBRARY, CARE, RAIL = (
    told("Library saved", "3f2a9c01"),
    told("Care levy begins", "3f77ab10"),
    told("Rail fares", "b0b0"),
)
COLUMN = item("My view of libraries", name="column", kind=Kind.COMMENT)
VIEW = ranked(COLUMN, story=story(COLUMN, id="c0ffee"))
EDITION = Edition(
    newsletter="daily",
    day=DAY,
    lead=piece(LIBRARY, DESK, sentences=1),
    five=(piece(CARE, DESK, sentences=1),),
    comment=(opinion(COLUMN, VIEW, DESK),),
)
JUDGED = Judgement(edition=EDITION, ranked=(LIBRARY, CARE, RAIL, VIEW))


def named(text: str) -> Named:
    return story_named(text, JUDGED)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("lead", LIBRARY),
        (" LEAD ", LIBRARY),
        ("1", LIBRARY),
        ("2", CARE),
        ("3f2", LIBRARY),
        ("3F77AB10", CARE),
        ("b0b0", RAIL),
    ],
)
def test_a_story_is_named_by_its_place_or_its_id(text: str, meant: Ranked) -> None:
    assert named(text).ranked is meant


def test_a_story_knows_how_it_is_printed_or_that_it_is_not() -> None:
    assert named("2").piece is EDITION.five[0]
    assert named("b0b0").piece is None
    assert named("b0b0").headline == "Rail fares"
    assert named("lead").headline == "Library saved"


def test_a_whole_id_is_meant_though_it_begins_another() -> None:
    longer = told("Longer", "b0b0b1")
    assert story_named("b0b0", replace(JUDGED, ranked=(*JUDGED.ranked, longer))).ranked is RAIL


def test_comment_is_named_with_its_own_item() -> None:
    assert named("3").item_id == named("c0ff").item_id == COLUMN.id
    with pytest.raises(UsageError, match=r"“My view of libraries” is comment.*own block"):
        whole(named("3"))
    assert whole(named("1")) == named("1")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3f", r"'3f' may be 3f2a9c01 \(“Library saved”\); 3f77ab10"),
        ("0", "no place 0.*3 pieces"),
        ("7", "no place 7"),
        ("3f2b9c01", r"did you mean 3f2a9c01 \(“Library saved”\)"),
        ("levy", r"did you mean 3f77ab10"),
        ("zzzz", "`digest show` lists"),
        ("", "no story is called ''.*`digest show` lists"),
    ],
)
def test_what_names_no_story_names_the_nearest(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        named(text)


def test_an_empty_edition_has_no_places_but_its_stories_have_ids() -> None:
    empty = replace(JUDGED, edition=Edition(newsletter="daily", day=DAY))
    assert story_named("b0b0", empty).piece is None
    with pytest.raises(UsageError, match="it is empty: name an id"):
        story_named("lead", empty)


def test_long_headlines_are_cut_in_errors() -> None:
    long = told("Word " * 40, "ffffffff")
    with pytest.raises(UsageError, match="Word…"):
        story_named("fffffff0", replace(JUDGED, ranked=(long,)))


def test_items_are_named_by_the_beginning_of_their_ids() -> None:
    first, second = LIBRARY.story.items
    assert items_named([second.id[:9], first.id, second.id], named("lead")) == (second, first)


@pytest.mark.parametrize(("text", "said"), [("3f2a9c01", "may be several items"), ("zz", "no item of story 3f2a9c01")])
def test_what_names_no_item_lists_those_there_are(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=f"{said}.*The Lantern, Library saved"):
        items_named([text], named("lead"))


@pytest.mark.parametrize(
    ("text", "name"), [("unions", SectionName.UNIONS), ("Nat", SectionName.NATIONS), (" polls ", SectionName.POLLS)]
)
def test_a_section_is_named_whatever_the_case(text: str, name: SectionName) -> None:
    assert section_named(text) is name


@pytest.mark.parametrize(
    ("text", "said"),
    [("Unoins", "did you mean Unions"), ("Pa", "one of: Government"), ("", "one of"), ("xyz", "one of")],
)
def test_what_is_no_section_names_the_nearest_and_all(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        section_named(text)

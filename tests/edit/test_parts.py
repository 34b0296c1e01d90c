"""Headlines, summaries, kickers, links."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.edit.headline import headline, shortened
from digest.edit.kicker import kicker
from digest.edit.piece import Desk, piece
from digest.model.news import Kind, Medium, SectionName
from tests.builders import DAY, LEXICON, hours_ago, item, ranked, source, sources

DESK = Desk(day=DAY, sources=sources("The Lantern"), lexicon=LEXICON, excerpt_words=50)


@pytest.mark.parametrize(
    "worse",
    [
        "Watch: Labour council votes to save the library tonight",
        "Could a Labour council save the library? What we know?",
        "LABOUR COUNCIL VOTES TO SAVE THE LIBRARY IN STANNERBY NOW",
        "‘A great night’: Labour council votes to save the library",
        "Labour council votes to save the library – live",
        "Labour council expected to save the library in Stannerby",
        "Labour council votes to save the library " + "and a great deal more besides " * 3,
    ],
)
def test_a_plain_headline_beats_bait_shouting_and_length(worse: str) -> None:
    plain = item("Labour council votes to save the library in Stannerby", publisher="A")
    assert headline([item(worse, publisher="B"), plain], sources={}) == plain


def test_the_headline_says_what_the_others_say() -> None:
    items = [
        item("Care levy announced by the Health Secretary for estates", publisher="A"),
        item("Health Secretary announces care levy on large estates", publisher="B"),
        item("A dramatic day of speeches and of tears at Westminster", publisher="C"),
    ]
    assert headline(items, sources={}).publisher in {"A", "B"}


def test_a_heavier_source_speaks_first_and_ties_go_to_the_earlier() -> None:
    one = item("Labour council votes to save the library in Thornwick", publisher="A", published=hours_ago(5))
    other = item("Labour council votes to save the library in Thornwick", publisher="B", published=hours_ago(2))
    assert headline([other, one], sources={}) == one
    assert headline([other, one], sources={"b": source("B", weight=2.0)}) == other


@given(st.text(min_size=0, max_size=200), st.integers(10, 120))
def test_a_shortened_text_fits_and_a_short_one_stays(text: str, most: int) -> None:
    short = shortened(text, most)
    assert len(short) <= most
    if len(text) <= most:
        assert short == text


def test_a_text_is_cut_between_words() -> None:
    assert shortened("The Chancellor of the Exchequer – she says", 25) == "The Chancellor…"
    assert shortened("Donaudampfschifffahrtsgesellschaft", 10) == "Donaudamp…"


def test_the_kicker_is_the_name_most_headlines_share_else_the_section() -> None:
    def above(headline: str, *titles: str) -> str:
        items = [item(title, publisher=title) for title in (headline, *titles)]
        return kicker(items, headline=headline, section=SectionName.UNIONS, lexicon=LEXICON, day=DAY)

    assert above("Strike is on", "GMB votes to strike", "Strike vote by GMB members") == "GMB"
    assert above("GMB votes to strike", "Strike vote by GMB members") == "Unions"
    assert above("Members vote", "GMB votes to strike") == "Unions"
    assert above("A vote") == "Unions"
    assert above("Lawmaker resigns", "UK lawmaker resigns", "Britain loses a lawmaker") == "Unions"


def test_each_publisher_has_one_link_and_the_headlines_own_comes_first() -> None:
    items = [
        item("Labour council votes to save the library in Stannerby", publisher="The Lantern"),
        *(item(f"Library vote, report {n}", name=str(n), publisher=f"Paper {n % 6}") for n in range(12)),
    ]
    links = piece(ranked(*items), DESK, sentences=1).sources
    assert links[0].publisher == "The Lantern"
    assert len({link.publisher for link in links}) == len(links) == 5


def test_a_paywalled_publisher_is_marked() -> None:
    desk = Desk(day=DAY, sources={"the-lantern": source(paywalled=True)}, lexicon=LEXICON, excerpt_words=50)
    found = piece(ranked(item()), desk, sentences=1)
    assert found.sources[0].paywalled


def test_a_paywalled_publisher_is_marked_also_when_it_was_met_through_an_aggregator() -> None:
    found = piece(ranked(item(publisher="Financial Times"), item("More", publisher="BBC")), DESK, sentences=1)
    assert {link.publisher: link.paywalled for link in found.sources} == {"Financial Times": True, "BBC": False}


def test_a_link_to_something_to_hear_says_so() -> None:
    found = piece(ranked(item(medium=Medium.AUDIO)), DESK, sentences=1)
    assert found.sources[0].medium is Medium.AUDIO


def test_a_piece_says_in_a_readers_words_why_it_is_here() -> None:
    alone = piece(ranked(item(position=3)), DESK, sentences=1)
    assert alone.why == "One publisher reports it."
    both = ranked(item(position=0), item("More", publisher="B", position=0))
    assert piece(both, DESK, sentences=1).why == "Two independent publishers report it."
    edited = {"the-lantern": source(by_weight=True), "b": source("B", by_weight=True)}
    assert (
        piece(both, replace(DESK, sources=edited), sentences=1).why
        == "Two independent publishers report it, and two put it first."
    )
    many = [item(f"Report {n}", name=str(n), publisher="The Lantern" if n == 0 else f"Paper {n}") for n in range(21)]
    desk = replace(DESK, sources=edited)
    assert piece(ranked(*many[:12]), desk, sentences=1).why == (
        "Twelve independent publishers report it, and one puts it first."
    )
    assert piece(ranked(*many), DESK, sentences=1).why == "21 independent publishers report it."


def test_a_story_of_comment_alone_can_still_be_made_a_piece() -> None:
    found = piece(ranked(item("What I think of the levy", kind=Kind.COMMENT)), DESK, sentences=1)
    assert found.kind is Kind.COMMENT

"""A publisher counts once, and so does wire copy, whoever prints it and in whatever order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.news import Item
from digest.rank.agency import agency
from digest.rank.shingles import LEAST, containment, shingles
from digest.rank.voices import voices
from tests.builders import item

COPY = "Rail fares will be frozen for a second year, the Transport Secretary told MPs on Thursday afternoon."
OWN = "Officials had warned the Treasury of the cost of a freeze for months, papers seen by this newspaper show."

reports = st.builds(
    lambda number, publisher, text: item(f"Report {number}", publisher=publisher, summary=text),
    st.integers(0, 9),
    st.sampled_from("ABCDE"),
    st.sampled_from([COPY, OWN, "", "Commuters welcomed it, and so did the unions of the railways in the north."]),
)


def test_three_feeds_of_one_publisher_are_one_voice() -> None:
    items = [item(f"Report {n}", name=str(n), publisher="The Lantern") for n in range(3)]
    assert len(voices(items)) == 1


def test_wire_copy_in_four_papers_is_one_voice() -> None:
    items = [item("Rail fares frozen for a second year", publisher=name, summary=COPY) for name in "ABCD"]
    assert [voice.publishers for voice in voices(items)] == [("A", "B", "C", "D")]


def test_half_of_the_copy_under_another_headline_is_the_same_copy() -> None:
    long = f"{COPY} {OWN} Commuters welcomed it."
    items = [item("Fares frozen", publisher="A", summary=long), item("Rail news", publisher="B", summary=COPY)]
    assert len(voices(items)) == 1


def test_reports_credited_to_the_same_agency_are_one_voice() -> None:
    author = item("Fares frozen", publisher="A", author="Press Association", summary="The fares are frozen.")
    credit = item("Freeze on fares for rail users", publisher="B", summary="Users of rail gain, PA reports.")
    other = item("Rail freeze", publisher="C", summary="What it means in short (Reuters).")
    assert [voice.publishers for voice in voices([other, credit, author])] == [("A", "B"), ("C",)]


def test_a_publisher_with_a_report_of_its_own_besides_the_copy_is_a_voice_of_its_own() -> None:
    copies = [item("Rail fares frozen for a second year", publisher=name, summary=COPY) for name in "AB"]
    own = [item("Inside the row over the freeze", publisher=name, summary=OWN) for name in "AB"]
    for extra in own:
        assert len(voices([*copies, extra])) == 2


def test_headlines_too_short_to_prove_a_common_origin_are_two_voices() -> None:
    assert len(voices([item("Fares frozen", publisher="A"), item("Fares frozen", publisher="B")])) == 2


@given(st.lists(reports, max_size=7, unique_by=lambda one: one.id), st.data())
def test_the_order_of_the_items_says_nothing(items: list[Item], data: st.DataObject) -> None:
    assert voices(data.draw(st.permutations(items))) == voices(items)


@given(st.lists(reports, max_size=7))
def test_every_publisher_stands_in_one_voice_and_other_names_count_the_same(items: list[Item]) -> None:
    named = [name for voice in voices(items) for name in voice.publishers]
    assert sorted(named) == sorted({one.publisher for one in items})
    turned = [
        item(one.title, publisher=chr(ord("E") - ord(one.publisher) + ord("A")), summary=one.summary) for one in items
    ]
    assert len(voices(turned)) == len(voices(items))


@given(st.lists(reports, min_size=1, max_size=6), st.data())
def test_a_twin_feed_adds_nothing(items: list[Item], data: st.DataObject) -> None:
    twin = data.draw(st.sampled_from(items))
    again = item(twin.title, name="twin", publisher=twin.publisher, summary=twin.summary)
    assert len(voices([*items, again])) == len(voices(items))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"author": "Sophie Green, PA Political Correspondent"}, "PA"),
        ({"author": "Agence France-Presse in Paris"}, "AFP"),
        ({"publisher": "PA Media"}, "PA"),
        ({"publisher": "Associated Press"}, "AP"),
        ({"summary": "LONDON (Reuters) – The fares are frozen."}, "Reuters"),
        ({"summary": "She told the PA news agency that she would go."}, "PA"),
        ({"summary": "According to AFP, it is so."}, ""),
        ({"summary": "The minister said so, according to AFP."}, "AFP"),
        ({"summary": "My pa and my ap are reporters; Reuters is an agency."}, ""),
        ({"summary": "The Reuters building stands in Fleet Street."}, ""),
        ({"author": "Papa Andreou"}, ""),
    ],
)
def test_an_agency_is_known_by_publisher_byline_and_credit(given: dict[str, str], expected: str) -> None:
    assert agency(item("Fares frozen", **given)) == expected


def test_a_short_text_has_too_few_shingles_to_prove_anything() -> None:
    short = shingles("one two three four five six seven")
    assert len(short) == LEAST - 1
    assert containment(short, short) == 0.0
    long = shingles("one two three four five six seven eight")
    assert containment(long, shingles("one two three four five six seven eight nine ten")) == 1.0
    assert shingles("one two") == frozenset()

"""read_xml(): feedparser's dictionaries, whatever the XML is like."""

import pytest

from digest.collect.parsers import MOST_ATTRIBUTES, MOST_CATEGORIES, MOST_ELEMENTS
from digest.collect.reader import LONGEST_HEAD, Reading, read_xml

ITEM = "<item><title>Reed quits</title>{}</item>"


def reading(inside: str, *, head: str = "") -> Reading:
    return read_xml(f"{head}<rss version='2.0'><channel>{inside}</channel></rss>".encode(), url="https://post.example/")


def test_well_formed_xml_is_read_by_the_strict_parser_and_broken_xml_by_the_loose_one() -> None:
    sound, broken = reading(ITEM.format("")), reading(ITEM.format("<b>&nbsp;"))
    assert (sound.error, broken.error) == ("", "undefined entity, line 1")
    assert [len(sound.entries), len(broken.entries)] == [1, 1]
    assert sound.version == broken.version == "rss20"


def test_a_declared_encoding_is_outranked() -> None:
    found = reading(ITEM.format("<author>Zoë</author>"), head="<?xml version='1.0' encoding='iso-8859-1'?>")
    assert found.entries[0]["author"] == "Zoë"


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        (["<a>"] * (MOST_ELEMENTS + 1), "elements"),
        (["<a ", *(f"x{n}='' " for n in range(MOST_ATTRIBUTES + 1)), "/>"], "attributes of one element"),
        ([f"<a xmlns:x{n}='urn:{n}'/>" for n in range(200)], "namespaces"),
    ],
    ids=["elements", "attributes", "namespaces"],
)
def test_more_than_any_feed_has_ends_the_reading_and_what_came_before_is_kept(inside: list[str], what: str) -> None:
    found = reading(ITEM.format("") + "".join(inside))
    assert found.error == f"more {what} than any feed has"
    assert [entry["title"] for entry in found.entries] == ["Reed quits"]


def test_only_so_many_categories_of_an_entry_are_read() -> None:
    found = reading(ITEM.format("".join(f"<category>{n}</category>" for n in range(2 * MOST_CATEGORIES))))
    assert len(found.entries[0]["tags"]) == MOST_CATEGORIES


@pytest.mark.parametrize("piece", ["\n", "\n<!DOCTYPE ", "<!-- . -->", "<?x y?>"])
def test_an_endless_head_is_passed_over(piece: str) -> None:
    assert len(reading(ITEM.format(""), head="<?xml version='1.0'?>" + piece * LONGEST_HEAD).entries) == 1


@pytest.mark.parametrize(
    ("odd", "skipped"),
    [
        ("<g:pos xmlns:g='http://www.opengis.net/gml'>1 2</g:pos>", ("gml:pos",)),
        ("<textinput><link>x</link></textinput>", ("link",)),
        ("<height><b/></height>", ()),
    ],
)
def test_an_element_that_feedparser_fails_on_costs_itself_and_not_the_feed(odd: str, skipped: tuple[str, ...]) -> None:
    found = reading(ITEM.format(odd) + ITEM.format("<author>Jo</author>"))
    assert (found.error, found.skipped) == ("", skipped)
    assert [entry.get("author") for entry in found.entries] == [None, "Jo"]


def test_a_name_that_only_the_strict_parser_fails_on_is_left_to_the_loose_one() -> None:
    found = reading(ITEM.format("<b xmlns:a='urn\x85x' a:c='1'/>"))
    assert found.error == "too many values to unpack (expected 2)"
    assert [entry["title"] for entry in found.entries] == ["Reed quits"]


@pytest.mark.parametrize("number", ["1114112", "x110000", "xd800", "9" * 5000])
def test_a_character_that_does_not_exist_costs_itself_and_not_the_feed(number: str) -> None:
    found = reading(f"<item><title>Reed &#{number}; quits</title></item>")
    assert [entry["title"] for entry in found.entries] == ["Reed \ufffd quits"]


@pytest.mark.parametrize("length", [5, 5_000])
def test_a_long_text_is_where_a_short_one_would_be(length: int) -> None:
    text, spaces = "a" * length, 'xmlns:c="http://purl.org/rss/1.0/modules/content/"'
    found = reading(ITEM.format(f"<description>d{text} </description><c:encoded {spaces}> c{text}</c:encoded>"))
    (entry,) = found.entries
    assert (entry["summary"], entry["content"][0]["value"]) == (f"d{text}", f"c{text}")

"""A page is read as a browser would, with the line of every element."""

from typing import cast

import pytest

from digest.render.page import Link, read

PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head><title>Rose</title></head>
<body>
<h1>The <b>Daily</b> Rose</h1>
<!--[if mso]><table><tr><td><![endif]-->
<p>One <a href="https://a.example/">link<!-- x --> <i>here</i></a> and two</p>
<a href="https://b.example/"><img src="b.png" alt="Picture"></a> <a name="anchor">none</a>
<a href="https://c.example/" aria-label="Label">…</a>
</body>
</html>
"""


def test_elements_stand_in_order_with_their_lines_and_own_texts() -> None:
    page = read(PAGE)
    assert [(element.tag, element.line) for element in page.body][:5] == [
        ("body", 4),
        ("h1", 5),
        ("b", 5),
        ("p", 7),
        ("a", 7),
    ]
    assert [element.text for element in page.named("h1", "b", "p")] == ["The  Rose", "Daily", "One  and two"]
    assert page.language == "en-GB"
    assert page.headings == (1,)


def test_an_element_knows_its_parent_and_where_it_ends() -> None:
    page = read(PAGE)
    for place, element in enumerate(page.elements):
        assert element.parent < place
        assert all(page.elements[inner].parent >= place for inner in range(place + 1, element.end))
    assert page.elements[0].end == len(page.elements)


def test_a_link_is_named_by_its_label_or_by_its_words_and_pictures() -> None:
    assert read(PAGE).links == (
        Link(address="https://a.example/", name="link here", line=7),
        Link(address="https://b.example/", name="Picture", line=8),
        Link(address="https://c.example/", name="Label", line=9),
    )


def test_attributes_cannot_be_changed() -> None:
    (html,) = read(PAGE).named("html")
    with pytest.raises(TypeError):
        cast("dict[str, str]", html.attributes)["lang"] = "cy"


@pytest.mark.parametrize("nothing", ["", "  ", "<!-- nothing -->"])
def test_a_page_without_anything_is_empty(nothing: str) -> None:
    page = read(nothing)
    assert page.elements == ()
    assert page.links == ()
    assert page.body == ()
    assert page.language == ""


def test_a_page_of_a_thousand_tables_in_each_other_is_read() -> None:
    assert len(list(read("<div>" * 1_000 + "x" + "</div>" * 1_000).named("div"))) == 1_000


def test_an_element_knows_how_much_a_reader_has_met_at_its_tags() -> None:
    page = read("<html><body>a b<p>cd<!-- no --> e<img></p><style>.x { }</style> f<!-- no --> g<hr></body></html>")
    spans = {element.tag: (element.opens, element.closes) for element in page.elements}
    assert spans["p"] == (2, 6)
    assert spans["style"] == (6, 6)
    assert spans["hr"] == (8, 8)
    assert spans["body"] == (0, 8)


def test_an_area_is_a_link_named_by_its_alt() -> None:
    (area,) = read('<html><body><map><area href="https://a.example/" alt="North"></map></body></html>').links
    assert (area.address, area.name) == ("https://a.example/", "North")

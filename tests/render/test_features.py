"""What a page uses, under the names of Can I email."""

import pytest

from digest.render.features import Use, features
from digest.render.page import read


def used(body: str) -> set[str]:
    page = read(f"<html><head><style>.x {{ float: left }}</style></head><body>{body}</body></html>")
    return {use.feature for use in features(page)} - {"html-body"}


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("<h3>x</h3>", {"html-h1-h6"}),
        ("<ul><li>x</li></ul>", {"html-lists"}),
        ("<table><tr><td>x</td></tr></table>", {"html-table"}),
        ("<section><time>x</time></section>", {"html-semantics"}),
        (
            '<input type="checkbox"><input><button>x</button>',
            {"html-input-checkbox", "html-input-text", "html-button-submit"},
        ),
        ('<p lang="cy" title="x" class="y" aria-label="z">x</p>', {"html-p", "html-lang", "html-aria-label"}),
        ('<a href="mailto:a@b.example">x</a>', {"html-a", "html-mailto-links"}),
        ('<a href="#top">x</a>', {"html-a", "html-anchor-links"}),
        ('<a href="https://a.example/">x</a>', {"html-a"}),
        ('<img src="https://a.example/A.JPEG?w=2">', {"html-img", "image-jpg"}),
        ('<img src="data:image/png;base64,AA">', {"html-img", "image-base64"}),
        ('<img src="https://a.example/picture">', {"html-img"}),
        ('<img alt="x">', {"html-img"}),
    ],
)
def test_elements_attributes_and_pictures_have_their_names(body: str, names: set[str]) -> None:
    assert used(body) == names


@pytest.mark.parametrize(
    ("style", "names"),
    [
        ("margin-top:1px", {"css-margin", "css-unit-px"}),
        ("margin:-1.5em", {"css-margin", "css-unit-em"}),
        ("border-top-color:red", {"css-border"}),
        ("border-left:3px solid red", {"css-border", "css-unit-px"}),
        ("border-top-left-radius:50%", {"css-border-radius", "css-unit-percent"}),
        ("border-collapse:collapse", {"css-border-collapse"}),
        ("font-family:Arial", {"css-font"}),
        ("font-size:1rem", {"css-font-size", "css-unit-rem"}),
        ("top:0", {"css-left-right-top-bottom"}),
        ("overflow-x:hidden", {"css-overflow"}),
        ("flex-grow:1", {"css-display-flex"}),
        ("grid-template-columns:1fr", {"css-display-grid"}),
        ("row-gap:0", {"css-gap"}),
        ("animation-name:x", {"css-animation"}),
        ("display:none", {"css-display", "css-display-none"}),
        ("display:inline-flex", {"css-display", "css-display-flex"}),
        ("display:block", {"css-display"}),
        ("color:rgba(1, 2, 3, 0.5)", {"css-color", "css-rgba"}),
        ("color:oklch(40% 0.2 0)", {"css-color", "css-modern-color", "css-unit-percent"}),
        ("width:calc(100% - 2vw)", {"css-width", "css-unit-calc", "css-unit-percent", "css-unit-vw"}),
        ("width:min(10px, 2cm)", {"css-width", "css-function-min", "css-unit-px", "css-unit-cm"}),
        ("--x:red", {"css---x", "css-variables"}),
        ("color:var(--x)", {"css-color", "css-variables"}),
        ("color:initial", {"css-color", "css-unit-initial"}),
        ("color:red !important", {"css-color", "css-important"}),
        ("background-image:linear-gradient(red, blue)", {"css-background-image", "css-linear-gradient"}),
        ("color:#1c1b1a; background-color:#10px", {"css-color", "css-background-color"}),
    ],
)
def test_properties_units_and_functions_have_their_names(style: str, names: set[str]) -> None:
    assert used(f'<p style="{style}">x</p>') == names | {"html-p"}


def test_a_feature_is_counted_by_element_and_stands_where_it_was_first_used() -> None:
    page = read('<html>\n<body>\n<p style="margin:1px 2px">x</p>\n<p style="margin-top:0">x</p></body></html>')
    assert features(page)[1:] == (
        Use(feature="html-p", line=3, times=2, values=(("p", 3),)),
        Use(feature="css-margin", line=3, times=2, values=(("1px 2px", 3), ("0", 4))),
        Use(feature="css-unit-px", line=3, times=1, values=(("1px 2px", 3),)),
    )


def test_attributes_links_and_pictures_come_with_their_values() -> None:
    body = '<td align="CENTER"><a href="mailto:a@b.example">x</a><img src="a.webp"></td>'
    page = read(f"<html><body><table><tr>{body}</tr></table></body></html>")
    found = {use.feature: use.values for use in features(page)}
    assert found["html-align"] == (("td center", 1),)
    assert found["html-mailto-links"] == (("mailto:a@b.example", 1),)
    assert found["image-webp"] == (("a.webp", 1),)

"""Sheets become style attributes, and nothing else changes."""

import pytest

from digest.errors import TemplateError
from digest.render.inline import inline

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><style data-premailer="ignore">
.kept:hover { color: #ff0000 !important; }
@media (prefers-color-scheme: dark) { .kept { color: #ffffff !important; } [data-ogsc] .kept { color: #eeeeee; } }
</style><style>
.kept { color: #112233; }
.gone { mso-hide: all; width: 10px; text-align: center; background-color: #ffffff; }
p { margin: 0 !important; }
</style></head><body>BODY</body></html>"""


def body(html: str) -> str:
    inlined = inline(PAGE.replace("BODY", html))
    return inlined[inlined.index("<body>") + 6 : inlined.index("</body>")]


def test_rules_become_attributes_and_colours_keep_six_digits() -> None:
    assert body('<p class="kept">a</p>') == '<p class="kept" style="color:#112233; margin:0 !important">a</p>'


def test_no_attribute_is_added_that_outlook_misreads() -> None:
    styled = body('<td class="gone">a</td>')
    assert "mso-hide:all" in styled
    assert "background-color:#ffffff" in styled
    for attribute in (" width=", " align=", " bgcolor="):
        assert attribute not in styled


def test_classes_that_only_the_inlined_sheet_named_are_removed() -> None:
    assert 'class="kept"' in body('<p class="gone kept">a</p>')
    assert "class=" not in body('<p class="gone">a</p>')


def test_text_that_looks_like_a_class_is_left_alone() -> None:
    assert ' class="gone" stays' in body('<p>&lt;p class="gone" stays</p>')


def test_the_head_sheet_stays_as_it_was_written() -> None:
    inlined = inline(PAGE)
    assert ".kept:hover { color: #ff0000 !important; }" in inlined
    assert "[data-ogsc] .kept { color: #eeeeee; }" in inlined
    assert "data-premailer" not in inlined
    assert inlined.startswith("<!DOCTYPE html>")


def test_addresses_and_comments_for_outlook_are_left_alone() -> None:
    html = '<!--[if mso]><table width="640"><tr><td><![endif]--><a href="/a?b=1&amp;c=%20">x</a>'
    assert body(html) == html


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<!-- nothing -->",
        "<html><head><style>a:nth-child { color: red }</style></head><body></body></html>",
        "<html><head><style>\\ { color: red }</style></head><body></body></html>",
        '<?xml version="1.0" encoding="utf-8"?><html></html>',
    ],
)
def test_what_cannot_be_parsed_is_a_template_error(page: str) -> None:
    with pytest.raises(TemplateError, match="cannot be inlined"):
        inline(page)


def test_nothing_is_said_about_css_that_cssutils_does_not_know(capfd: pytest.CaptureFixture[str]) -> None:
    inline(PAGE.replace("p { margin: 0 !important; }", "p { color: clamp(1, 2, 3); margin }"))
    assert capfd.readouterr() == ("", "")

"""Style sheets are read with their lines, and what cannot be read is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.render.sheet import AtRule, Declaration, declarations, read, sheets, unstyled

DARK = """.a, .b { color: #fff !important; COLOR: red }
@media (prefers-color-scheme: dark) {
  .c { background-color: #121212 }
}
@media only screen and (max-width: 480px) { .d { padding: 0 } }
"""


def test_a_sheet_is_its_rules_in_order_with_their_lines() -> None:
    first, dark, narrow = read(DARK, line=10).rules
    assert first.selectors == (".a", ".b")
    assert first.declarations == (
        Declaration(name="color", value="#fff", is_important=True),
        Declaration(name="color", value="red"),
    )
    assert (first.line, dark.line, narrow.line) == (10, 12, 14)
    assert (first.media, dark.media) == ("", "(prefers-color-scheme: dark)")
    assert narrow.media == "only screen and (max-width: 480px)"
    assert read(DARK).faults == ()


def test_an_at_rule_knows_what_it_stands_in() -> None:
    sheet = read("@supports (color: red) { @media print { .a { color: red } } }\n@import url(x.css);")
    assert [(one.name, one.inside, one.line) for one in sheet.at_rules] == [
        ("supports", "", 1),
        ("media", "supports", 1),
        ("import", "", 2),
    ]
    assert [rule.media for rule in sheet.rules] == ["print"]


def test_a_font_face_holds_no_rules() -> None:
    sheet = read("@font-face { font-family: x; src: url(x.woff) }")
    assert sheet.rules == ()
    assert sheet.at_rules == (AtRule(name="font-face", condition="", inside="", line=1),)


def test_what_cannot_be_read_is_a_fault_and_the_rest_is_read_on() -> None:
    sheet = read(".a { color }\n.b { color: red }\n.c { .d { color: red } }\n.e")
    assert [fault.line for fault in sheet.faults] == [1, 3, 4]
    assert [rule.selectors for rule in sheet.rules] == [(".a",), (".b",), (".c",)]


def test_a_token_astray_between_rules_of_a_group_is_a_fault() -> None:
    assert [fault.line for fault in read("@media print {\n } }").faults] == [2]


@pytest.mark.parametrize(
    ("css", "line", "said"),
    [
        (".a { color: red }\n.b { color: red", 2, "{} block"),
        ("@media screen {\n.b { color: red }", 1, "{} block"),
        (".a { color: red }\n/* and so on", 2, "comment"),
        (".a { color: red }\n.b { color: rgb(1, 2, 3 }", 2, "{} block"),
        (".a { font-family: 'Georgia\n; color: red }", 1, "Bad string"),
        (".a { color: red }\n.b { font-family: 'Georgia", 2, "{} block"),
    ],
)
def test_what_is_never_closed_is_a_fault_where_it_begins(css: str, line: int, said: str) -> None:
    faults = read(css).faults
    assert faults[0].line == line
    assert said in faults[0].what


def test_a_sheet_that_ends_in_a_comment_or_with_a_line_is_whole() -> None:
    assert read(".a { content: 'x' } /* end */\n").faults == ()
    assert read("").faults == ()


@given(st.text())
def test_no_text_is_too_strange_to_be_read(css: str) -> None:
    read(css)
    declarations(css)


def test_a_style_attribute_is_its_declarations_and_junk_is_left_out() -> None:
    assert declarations("color:#1c1b1a; junk; mso-hide: all; margin : 0 ! important") == (
        Declaration(name="color", value="#1c1b1a"),
        Declaration(name="mso-hide", value="all"),
        Declaration(name="margin", value="0", is_important=True),
    )


def test_the_sheets_of_a_page_come_with_the_lines_they_begin_on() -> None:
    page = '<html>\n<style data-x="1">\n.a { }</style><STYLE>.b { }\n</STYLE>\n</html>'
    assert sheets(page) == (("\n.a { }", 2), (".b { }\n", 3))
    assert unstyled(page) == "<html>\n\n\n\n</html>"


def test_a_sheet_without_its_end_tag_goes_on_to_the_end_of_the_page() -> None:
    assert sheets("<style>.a { }\n</body>") == ((".a { }\n</body>", 1),)
    assert [fault.line for fault in read(".a { }\n</body>").faults] == [2]
    assert sheets("<style>.a { }</style >") == ((".a { }", 1),)
    assert sheets("<styled>.a { }") == ()

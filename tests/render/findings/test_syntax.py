"""Template syntax that is left over."""

from dataclasses import replace

import pytest

from digest.model.mail import Email
from digest.render.findings.reading import reading
from digest.render.findings.syntax import syntax
from tests.render.letters import letter

GOOD = letter()


@pytest.mark.parametrize(
    "left", ["{{ x }}", "{% if %}", "*|X|*", "%recipient.x%", "[[x]]", "<% x %>", "${x}", "#{x}", "%%x%%", "\ue07b"]
)
@pytest.mark.parametrize("part", ["subject", "preheader", "html", "text"])
def test_leftover_syntax_is_an_error_in_every_part(left: str, part: str) -> None:
    changed = getattr(GOOD, part) + f"\n<i>{left}</i>"
    (found,) = syntax(reading(replace(GOOD, **{part: changed})))
    assert (found.severity, found.where) == ("error", part)
    assert found.line == (changed.count("\n") + 1 if part in {"html", "text"} else 0)


def in_sheet(css: str) -> Email:
    return replace(GOOD, html=GOOD.html.replace("</style>", f"\n{css}</style>", 1))


@pytest.mark.parametrize("css", [".a { color: red }", "@media print{.a{b:c}}", "@media print{#a{b:c}}"])
def test_the_braces_of_sheets_are_none(css: str) -> None:
    assert "{" in GOOD.html
    assert list(syntax(reading(in_sheet(css)))) == []


@pytest.mark.parametrize("left", ["{{ colour }}", "{% if x %}", "*|COLOUR|*", "${x}", "%recipient.x%", "\ue07b"])
def test_leftover_syntax_in_a_sheet_is_an_error(left: str) -> None:
    email = in_sheet(f".a {{ color: {left} }}")
    (found,) = syntax(reading(email))
    assert (found.severity, found.where) == ("error", "head")
    assert left in email.html.splitlines()[found.line - 1]

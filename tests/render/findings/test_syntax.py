"""Template syntax that is left over."""

from dataclasses import replace

import pytest

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


def test_the_braces_of_sheets_are_none() -> None:
    assert "{" in GOOD.html
    assert list(syntax(reading(GOOD))) == []
    assert list(syntax(reading(replace(GOOD, html=GOOD.html.replace("</style>", ".a {{ }}</style>"))))) == []

"""What the head says of the page."""

from dataclasses import replace

import pytest

from digest.render.findings.meta import meta
from digest.render.findings.reading import reading
from tests.render.letters import letter, letters

GOOD = letter()
CHARSET = '<meta charset="utf-8">'
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
SCHEME = '<meta name="color-scheme" content="light dark">'


def found(old: str, new: str) -> list[tuple[str, str]]:
    assert old in GOOD.html
    spoiled = replace(GOOD, html=GOOD.html.replace(old, new))
    return [(finding.severity.value, finding.what) for finding in meta(reading(spoiled))]


@pytest.mark.parametrize("name", letters())
def test_the_letters_of_ours_say_all_of_it(name: str) -> None:
    assert list(meta(reading(letters()[name]))) == []


@pytest.mark.parametrize(
    ("old", "new", "severity", "said"),
    [
        (CHARSET, "", "warning", "does not say its encoding"),
        (CHARSET, '<meta charset="iso-8859-1">', "error", "'iso-8859-1'"),
        (
            CHARSET,
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">',
            "error",
            "'windows-1252'",
        ),
        (CHARSET, '<meta http-equiv="x-ua-compatible" content="ie=edge">', "warning", "does not say its encoding"),
        (VIEWPORT, "", "warning", "how wide it is"),
        (VIEWPORT, VIEWPORT.replace("width=device-width, ", ""), "warning", "how wide it is"),
        (VIEWPORT, VIEWPORT.replace("=1", "=1, user-scalable=no"), "error", "cannot enlarge"),
        (VIEWPORT, VIEWPORT.replace("=1", "=1, maximum-scale=1.0"), "error", "cannot enlarge"),
        (SCHEME, "", "warning", "that it can be dark"),
        (SCHEME, SCHEME.replace("light dark", " "), "warning", "that it can be dark"),
    ],
)
def test_what_the_head_leaves_out_or_gets_wrong_is_found(old: str, new: str, severity: str, said: str) -> None:
    ((grade, what),) = found(old, new)
    assert grade == severity
    assert said in what


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (CHARSET, '<meta charset="UTF-8">'),
        (CHARSET, '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'),
        (VIEWPORT, VIEWPORT.replace("=1", "=1, maximum-scale=5, user-scalable=yes")),
        (VIEWPORT, VIEWPORT.replace("=1", "=1, maximum-scale=10")),
        (SCHEME, SCHEME.replace("light dark", "light only")),
    ],
)
def test_other_ways_to_say_it_will_do(old: str, new: str) -> None:
    assert found(old, new) == []

"""Features that mail programs lack."""

from dataclasses import replace

import pytest

from digest.render.findings.reading import reading
from digest.render.findings.support import ALLOWED, LACKS, support
from tests.render.letters import letter, letters

GOOD = letter()
LAST = GOOD.html.count("\n", 0, GOOD.html.index("</body>")) + 1


@pytest.mark.parametrize("name", letters())
def test_the_shipped_letters_use_only_what_works_or_is_allowed(name: str) -> None:
    assert list(support(reading(letters()[name]))) == []


@pytest.mark.parametrize(
    ("html", "severity", "said"),
    [
        ('<p style="display:flex">x</p>', "error", "css-display-flex is unknown to Outlook on Windows"),
        ('<p style="margin:1rem">x</p>', "error", "css-unit-rem is unknown to"),
        ('<p style="position:absolute">x</p>', "error", "css-position is unknown to Gmail"),
        ('<p style="color:var(--x)">x</p>', "error", "css-variables is unknown to"),
        ("<form></form>", "error", "html-form is unknown to"),
        ('<img src="https://a.example/a.webp">', "error", "image-webp is unknown to"),
        ("<nav>x</nav>", "error", "html-semantics is unknown to"),
        ('<p style="background:#ffffff">x</p>', "advice", "css-background is known only in part to Outlook on Windows"),
    ],
)
def test_a_feature_is_found_where_a_client_lacks_it(html: str, severity: str, said: str) -> None:
    (found,) = support(reading(replace(GOOD, html=GOOD.html.replace("</body>", f"{html}</body>"))))
    assert (found.severity, found.where, found.line) == (severity, "html", LAST)
    assert found.what.startswith(said)
    assert "https://www.caniemail.com/features/" in found.mend


def test_a_feature_is_named_once_however_often_it_is_used() -> None:
    flexed = '<p style="display:flex">x</p>'
    (found,) = support(reading(replace(GOOD, html=GOOD.html.replace("</body>", f"{flexed}{flexed}</body>"))))
    assert "css-display-flex (2 times)" in found.what


def test_what_only_the_head_sheet_asks_for_is_progressive() -> None:
    html = GOOD.html.replace("</style>", ".x { display: flex; margin: 1rem }</style>", 1)
    assert list(support(reading(replace(GOOD, html=html)))) == []


def test_what_is_allowed_needs_allowing_and_says_why() -> None:
    for feature, reason in ALLOWED.items():
        assert feature in LACKS
        assert len(reason.split()) >= 4

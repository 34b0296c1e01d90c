"""Features that mail programs lack."""

from dataclasses import replace

import pytest

from digest.render.findings.allowed import ALLOWED
from digest.render.findings.reading import reading
from digest.render.findings.support import LACKS, support
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
    for feature, allowance in ALLOWED.items():
        assert feature in LACKS
        assert len(allowance.why.split()) >= 4


@pytest.mark.parametrize(
    ("html", "severity", "said"),
    [
        ('<p style="margin:-10px 0 0">x</p>', "warning", "css-margin as '-10px 0 0' fails in Gmail"),
        ('<p style="margin-left:-.5px">x</p>', "warning", "css-margin as '-.5px' fails in"),
        ('<p style="text-align:justify">x</p>', "warning", "css-text-align as 'justify' fails in"),
        ('<p style="border:9px solid #000000">x</p>', "warning", "css-border as '9px solid #000000' fails in Outlook"),
        ('<p style="display:table-cell">x</p>', "warning", "css-display as 'table-cell' fails in"),
        ('<p style="font-size:large">x</p>', "warning", "css-font-size as 'large' fails in"),
        ('<p style="font-weight:600">x</p>', "warning", "css-font-weight as '600' fails in"),
        ('<p style="letter-spacing:9px">x</p>', "warning", "css-letter-spacing as '9px' fails in"),
        ('<p style="line-height:1.5">x</p>', "warning", "css-line-height as '1.5' fails in"),
        ('<p style="max-height:90px">x</p>', "error", "css-max-height as '90px' fails in Outlook on Windows"),
        ('<p style="opacity:.5">x</p>', "error", "css-opacity as '.5' fails in Outlook on Windows"),
        ('<p style="overflow:scroll">x</p>', "error", "css-overflow as 'scroll' fails in Outlook on Windows"),
        ('<p style="padding:-1px">x</p>', "warning", "css-padding as '-1px' fails in"),
        ('<p style="text-decoration:overline">x</p>', "warning", "css-text-decoration as 'overline' fails in"),
        ('<p style="text-transform:capitalize">x</p>', "warning", "css-text-transform as 'capitalize' fails in"),
        ('<p style="width:50%">x</p>', "warning", "css-width as '50%' fails in"),
        ('<p align="justify">x</p>', "warning", "html-align as 'p justify' fails in"),
        ('<p dir="rtl">x</p>', "warning", "html-dir as 'p rtl' fails in"),
        ('<img height="50%">', "warning", "html-height as 'img 50%' fails in"),
        ('<hr width="50">', "warning", "html-width as 'hr 50' fails in"),
        (
            '<a href="mailto:a@b.example?bcc=c@d.example">x</a>',
            "warning",
            "html-mailto-links as 'mailto:a@b.example?bcc",
        ),
    ],
)
def test_what_is_allowed_passes_only_as_far_as_its_reason_holds(html: str, severity: str, said: str) -> None:
    findings = list(support(reading(replace(GOOD, html=GOOD.html.replace("</body>", f"{html}</body>")))))
    assert [(finding.severity, finding.line) for finding in findings] == [(severity, LAST)]
    assert findings[0].what.startswith(said)
    assert "as far as this holds" in findings[0].what


def test_each_value_beyond_the_reason_is_named_once() -> None:
    more = '<p style="margin:-1px">x</p><p style="margin:-1px">x</p><p style="margin:-2px">x</p>'
    findings = list(support(reading(replace(GOOD, html=GOOD.html.replace("</body>", f"{more}</body>")))))
    assert ["-1px" in finding.what for finding in findings] == [True, False]

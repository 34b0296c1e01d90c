"""Bytes and sheets against what Gmail takes."""

from dataclasses import replace

import pytest

from digest.model.mail import Email
from digest.render.findings.budget import size, style
from digest.render.findings.reading import reading
from tests.render.letters import letter

GOOD = letter()


def in_head(css: str) -> Email:
    return replace(GOOD, html=GOOD.html.replace("</style>", f"\n{css}</style>", 1))


def in_body(html: str) -> Email:
    return replace(GOOD, html=GOOD.html.replace("</body>", f"{html}</body>"))


def line_of(email: Email, what: str) -> int:
    return email.html[: email.html.index(what)].count("\n") + 1


@pytest.mark.parametrize(
    ("measured", "severities"), [(75_000, []), (75_001, ["warning"]), (102_000, ["warning"]), (102_001, ["error"])]
)
def test_size_is_measured_in_bytes(measured: int, severities: list[str]) -> None:
    filler = "é" + "x" * (measured - len(GOOD.html.encode()) - 2)
    email = in_body(filler)
    assert len(email.html.encode()) == measured
    assert [finding.severity for finding in size(reading(email))] == severities


def test_the_shipped_sheet_is_one_that_gmail_keeps() -> None:
    assert list(style(reading(GOOD))) == []
    assert list(size(reading(GOOD))) == []


@pytest.mark.parametrize(("more", "count"), [(0, 0), (1, 1)])
def test_sheets_may_have_8_000_bytes(more: int, count: int) -> None:
    room = 8_000 - reading(GOOD).style_bytes - len("\n/*é*/".encode())
    email = in_head(f"/*é{'x' * (room + more)}*/")
    assert [finding.where for finding in style(reading(email))] == ["head"] * count


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("@media screen { @media print { .a { color: red } } }", "@media stands inside @media"),
        ("@supports (a: b) { @page { margin: 0 } }", "@page stands inside @supports"),
        (".a { background: url(https://a.example/b.png) }", "holds url("),
        (".a { background: URL('https://a.example/b.png') }", "holds URL("),
        ("@page { background: url(https://a.example/b.png) }", "holds url("),
        ("@IMPORT 'https://a.example/a.css';", "holds @IMPORT"),
        ("@font-face { font-family: x }", "holds @font-face"),
        (".a { color }", "cannot be read"),
        (".a { color: red } }", "cannot be read"),
        (".a { color: red", "is never closed"),
        ("@media screen { .a { color: red }", "is never closed"),
        ("/* and so on", "is never closed"),
    ],
)
def test_what_makes_gmail_drop_the_head_sheet_is_an_error(css: str, said: str) -> None:
    email = in_head(css)
    found = list(style(reading(email)))
    assert [finding.severity for finding in found] == ["error"]
    assert said in found[0].what
    assert found[0].line == line_of(email, css)


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<style>.a { color: red }</style>", "stands in the body"),
        ('<link rel="StyleSheet" href="https://a.example/a.css">', "fetched from elsewhere"),
        ('<td><p style="background:url(https://a.example/b.png)">x</p>', "holds url("),
        ('<td><p style="background:URL(https://a.example/b.png)">x</p>', "holds URL("),
    ],
)
def test_style_that_gmail_drops_from_the_body_is_an_error(html: str, said: str) -> None:
    email = in_body(html)
    found = list(style(reading(email)))
    assert [(finding.severity, finding.line) for finding in found] == [("error", line_of(email, html))]
    assert said in found[0].what


def test_a_sheet_of_elsewhere_in_the_head_is_an_error() -> None:
    email = replace(
        GOOD, html=GOOD.html.replace("</head>", '<link rel="stylesheet" href="https://a.example/a.css"></head>')
    )
    assert ["fetched from elsewhere" in finding.what for finding in style(reading(email))] == [True]
    icon = replace(GOOD, html=GOOD.html.replace("</head>", '<link rel="icon" href="https://a.example/a.png"></head>'))
    assert list(style(reading(icon))) == []


def test_a_comment_fetches_nothing_and_keeps_the_lines() -> None:
    assert list(style(reading(in_head("/* no url( and no @import */")))) == []
    email = in_head("/* one\ntwo */\n.last { background: url(https://a.example/b.png) }")
    assert [finding.line for finding in style(reading(email))] == [line_of(email, ".last")]

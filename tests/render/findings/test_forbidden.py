"""What no letter may hold."""

from dataclasses import replace

import pytest

from digest.render.findings.forbidden import forbidden
from digest.render.findings.reading import reading
from tests.render.letters import letter, letters

GOOD = letter()
LAST = GOOD.html.count("\n", 0, GOOD.html.index("</body>")) + 1


@pytest.mark.parametrize("name", letters())
def test_the_shipped_letters_hold_nothing_forbidden(name: str) -> None:
    assert list(forbidden(reading(letters()[name]))) == []


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<SCRIPT SRC='https://a.example/a.js'></SCRIPT>", "<script>"),
        ("<iframe src='https://a.example/'></iframe>", "<iframe>"),
        ("<object data='https://a.example/'></object>", "<object>"),
        ("<embed src='https://a.example/'>", "<embed>"),
        ("<form action='https://a.example/'></form>", "<form>"),
        ("<base href='https://a.example/'>", "<base>"),
        ("<meta HTTP-EQUIV=' Refresh' content='0;url=https://a.example/'>", '<meta http-equiv="refresh">'),
        ("<p onclick='x()'>words</p>", "the attribute onclick on <p>"),
        ("<p ONMOUSEOVER='x()'>words</p>", "the attribute onmouseover on <p>"),
    ],
)
def test_what_runs_frames_sends_or_redirects_is_an_error(html: str, said: str) -> None:
    spoiled = replace(GOOD, html=GOOD.html.replace("</body>", f"{html}</body>"))
    assert [
        (finding.severity, finding.check, finding.line, said in finding.what) for finding in forbidden(reading(spoiled))
    ] == [("error", "forbidden", LAST, True)]


def test_other_meta_elements_are_free() -> None:
    more = replace(
        GOOD, html=GOOD.html.replace("</head>", '<meta http-equiv="X-UA-Compatible" content="IE=edge"></head>')
    )
    assert list(forbidden(reading(more))) == []

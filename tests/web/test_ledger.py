"""A finding leads to the place it is about, where the desk has one."""

import pytest

from digest.model.mail import Finding, Severity
from digest.web.ledger import noted
from digest.web.look import Look

LOOK = Look.asked("/daily/2026-11-23", {"view": "dark", "width": "600"})


def finding(where: str, line: int = 0) -> Finding:
    return Finding(
        severity=Severity.ERROR, check="x", what="it is not as it should be.", where=where, mend="y", line=line
    )


@pytest.mark.parametrize(
    ("where", "line", "query"),
    [
        ("story 72a1bf06", 0, "view=dark&width=600&story=72a1bf06"),
        ("html", 12, "view=source&width=600&line=12"),
        ("head", 0, "view=source&width=600"),
        ("text", 3, "view=text&width=600&line=3"),
        ("subject", 0, "view=inbox&width=600"),
        ("preheader", 0, "view=inbox&width=600"),
    ],
)
def test_a_finding_leads_to_the_view_in_which_its_place_is_seen(where: str, line: int, query: str) -> None:
    (found,) = noted([finding(where, line)], LOOK)
    assert found.url == f"/daily/2026-11-23?{query}"


@pytest.mark.parametrize("where", ["edition", "after five to know", "end"])
def test_a_finding_about_the_whole_leads_nowhere(where: str) -> None:
    (found,) = noted([finding(where)], LOOK)
    assert found.url == ""


def test_a_finding_begins_as_a_sentence_does_and_loses_no_other_capital() -> None:
    (found,) = noted([finding("html")], LOOK)
    assert found.what == "It is not as it should be."

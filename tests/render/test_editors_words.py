"""Readers are told where words are an editor's and not a publisher's; a proof says what editors decided."""

from dataclasses import replace

import pytest

from digest.render.checks import check
from tests.render.letters import PROOF, letter, retitled, small_edition

OURS = "but for {count} that our editors wrote"
DECISIONS = (
    "1. spiked “Marrow wins cup”: not ours (Ada, 15 May 05:31 UTC)",
    "2. wrote the note (Ben, 15 May 05:40 UTC)",
)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_a_letter_of_publishers_words_alone_says_so() -> None:
    email = letter(small_edition())
    for part in (email.html, email.text):
        assert "publishers’ own words; every one links" in flat(part)


@pytest.mark.parametrize(("summary_by", "count"), [("", "one"), ("Ben", "two")])
def test_the_footer_counts_what_editors_wrote(summary_by: str, count: str) -> None:
    edition = retitled(small_edition())
    assert edition.lead
    edition = replace(edition, lead=replace(edition.lead, summary_by=summary_by))
    email = letter(edition)
    for part in (email.html, email.text):
        assert OURS.format(count=count) in flat(part)
    assert [one for one in check(email, edition) if one.severity == "error"] == []


def test_a_proof_lists_the_decisions_and_a_letter_never_does() -> None:
    proof = letter(proof=replace(PROOF, decisions=DECISIONS))
    for line in DECISIONS:
        assert line in proof.html
        assert line in flat(proof.text)
        assert line not in letter().html + flat(letter().text)
    assert "Editors have decided:" not in letter(proof=PROOF).html

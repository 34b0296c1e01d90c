"""A proof is the letter with a banner: that it is none yet, until when, what was found, and what to type."""

import re
from dataclasses import replace
from html import unescape

from tests.render.letters import PROOF, letter


def test_a_proof_says_so_in_both_parts_and_in_the_subject() -> None:
    proof, real = letter(proof=PROOF), letter()
    for printed in (proof.html, proof.text):
        assert "PROOF – not sent to readers" in printed
    assert proof.subject == f"Proof: {real.subject}"
    assert "PROOF" not in real.html + real.text + real.subject


def test_a_proof_says_when_what_and_how_in_both_parts() -> None:
    email = letter(proof=PROOF)
    text = " ".join(email.text.split())
    html = " ".join(unescape(re.sub(r"<[^>]+>", " ", email.html)).split())
    for printed in (text, html):
        assert PROOF.deadline in printed
        assert PROOF.then in printed
        assert "The checks found 1 error and 1 warning:" in printed
        assert "digest approve --newsletter daily --day 2026-11-23 --by YOUR-NAME" in printed
        for finding in PROOF.findings:
            assert f"{finding.what} To mend it: {finding.mend}" in printed


def test_a_proof_without_findings_says_so() -> None:
    email = letter(proof=replace(PROOF, findings=()))
    assert "The checks found nothing to mend." in email.html
    assert "The checks found nothing to mend." in email.text
    assert "To mend it" not in email.html + email.text

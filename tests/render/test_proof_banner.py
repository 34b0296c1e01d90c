"""A proof's commands can be read in a narrow window and copied as they are; a button ends a paragraph."""

import os
import re
import shutil
import subprocess
from dataclasses import replace
from html import unescape

import pytest

from tests.render.letters import FOUND, PROOF, SCHEDULE, letter, letters

LONG = "weekly-letter-to-friends-abroad"


def commands(html: str) -> list[str]:
    """The markup of each command in the banner."""
    return re.findall(r"<code[^>]*>(.*?)</code>", html)


def test_a_command_is_copied_as_it_is_typed() -> None:
    shown = [unescape(re.sub(r"<[^>]+>", "", markup)) for markup in commands(letter(proof=PROOF).html)]
    assert shown == [command for _, command in PROOF.commands]


def test_no_word_of_a_command_breaks_at_a_hyphen() -> None:
    html = letter(proof=PROOF).html
    assert ".word { white-space: nowrap; }" in html
    for markup in commands(html):
        loose = re.sub(r'<span class="word">[^<]*</span>', "", markup)
        assert "-" not in loose
        assert "--newsletter</span> daily <span" in markup


def test_a_word_that_is_wider_than_a_phone_may_break() -> None:
    long = tuple((want, command.replace(" daily ", f" {LONG} ")) for want, command in PROOF.commands)
    for markup in commands(letter(proof=replace(PROOF, commands=long)).html):
        assert f"</span> {LONG} <span" in markup


def test_the_proof_that_is_looked_at_speaks_the_sentences_that_are_sent() -> None:
    assert PROOF.deadline == "It is due at 07:30 on Monday 23 November 2026 (Europe/London)."
    assert PROOF.then.startswith("If nobody has signed or held it by then")
    assert PROOF.findings == FOUND
    assert all(f"--newsletter {SCHEDULE.newsletter} " in command for _, command in PROOF.commands)


@pytest.mark.parametrize("name", letters())
def test_every_button_stands_in_a_paragraph_so_that_what_follows_does_not_touch_it(name: str) -> None:
    html = letters()[name].html
    buttons = html.count('class="press"')
    assert buttons == 1
    assert len(re.findall(r'<p [^>]*><a class="press"[^>]*>[^<]*</a></p>', html)) == buttons


@pytest.fixture
def w3m() -> str:
    """The text browser; skipped where it is absent, required in CI."""
    found = shutil.which("w3m")
    if not found and os.environ.get("CI"):
        pytest.fail("w3m is absent: in CI letters must be read without style sheets")
    return found or pytest.skip("there is no w3m here")


def test_without_style_sheets_the_ask_and_the_wire_are_apart(w3m: str) -> None:
    words = [w3m, "-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", "80"]
    shown = subprocess.run(words, input=letter().html, capture_output=True, text=True, check=True, timeout=60).stdout
    assert "\nBecome a supporter\n\nOn the wire\n" in shown

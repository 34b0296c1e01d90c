"""approve, hold and cancel: who decided, from which state, and what the history says."""

from pathlib import Path

import pytest

from tests.cli.conftest import Digest
from tests.cli.newsroom import DAY


def test_a_signature_freezes_the_bytes_under_their_hash(drafted: Path, digest: Digest) -> None:
    said = digest("approve", "--by", " Ada ")
    assert said.code == 0
    assert said.out.startswith(f"daily {DAY}: approved by Ada, SHA-256 ")
    again = digest("approve", "--by", "Ben")
    assert again.code == 3
    assert "is approved and can be approved only while it is draft or held" in again.err


@pytest.mark.parametrize("command", ["approve", "hold", "cancel"])
def test_a_decision_needs_a_name(drafted: Path, digest: Digest, command: str) -> None:
    said = digest(command, "--by", "  ")
    assert said.code == 2
    assert "--by is empty" in said.err


@pytest.mark.parametrize("command", ["approve", "cancel"])
def test_signing_and_dropping_take_no_name_for_granted(drafted: Path, digest: Digest, command: str) -> None:
    said = digest(command)
    assert said.code == 2
    assert "--by" in said.err


def test_a_held_edition_is_signed_after_all(drafted: Path, digest: Digest) -> None:
    assert digest("hold", "--by", "Ada", "--reason", "a wrong name").out == f"daily {DAY}: held\n"
    assert digest("approve", "--by", "Ben").code == 0
    status = digest("status").out
    assert "held by Ada: a wrong name" in status
    assert "approved by Ben" in status


def test_a_reason_may_hold_any_signs(drafted: Path, digest: Digest) -> None:
    assert digest("hold", "--by", "[Ada]", "--reason", "[/bold] is no [red]style").code == 0
    assert "held by [Ada]: [/bold] is no [red]style" in digest("status").out
    said = digest("run", "--dry-run", "--now", "2026-05-15T06:00:00Z")
    assert said.code == 3
    assert "([/bold] is no [red]style)" in said.err


def test_a_cancelled_edition_stays_cancelled(approved: Path, digest: Digest) -> None:
    assert digest("cancel", "--by", "Ada", "--reason", "the story was wrong").out == f"daily {DAY}: cancelled\n"
    for command in (("approve",), ("hold",), ("cancel",), ("resume",)):
        said = digest(*command, "--by", "Ben")
        assert said.code == 3
        assert "is cancelled and can be" in said.err
    assert digest("run", "--at-once", "--now", "2026-05-15T05:30:00Z").code == 0
    assert list(approved.rglob("*.eml")) == []


def test_an_edition_that_went_out_cannot_be_taken_back(approved: Path, digest: Digest) -> None:
    assert digest("send").code == 0
    for command in ("hold", "cancel", "resume"):
        assert digest(command, "--by", "Ada").code == 3

"""What lies in a reader's mailbox is what was approved: parts, names, headers; and a mail reader shows the words."""

import os
import re
import subprocess
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from digest.render.mime import personal
from tests.mailbox.conftest import READERS, Mailbox
from tests.render.letters import ENVELOPE, letter, rich_edition

ADDED = {"Return-Path", "X-Original-To", "Delivered-To", "Received"}
"""By a mail server on the way, above what we wrote."""


FILLING = dict.fromkeys(map(ord, "\u034f\u200c"))
"""What stands behind the preheader so that inboxes show nothing more; it has no width."""


def read(mailbox: Mailbox) -> dict[str, EmailMessage]:
    """Every message of the mailbox, by the address it was delivered to."""
    found = [message_from_bytes(file.read_bytes(), policy=default) for file in mailbox.files]
    return {str(message["Delivered-To"]): message for message in found}


def part(message: EmailMessage, kind: str) -> str:
    """One part as text, decoded."""
    found = message.get_body((kind,))
    assert found is not None
    return str(found.get_content()).replace("\r\n", "\n")


def test_every_reader_has_one_letter(mailbox: Mailbox) -> None:
    assert len(mailbox.files) == len(READERS)
    assert read(mailbox).keys() == {reader.address for reader in READERS}


def test_the_text_twin_stands_first_and_both_parts_are_the_approved_ones(mailbox: Mailbox) -> None:
    for reader in READERS:
        message = read(mailbox)[reader.address]
        kinds = [one.get_content_type() for one in message.walk()]
        assert kinds == ["multipart/alternative", "text/plain", "text/html"]
        meant = personal(letter(), reader.unsubscribe_url)
        assert part(message, "plain") == meant.text
        assert part(message, "html") == meant.html


def test_no_server_had_a_reason_to_rewrite_what_was_sent(mailbox: Mailbox) -> None:
    for reader in READERS:
        message = read(mailbox)[reader.address]
        sent = message_from_bytes(mailbox.sent[reader.address], policy=default)
        kept = [(name, str(value)) for name, value in message.items() if name not in ADDED]
        assert kept == [(name, str(value)) for name, value in sent.items()]
        assert not message.defects


def test_names_and_subject_are_read_as_they_were_written(mailbox: Mailbox) -> None:
    for reader in READERS:
        message = read(mailbox)[reader.address]
        (recipient,) = message["To"].addresses
        assert (recipient.display_name, recipient.addr_spec) == (reader.name, reader.address)
        (sender,) = message["From"].addresses
        assert f"{sender.display_name} <{sender.addr_spec}>" == ENVELOPE.sender
        assert message["Subject"] == rich_edition().subject


def test_one_click_is_this_readers_own(mailbox: Mailbox) -> None:
    for reader in READERS:
        message = read(mailbox)[reader.address]
        assert message["List-Unsubscribe"] == f"<{reader.unsubscribe_url}>"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message["List-Id"] == f"<{ENVELOPE.list_id}>"
        assert message["Date"].datetime == ENVELOPE.sent_at


@pytest.mark.parametrize("reading_program", ["mutt"], indirect=True)
def test_mutt_lists_the_letter_and_opens_its_text(mailbox: Mailbox, reading_program: str, tmp_path: Path) -> None:
    """mutt hands on what its pager would show of each message: decoded, and of the two parts the text."""
    shown = tmp_path / "shown"
    config = tmp_path / "muttrc"
    (tmp_path / "Mail").mkdir()  # or mutt asks whether to make it, and takes our first key for the answer
    config.write_text(
        "set charset=utf-8 pipe_decode=yes wait_key=no resolve=no\nalternative_order text/plain text/html\n"
    )
    keys = "<first-entry>" + "<next-entry>".join([f"<pipe-message>cat >>{shown}<enter>"] * len(READERS)) + "<quit>"
    command = f"{reading_program} -n -R -F {config} -f {mailbox.maildir} -e \"push '{keys}'\""
    own = os.environ | {"TERM": "xterm", "LC_ALL": "C.UTF-8", "HOME": str(tmp_path)}
    terminal = ["script", "--quiet", "--return", "--command", command, "/dev/null"]
    # mutt insists on a terminal, and takes the end of one for a key: the pipe is left open until it has gone
    with subprocess.Popen(terminal, env=own, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        try:
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()
    words = shown.read_text(encoding="utf-8")
    assert words.count("\nSubject: Chancellor drops freeze on council budgets") == len(READERS)
    for reader in READERS:
        assert reader.name in words
        assert f"<{reader.unsubscribe_url}>" in words
    assert "Dockers’ union votes two to one" in words
    assert "<table" not in words


@pytest.mark.parametrize("reading_program", ["w3m"], indirect=True)
def test_w3m_shows_the_html_part_in_order(mailbox: Mailbox, reading_program: str) -> None:
    page = part(read(mailbox)[READERS[0].address], "html")
    shown = subprocess.run(
        [reading_program, "-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", "80"],
        input=page.encode(),
        capture_output=True,
        check=True,
        timeout=60,
    ).stdout.decode()
    words = " ".join(shown.translate(FILLING).split())
    edition = rich_edition()
    places = [words.find(" ".join(piece.headline.split())) for piece in edition.pieces]
    assert -1 not in places
    assert places == sorted(places)
    assert not re.search(r"[{}<>]|&\w+;", words)
    assert max(len(line.rstrip()) for line in shown.translate(FILLING).splitlines()) <= 80

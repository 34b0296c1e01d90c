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
from digest.render.words import said
from tests.mailbox.conftest import READERS, Copy, Mailbox
from tests.render.letters import BRAND, letters, rich_edition, weekly_edition

EDITIONS = {"daily": rich_edition(), "weekly": weekly_edition(), "proof": rich_edition()}
"""The letters that print an edition; each holds its reader's way out."""

NOTICES = {"confirmation": ("confirm", "confirm_text", "confirm_button"), "goodbye": ("goodbye", "goodbye_text")}
"""The letters of a subscription, with the sentences that they print; neither is for somebody who is subscribed."""

ADDED = {"Return-Path", "X-Original-To", "Delivered-To", "Received"}
"""By a mail server on the way, above what we wrote."""

FILLING = dict.fromkeys(map(ord, "\u034f\u200c"))
"""What stands behind the preheader so that inboxes show nothing more; it has no width."""


def received(mailbox: Mailbox) -> list[tuple[Copy, EmailMessage]]:
    """Every copy that was handed over, with the message that lies in the mailbox under its address."""
    found = [message_from_bytes(file.read_bytes(), policy=default) for file in mailbox.files]
    by_address = {str(message["Delivered-To"]): message for message in found}
    return [(copy, by_address[copy.reader.address]) for copy in mailbox.copies]


def part(message: EmailMessage, kind: str) -> str:
    """One part as text, decoded."""
    found = message.get_body((kind,))
    assert found is not None
    return str(found.get_content()).replace("\r\n", "\n")


def test_every_reader_has_one_copy_of_every_letter_of_the_program(mailbox: Mailbox) -> None:
    assert {copy.letter for copy in mailbox.copies} == set(letters()) == {*EDITIONS, *NOTICES}
    assert len({message["Message-ID"] for _, message in received(mailbox)}) == len(mailbox.copies)
    assert len(mailbox.files) == len(received(mailbox)) == len(letters()) * len(READERS)


def test_the_text_twin_stands_first_and_both_parts_are_the_approved_ones(mailbox: Mailbox) -> None:
    for copy, message in received(mailbox):
        kinds = [one.get_content_type() for one in message.walk()]
        assert (copy.letter, kinds) == (copy.letter, ["multipart/alternative", "text/plain", "text/html"])
        meant = personal(copy.email, copy.reader.unsubscribe_url)
        assert part(message, "plain") == meant.text
        assert part(message, "html") == meant.html


def test_no_server_had_a_reason_to_rewrite_what_was_sent(mailbox: Mailbox) -> None:
    for copy, message in received(mailbox):
        sent = message_from_bytes(copy.sent, policy=default)
        kept = [(name, str(value)) for name, value in message.items() if name not in ADDED]
        assert (copy.letter, kept) == (copy.letter, [(name, str(value)) for name, value in sent.items()])
        assert not message.defects


def test_names_and_subject_are_read_as_they_were_written(mailbox: Mailbox) -> None:
    for copy, message in received(mailbox):
        (recipient,) = message["To"].addresses
        assert (recipient.display_name, recipient.addr_spec) == (copy.reader.name, copy.reader.address)
        (sender,) = message["From"].addresses
        assert f"{sender.display_name} <{sender.addr_spec}>" == copy.envelope.sender
        assert message["Subject"] == copy.email.subject


def test_each_letter_says_in_its_subject_what_it_is(mailbox: Mailbox) -> None:
    news = rich_edition().subject
    subjects = {copy.letter: str(message["Subject"]) for copy, message in received(mailbox)}
    assert subjects == {
        "daily": news,
        "weekly": news,
        "proof": f"Proof: {news}",
        "confirmation": "Please confirm that you want The Daily Rose",
        "goodbye": "You will get no more of The Daily Rose",
    }


def test_one_click_is_this_readers_own(mailbox: Mailbox) -> None:
    for copy, message in received(mailbox):
        assert message["List-Unsubscribe"] == f"<{copy.reader.unsubscribe_url}>"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        newsletter = "weekly" if copy.letter == "weekly" else "daily"
        assert (copy.letter, message["List-Id"]) == (copy.letter, f"<{newsletter}.dailyrose.example>")
        assert message["Date"].datetime == copy.envelope.sent_at


def test_both_parts_of_an_edition_hold_this_readers_link_and_no_notice_holds_one(mailbox: Mailbox) -> None:
    for copy, message in received(mailbox):
        for kind in ("plain", "html"):
            found = part(message, kind)
            assert (copy.letter, found.count(copy.reader.unsubscribe_url)) == (copy.letter, copy.letter in EDITIONS)
            assert "unsubscribe.digest.invalid" not in found
            others = [one.unsubscribe_url for one in READERS if one.delivery_id != copy.reader.delivery_id]
            assert [url for url in others if url in found] == []


@pytest.mark.parametrize("reading_program", ["mutt"], indirect=True)
def test_mutt_lists_every_letter_and_opens_its_text(mailbox: Mailbox, reading_program: str, tmp_path: Path) -> None:
    """mutt hands on what its pager would show of each message: decoded, and of the two parts the text."""
    shown = tmp_path / "shown"
    config = tmp_path / "muttrc"
    (tmp_path / "Mail").mkdir()  # or mutt asks whether to make it, and takes our first key for the answer
    config.write_text(
        "set charset=utf-8 pipe_decode=yes wait_key=no resolve=no\nalternative_order text/plain text/html\n"
    )
    keys = (
        "<first-entry>" + "<next-entry>".join([f"<pipe-message>cat >>{shown}<enter>"] * len(mailbox.files)) + "<quit>"
    )
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
    for copy in mailbox.copies:
        assert words.count(f"\nSubject: {copy.email.subject}\n") == shares_subject(copy) * len(READERS)
        assert copy.reader.name in words
        assert copy.reader.address in words
    for reader in READERS:
        assert words.count(f"<{reader.unsubscribe_url}>") >= len(EDITIONS)
    assert words.count("Dockers’ union votes two to one") == len(EDITIONS) * len(READERS)
    assert "<table" not in words


def shares_subject(copy: Copy) -> int:
    """How many letters have the subject of this one."""
    return [email.subject for email in letters().values()].count(copy.email.subject)


@pytest.mark.parametrize("letter", EDITIONS)
@pytest.mark.parametrize("reading_program", ["w3m"], indirect=True)
def test_w3m_shows_the_news_in_order(mailbox: Mailbox, reading_program: str, letter: str) -> None:
    words = dumped(mailbox, reading_program, letter)
    places = [words.find(" ".join(piece.headline.split())) for piece in EDITIONS[letter].pieces]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("letter", NOTICES)
@pytest.mark.parametrize("reading_program", ["w3m"], indirect=True)
def test_w3m_shows_what_a_subscription_asks_or_says(mailbox: Mailbox, reading_program: str, letter: str) -> None:
    words = dumped(mailbox, reading_program, letter)
    sentences = [said(str(getattr(BRAND.words, name)), name=BRAND.name) for name in NOTICES[letter]]
    assert [sentence for sentence in sentences if sentence not in words] == []


def dumped(mailbox: Mailbox, reading_program: str, letter: str) -> str:
    """The words that w3m makes of the HTML part, none of which is markup and no line of which is too long."""
    message = next(message for copy, message in received(mailbox) if copy.letter == letter)
    shown = subprocess.run(
        [reading_program, "-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", "80"],
        input=part(message, "html").encode(),
        capture_output=True,
        check=True,
        timeout=60,
    ).stdout.decode()
    words = shown.translate(FILLING)
    assert not re.search(r"[{}<>]|&\w+;", words)
    assert max(len(line.rstrip()) for line in words.splitlines()) <= 80
    return " ".join(words.split())

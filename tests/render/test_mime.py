"""The bytes of one copy, as a mail program reads them back."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import compat32, default
from email.utils import parseaddr
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ProviderMisused
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email, Envelope, Recipient
from digest.render.mime import _compare, headers, mailbox, message, message_id, personal, plain_link
from tests.render.letters import ENVELOPE, READER, TAG, letter

EMAIL = Email(
    subject="Peers defeat government", preheader="", html=f'<a href="{UNSUBSCRIBE_PLACEHOLDER}">', text="Text.\n"
)
ROOT = Path(__file__).parents[2]


def copy(
    email: Email = EMAIL, *, envelope: Envelope = ENVELOPE, recipient: Recipient = READER, tag: str = TAG
) -> EmailMessage:
    parsed = message_from_bytes(message(email, envelope=envelope, recipient=recipient, tag=tag), policy=default)
    assert isinstance(parsed, EmailMessage)
    assert parsed.defects == []
    return parsed


def parts(read: EmailMessage) -> dict[str, str]:
    """The decoded parts; on the wire their lines end in CRLF."""
    return {
        part.get_content_type(): part.get_content().replace("\r\n", "\n")
        for part in read.iter_parts()
        if isinstance(part, EmailMessage)
    }


def test_every_header_is_there_once_and_says_what_it_must() -> None:
    assert list(copy().items()) == [
        ("From", "The Daily Rose <daily@dailyrose.example>"),
        ("To", "Ada Okonkwo <ada@reader.example>"),
        ("Subject", "Peers defeat government"),
        ("Message-ID", f"<17.{TAG}@dailyrose.example>"),
        ("Reply-To", "desk@dailyrose.example"),
        ("Date", "Mon, 23 Nov 2026 07:30:00 +0000"),
        ("List-Id", "<daily.dailyrose.example>"),
        ("List-Unsubscribe", f"<{READER.unsubscribe_url}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("Precedence", "bulk"),
        ("Feedback-ID", "20261123:daily.dailyrose.example:bulk:dailyrose.example"),
        ("Content-Type", 'multipart/alternative; boundary="=_digest_alternative"'),
        ("MIME-Version", "1.0"),
    ]


def test_both_parts_come_back_with_the_readers_own_link() -> None:
    email = letter()
    read = parts(copy(email))
    assert list(read) == ["text/plain", "text/html"]
    wanted = personal(email, READER.unsubscribe_url)
    assert read["text/plain"] == wanted.text
    assert read["text/html"] == wanted.html
    for part in read.values():
        assert READER.unsubscribe_url in part
        assert UNSUBSCRIBE_PLACEHOLDER not in part


def test_the_readers_link_is_escaped_in_html_only() -> None:
    email = replace(EMAIL, text=UNSUBSCRIBE_PLACEHOLDER)
    mapped = personal(email, "https://rose.example/u?a=1&b=2")
    assert mapped.html == '<a href="https://rose.example/u?a=1&amp;b=2">'
    assert mapped.text == "https://rose.example/u?a=1&b=2"


def test_lines_that_mail_programs_stumble_over_come_back_whole() -> None:
    text = "From here\n.\n..\n--=_digest_alternative--\ntrailing blank \n\ttab\n" + "x" * 2000 + "\n£ “quoted” 👩‍🚀\n"
    assert parts(copy(replace(EMAIL, text=text)))["text/plain"] == text


def test_every_line_is_short_ascii_and_ends_in_crlf() -> None:
    raw = message(letter(), envelope=ENVELOPE, recipient=READER, tag=TAG)
    assert raw.isascii()
    lines = raw.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 78


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Ada",
        "O’Brien, Zoë",
        'Ann "Red" Lee',
        "a\\b",
        "李小龙 " * 12,
        "=?x?q?y?=",
        "A, B <c@d.example>",
        "Łukasz (Ed.)",
    ],
)
def test_a_readers_name_is_shown_as_it_is(name: str) -> None:
    raw = message(EMAIL, envelope=ENVELOPE, recipient=READER._replace(name=name), tag=TAG)
    shown, address = parseaddr(message_from_bytes(raw, policy=compat32)["To"].replace("\r\n", ""))
    assert (str(make_header(decode_header(shown))), address) == (name.strip(), READER.address)
    assert [each.addr_spec for each in copy(recipient=READER._replace(name=name))["To"].addresses] == [READER.address]


def test_a_newline_in_a_name_adds_no_header() -> None:
    hostile = READER._replace(name="=?utf-8?q?Ada=0D=0ABcc=3A_eve=40evil.example?=")
    read = copy(recipient=hostile)
    assert read["Bcc"] is None
    assert read["To"].addresses[0].display_name == "Ada Bcc: eve@evil.example"


def test_a_long_link_is_never_folded_or_encoded() -> None:
    url = "https://dailyrose.example/u;a,b/" + "x" * 850
    raw = message(EMAIL, envelope=ENVELOPE, recipient=READER._replace(unsubscribe_url=url), tag=TAG)
    assert f"\r\nList-Unsubscribe: <{url}>\r\n".encode() in raw
    assert max(map(len, raw.split(b"\r\n"))) <= 998  # or a server on the way breaks it, and its signature


def test_one_click_is_promised_on_loopback_too_where_the_trial_of_a_list_runs() -> None:
    names = [name for name, _ in headers(ENVELOPE, unsubscribe_url="http://127.0.0.1:8000/u/1")]
    assert "List-Unsubscribe" in names
    assert "List-Unsubscribe-Post" in names
    assert ("List-Unsubscribe", "<%recipient.link%>") in headers(ENVELOPE, unsubscribe_url="%recipient.link%")


def test_without_an_address_for_replies_there_is_no_such_header() -> None:
    assert copy(envelope=replace(ENVELOPE, reply_to=""))["Reply-To"] is None


@pytest.mark.parametrize(
    ("recipient", "what"),
    [
        (READER._replace(address="ada@reader.example, eve@evil.example"), "address of delivery 17"),
        (READER._replace(address="ada@reader.example\r\nBcc: eve@evil.example"), "address of delivery 17"),
        (READER._replace(address="adä@reader.example"), "address of delivery 17"),
        (READER._replace(unsubscribe_url="javascript:alert(1)"), "unsubscribe link of delivery 17"),
        (READER._replace(unsubscribe_url=f"https://a.example/{'x' * 980}"), "unsubscribe link of delivery 17"),
        (READER._replace(unsubscribe_url="https://a.example/>\r\nX: y"), "unsubscribe link of delivery 17"),
    ],
)
def test_a_reader_who_cannot_be_written_to_is_refused_by_number(recipient: Recipient, what: str) -> None:
    with pytest.raises(ProviderMisused, match=what) as caught:
        copy(recipient=recipient)
    assert "reader.example" not in str(caught.value)


@pytest.mark.parametrize(
    ("envelope", "what"),
    [
        (replace(ENVELOPE, sender="The Daily Rose"), "the sender"),
        (replace(ENVELOPE, sender=""), "the sender"),
        (replace(ENVELOPE, reply_to="nobody"), "the reply address"),
        (replace(ENVELOPE, list_id="a b"), "the list id"),
        (replace(ENVELOPE, message_domain="a>\r\nX: y"), "the domain"),
    ],
)
def test_an_envelope_that_cannot_be_written_says_which_part(envelope: Envelope, what: str) -> None:
    with pytest.raises(ProviderMisused, match=what):
        copy(envelope=envelope)


def test_a_tag_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(ProviderMisused, match="the tag"):
        message_id(ENVELOPE, READER, tag="a b")


def test_headers_that_read_otherwise_than_meant_are_refused() -> None:
    meant = [("Subject", "a"), ("To", "b")]
    _compare(b"Subject: a\r\nTo: b\r\n", meant)
    for head in (b"Subject: a\r\nTo: b\r\nBcc: c\r\n", b"Subject: a\r\n\r\nTo: b\r\n", b"Subject: a\r\nTo: c\r\n"):
        with pytest.raises(ProviderMisused, match="differ"):
            _compare(head, meant)


def test_a_mailbox_for_an_api_is_quoted_unicode() -> None:
    assert mailbox('Zoë "Z"', "z@rose.example") == '"Zoë \\"Z\\"" <z@rose.example>'
    assert mailbox("", "z@rose.example") == "z@rose.example"


@settings(max_examples=200)
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_subject_and_no_name_changes_another_header(subject: str, name: str) -> None:
    plain = copy()
    read = copy(replace(EMAIL, subject=subject), recipient=READER._replace(name=name))
    assert list(read.keys()) == list(plain.keys())
    for field in set(plain.keys()) - {"Subject", "To"}:
        assert str(read[field]) == str(plain[field])
    assert read["To"].addresses[0].addr_spec == READER.address


@pytest.mark.shared
@pytest.mark.parametrize("corpus", ["patt_crlf", "blns"])
def test_the_corpora_change_no_header(shared: Path, corpus: str) -> None:
    plain = copy()
    for row in (shared / f"data/corpora/{corpus}.jsonl").read_text(encoding="utf-8").splitlines():
        text = str(json.loads(row)["text"])
        quoted = text.replace("\\", "").replace('"', "")
        sender = replace(ENVELOPE, sender=f'"{" ".join(quoted.split())}" <daily@dailyrose.example>')
        read = copy(replace(EMAIL, subject=text), recipient=READER._replace(name=text), envelope=sender)
        assert list(read.keys()) == list(plain.keys())
        for field in set(plain.keys()) - {"Subject", "To", "From"}:
            assert str(read[field]) == str(plain[field])
        for field, address in (("To", READER.address), ("From", "daily@dailyrose.example")):
            assert [each.addr_spec for each in read[field].addresses] == [address]


@pytest.mark.parametrize("seed", ["0", "7"])
def test_the_same_arguments_give_the_same_bytes_in_another_process(seed: str) -> None:
    program = (
        "import sys; from tests.render.letters import *; from digest.render.mime import message\n"
        "sys.stdout.buffer.write(message(letter(), envelope=ENVELOPE, recipient=READER, tag=TAG))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    assert done.stdout == message(letter(), envelope=ENVELOPE, recipient=READER, tag=TAG)


@pytest.mark.parametrize("path", ["/u/aZ09-_.~", "/list/u/x?y=%20#z", ":8080/u/1"])
def test_a_plain_link_is_the_same_everywhere(path: str) -> None:
    link = f"https://news.example.org{path}"
    assert plain_link(READER._replace(unsubscribe_url=link)) == link


@pytest.mark.parametrize("path", ["?a=1&b=2", "'", '"', "<", ">", "{{x}}", " ", "\r\nBcc: x", "é", "x" * 900])
def test_a_link_that_would_be_escaped_folded_or_rendered_is_refused(path: str) -> None:
    with pytest.raises(ProviderMisused, match="cannot stand in a header"):
        plain_link(READER._replace(unsubscribe_url=f"https://news.example.org/{path}"))

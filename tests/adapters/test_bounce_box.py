"""The mailbox of bounces, read as it lies there: a maildir, and a folder on an IMAP server."""

import os
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.adapters.bounce_box import ImapBox, Maildir
from digest.deliver.dsn import LARGEST
from digest.errors import Unreachable
from tests.adapters.certificates import certificate
from tests.adapters.imap_server import CLOSE, ImapServer, imap_server

DAY = datetime(2026, 5, 15, 6, 30, tzinfo=UTC)
Serve = Callable[[Mapping[str, bytes]], ImapServer]


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    for name in ("new", "cur", "tmp"):
        (tmp_path / "Maildir" / name).mkdir(parents=True)
    return tmp_path / "Maildir"


def puts(folder: Path, name: str, content: bytes = b"x", *, at: datetime = DAY) -> Path:
    (folder / name).write_bytes(content)
    os.utime(folder / name, (at.timestamp(), at.timestamp()))
    return folder / name


def test_what_is_new_and_what_was_seen_is_read_in_order_of_arrival(maildir: Path) -> None:
    puts(maildir / "new", "2.host", b"second", at=DAY + timedelta(minutes=1))
    puts(maildir / "cur", "1.host:2,S", b"first")
    puts(maildir / "new", "0.host", b"early", at=DAY - timedelta(minutes=1))
    found = list(Maildir(str(maildir)).messages(since=DAY))
    assert found == [(b"first", DAY), (b"second", DAY + timedelta(minutes=1))]
    assert sorted(path.name for path in maildir.rglob("*.host*")) == ["0.host", "1.host:2,S", "2.host"]


def test_what_is_still_being_written_or_is_no_file_of_the_mailbox_is_left_alone(maildir: Path, tmp_path: Path) -> None:
    puts(maildir / "tmp", "1.host")
    puts(maildir / "new", ".hidden")
    (maildir / "new" / "folder").mkdir()
    (maildir / "new" / "2.host").symlink_to(puts(tmp_path, "secret"))
    assert list(Maildir(str(maildir)).messages(since=DAY)) == []


def test_a_message_that_is_moved_or_deleted_while_the_box_is_read(maildir: Path) -> None:
    puts(maildir / "new", "1.host", b"first")
    gone = puts(maildir / "new", "2.host")
    moved = puts(maildir / "new", "3.host", b"third")
    reading = Maildir(str(maildir)).messages(since=DAY)
    assert next(reading)[0] == b"first"
    gone.unlink()
    moved.rename(maildir / "cur" / "3.host:2,S")
    assert [content for content, _ in reading] == [b"third"]


def test_no_message_is_read_beyond_what_is_looked_at(maildir: Path) -> None:
    puts(maildir / "new", "1.host", b"x" * (LARGEST + 1))
    ((content, _),) = Maildir(str(maildir)).messages(since=DAY)
    assert len(content) == LARGEST


def test_a_maildir_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match=r"the bounce mailbox .*nowhere"):
        list(Maildir(str(tmp_path / "nowhere")).messages(since=DAY))


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Start a server with these answers, whose certificate we trust."""
    trusted, key = certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, key)
    with ExitStack() as running:
        yield lambda answers: running.enter_context(imap_server(context, answers))


def box(server: ImapServer, **options: object) -> ImapBox:
    given = {"host": "localhost", "port": server.port, "user": "bounces", "password": "p", "folder": "INBOX"}
    return ImapBox(**(given | {"timeout": 5.0} | options))  # type: ignore[arg-type]


def fetched(
    content: bytes, *, before: bytes = b'INTERNALDATE "15-May-2026 07:31:00 +0100" ', after: bytes = b""
) -> bytes:
    return b"* 1 FETCH (UID 7 %sBODY[]<0> {%d}\r\n%s%s)\r\n" % (before, len(content), content, after)


def test_a_folder_is_opened_to_be_read_only_and_searched_from_the_day_before(serve: Serve) -> None:
    server = serve({"FETCH": fetched(b"a bounce")})
    found = list(box(server, user="news room", folder='My "bounces"').messages(since=DAY))
    assert found == [(b"a bounce", DAY + timedelta(minutes=1))]
    assert server.said[1:] == [
        'LOGIN "news room" "p"',
        'EXAMINE "My \\"bounces\\""',
        "UID SEARCH SINCE 14-May-2026",
        f"UID FETCH 7 (INTERNALDATE BODY.PEEK[]<0.{LARGEST}>)",
        "LOGOUT",
    ]


@pytest.mark.parametrize(
    "answers",
    [
        {"FETCH": fetched(b"x", before=b"", after=b' INTERNALDATE " 5-may-2026 06:31:00 +0000"')},
        {"FETCH": b"* 1 FETCH (FLAGS (\\Seen))\r\n" + fetched(b"x")},
    ],
)
def test_servers_tell_the_date_where_they_like(serve: Serve, answers: Mapping[str, bytes]) -> None:
    ((content, received),) = box(serve(answers)).messages(since=DAY)
    assert (content, received.month, received.minute) == (b"x", 5, 31)


@pytest.mark.parametrize("goodbye", [CLOSE, b"NO stay"])
def test_a_server_that_takes_no_leave_takes_nothing_back(serve: Serve, goodbye: bytes) -> None:
    assert len(list(box(serve({"FETCH": fetched(b"x"), "LOGOUT": goodbye})).messages(since=DAY))) == 1


def test_who_has_read_enough_may_stop(serve: Serve) -> None:
    reading = box(serve({"SEARCH": b"* SEARCH 7 8\r\n", "FETCH": fetched(b"x")})).messages(since=DAY)
    assert next(reading)[0] == b"x"
    reading.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("answers", [{"SEARCH": b"* SEARCH\r\n"}, {"SEARCH": b""}, {"FETCH": b""}])
def test_where_nothing_is_found_or_it_has_gone_meanwhile_nothing_is_read(
    serve: Serve, answers: Mapping[str, bytes]
) -> None:
    assert list(box(serve(answers)).messages(since=DAY)) == []


@pytest.mark.parametrize(
    "answers",
    [
        {"LOGIN": b"NO wrong password"},
        {"EXAMINE": b"NO no such folder"},
        {"SEARCH": b"BAD what?"},
        {"SEARCH": CLOSE},
        {"FETCH": b"NO not now"},
        {"FETCH": CLOSE},
        {"FETCH": fetched(b"x", before=b"")},
        {"FETCH": fetched(b"x", before=b'INTERNALDATE "99-Foo-2026 07:31:00 +0100" ')},
        {"FETCH": fetched(b"x", before=b'INTERNALDATE "15-May-2026 whenever" ')},
    ],
)
def test_a_box_that_cannot_be_read_is_named_without_its_password(serve: Serve, answers: Mapping[str, bytes]) -> None:
    with pytest.raises(Unreachable, match="the bounce mailbox bounces on localhost") as failed:
        list(box(serve(answers), password="canary").messages(since=DAY))
    assert "canary" not in str(failed.value)

"""Connections that go where their line leads, and nowhere else."""

import socket
from collections.abc import Iterator

import pytest

from digest.adapters.connections import Line, new_session
from digest.adapters.dial import Network
from digest.adapters.limits import Deadline, Refused
from digest.model.destination import read
from tests.adapters.feed_server import FeedServer, answer, serving


@pytest.fixture
def server() -> Iterator[FeedServer]:
    yield from serving()


def test_without_a_line_nothing_is_reached(server: FeedServer) -> None:
    with new_session("digest") as session, pytest.raises(Refused, match="without saying where it leads"):
        session.get(server.url("/feed"))
    assert server.requests == []


def test_a_line_that_leads_elsewhere_is_not_a_way(server: FeedServer) -> None:
    line = Line(Network(), Deadline.after(5))
    with new_session("digest") as session, line:
        with pytest.raises(Refused, match=r"read in two ways, once as 127\.0\.0\.1:"):
            session.get(server.url("/feed"))
        line.may_reach(read("http://post.example/feed"), privately=False)
        with pytest.raises(Refused, match="can be read in two ways"):
            session.get(server.url("/feed"))
    assert server.requests == []


def test_a_connection_that_was_kept_open_is_held_to_the_line_too(server: FeedServer) -> None:
    url = server.serves("/feed", lambda peer, _: peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
    line = Line(Network(), Deadline.after(5))
    line.may_reach(read(url), privately=True)
    with new_session("digest") as session, line:
        assert session.get(url).text == "ok"
        line.may_reach(read("http://post.example/feed"), privately=False)
        with pytest.raises(Refused, match="can be read in two ways"):
            session.get(url)
    assert len(server.requests) == 1


def test_a_private_address_needs_leave(server: FeedServer) -> None:
    url = server.serves("/feed", answer())
    line = Line(Network(), Deadline.after(5))
    line.may_reach(read(url), privately=False)
    with new_session("digest") as session, line, pytest.raises(Refused, match="on a private network"):
        session.get(url)


def test_hanging_up_after_the_end_touches_nobody_else() -> None:
    one, other = socket.socketpair()
    with one, other:
        line = Line(Network(), Deadline.after(5))
        with line:
            line.opened(one)
        line.hang_up()
        one.sendall(b"still here")
        assert other.recv(10) == b"still here"


def test_hanging_up_ends_what_is_open_and_what_opens_later() -> None:
    one, other = socket.socketpair()
    later, its_other = socket.socketpair()
    with one, other, later, its_other:
        line = Line(Network(), Deadline.after(5))
        line.opened(one)
        line.hang_up()
        line.opened(later)
        assert (other.recv(1), its_other.recv(1)) == (b"", b"")

"""Whose turn it is, and that no host has more of us at a time than is polite."""

import random
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.adapters.fetcher import HttpFetcher
from digest.adapters.limits import Limits
from digest.adapters.politeness import Turns
from digest.model.feed import Document, FetchFailure, FetchRequest
from tests.adapters.feed_server import FeedServer, answer, serving
from tests.adapters.internet import Internet


def request(url: str) -> FetchRequest:
    return FetchRequest(source_id=url, url=url)


def host_of(request: FetchRequest) -> str:
    return urlsplit(request.url).hostname or ""


def turns(*urls: str, per_host: int = 2) -> Turns:
    return Turns([request(url) for url in urls], per_host=per_host, host=host_of)


def taken(turns: Turns) -> list[str]:
    """Take whatever may be taken now."""
    found = []
    while made := turns.take():
        found.append(made.url)
    return found


@pytest.fixture
def server() -> Iterator[FeedServer]:
    yield from serving()


@pytest.fixture
def internet(server: FeedServer) -> Internet:
    (own,) = server.own_hosts
    return Internet(("127.0.0.1", int(own.partition(":")[2])))


def test_hosts_take_turns_and_a_full_one_waits() -> None:
    queue = turns("http://a/1", "http://a/2", "http://a/3", "http://b/1", "http://b/2")
    assert taken(queue) == ["http://a/1", "http://b/1", "http://a/2", "http://b/2"]
    queue.done(request("http://b/1"))
    assert taken(queue) == []
    queue.done(request("http://a/1"))
    assert queue.is_any_ready
    assert taken(queue) == ["http://a/3"]


def test_what_has_no_host_has_no_limit() -> None:
    assert len(taken(turns(*["nonsense"] * 9, per_host=1))) == 9


def test_a_host_that_is_left_alone_gives_back_what_waits_for_it_and_nothing_else() -> None:
    queue = turns("http://a/1", "http://a/2", "http://b/1", "http://a/3", per_host=1)
    assert queue.take() == request("http://a/1")
    assert [left.url for left in queue.leave_alone("a")] == ["http://a/2", "http://a/3"]
    queue.done(request("http://a/1"))
    assert taken(queue) == ["http://b/1"]
    assert queue.leave_alone("a") == []


def test_a_ready_host_can_be_left_alone() -> None:
    queue = turns("http://a/1", "http://b/1")
    assert [left.url for left in queue.leave_alone("a")] == ["http://a/1"]
    assert [left.url for left in queue.leave_all()] == ["http://b/1"]
    assert taken(queue) == []


@given(st.lists(st.sampled_from("abc")), st.integers(1, 3), st.randoms(use_true_random=False))
def test_everything_is_given_out_once_and_never_too_much_of_a_host_at_a_time(
    hosts: list[str], per_host: int, dice: random.Random
) -> None:
    urls = [f"http://{host}/{place}" for place, host in enumerate(hosts)]
    queue = turns(*urls, per_host=per_host)
    running: list[FetchRequest] = []
    given_out: list[str] = []
    while len(given_out) < len(urls) or running:
        if running and (not queue.is_any_ready or dice.random() < 0.5):
            queue.done(running.pop(dice.randrange(len(running))))
        else:
            made = queue.take()
            assert made is not None
            running.append(made)
            given_out.append(made.url)
        assert max(Counter(map(host_of, running)).values(), default=0) <= per_host
    assert sorted(given_out) == sorted(urls)


class Crowd:
    """Answers once told to, and remembers how many asked at a time."""

    def __init__(self, asked: int) -> None:
        self.most: Counter[str] = Counter()
        self._now: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._all_here = threading.Barrier(asked)

    def __call__(self, peer: socket.socket, text: str) -> None:
        host = text.partition("Host: ")[2].partition("\r")[0]
        with self._lock:
            self._now[host] += 1
            self.most[host] = max(self.most[host], self._now[host])
        self._all_here.wait(5)
        with self._lock:
            self._now[host] -= 1
        answer()(peer, text)


def test_no_public_host_is_asked_more_than_twice_at_a_time(server: FeedServer, internet: Internet) -> None:
    """Four are asked at a time, and the barrier would break if it were fewer."""
    crowd = Crowd(4)
    server.serves("/feed", crowd)
    urls = [f"http://{host}.example/feed" for host in ("post", "star") for _ in range(8)]
    made = list(HttpFetcher(network=internet.network).fetch([request(url) for url in urls]))
    assert sum(isinstance(one, Document) for one in made) == 16
    assert crowd.most == {"post.example": 2, "star.example": 2}


def test_our_own_hosts_are_asked_as_often_as_there_are_threads(server: FeedServer, internet: Internet) -> None:
    crowd = Crowd(6)
    server.serves("/feed", crowd)
    internet.has("cms.lan", ["10.0.0.5"])
    fetcher = HttpFetcher(network=internet.network, own_hosts=frozenset({"cms.lan"}), threads=6)
    made = list(fetcher.fetch([request("http://cms.lan/feed")] * 6))
    assert sum(isinstance(one, Document) for one in made) == 6
    assert crowd.most == {"cms.lan": 6}


def test_a_full_host_keeps_no_other_waiting(server: FeedServer, internet: Internet) -> None:
    server.serves("/slow", server.hangs())
    server.serves("/fast", answer())
    urls = ["http://post.example/slow"] * 4 + [f"http://star{n}.example/fast" for n in range(9)]
    fetcher = HttpFetcher(network=internet.network, threads=3, total_seconds=5)
    answers = fetcher.fetch([request(url) for url in urls])
    assert [type(next(answers)) for _ in range(9)] == [Document] * 9
    answers.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_host_that_asks_for_patience_is_asked_nothing_more(
    server: FeedServer, internet: Internet, status: str
) -> None:
    server.serves("/busy", answer(b"", status=status, headers=("Retry-After: 600",)))
    server.serves("/feed", answer())
    urls = [
        "http://post.example/busy",
        *[f"http://post.example/feed?{n}" for n in range(5)],
        "http://star.example/feed",
    ]
    fetcher = HttpFetcher(network=internet.network, per_host=1)
    made = {one.source_id: one for one in fetcher.fetch([request(url) for url in urls])}
    left_alone = [one for one in made.values() if isinstance(one, FetchFailure) and not one.status]
    assert {(one.error, one.retry_after) for one in left_alone} == {
        ("its host asked to be left alone for 600 s", 600.0)
    }
    assert sorted(one.url for one in left_alone) == urls[1:6]
    assert isinstance(made["http://star.example/feed"], Document)
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("hosts", "are_asked"),
    [
        (("post.example", "star.example"), True),
        (("star.example", "post.example", "star.example"), True),
        (("star.example", "star.example"), False),
    ],
    ids=["leads to it", "leads away and back", "is it from first to last"],
)
def test_a_host_is_left_alone_on_its_own_word_and_on_nobody_s_redirect(
    server: FeedServer, internet: Internet, hosts: tuple[str, ...], *, are_asked: bool
) -> None:
    """Whoever leads us to a busy page of somebody else's must not silence the feeds there; one at a time is asked."""
    for place, host in enumerate(hosts[1:]):
        location = f"Location: http://{host}/{place + 1}"
        server.serves(f"/{place}", answer(b"", status="302 Found", headers=(location,)))
    server.serves(f"/{len(hosts) - 1}", answer(b"", status="429 Slow down", headers=("Retry-After: 600",)))
    server.serves("/feed", answer())
    urls = [f"http://{hosts[0]}/0", "http://star.example/feed", "http://post.example/feed"]
    fetcher = HttpFetcher(network=internet.network, threads=1)
    busy, star, post = sorted(fetcher.fetch([request(url) for url in urls]), key=lambda one: urls.index(one.source_id))
    assert isinstance(busy, FetchFailure)
    assert (busy.status, busy.retry_after) == (429, 600.0)
    assert (isinstance(star, Document), isinstance(post, Document)) == (are_asked, True)


def test_slow_feeds_give_their_places_to_others(server: FeedServer) -> None:
    """Two threads, four feeds that hang: the fifth arrives although nobody was given up."""
    bad = [request(server.serves(f"/{n}", server.hangs())) for n in range(4)]
    good = request(server.serves("/good", answer()))
    answers = HttpFetcher(threads=2, own_hosts=server.own_hosts, limits=Limits(seconds=4)).fetch([*bad, good])
    assert next(answers).source_id == good.source_id
    answers.close()  # type: ignore[attr-defined]

"""No feed, redirect or name server leads the fetcher into a private network: a trap on loopback counts no hit."""

import json
import socket
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from pathlib import Path

import pytest

from digest.adapters.dial import Address, Network
from digest.adapters.fetcher import HttpFetcher
from digest.adapters.limits import Limits
from digest.model.feed import Document, FetchAnswer, FetchFailure, FetchRequest
from tests.adapters.feed_server import FeedServer, answer, serving
from tests.adapters.internet import PUBLIC, Internet, Trap, trapping

LOOPBACK = ["127.1", "127.0.1", "0x7f.1", "0177.0.0.1", "2130706433", "0x7f000001", "017700000001", "127.0.0.1.", "0"]
LOOPBACK += [
    "localhost",
    "LOCALHOST.",
    "１２７.0.0.1",
    "127。0。0。1",
    "%31%32%37.0.0.1",
    "a.localhost",
    "[::ffff:127.0.0.1]",
]
LOOPBACK += ["[::ffff:7f00:1]", "0.0.0.0", "[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "ip6-localhost", "[::127.0.0.1]"]


@pytest.fixture
def server() -> Iterator[FeedServer]:
    yield from serving()


@pytest.fixture
def trap() -> Iterator[Trap]:
    yield from trapping()


@pytest.fixture
def internet(server: FeedServer) -> Internet:
    (own,) = server.own_hosts
    return Internet(("127.0.0.1", int(own.partition(":")[2])))


def fetch(urls: Sequence[str], fetcher: HttpFetcher, *, led_by: str = "") -> list[FetchAnswer]:
    return list(fetcher.fetch([FetchRequest(source_id="post", url=url, led_by=led_by) for url in urls]))


def texts(shared: Path, *corpora: str) -> list[str]:
    """The hostile addresses of these corpora."""
    paths = [shared / "data" / "corpora" / f"{corpus}.jsonl" for corpus in corpora]
    return [json.loads(line)["text"] for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_spelling_of_loopback_is_refused_over_real_sockets(trap: Trap) -> None:
    urls = [f"http://{host}:{port}/feed" for host in LOOPBACK for _, port in trap.addresses]
    made = fetch(urls, HttpFetcher())
    assert {type(one) for one in made} == {FetchFailure}
    assert trap.hits == 0


def test_the_trap_counts_whoever_is_let_through(trap: Trap) -> None:
    hosts = [f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in trap.addresses]
    made = fetch([f"http://{host}/feed" for host in hosts], HttpFetcher(own_hosts=frozenset(hosts)))
    assert [one.body for one in made if isinstance(one, Document)] == [b"ruin!"] * 4
    assert trap.hits == 4


@pytest.mark.shared
@pytest.mark.parametrize("leads_to", ["127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1"])
def test_no_hostile_address_gets_through_when_every_name_is_private(shared: Path, trap: Trap, leads_to: str) -> None:
    internet = Internet(trap.addresses[0])

    def resolve(host: str, port: int) -> list[Address]:
        return [(leads_to, port, 0, 0) if ":" in leads_to else (leads_to, port)]

    network = Network(resolve=resolve, new_socket=internet.network.new_socket)
    urls = texts(shared, "own_ssrf", "patt_ssrf_urls", "wpt_urls")
    made = fetch(urls, HttpFetcher(network=network))
    assert len(urls) == len(made) > 500
    assert {type(one) for one in made} == {FetchFailure}
    assert not any("did not foresee" in one.error for one in made if isinstance(one, FetchFailure))
    assert (trap.hits, internet.called) == (0, [])


@pytest.mark.shared
def test_hostile_addresses_lead_to_public_addresses_at_most(shared: Path, trap: Trap) -> None:
    internet = Internet(trap.addresses[0])
    fetch(texts(shared, "own_ssrf", "patt_ssrf_urls", "wpt_urls"), HttpFetcher(network=internet.network))
    assert [address for address in internet.called if not ip_address(address).is_global] == []
    assert len(internet.called) == trap.hits > 50


@pytest.mark.shared
@pytest.mark.parametrize(("asked", "address"), [("post.example", PUBLIC), ("cms.lan", "10.0.0.5")])
def test_no_redirect_leads_to_a_hostile_address(
    shared: Path, server: FeedServer, internet: Internet, asked: str, address: str
) -> None:
    internet.has("cms.lan", ["10.0.0.5"])
    targets = texts(shared, "own_ssrf")
    for place, target in enumerate(targets):
        location = f"Location: {target}".replace("\n", "%0A")
        server.serves(f"/{place}", answer(b"", status="302 Found", headers=(location,)))
    fetcher = HttpFetcher(network=internet.network, own_hosts=frozenset({"cms.lan"}))
    made = fetch([f"http://{asked}/{place}" for place in range(len(targets))], fetcher)
    assert {type(one) for one in made} == {FetchFailure}
    assert len(server.requests) >= len(targets)
    assert {line for sent in server.requests for line in sent.splitlines() if "Host:" in line} == {f"Host: {asked}"}
    assert set(internet.called) == {address}


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_a_public_feed_may_not_send_us_to_an_own_host(
    server: FeedServer, internet: Internet, trap: Trap, status: str
) -> None:
    own = "cms.lan:8080"
    internet.has("cms.lan", ["10.0.0.5"])
    server.serves("/feed", answer(b"", status=status, headers=(f"Location: http://{own}/feed",)))
    fetcher = HttpFetcher(network=internet.network, own_hosts=frozenset({own}))
    (made,) = fetch(["http://post.example/feed"], fetcher)
    assert isinstance(made, FetchFailure)
    assert made.error == "leads to cms.lan:8080, one of our own hosts, where only our own feeds may lead"
    assert internet.called == [PUBLIC]


def test_own_hosts_may_lead_to_own_hosts(server: FeedServer, internet: Internet) -> None:
    internet.has("cms.lan", ["10.0.0.5"])
    internet.has("blog.lan", ["10.0.0.6"])
    server.serves("/old", answer(b"", status="301 Moved", headers=("Location: http://blog.lan/feed",)))
    server.serves("/feed", answer())
    fetcher = HttpFetcher(network=internet.network, own_hosts=frozenset({"cms.lan", "blog.lan"}))
    (made,) = fetch(["http://cms.lan/old"], fetcher)
    assert isinstance(made, Document)
    assert made.moved_to == "http://blog.lan/feed"
    assert sorted(set(internet.called)) == ["10.0.0.5", "10.0.0.6"]


def test_own_hosts_may_not_lead_to_other_private_hosts(server: FeedServer, internet: Internet) -> None:
    internet.has("cms.lan", ["10.0.0.5"])
    server.serves("/old", answer(b"", status="301 Moved", headers=("Location: http://router.example/",)))
    internet.has("router.example", ["192.168.1.1"])
    (made,) = fetch(["http://cms.lan/old"], HttpFetcher(network=internet.network, own_hosts=frozenset({"cms.lan"})))
    assert isinstance(made, FetchFailure)
    assert made.error.startswith("router.example:80 leads to 192.168.1.1, on a private network (private use, RFC 1918)")


def test_an_own_feed_that_leads_to_a_stranger_is_not_led_back_by_him(server: FeedServer, internet: Internet) -> None:
    internet.has("cms.lan", ["10.0.0.5"])
    internet.has("blog.lan", ["10.0.0.6"])
    server.serves("/start", answer(b"", status="302 Found", headers=("Location: http://blog.lan/away",)))
    server.serves("/away", answer(b"", status="302 Found", headers=("Location: http://post.example/back",)))
    server.serves("/back", answer(b"", status="302 Found", headers=("Location: http://cms.lan/admin",)))
    fetcher = HttpFetcher(network=internet.network, own_hosts=frozenset({"cms.lan", "blog.lan"}))
    (made,) = fetch(["http://cms.lan/start"], fetcher)
    assert isinstance(made, FetchFailure)
    assert made.error == "leads to cms.lan:80, one of our own hosts, where only our own feeds may lead"
    assert internet.called == ["10.0.0.5", "10.0.0.6", PUBLIC]


def test_an_own_feed_may_lead_to_a_stranger_who_answers(server: FeedServer, internet: Internet) -> None:
    internet.has("cms.lan", ["10.0.0.5"])
    server.serves("/start", answer(b"", status="301 Moved", headers=("Location: http://post.example/feed",)))
    server.serves("/feed", answer())
    (made,) = fetch(["http://cms.lan/start"], HttpFetcher(network=internet.network, own_hosts=frozenset({"cms.lan"})))
    assert isinstance(made, Document)


@pytest.mark.parametrize(
    ("led_by", "arrives"),
    [("", True), ("http://cms.lan/feed", True), ("http://post.example/feed", False), ("no address", False)],
)
def test_a_link_in_a_stranger_s_document_does_not_lead_to_an_own_host(
    server: FeedServer, internet: Internet, led_by: str, arrives: bool
) -> None:
    internet.has("cms.lan", ["10.0.0.5"])
    server.serves("/page", answer())
    fetcher = HttpFetcher(network=internet.network, own_hosts=frozenset({"cms.lan"}))
    (made,) = fetch(["http://cms.lan/page"], fetcher, led_by=led_by)
    assert isinstance(made, Document) is arrives
    assert internet.called == ["10.0.0.5"] * arrives


def test_a_name_is_resolved_once_and_what_was_judged_is_called(server: FeedServer, internet: Internet) -> None:
    internet.has("rebinding.example", [PUBLIC], ["127.0.0.1"])
    server.serves("/feed", answer())
    (made,) = fetch(["http://rebinding.example/feed"], HttpFetcher(network=internet.network))
    assert isinstance(made, Document)
    assert (internet.asked["rebinding.example"], internet.called) == (1, [PUBLIC])


def test_a_name_that_is_rebound_between_two_requests_is_refused_the_second_time(
    server: FeedServer, internet: Internet
) -> None:
    internet.has("rebinding.example", [PUBLIC], ["127.0.0.1"])
    server.serves("/old", answer(b"", status="302 Found", headers=("Location: /new",)))
    (made,) = fetch(["http://rebinding.example/old"], HttpFetcher(network=internet.network))
    assert isinstance(made, FetchFailure)
    assert made.error.startswith("rebinding.example:80 leads to 127.0.0.1, on a private network (loopback, RFC 1122)")
    assert internet.called == [PUBLIC]


def test_one_private_address_among_public_ones_refuses_the_name(internet: Internet) -> None:
    internet.has("mixed.example", [PUBLIC, "::1"])
    (made,) = fetch(["http://mixed.example/feed"], HttpFetcher(network=internet.network))
    assert isinstance(made, FetchFailure)
    assert "mixed.example:80 leads to ::1, on a private network" in made.error
    assert internet.called == []


def test_a_connection_that_ends_elsewhere_is_not_used(server: FeedServer) -> None:
    (own,) = server.own_hosts

    class Diverted(socket.socket):
        def connect(self, address: Address) -> None:  # type: ignore[override]
            super().connect(("127.0.0.1", int(own.partition(":")[2])))

    network = Network(resolve=lambda _, port: [(PUBLIC, port)], new_socket=Diverted)
    (made,) = fetch(["http://post.example/feed"], HttpFetcher(network=network))
    assert isinstance(made, FetchFailure)
    assert made.error == "its connection ends at another address than was called"
    assert server.requests == []


def test_addresses_are_tried_in_turn_until_one_answers(server: FeedServer) -> None:
    (own,) = server.own_hosts
    port = int(own.partition(":")[2])
    network = Network(resolve=lambda _, port: [("127.0.0.2", port), ("127.0.0.3", port), ("127.0.0.1", port)])
    server.serves("/feed", answer())
    fetcher = HttpFetcher(network=network, own_hosts=frozenset({f"cms.lan:{port}"}), limits=Limits(seconds=5))
    (made,) = fetch([f"http://cms.lan:{port}/feed"], fetcher)
    assert isinstance(made, Document)


def test_a_name_without_an_address_is_not_known() -> None:
    (made,) = fetch(["http://post.example/feed"], HttpFetcher(network=Network(resolve=lambda *_: [])))
    assert isinstance(made, FetchFailure)
    assert made.error == "its host name is not known"

"""Two hundred feeds of which a third misbehave: the others arrive, in time, in little memory."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from digest.adapters.fetcher import HttpFetcher
from digest.adapters.limits import Limits
from digest.model.feed import Document, FetchAnswer, FetchFailure, FetchRequest
from tests.adapters.fault_server import FAULTS, GOOD, FaultServer, serving

pytestmark = pytest.mark.alone

DEADLINE = 2.5
FEEDS = 200
BAD = 60

PROGRAM = """
import json, re, sys, time
from pathlib import Path
from digest.adapters.fetcher import HttpFetcher
from digest.adapters.limits import Limits
from digest.model.feed import Document, FetchRequest

told = json.load(sys.stdin)
requests = [FetchRequest(source_id=url, url=url) for url in told["urls"]]
fetcher = HttpFetcher(threads=told["threads"], own_hosts=told["own_hosts"], limits=Limits(seconds=told["deadline"]))
started = time.monotonic()
answers = [
    (made.source_id, isinstance(made, Document) and len(made.body), time.monotonic() - started)
    for made in fetcher.fetch(requests)
]
peak = re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text()).group(1)
json.dump({"answers": answers, "kibibytes": int(peak)}, sys.stdout)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What a program of its own made of the feeds: (url, bytes or False, seconds since the start), and its memory.

    That is proc(5)'s VmHWM: getrusage's maximum is inherited from the process that started it.
    """

    answers: list[tuple[str, int | bool, float]]
    kibibytes: int

    @property
    def good(self) -> list[float]:
        """When each good feed had arrived whole."""
        return [seconds for url, size, seconds in self.answers if "/good/" in url and size == len(GOOD)]


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    yield from serving()


def collect(server: FaultServer, *, threads: int) -> Collected:
    """Fetch FEEDS feeds, every third or so a bad one, in a fresh process, so that its memory can be measured."""
    faults = list(FAULTS)
    is_bad = [place * BAD // FEEDS != (place + 1) * BAD // FEEDS for place in range(FEEDS)]
    assert sum(is_bad) == BAD
    urls = [server.url(faults[n % len(faults)] if bad else "good", n) for n, bad in enumerate(is_bad)]
    told = {"urls": urls, "own_hosts": sorted(server.own_hosts), "threads": threads, "deadline": DEADLINE}
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=json.dumps(told), capture_output=True, text=True, timeout=60, check=True
    )
    made = json.loads(ended.stdout)
    collected = Collected(answers=[(url, size, at) for url, size, at in made["answers"]], kibibytes=made["kibibytes"])
    assert sorted(url for url, _, _ in collected.answers) == sorted(urls)
    return collected


def test_the_good_feeds_arrive_and_all_is_over_a_second_after_the_deadline(server: FaultServer) -> None:
    collected = collect(server, threads=20)
    assert len(collected.good) == FEEDS - BAD
    assert max(at for _, _, at in collected.answers) < DEADLINE + 1
    assert collected.kibibytes < 150 * 1024


def test_they_arrive_in_time_with_fewer_threads_than_hanging_feeds_too(server: FaultServer) -> None:
    collected = collect(server, threads=4)
    assert len(collected.good) == FEEDS - BAD
    assert max(collected.good) < DEADLINE + 1


SAID = {
    "resets": ("reset the connection", "broke off before the end"),
    "says-too-long-and-closes": ("broke off before the end",),
    "bomb": ("is larger than 5 MiB",),
    "endless-gzip": ("is larger than 5 MiB", "unpacks to more than 100 times its size"),
    "endless-body": ("is larger than 5 MiB",),
    "endless-headers": ("sends longer headers than we read",),
    "endless-header": ("sends longer headers than we read",),
    "endless-chunk-size": ("sends longer headers than we read",),
    "redirects-in-circles": ("redirects more than 5 times, the last to ",),
    "redirects-with-an-endless-body": ("redirects more than 5 times, the last to ",),
    "fails-with-an-endless-body": ("answered 502 Bad Gateway",),
    "answers-429": ("answered 429 Too Many Requests",),
    "answers-500": ("answered 500 Internal Server Error",),
    "answers-410": ("answered 410 Gone",),
    "answers-garbage": ("does not speak HTTP",),
    "answers-nothing": ("closed the connection without an answer",),
    "says-gzip-but-is-not": ("its compressed text is damaged",),
    "says-brotli": ("is encoded as «br», which we did not ask for",),
}
"""What is said of each fault; of every other one, that it timed out."""


@pytest.fixture(scope="module")
def failures(server: FaultServer) -> dict[str, FetchAnswer]:
    """Each fault once, with a deadline that is soon over."""
    fetcher = HttpFetcher(threads=len(FAULTS), own_hosts=server.own_hosts, limits=Limits(seconds=1))
    started = time.monotonic()
    made = {one.source_id: one for one in fetcher.fetch([_request(server, fault) for fault in FAULTS])}
    assert time.monotonic() - started < 2
    return made


@pytest.mark.parametrize("fault", sorted(FAULTS.keys() - {"says-too-short"}))
def test_every_fault_is_a_failure_in_words(failures: dict[str, FetchAnswer], fault: str) -> None:
    made = failures[fault]
    assert isinstance(made, FetchFailure)
    assert made.error.startswith(SAID.get(fault, ("timed out after 1 s",)))
    assert made.retry_after == (600.0 if fault == "answers-429" else 0.0)


def test_of_a_feed_that_is_longer_than_it_says_we_read_what_it_says(failures: dict[str, FetchAnswer]) -> None:
    made = failures["says-too-short"]
    assert isinstance(made, Document)
    assert made.body == GOOD[:10]


def _request(server: FaultServer, fault: str) -> FetchRequest:
    return FetchRequest(source_id=fault, url=server.url(fault, 0))

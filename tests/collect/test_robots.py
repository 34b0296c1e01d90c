"""robots.txt -> what we may read, and how long that is believed."""

import time
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.collect.robots import (
    CACHED_FOR,
    LONGEST,
    STALE_FOR,
    address_of,
    after,
    allows,
    asks_for_delay,
    is_fresh,
    origin_of,
    was_reached,
)
from digest.model.feed import Document, FetchFailure
from digest.model.page import RobotsFile
from tests.builders import NOW

ORIGIN = "https://lantern.example"
PAGE = f"{ORIGIN}/news/library?page=2"


def file(body: str = "", *, status: int = 200, age: timedelta = timedelta(0)) -> RobotsFile:
    return RobotsFile(origin=ORIGIN, at=NOW - age, status=status, body=body)


def came(body: bytes) -> Document:
    url = address_of(ORIGIN)
    return Document(
        source_id="lantern",
        asked=url,
        url=url,
        status=200,
        body=body,
        content_type="text/plain",
        etag="",
        last_modified="",
        seconds=0.1,
    )


def failed(status: int) -> FetchFailure:
    return FetchFailure(source_id="lantern", url=address_of(ORIGIN), error="failed", seconds=0.1, status=status)


@pytest.mark.parametrize(
    ("body", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /news/\nAllow: /news/library", True),
        ("User-agent: *\nDisallow: /*?page=", False),
        ("User-agent: *\nDisallow: /news/library$", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: digest\nDisallow: /private/", True),
        ("User-agent: *\nDisallow:\n\nUser-agent: Digest\nDisallow: /", False),
        ("User-agent: *\nDisallow:\n\nUser-agent: digest/1.0 # ours\nDisallow: /", False),
        ("User-agent: GPTBot\nUser-agent: digest\nDisallow: /\n\nUser-agent: *\nDisallow:", False),
        ("User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /", True),
        ("User-agent: dig\nDisallow: /", True),
        ("User-agent: digestive\nDisallow: /", True),
        ("\ufeffUser-agent: *\r\nDisallow: /news # all of it\r\n", False),
        ("<!doctype html><title>Not found</title><p>Disallow: /", True),
    ],
)
def test_the_rules_for_us_decide_else_those_for_everybody(body: str, allowed: bool) -> None:
    made = after(None, came(body.encode()), origin=ORIGIN, now=NOW)
    assert allows(made, PAGE) is allowed


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        *((status, True) for status in (204, 401, 403, 404, 410)),
        *((status, False) for status in (0, 304, 429, 500, 503)),
    ],
)
def test_a_host_without_the_file_allows_everything_and_one_that_cannot_be_reached_nothing(
    status: int,
    allowed: bool,
) -> None:
    made = after(None, failed(status), origin=ORIGIN, now=NOW)
    assert (made.status, allows(made, PAGE), was_reached(made)) == (status, allowed, allowed)


def test_a_host_that_was_never_asked_or_did_not_answer_in_time_allows_nothing() -> None:
    assert not allows(None, PAGE)
    assert not allows(after(None, None, origin=ORIGIN, now=NOW), PAGE)


def test_an_answer_is_used_for_a_day_and_silence_not_at_all() -> None:
    almost = CACHED_FOR - timedelta(seconds=1)
    assert is_fresh(file(age=almost), NOW)
    assert is_fresh(file(age=-almost), NOW)
    assert is_fresh(file(status=404, age=almost), NOW)
    assert not is_fresh(file(age=CACHED_FOR), NOW)
    assert not is_fresh(file(age=-CACHED_FOR), NOW)
    assert not is_fresh(file(status=503), NOW)
    assert not is_fresh(file(status=0), NOW)


def test_an_older_answer_stands_in_for_a_host_that_cannot_be_reached() -> None:
    old = file("User-agent: *\nDisallow: /private", age=STALE_FOR - timedelta(hours=1))
    assert after(old, failed(503), origin=ORIGIN, now=NOW) == old
    assert after(old, None, origin=ORIGIN, now=NOW) == old


def test_a_file_that_came_and_could_not_be_read_allows_nothing() -> None:
    made = after(None, failed(200), origin=ORIGIN, now=NOW)
    assert (made.status, allows(made, PAGE), was_reached(made)) == (0, False, False)


@pytest.mark.parametrize("old", [file(age=STALE_FOR), file(status=503, age=timedelta(days=1))])
def test_what_is_too_old_or_was_no_answer_stands_in_for_nothing(old: RobotsFile) -> None:
    assert after(old, failed(500), origin=ORIGIN, now=NOW) == file(status=500)


def test_a_new_answer_takes_the_place_of_an_old_one() -> None:
    old = file("User-agent: *\nDisallow: /", age=timedelta(days=2))
    assert after(old, failed(404), origin=ORIGIN, now=NOW) == file(status=404)
    assert after(old, came(b"User-agent: *"), origin=ORIGIN, now=NOW) == file("User-agent: *")


def test_of_an_endless_file_the_first_500_kibibytes_are_read_up_to_a_whole_line() -> None:
    head = b"User-agent: *\nDisallow: /private\n"
    made = after(None, came(head + b"# " + b"x" * LONGEST + b"\nDisallow: /\n"), origin=ORIGIN, now=NOW)
    assert made.body == head.decode()
    many = after(None, came(head + b"Disallow: /news\n" * 40_000), origin=ORIGIN, now=NOW)
    assert LONGEST - 100 < len(many.body) <= LONGEST
    assert many.body.endswith("Disallow: /news\n")


@pytest.mark.parametrize(
    ("body", "asks"),
    [
        ("User-agent: *\nCrawl-delay: 10", True),
        ("User-agent: *\nCrawl-delay: 0", False),
        ("User-agent: *\nCrawl-delay: soon", False),
        ("User-agent: Bing\nCrawl-delay: 10", False),
        ("User-agent: *\nDisallow: /x", False),
    ],
)
def test_a_host_may_ask_for_a_pause(body: str, asks: bool) -> None:
    assert asks_for_delay(file(body)) is asks
    assert not asks_for_delay(file(body, status=404))


@pytest.mark.alone
@pytest.mark.parametrize(
    "body",
    [
        "\n".join(f"User-agent: robot{n}" for n in range(5_000)) + "\nDisallow: /x" * 25_000,
        "\n".join(f"useragent *{n}" for n in range(5_000)) + "\nDisallow: /x" * 25_000,
        "User-agent: *\n" + "\n".join(f"Disallow: /*a{n}*b*c" for n in range(20_000)),
        "User-agent: *\nDisallow: /" + "*a" * 200_000,
    ],
    ids=["names", "names with stars", "patterns", "stars"],
)
def test_no_file_takes_long(body: str) -> None:
    started = time.process_time()
    made = after(None, came(body.encode()), origin=ORIGIN, now=NOW)
    assert allows(made, f"{ORIGIN}/{'a' * 3000}")
    assert time.process_time() - started < 3


LINES = ["User-agent", "user agent", "useragent", "Disallow", "Allow", "Crawl-delay", "Sitemap", "#", "Request-rate"]


@given(
    lines=st.lists(
        st.builds(
            "{}{}{}".format,
            st.sampled_from(LINES),
            st.sampled_from([":", " ", ": ", "::", ""]),
            st.one_of(st.text(max_size=20), st.sampled_from(["*", "digest", "/", "/*$", "%", "1/5s"])),
        ),
        max_size=15,
    )
)
@settings(deadline=None)
def test_whatever_a_host_serves_there_is_an_answer(lines: list[str]) -> None:
    made = after(None, came("\n".join(lines).encode("utf-8", "surrogatepass")), origin=ORIGIN, now=NOW)
    assert allows(made, PAGE) in {True, False}
    assert asks_for_delay(made) in {True, False}


def test_an_origin_is_scheme_host_and_port() -> None:
    assert origin_of("http://lantern.example:8080/a?b") == "http://lantern.example:8080"
    assert address_of("http://lantern.example:8080") == "http://lantern.example:8080/robots.txt"

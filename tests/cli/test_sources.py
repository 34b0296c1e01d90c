"""sources, and its test, find, revive and saved: how feeds do, and what would be made of one."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from digest.app.app import opened
from digest.app.clock import clock
from digest.cli.health import ago, show_health
from digest.collect.health import Condition, Health
from digest.config.load import load
from digest.config.sources import as_toml
from digest.model.feed import FeedState, SavedDocument
from tests.adapters.feed_server import FeedServer, answer, serving
from tests.builders import source
from tests.cli.conftest import Digest
from tests.cli.folders import contents
from tests.cli.newsroom import MOMENT, NOW

RSS_TYPE = ("Content-Type: application/rss+xml; charset=utf-8",)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Stannerby Post</title>
<item><title>Council votes to save the library</title><link>https://stannerby.example/library</link>
 <guid>1</guid><pubDate>Fri, 15 May 2026 04:00:00 GMT</pubDate></item>
<item><title>Library of Stannerby to stay open</title><link>https://stannerby.example/library?utm_source=x</link>
 <guid>2</guid><pubDate>yesterday</pubDate></item>
<item><title>No link here</title></item>
</channel></rss>"""
PAGE = """<!doctype html><html><head>
<link rel="alternate" type="application/rss+xml" title="Comments Feed" href="/comments/feed/">
<link rel="alternate" type="application/rss+xml" title="Politics" href="/rss"></head></html>"""


@pytest.fixture
def site() -> Iterator[FeedServer]:
    """A site on loopback: a page and the feed it names."""
    for server in serving():
        server.serves("/", answer(PAGE.encode(), headers=("Content-Type: text/html",)))
        server.serves("/rss", answer(FEED.encode(), headers=(*RSS_TYPE, 'ETag: "1"')))
        yield server


def remembers(newsroom: Path, *states: FeedState, document: SavedDocument | None = None) -> None:
    with opened(load(newsroom / "config.toml"), clock=clock(NOW), progress=lambda *_: None) as app:
        app.line.feeds.save_states(states)
        app.line.feeds.save_documents([document] if document else [])


def address(newsroom: Path, source_id: str) -> str:
    return next(one.url for one in load(newsroom / "config.toml").sources if one.id == source_id)


def test_every_source_has_a_line_the_ones_in_trouble_first(newsroom: Path, digest: Digest) -> None:
    said = digest("sources", "--now", MOMENT)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0].split() == "source condition last success fails today yest. a day secs".split()
    assert len(load(newsroom / "config.toml").sources) == 12
    assert [line.split()[1] for line in lines[1:13]].count("fine") >= 9
    assert lines[1].split()[1:4] == ["failing", "never", "1"]
    assert "500 Internal Server Error" in said.out
    assert "12 sources, " in lines[-1]


def test_only_those_in_trouble_can_be_listed(newsroom: Path, digest: Digest) -> None:
    said = digest("sources", "--failing", "--now", MOMENT)
    assert "failing" in said.out
    assert " fine " not in said.out


def test_machines_get_the_same_as_json(newsroom: Path, digest: Digest) -> None:
    feeds = {one["source_id"]: one for one in json.loads(digest("sources", "--json", "--now", MOMENT).out)}
    assert list(feeds) == [one.id for one in load(newsroom / "config.toml").sources]
    well = next(one for one in feeds.values() if one["condition"] == "fine")
    assert datetime.fromisoformat(well["last_success"]) == NOW
    assert well["today"] > 0
    assert [one["condition"] for one in json.loads(digest("sources", "--json", "--failing", "--now", MOMENT).out)]


def test_sources_never_collected_are_new(newsroom: Path, digest: Digest, tmp_path: Path) -> None:
    opml = tmp_path / "x.opml"
    opml.write_text('<opml><body><outline text="Kelp" xmlUrl="https://kelp.example/rss"/></body></opml>')
    digest("sources", "import", opml)
    assert " ".join(digest("sources", "--now", MOMENT).out.split()).count("kelp new never 0 0 0 0.0 0.0") == 1


def test_a_newsroom_without_sources_or_without_trouble_says_so(newsroom: Path, digest: Digest) -> None:
    (newsroom / "sources.toml").unlink()
    assert "There are none yet" in digest("sources").out
    (newsroom / "sources.toml").write_text(as_toml([source()]), encoding="utf-8")
    assert digest("sources", "--failing").out == "No source is in trouble.\n"
    assert digest("sources", "--failing", "--json").out == "[]\n"


def test_the_table_needs_a_database_and_leaves_it_as_it_is(newsroom: Path, digest: Digest) -> None:
    before = contents(newsroom / "var")["digest.db"]
    digest("sources", "--now", MOMENT)
    assert contents(newsroom / "var")["digest.db"] == before


HEALTHS = tuple(
    Health(
        source_id=f"a-source-with-quite-a-long-name-{number}",
        condition=condition,
        last_success=NOW - timedelta(days=40),
        failures=123,
        today=1234,
        yesterday=5678,
        average=999.9,
        weekday_average=999.9,
        weekend_average=999.9,
        moved_to="",
        latency=19.9,
        note="has failed since 12 May 2026 04:00 UTC: answered [500] \x1b[31m" + "and so on " * 20,
    )
    for number, condition in enumerate(Condition)
)


@pytest.mark.parametrize("width", [80, 140])
def test_the_table_fits_its_terminal_and_no_feed_writes_into_it(width: int) -> None:
    console = Console(width=width, force_terminal=True, color_system=None)
    with console.capture() as captured:
        show_health(HEALTHS, console, now=NOW)
    lines = captured.get().splitlines()
    assert max(map(len, lines)) <= width
    assert "\x1b[31m" not in captured.get()
    assert "[500]" in captured.get()
    assert " 40 days ago 123 1234 5678 999.9 19.9" in " ".join(captured.get().split())
    for condition in Condition:
        assert f" {condition.value} " in captured.get()


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 min ago"),
        (timedelta(minutes=59), "59 min ago"),
        (timedelta(hours=1), "1 h ago"),
        (timedelta(hours=47, minutes=59), "47 h ago"),
        (timedelta(days=2), "2 days ago"),
        (-timedelta(days=1), "16 May 2026"),
    ],
)
def test_times_are_said_in_one_unit(passed: timedelta, said: str) -> None:
    assert ago(NOW - passed, NOW) == said


def test_a_feed_is_shown_as_it_would_be_read_and_nothing_is_kept(
    newsroom: Path, digest: Digest, site: FeedServer
) -> None:
    before = contents(newsroom)
    said = digest("sources", "test", site.url("/rss"), "--now", MOMENT)
    assert said.code == 0
    assert contents(newsroom) == before
    for words in (
        "answer      200 in",
        "type        application/rss+xml; charset=utf-8",
        "encoding    utf-8",
        "validators  ETag",
        "format      RSS 2.0, «Stannerby Post»",
        "entries     2, which are 1 items",
        "Council votes to save the library",
        "15 May 2026 04:00 UTC",
        "https://stannerby.example/library",
        "One item  2 entries: «Council votes to save the library» = «Library of Stannerby to stay open»",
        "no usable link",
    ):
        assert words in said.out
    assert "Repairs  1 × " in said.out
    assert "is on a private network (loopback" in said.err


def test_a_page_shows_its_feeds_and_what_would_be_made_of_the_first(
    newsroom: Path, digest: Digest, site: FeedServer
) -> None:
    said = digest("sources", "test", site.url("/"))
    assert said.code == 0
    assert said.out.index(f"{site.url('/rss')}  RSS  «Politics»") < said.out.index("/comments/feed/")
    assert "Council votes to save the library" in said.out


def test_a_page_whose_feed_is_gone_shows_both(newsroom: Path, digest: Digest, site: FeedServer) -> None:
    site.serves("/rss", answer(b"", status="410 Gone"))
    said = digest("sources", "test", site.url("/"))
    assert said.code == 4
    assert "a web page (HTML) was served instead of a feed" in said.out
    assert f"{site.url('/rss')}\n  failed      answered 410 Gone" in said.out
    tested = json.loads(digest("sources", "test", site.url("/"), "--json").out)["tested"]
    assert (tested["status"], tested["error"]) == (410, "answered 410 Gone")


def test_a_known_source_is_tested_by_its_id(newsroom: Path, digest: Digest) -> None:
    said = digest("sources", "test", "red-bench")
    assert said.code == 0
    assert said.out.startswith(address(newsroom, "red-bench"))
    assert said.err == ""


def test_what_a_test_finds_is_there_as_json(newsroom: Path, digest: Digest, site: FeedServer) -> None:
    found = json.loads(digest("sources", "test", site.url("/"), "--json").out)
    assert found["asked"]["error"]
    assert [one["kind"] for one in found["found"]] == ["RSS", "RSS"]
    tested = found["tested"]
    assert (tested["url"], tested["status"], tested["format"]) == (site.url("/rss"), 200, "RSS 2.0")
    assert (tested["validators"], tested["items"], tested["one_item"]) == (["ETag"], 1, [[0, 1]])
    assert tested["entries"][0]["title"] == "Council votes to save the library"
    assert sum(tested["repairs"].values()) == 1
    assert json.loads(digest("sources", "test", site.url("/none"), "--json").out)["tested"] is None


def test_redirects_are_told_apart(newsroom: Path, digest: Digest, site: FeedServer) -> None:
    site.serves("/old", answer(b"", status="301 Moved Permanently", headers=("Location: /rss",)))
    site.serves("/cdn", answer(b"", status="302 Found", headers=("Location: /rss",)))
    moved = digest("sources", "test", site.url("/old")).out
    assert f"moved       for good to {site.url('/rss')}: write that address in its source" in moved
    assert "redirected" not in moved
    assert f"redirected  to {site.url('/rss')}" in digest("sources", "test", site.url("/cdn")).out


def test_a_feed_without_validators_and_with_many_entries_is_said_to_be_one(
    newsroom: Path, digest: Digest, site: FeedServer
) -> None:
    item = "<item><title>Report no {0} of the day</title><link>https://stannerby.example/{0}</link></item>"
    items = "".join(item.format(number) for number in range(25))
    site.serves("/long", answer(f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>".encode()))
    said = digest("sources", "test", site.url("/long"))
    assert "validators  none: it is read whole at every collection" in said.out
    assert "type        not said" in said.out
    assert "… and 5 more entries; --json has every one." in said.out


FAULTS = {
    "/none": (None, "failed      answered 404 Not Found"),
    "/empty": (b"", "unreadable  "),
    "/bare": (b"<rss version='2.0'><channel><title>x</title></channel></rss>", "entries     0, which are 0 items"),
    "/html": (b"<!doctype html><html></html>", "it is a page that names no feed, and there is none at the usual"),
}


@pytest.mark.parametrize("path", FAULTS)
def test_a_feed_of_no_use_ends_with_the_code_of_a_failed_feed(
    newsroom: Path, digest: Digest, site: FeedServer, path: str
) -> None:
    body, words = FAULTS[path]
    if body is not None:
        site.serves(path, answer(body))
    for usual in ("/rss", "/feed/"):
        site.serves(usual, answer(b"", status="404 Not Found"))
    said = digest("sources", "test", site.url(path))
    assert said.code == 4
    assert words in said.out


def test_a_hostile_server_writes_nothing_into_the_terminal(newsroom: Path, digest: Digest, site: FeedServer) -> None:
    site.serves("/rss", answer(FEED.encode(), headers=("Content-Type: text/xml; [bold]\x1b]0;owned\x07\x9b31m",)))
    said = digest("sources", "test", site.url("/rss"))
    assert not set(said.out) & {"\x1b", "\x07", "\x9b"}
    assert "[bold]" in said.out


def test_an_id_nobody_knows_is_refused(newsroom: Path, digest: Digest) -> None:
    for words in (("test", "nobody"), ("revive", "nobody"), ("saved", "nobody")):
        said = digest("sources", *words)
        assert said.code == 2
        assert "there is no source 'nobody'" in said.err


def test_the_feeds_of_a_page_are_listed(newsroom: Path, digest: Digest, site: FeedServer) -> None:
    said = digest("sources", "find", site.url("/"))
    assert said.code == 0
    assert said.out.splitlines()[:2] == [
        f"{site.url('/rss')}  RSS  «Politics»",
        f"{site.url('/comments/feed/')}  RSS  «Comments Feed»",
    ]
    assert digest("sources", "find", site.url("/rss")).out.startswith(f"{site.url('/rss')}  the address itself")


def test_a_page_without_feeds_and_one_that_is_not_there_say_so(
    newsroom: Path, digest: Digest, site: FeedServer
) -> None:
    said = digest("sources", "find", site.url("/none"))
    assert (said.code, "answered 404 Not Found" in said.err) == (5, True)


def test_a_retired_source_is_asked_again_when_it_is_revived(newsroom: Path, digest: Digest) -> None:
    url = address(newsroom, "red-bench")
    remembers(newsroom, FeedState(source_id="red-bench", url=url, last_tried=NOW, gone_at=NOW, failures=1))
    assert "red-bench answered 410 Gone on 15 May 2026" in digest("sources", "--failing", "--now", MOMENT).out
    assert digest("sources", "revive", "red-bench").out == "red-bench is asked at the next collection.\n"
    digest("collect", "--now", MOMENT)
    assert "red-bench" not in digest("sources", "--failing", "--now", MOMENT).out


def test_a_source_that_was_never_asked_needs_no_reviving(newsroom: Path, digest: Digest, tmp_path: Path) -> None:
    opml = tmp_path / "x.opml"
    opml.write_text('<opml><body><outline text="Kelp" xmlUrl="https://kelp.example/rss"/></body></opml>')
    digest("sources", "import", opml)
    assert digest("sources", "revive", "kelp").out == "kelp has never been asked yet.\n"


def test_a_troubled_document_comes_out_byte_for_byte_with_its_problems_beside_it(newsroom: Path) -> None:
    kept = SavedDocument(
        source_id="red-bench",
        url="https://redbench.example/rss",
        at=datetime(2026, 5, 15, 5, 30, tzinfo=UTC),
        content_type="text/xml",
        body=b"<rss>\xff\x1b",
        problems=("malformed, read as far as possible: \x1b[31mline 1",),
    )
    remembers(newsroom, document=kept)
    command = [sys.executable, "-m", "digest", "sources", "saved", "red-bench"]
    done = subprocess.run(command, cwd=newsroom, capture_output=True, timeout=60, check=True)
    assert done.stdout == kept.body
    assert done.stderr.decode().splitlines() == [
        "https://redbench.example/rss at 15 May 2026 05:30 UTC, text/xml",
        "problem: malformed, read as far as possible: �[31mline 1",
    ]


def test_in_a_terminal_it_comes_without_control_characters(
    newsroom: Path, digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = SavedDocument(
        source_id="red-bench", url="https://r.example/", at=NOW, content_type="", body=b"<a>\n\xff\x1b]0;x", problems=()
    )
    remembers(newsroom, document=kept)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    said = digest("sources", "saved", "red-bench")
    assert said.out == "<a>\n��]0;x\n"
    assert "of no type" in said.err


def test_an_option_before_the_command_s_name_is_not_passed_over(newsroom: Path, digest: Digest) -> None:
    said = digest("sources", "--json", "export")
    assert (said.code, "an option stands before the command's name" in said.err) == (2, True)


def test_of_a_source_without_trouble_nothing_is_kept(newsroom: Path, digest: Digest) -> None:
    said = digest("sources", "saved", "red-bench")
    assert said.code == 2
    assert "nothing is kept of red-bench" in said.err

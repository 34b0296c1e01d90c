"""sources import, export and add: what can be read is written down, the rest is named with its reason."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from digest.collect.opml import write
from digest.config.load import load
from tests.adapters.feed_server import FeedServer, answer, serving
from tests.builders import source
from tests.cli.conftest import Digest
from tests.cli.folders import contents
from tests.cli.newsroom import CONFIG

OPML = """<opml version="2.0"><head/><body>
<outline text="A folder"><outline title="Northern Echoes" type="rss" xmlUrl="https://echoes.example/rss"/></outline>
<outline title="Kelp Weekly &amp; Sons" xmlUrl="https://kelp.example/feed"/>
</body></opml>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Stannerby Post: Politics</title>
<item><title>Council votes to save the library</title><link>https://stannerby.example/library</link></item>
</channel></rss>"""
PAGE = '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>'


def with_own_hosts(newsroom: Path, *hosts: str) -> None:
    config = newsroom / "config.toml"
    config.write_text(f"[collect]\nown_hosts = {json.dumps(sorted(hosts))}\n\n{CONFIG}", encoding="utf-8")


@pytest.fixture
def opml(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.opml"
    path.write_text(OPML, encoding="utf-8")
    return path


@pytest.fixture
def other_site() -> Iterator[FeedServer]:
    """Another host: on loopback, at another port."""
    yield from serving()


@pytest.fixture
def site() -> Iterator[FeedServer]:
    """A site on loopback with a page that names its feed."""
    for server in serving():
        server.serves("/", answer(PAGE.encode(), headers=("Content-Type: text/html",)))
        server.serves("/rss", answer(FEED.encode(), headers=("Content-Type: application/rss+xml",)))
        yield server


def test_the_feeds_of_a_list_are_added_to_those_there_are(newsroom: Path, digest: Digest, opml: Path) -> None:
    said = digest("sources", "import", opml, "--yes")
    assert said.code == 0
    assert said.out.splitlines()[0].split()[:3] == ["northern-echoes", "Northern", "Echoes"]
    assert "2 sources added to" in said.out
    assert said.out.count("\n") == 3
    listed = digest("sources", "export").out
    assert "https://kelp.example/feed" in listed
    assert listed.count("<outline") == 14


def test_a_list_taken_in_again_brings_nothing_new(newsroom: Path, digest: Digest, opml: Path) -> None:
    digest("sources", "import", opml)
    before = contents(newsroom)
    said = digest("sources", "import", opml)
    assert (said.code, said.out) == (0, "Nothing new in this list.\n")
    assert contents(newsroom) == before


def test_what_is_exported_is_the_same_list_where_somebody_imports_it(
    newsroom: Path, digest: Digest, tmp_path: Path
) -> None:
    config = newsroom / "config.toml"
    before = load(config)
    with_own_hosts(newsroom, *before.own_hosts)
    (tmp_path / "out.opml").write_text(digest("sources", "export").out, encoding="utf-8")
    (newsroom / "sources.toml").unlink()
    answers = "y\n" * 12 + "\n" * 4 * 12  # each lies on an own host, and is asked about
    assert "12 sources added" in digest("sources", "import", tmp_path / "out.opml", typed=answers, by_a_person=True).out
    assert [replace(one, own_host=True) for one in load(config).sources] == list(before.sources)


def test_a_list_from_a_file_brings_no_feed_of_an_own_host_unasked(
    newsroom: Path, digest: Digest, tmp_path: Path
) -> None:
    with_own_hosts(newsroom, "cms.newsroom.lan:8080")
    inside = source("Inside", url="http://cms.newsroom.lan:8080/admin?delete=1")
    (tmp_path / "out.opml").write_text(write([inside, source("The Lantern")]), encoding="utf-8")
    said = digest("sources", "import", tmp_path / "out.opml", "--yes")
    assert "1 source added" in said.out
    assert "left out: inside: http://cms.newsroom.lan:8080/admin?delete=1 lies on your own host" in said.err
    assert "`digest sources add http://cms.newsroom.lan:8080/admin?delete=1`" in said.err
    asked = digest("sources", "import", tmp_path / "out.opml", typed="\n", by_a_person=True)
    assert "lies on a host of your own. Read it? [y/N]" in asked.out
    assert asked.out.endswith("Nothing was added.\n")
    assert "cms.newsroom.lan" not in (newsroom / "sources.toml").read_text()


def test_a_list_from_a_file_opens_no_way_into_a_private_network(newsroom: Path, digest: Digest, tmp_path: Path) -> None:
    listed = (
        source("The Lantern"),
        source("Inside", url="http://127.0.0.1:6/rss"),
        source("Nas", url="http://nas.lan/x"),
    )
    (tmp_path / "out.opml").write_text(write(listed), encoding="utf-8")
    said = digest("sources", "import", tmp_path / "out.opml")
    assert "1 source added" in said.out
    assert "left out: inside: 127.0.0.1:6 is on a private network (loopback" in said.err
    assert "left out: nas: nas.lan:80 is a name of a local network" in said.err
    assert "own_hosts under [collect]" in said.err


def test_a_list_from_a_typed_private_address_brings_the_feeds_of_its_own_host_only(
    newsroom: Path, digest: Digest, site: FeedServer
) -> None:
    listed = (
        source("Ours", url=site.url("/rss")),
        source("Beside", url="http://127.0.0.1:6/rss"),
        source("The Lantern"),
    )
    site.serves("/opml", answer(write(listed).encode()))
    said = digest("sources", "import", site.url("/opml"))
    assert "2 sources added" in said.out
    assert "Ours (national, weight 1, own host)" in said.out
    assert "left out: beside: 127.0.0.1:6 is on a private network" in said.err
    by_id = {one.id: one for one in load(newsroom / "config.toml").sources}
    assert by_id["ours"].own_host
    assert not by_id["the-lantern"].own_host


def test_a_typed_list_that_somebody_else_answers_brings_no_own_hosts(
    newsroom: Path, digest: Digest, site: FeedServer, other_site: FeedServer
) -> None:
    with_own_hosts(newsroom, *other_site.own_hosts, *load(newsroom / "config.toml").own_hosts)
    listed = source("Ours", url=site.url("/rss"))
    elsewhere = other_site.serves("/opml", answer(write([listed]).encode()))
    site.serves("/opml", answer(b"", status="302 Found", headers=(f"Location: {elsewhere}",)))
    said = digest("sources", "import", site.url("/opml"), "--yes")
    assert said.out == "Nothing was added.\n"
    assert "left out: ours: 127.0.0.1" in said.err


def test_names_are_believed_of_a_list_that_lies_on_an_own_host_with_its_feeds(
    newsroom: Path, digest: Digest, site: FeedServer
) -> None:
    outlines = (("The Times", site.url("/times")), ("The Guardian", "https://stranger.example/rss"))
    listed = "".join(f'<outline text="{name}" xmlUrl="{url}"/>' for name, url in outlines)
    site.serves("/opml", answer(f"<opml><body>{listed}</body></opml>".encode()))
    said = digest("sources", "import", site.url("/opml"), "--yes")
    (host,) = site.own_hosts
    assert f"The list comes from your own host {host}: the publishers that it names for feeds there are" in said.err
    assert " The Times (national, weight 1.2, own host)  http://127.0.0.1:" in said.out
    assert " stranger.example (national, weight 1)  https://stranger.example/rss\n" in said.out
    assert "«The Guardian» at stranger.example says that it is The Guardian, whose hosts we know" in said.err


def test_a_feed_s_title_makes_no_publisher_unless_somebody_says_so(
    newsroom: Path, digest: Digest, site: FeedServer
) -> None:
    site.serves("/rss", answer(FEED.replace("Stannerby Post: Politics", "The Guardian").encode()))
    said = digest("sources", "add", site.url("/rss"), typed="y\n\n\n\n\n", by_a_person=True)
    assert " The Guardian (national, weight 1.2, own host)" in said.out
    (newsroom / "sources.toml").unlink()
    said = digest("sources", "add", site.url("/rss"), "--yes")
    assert "the-guardian                     127.0.0.1 (national, weight 1, own host)" in said.out
    assert "«The Guardian» at 127.0.0.1 says that it is The Guardian" in said.err


def test_a_second_feed_of_an_own_host_is_added_like_the_first(newsroom: Path, digest: Digest, site: FeedServer) -> None:
    site.serves("/second", answer(FEED.replace("Stannerby", "Wensley").encode()))
    for path in ("/rss", "/second"):
        assert digest("sources", "add", site.url(path), "--yes").code == 0
    assert [one.own_host for one in load(newsroom / "config.toml").sources[-2:]] == [True, True]


def test_what_a_list_has_that_cannot_be_read_or_stands_twice_is_named(
    newsroom: Path, digest: Digest, opml: Path
) -> None:
    more = (
        "ftp://a.example/f",
        "HTTPS://KELP.example/feed/",
        "feed://dale.example/rss",
        "feed:https://dale.example/rss",
    )
    lines = "".join(f'<outline text="More" xmlUrl="{url}"/>' for url in more)
    opml.write_text(OPML.replace("</body>", f"{lines}</body>"), encoding="utf-8")
    said = digest("sources", "import", opml)
    assert "3 sources added" in said.out
    assert " More (national, weight 1)  http://dale.example/rss\n" in said.out
    assert [line[:60] for line in said.err.splitlines()] == [
        "left out: More: 'ftp://a.example/f' is not an http or https address; write one"[:60],
        "left out: https://kelp.example/feed/: the list has the same feed before, as kelp-weekly-sons"[:60],
        "left out: https://dale.example/rss: the list has the same feed before, as more"[:60],
    ]
    opml.write_text(OPML.replace("</body>", '<outline text="New" xmlUrl="https://new.example"/></body>'))
    assert "(2 are read already); change" in digest("sources", "import", opml).out


def test_an_address_in_capitals_or_marked_as_a_feed_is_an_address(
    newsroom: Path, digest: Digest, site: FeedServer
) -> None:
    assert digest("sources", "add", site.url("/rss").replace("http", "HTTP"), "--yes").code == 0
    assert load(newsroom / "config.toml").sources[-1].url == site.url("/rss")
    assert "/rss is read already" in digest("sources", "add", f"feed:{site.url('/rss')}", "--yes").err


def test_a_list_that_redirects_to_another_private_address_is_not_followed(
    newsroom: Path, digest: Digest, site: FeedServer
) -> None:
    site.serves("/opml", answer(b"", status="302 Found", headers=("Location: http://127.0.0.1:6/opml",)))
    said = digest("sources", "import", site.url("/opml"))
    assert said.code == 5
    assert "127.0.0.1:6" in said.err


def test_an_address_without_a_list_is_said_to_be_wrong(newsroom: Path, digest: Digest) -> None:
    url = next(line for line in (newsroom / "sources.toml").read_text().splitlines() if line.startswith("url"))
    said = digest("sources", "import", json.loads(url.partition("=")[2]).replace("/feeds/", "/nothing/"))
    assert said.code == 5
    assert "answered 404 Not Found" in said.err


BROKEN = {
    "not a list": "<rss><channel/></rss>",
    "cut off": OPML[:120],
    "empty": "",
    "entities": '<!DOCTYPE opml [<!ENTITY x "y">]><opml><body/></opml>',
    "binary": "\x00\x01\x02",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_list_changes_nothing_and_says_why(newsroom: Path, digest: Digest, opml: Path, name: str) -> None:
    opml.write_text(BROKEN[name], encoding="utf-8")
    before = contents(newsroom)
    said = digest("sources", "import", opml)
    assert said.code == 2
    assert said.err.startswith("The list of sources cannot be read: ")
    assert contents(newsroom) == before


@pytest.mark.parametrize("place", ["nowhere.opml", "."])
def test_a_list_that_cannot_be_read_is_named(newsroom: Path, digest: Digest, place: str) -> None:
    said = digest("sources", "import", place)
    assert said.code == 2
    assert f"The list of sources cannot be read: {place} (" in said.err


def test_a_feed_the_config_would_not_take_is_left_out_and_the_others_stay(
    newsroom: Path, digest: Digest, opml: Path
) -> None:
    spoilt = f'<outline title="{"Long " * 40}" xmlUrl="https://long.example/rss"/>'
    opml.write_text(OPML.replace("</body>", f"{spoilt}</body>"), encoding="utf-8")
    said = digest("sources", "import", opml)
    assert said.code == 0
    assert "2 sources added" in said.out
    assert "left out: long-long" in said.err
    assert "at most 120 characters" in said.err


def test_a_list_that_would_spoil_the_configuration_is_taken_back(newsroom: Path, digest: Digest, opml: Path) -> None:
    (newsroom / "sources.toml").write_text('sources = [{ id = "a", name = "A", url = "https://a.example" }]\n')
    before = contents(newsroom)
    said = digest("sources", "import", opml)
    assert said.code == 2
    assert "sources.toml: not TOML" in said.err
    assert contents(newsroom) == before


def test_a_person_is_asked_for_what_a_list_cannot_say(newsroom: Path, digest: Digest, opml: Path) -> None:
    answers = "Echo Media\nregional\nmuch\n7\n1.5\ny\n" + "\n" * 4
    said = digest("sources", "import", opml, typed=answers, by_a_person=True)
    assert said.code == 0
    assert "'much' is no number" in said.out + said.err
    assert "7 does not lie between 0 and 2" in said.out + said.err
    assert " Echo Media (regional, weight 1.5, a Labour outlet)  https://echoes.example/rss\n" in said.out
    assert " Kelp Weekly & Sons (national, weight 1)  https://kelp.example/feed\n" in said.out


def test_a_person_who_goes_away_half_way_has_changed_nothing(newsroom: Path, digest: Digest, opml: Path) -> None:
    before = contents(newsroom)
    assert digest("sources", "import", opml, typed="Echo Media\n", by_a_person=True).code == 2
    assert contents(newsroom) == before


def test_a_place_where_nothing_can_be_written_is_named(newsroom: Path, digest: Digest, opml: Path) -> None:
    config = newsroom / "config.toml"
    config.write_text(f'sources_file = "nowhere/sources.toml"\n{config.read_text()}', encoding="utf-8")
    said = digest("sources", "import", opml)
    assert said.code == 5
    assert "nowhere/.sources.toml.new: No such file or directory" in said.err


def test_the_feed_of_a_page_is_tested_and_added(newsroom: Path, digest: Digest, site: FeedServer) -> None:
    said = digest("sources", "add", site.url("/"))
    assert said.code == 0, said.err
    assert "Council votes to save the library" in said.out
    assert "stannerby-post-politics" in said.out
    assert "1 source added to" in said.out
    added = load(newsroom / "config.toml").sources[-1]
    assert (added.id, added.publisher) == ("stannerby-post-politics", "Stannerby Post")
    assert (added.url, added.own_host) == (site.url("/rss"), True)
    assert digest("collect").out.count("stannerby-post-politics") == 1


def test_what_somebody_wrote_into_the_list_by_hand_stays_as_it_is(
    newsroom: Path, digest: Digest, site: FeedServer
) -> None:
    path = newsroom / "sources.toml"
    path.write_text(f"# ours, by hand\n{path.read_text()}\n# the end\n", encoding="utf-8")
    before = path.read_text()
    assert digest("sources", "add", site.url("/rss"), "--yes").code == 0
    assert path.read_text().startswith(before.rstrip() + "\n\n[[sources]]\n")


def test_a_feed_that_is_read_already_is_not_added_again(newsroom: Path, digest: Digest, site: FeedServer) -> None:
    digest("sources", "add", site.url("/rss"), "--yes")
    before = contents(newsroom)
    said = digest("sources", "add", site.url("/"), "--yes")
    assert said.code == 2
    assert "/rss is read already, as stannerby-post-politics" in said.err
    assert contents(newsroom) == before


def test_the_new_address_of_a_feed_that_moved_for_good_is_the_one_that_is_added(
    newsroom: Path, digest: Digest, site: FeedServer
) -> None:
    site.serves("/old", answer(b"", status="301 Moved Permanently", headers=("Location: /rss",)))
    said = digest("sources", "add", site.url("/old"), "--yes")
    assert f"for good to {site.url('/rss')}" in said.out
    assert load(newsroom / "config.toml").sources[-1].url == site.url("/rss")


@pytest.mark.parametrize("path", ["/nothing", "/empty", "/page"])
def test_an_address_that_leads_to_no_usable_feed_adds_nothing(
    newsroom: Path, digest: Digest, site: FeedServer, path: str
) -> None:
    site.serves("/empty", answer(FEED.replace("item>", "other>").encode()))
    site.serves("/page", answer(b"<!doctype html><title>x</title>", headers=("Content-Type: text/html",)))
    for usual in ("/rss", "/feed/"):
        site.serves(usual, answer(b"", status="404 Not Found"))
    before = contents(newsroom)
    said = digest("sources", "add", site.url(path), "--yes")
    assert said.code == 5
    assert "leads to no usable entry" in said.err
    assert contents(newsroom) == before


def test_a_person_is_asked_before_a_feed_is_added(newsroom: Path, digest: Digest, site: FeedServer) -> None:
    before = contents(newsroom)
    said = digest("sources", "add", site.url("/"), typed="n\n", by_a_person=True)
    assert said.code == 0
    assert said.out.rstrip().endswith("Nothing was changed.")
    assert contents(newsroom) == before
    said = digest("sources", "add", site.url("/"), typed="y\nStannerby Post\nregional\n0.8\nn\n", by_a_person=True)
    assert "Stannerby Post (regional, weight 0.8, own host)" in said.out


def test_an_address_of_a_local_network_is_asked_with_a_word_of_warning(newsroom: Path, digest: Digest) -> None:
    said = digest("sources", "add", "http://localhost:6/rss", "--yes")
    assert said.code == 5
    assert "localhost:6 is a name of a local network" in said.err
    assert "It is asked now because you typed it." in said.err


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://a.example/feed", "a.example", "http://u:p@a.example/"]
)
def test_what_is_no_address_of_the_web_is_refused(newsroom: Path, digest: Digest, address: str) -> None:
    said = digest("sources", "add", address)
    assert said.code == 2
    assert "The command cannot be carried out as given" in said.err


def test_a_page_leads_to_no_other_private_address_than_its_own(
    newsroom: Path, digest: Digest, site: FeedServer
) -> None:
    page = '<!doctype html><link rel="alternate" type="application/rss+xml" href="http://127.0.0.2:8123/rss">'
    site.serves("/", answer(page.encode(), headers=("Content-Type: text/html",)))
    said = digest("sources", "add", site.url("/"), "--yes")
    assert said.code == 5
    assert "127.0.0.2:8123 is on a private network (loopback" in said.out

"""sources import and export, subscribers import: the good is taken, the rest is listed with its reason."""

import json
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.cli.conftest import Digest
from tests.cli.folders import contents

OPML = """<opml version="2.0"><head/><body>
<outline text="A folder"><outline title="Northern Echoes" type="rss" xmlUrl="https://echoes.example/rss"/></outline>
<outline title="Kelp Weekly &amp; Sons" xmlUrl="https://kelp.example/feed"/>
</body></opml>"""
HEADER = "email,name,frequency,consent_source\n"


@pytest.fixture
def opml(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.opml"
    path.write_text(OPML, encoding="utf-8")
    return path


@pytest.fixture
def readers(tmp_path: Path) -> Path:
    return tmp_path / "readers.csv"


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


def test_what_is_exported_can_be_imported_elsewhere(newsroom: Path, digest: Digest, tmp_path: Path) -> None:
    (tmp_path / "out.opml").write_text(digest("sources", "export").out, encoding="utf-8")
    (newsroom / "sources.toml").unlink()
    assert "12 sources added" in digest("sources", "import", tmp_path / "out.opml").out


def test_a_list_comes_from_an_address_too(newsroom: Path, digest: Digest, opml: Path) -> None:
    folder = partial(SimpleHTTPRequestHandler, directory=str(opml.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), folder) as web:
        thread = Thread(target=web.serve_forever)
        thread.start()
        said = digest("sources", "import", f"http://127.0.0.1:{web.server_port}/feeds.opml")
        web.shutdown()
        thread.join()
    assert "2 sources added" in said.out


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
    assert " Echo Media (regional, weight 1.5, a Labour outlet)\n" in said.out
    assert " Kelp Weekly & Sons (national, weight 1)\n" in said.out


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


def test_wrong_rows_are_listed_with_line_and_reason_and_the_good_ones_taken(
    newsroom: Path, digest: Digest, readers: Path
) -> None:
    rows = "new@example.org,New,daily,form\nnobody,Bad,daily,form\nother@example.org,Other,hourly,form\n"
    readers.write_text(HEADER + rows, encoding="utf-8")
    said = digest("subscribers", "import", readers, "--yes")
    assert said.code == 0
    assert "1 good rows (1 new, 0 changed, 0 unchanged, 0 suppressed), 2 wrong ones." in said.out
    assert said.err.startswith("line 3: email: ")
    assert "line 4: frequency is 'hourly'; write one or more of: daily, weekly" in said.err
    assert json.loads(digest("status", "--json").out)["readers"]["daily"] == {"active": 26}


@pytest.mark.parametrize("answer", ["n\n", "\n"])
def test_without_a_yes_nothing_is_changed(newsroom: Path, digest: Digest, readers: Path, answer: str) -> None:
    readers.write_text(f"{HEADER}new@example.org,New,daily,form\n", encoding="utf-8")
    said = digest("subscribers", "import", readers, typed=answer)
    assert said.code == 0
    assert said.out.rstrip().endswith("Nothing was changed.")
    assert json.loads(digest("status", "--json").out)["readers"]["daily"] == {"active": 25}


def test_a_yes_at_the_prompt_takes_them(newsroom: Path, digest: Digest, readers: Path) -> None:
    readers.write_text(f"{HEADER}new@example.org,New,daily weekly,form\n", encoding="utf-8")
    assert "Done: 1 new" in digest("subscribers", "import", readers, typed="y\n").out
    again = digest("subscribers", "import", readers, "--yes")
    assert "0 new, 0 changed, 1 unchanged" in again.out


def test_a_question_that_nobody_answers_is_a_refusal(newsroom: Path, digest: Digest, readers: Path) -> None:
    readers.write_text(f"{HEADER}new@example.org,New,daily,form\n", encoding="utf-8")
    assert digest("subscribers", "import", readers).code == 2
    assert json.loads(digest("status", "--json").out)["readers"]["daily"] == {"active": 25}


def test_of_many_wrong_rows_the_first_fifty_are_shown(newsroom: Path, digest: Digest, readers: Path) -> None:
    readers.write_text(HEADER + "nobody,x,daily,form\n" * 60, encoding="utf-8")
    said = digest("subscribers", "import", readers, "--yes")
    assert said.code == 2
    assert said.err.count("line ") == 50
    assert "… and 10 more wrong rows" in said.err
    assert "holds no row that can be taken" in said.err


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the first line of the readers' file is ''"),
        (b"address,name\n", "It must be: email,name,frequency,consent_source"),
        (HEADER.encode("utf-16"), "is not UTF-8 at byte 0"),
        (HEADER.encode() + b"\xe9@example.org,x,daily,form\n", "is not UTF-8 at byte 36"),
    ],
)
def test_a_file_that_is_no_list_of_readers_is_refused(
    newsroom: Path, digest: Digest, readers: Path, content: bytes, why: str
) -> None:
    readers.write_bytes(content)
    said = digest("subscribers", "import", readers)
    assert said.code == 2
    assert why in said.err


@pytest.mark.parametrize("place", ["nowhere.csv", "."])
def test_readers_that_cannot_be_read_are_named(newsroom: Path, digest: Digest, place: str) -> None:
    said = digest("subscribers", "import", place)
    assert said.code == 2
    assert f"{place} cannot be read (" in said.err


def test_a_spreadsheets_byte_order_mark_is_no_mistake(newsroom: Path, digest: Digest, readers: Path) -> None:
    readers.write_text(f"{HEADER}new@example.org,New,daily,form\r\n", encoding="utf-8-sig")
    assert digest("subscribers", "import", readers, "--yes").code == 0

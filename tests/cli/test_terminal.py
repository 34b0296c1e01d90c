"""Nothing that a server, a feed or a list says reaches a terminal as anything but letters."""

import io
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from digest import cli
from digest.app.app import opened
from digest.app.clock import clock
from digest.cli.explanation import show_explanation
from digest.cli.log import log_failure
from digest.cli.report import show_collection, show_edition
from digest.cli.terminal import harmless, in_line, shown
from digest.config.load import load
from digest.config.sources import as_toml
from digest.edit.codec import load as load_judgement
from digest.errors import Unreachable
from digest.model.feed import CollectReport, SourceReport
from digest.model.news import Edit
from digest.model.page import ArticlesLine, ArticlesReport
from tests.adapters.feed_server import FeedServer, answer, serving
from tests.builders import source
from tests.cli.conftest import Digest, Said
from tests.cli.newsroom import MOMENT, NOW

HOSTILE = "\x1bc\x1b]0;owned\x07\x9b8m\u202egnp\u2066 [bold]\ud800"
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>\u202eStannerby \u2066Post</title>
<item><title>Council votes to \u202esave the library</title><link>https://stannerby.example/library</link></item>
</channel></rss>"""


def is_clean(text: str) -> bool:
    controls = {"Cc", "Cs"}
    return not any(unicodedata.category(one) in controls and one not in "\t\n" for one in text) and not any(
        unicodedata.bidirectional(one) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        for one in text
    )


@pytest.fixture
def site() -> Iterator[FeedServer]:
    for server in serving():
        server.serves("/rss", answer(FEED.encode(), headers=("Content-Type: text/xml; \x1b]0;owned\x07\u202e",)))
        server.serves("/coded", answer(headers=("Content-Encoding: \x1bc\x1b]0;owned\x07\u202e",)))
        yield server


@given(st.text() | st.text(alphabet="\\[]/b:"))
@example("three\\\\\\")
def test_what_is_printed_has_no_controls_and_keeps_its_letters(text: str) -> None:
    assert is_clean(harmless(text))
    assert "\n" not in in_line(text)
    assert harmless(harmless(text)) == harmless(text)
    printed = Text.from_markup(f"[bold]{shown(text)}[/bold]", emoji=False)
    assert printed.plain.replace("\N{WORD JOINER}", "") == in_line(text).replace("\N{WORD JOINER}", "")
    assert [(span.start, span.style) for span in printed.spans] == [(0, "bold")]


def test_every_control_becomes_a_sign_that_something_was_there() -> None:
    assert harmless("a\x1b[2J\u202eb\nc\t\u200f") == "a�[2J�b\nc\t�"
    assert in_line("one\n999 sources added") == "one 999 sources added"


def test_no_console_makes_pictures_of_words_between_colons() -> None:
    told = [line for path in Path(cli.__file__).parent.glob("*.py") for line in path.read_text().splitlines()]
    made = [line for line in told if re.search(r"\bConsole\(", line)]
    assert made
    assert [line for line in made if "Console(emoji=False" not in line] == []


def test_no_command_escapes_markup_without_taking_the_controls_out() -> None:
    folder = Path(cli.__file__).parent
    assert [path.name for path in folder.glob("*.py") if "rich.markup" in path.read_text()] == ["terminal.py"]


def test_a_collection_s_report_is_clean() -> None:
    problems = (HOSTILE, "two\nlines")
    lines = (SourceReport(source_id="post", outcome="failed", problems=problems),)
    articles = ArticlesReport(lines=(ArticlesLine(source_id="post", failed=1, problems=problems),))
    told = io.StringIO()
    report = CollectReport(at=NOW, sources=lines, new_items=0, changed_items=0, articles=articles)
    show_collection(report, Console(file=told, width=200))
    assert is_clean(told.getvalue())
    assert told.getvalue().count("owned") == 2
    assert told.getvalue().count("[bold]") == 2


def test_an_edition_and_its_explanation_are_clean(drafted: Path) -> None:
    with opened(load(drafted / "config.toml"), clock=clock(NOW), progress=lambda *_: None) as app:
        record = app.line.editions.latest("daily")
    assert record is not None
    judgement = load_judgement(record.edition_json)
    lead = judgement.edition.lead
    assert lead is not None
    spoilt = replace(judgement.edition, subject=HOSTILE, preheader=HOSTILE, lead=replace(lead, headline=HOSTILE))
    ranked = judgement.ranked[0]
    item = replace(ranked.story.items[0], title=HOSTILE, raw_date=HOSTILE, url=HOSTILE, text=HOSTILE, publisher=HOSTILE)
    ranked = replace(ranked, story=replace(ranked.story, items=(item,), joins=()))
    edit = Edit(item_id=item.id, at=NOW, field="title", before=HOSTILE, after=HOSTILE)
    told = io.StringIO()
    show_edition(spoilt, Console(file=told, width=200))
    show_explanation(replace(judgement, ranked=(ranked,)), ranked, [edit], Console(file=told, width=200))
    assert is_clean(told.getvalue())
    assert told.getvalue().count("owned") >= 10


def adds(newsroom: Path, url: str) -> None:
    path = newsroom / "sources.toml"
    path.write_text(path.read_text() + "\n" + as_toml([source("Hostile", url=url, own_host=True)]))


def test_collecting_a_hostile_server_is_clean(newsroom: Path, digest: Digest, site: FeedServer) -> None:
    adds(newsroom, site.url("/coded"))
    for words in (
        ("collect", "--now", MOMENT),
        ("run", "--at-once", "--now", MOMENT),
        ("sources", "--now", MOMENT),
        ("sources", "test", "hostile"),
        ("doctor",),
    ):
        _assert_clean(digest(*words), words)


def test_a_hostile_list_is_taken_in_clean(newsroom: Path, digest: Digest, tmp_path: Path) -> None:
    path = tmp_path / "list.opml"
    path.write_text("""<opml xmlns:d="urn:digest:sources"><body>
      <outline text="&#x9b;31mNice &#x202e;name" xmlUrl="https://a.example/f&#x202e;gpj"
        d:publisher="&#x9b;31mEVIL&#10;second line &#x202e;gnp"/>
      <outline text="&#x9b;31mBad &#x202e;name" xmlUrl="ftp://a.example/&#x9b;31m&#x202e;gpj"/></body></opml>""")
    said = digest("sources", "import", path)
    _assert_clean(said, "import")
    assert said.out.count("\n") == 2
    assert is_clean((newsroom / "sources.toml").read_text())
    path.write_text("""<opml xmlns:d="urn:digest:sources"><body>
      <outline text="Bad" xmlUrl="https://b.example/f" d:id="&#x9b;2J&#x9d;0;x&#10;999 sources added"/>
      </body></opml>""")
    said = digest("sources", "import", path)
    _assert_clean(said, "import")
    assert said.code == 2
    assert "Bad: digest:id is '\\x9b2J" in said.err


def test_a_hostile_feed_is_added_clean(newsroom: Path, digest: Digest, site: FeedServer) -> None:
    said = digest("sources", "add", site.url("/rss"), typed="y\n\n\n\n\n", by_a_person=True)
    assert said.code == 0
    _assert_clean(said, "add")
    assert is_clean((newsroom / "sources.toml").read_text())
    _assert_clean(digest("sources", "add", site.url("/coded")), "add")
    _assert_clean(digest("sources", "import", site.url("/coded")), "import")
    _assert_clean(digest("sources", "find", site.url("/coded")), "find")


def test_a_log_that_a_person_reads_is_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    told = io.StringIO()
    monkeypatch.setattr(told, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", told)
    log_failure(Unreachable("\x1bc\x1b]0;owned\x07\u202e"))
    assert "owned" in told.getvalue()
    assert not {"\x1bc", "\x1b]", "\x07", "\u202e"} & {
        told.getvalue()[at : at + n] for at in range(400) for n in (1, 2)
    }


def _assert_clean(said: Said, words: object) -> None:
    assert is_clean(said.out), words
    assert is_clean(said.err), words

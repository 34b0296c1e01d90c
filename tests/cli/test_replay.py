"""`digest replay`: a recorded stream, or the newsroom's own past, and the report on it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import lxml.html
import pytest

from digest.app.recording import turn
from digest.errors import Unreachable
from tests.cli.conftest import Digest
from tests.cli.folders import contents

NEWS = {
    "2026-05-14T03:00:00+00:00": "Health Secretary announces Labour’s national care service",
    "2026-05-14T04:00:00+00:00": "Stannerby United <b>win</b> the cup & go home",
    "2026-05-15T03:00:00+00:00": "Labour council in Stannerby votes to keep its library open",
}


class Stream(ThreadingHTTPServer):
    """Two papers that say the same, on a clock that is turned by POST /clock."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.moment = datetime.fromisoformat("2026-05-12T00:00:00Z")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def page(self, path: str) -> str:
        if path == "/opml":
            outlines = "".join(
                f'<outline text="{name}" xmlUrl="{self.url}/{name}.xml"/>' for name in ("Lantern", "Courier")
            )
            return f'<opml version="2.0"><head/><body>{outlines}</body></opml>'
        items = "".join(
            f"<item><title>{title.replace('&', '&amp;').replace('<', '&lt;')}</title>"
            f"<link>https://x.example{path}/{number}</link><pubDate>{format_datetime(at)}</pubDate></item>"
            for number, (at, title) in enumerate((datetime.fromisoformat(at), title) for at, title in NEWS.items())
            if self.moment - timedelta(days=2) <= at <= self.moment
        )
        return f"<rss version='2.0'><channel><title>{path}</title>{items}</channel></rss>"


class _Handler(BaseHTTPRequestHandler):
    server: Stream

    def do_GET(self) -> None:
        self._answer(self.server.page(self.path))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.moment = datetime.fromisoformat(body)
        self._answer("turned", 200 if self.path == "/clock" else 404)

    def _answer(self, text: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def stream() -> Iterator[Stream]:
    with Stream() as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


DAYS = ("--from", "2026-05-14", "--to", "2026-05-15")


def test_a_stream_is_replayed_into_editions_and_a_report(digest: Digest, stream: Stream, tmp_path: Path) -> None:
    folder = tmp_path / "replay"
    said = digest("replay", *DAYS, "--stream", stream.url, "--folder", folder)
    assert said.code == 0, said.err
    assert "daily 2026-05-14: sent: Health Secretary announces" in said.out
    assert f"Report: {folder / 'report.html'}" in said.out
    names = ["2026-05-14-daily", "2026-05-15-daily"]
    expected = sorted(f"{name}.{ending}" for name in names for ending in ("html", "json", "txt"))
    assert sorted(path.name for path in (folder / "editions").iterdir()) == expected
    page = lxml.html.fromstring((folder / "report.html").read_text(encoding="utf-8"))
    assert [head.text for head in page.iter("h2")] == ["Thursday 14 May 2026, daily", "Friday 15 May 2026, daily"]
    assert [head.text for head in page.iter("h4")] == [
        NEWS["2026-05-14T03:00:00+00:00"],
        NEWS["2026-05-15T03:00:00+00:00"],
    ]
    assert "Stannerby United win the cup & go home" in page.text_content()
    for link in page.xpath("//a[starts-with(@href, 'editions/')]"):
        assert (folder / link.get("href")).exists()
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert page.xpath("//@src | //link/@href") == []


def test_the_same_days_give_the_same_files_and_a_changed_config_stays(
    digest: Digest, stream: Stream, tmp_path: Path
) -> None:
    folder = tmp_path / "replay"
    words = ("replay", *DAYS, "--stream", stream.url, "--folder", folder, "-n", "daily")
    assert digest(*words).code == 0
    first = {**contents(folder / "editions"), "report": (folder / "report.html").read_bytes()}
    config = folder / "config.toml"
    config.write_text(config.read_text() + "# A note of the editor's.\n")
    assert digest(*words).code == 0
    assert {**contents(folder / "editions"), "report": (folder / "report.html").read_bytes()} == first
    assert config.read_text().endswith("# A note of the editor's.\n")


def test_another_list_of_feeds_may_stand_in_for_the_streams(digest: Digest, stream: Stream, tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.opml"
    outline = f'<outline text="The Guardian" xmlUrl="{stream.url}/Lantern.xml"/>'
    feeds.write_text(f'<opml version="2.0"><head/><body>{outline}</body></opml>', encoding="utf-8")
    folder = tmp_path / "replay"
    words = ("--from", "2026-05-14", "--to", "2026-05-14", "--stream", stream.url, "--sources", feeds)
    assert digest("replay", *words, "--folder", folder).code == 0
    assert 'publisher = "The Guardian"' in (folder / "sources.toml").read_text()


def test_a_newsroom_replays_its_own_past_and_touches_nothing_of_its_own(
    digest: Digest, newsroom: Path, tmp_path: Path
) -> None:
    before = contents(newsroom / "var")
    said = digest("replay", "--from", "2026-05-15", "--to", "2026-05-16", "--folder", tmp_path / "replay")
    assert said.code == 0, said.err
    assert "daily 2026-05-15: sent:" in said.out
    assert "weekly 2026-05-16: " in said.out
    after = {name: content for name, content in contents(newsroom / "var").items() if not name.startswith("workers")}
    assert after.keys() - before.keys() <= {"digest.db-shm", "digest.db-wal"}
    assert after["digest.db"] == before["digest.db"]
    assert (tmp_path / "replay" / "report.html").exists()


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--from", "2026-05-16", "--to", "2026-05-15"), "2026-05-16 to 2026-05-15 is 0 days"),
        (("--from", "2026-05-16", "--to", "2028-05-15"), "days"),
        (("--from", "May", "--to", "2026-05-15"), "'May' to '2026-05-15': not two dates"),
        ((*DAYS, "--sources", "x.opml"), "--sources without --stream"),
        (("--from", "2026-05-17", "--to", "2026-05-17"), "no edition is due from 2026-05-17 to 2026-05-17"),
    ],
)
def test_what_cannot_be_replayed_is_refused(
    words: tuple[str, ...], what: str, digest: Digest, newsroom: Path, tmp_path: Path
) -> None:
    assert newsroom.exists()
    said = digest("replay", *words, "--folder", tmp_path / "replay")
    assert said.code == 2
    assert what in said.err


def test_a_folder_with_anything_else_in_it_is_left_alone(digest: Digest, newsroom: Path) -> None:
    before = contents(newsroom)
    said = digest("replay", *DAYS, "--stream", "http://127.0.0.1:9", "--folder", newsroom)
    assert said.code == 2
    assert "holds something else than a replay" in said.err
    assert contents(newsroom) == before


def test_a_stream_that_does_not_answer_is_named(digest: Digest, tmp_path: Path) -> None:
    said = digest("replay", *DAYS, "--stream", "http://127.0.0.1:9", "--folder", tmp_path / "replay")
    assert said.code == 5
    assert "http://127.0.0.1:9/opml" in said.err


@pytest.mark.parametrize("path", ["", "/elsewhere"])
def test_a_clock_that_cannot_be_turned_is_named(path: str, stream: Stream) -> None:
    address = f"{stream.url}{path}" if path else "http://127.0.0.1:9"
    with pytest.raises(Unreachable, match="/clock: ") as refused:
        turn(address, stream.moment)
    assert "--stream" in refused.value.mend

"""Pictures by Chromium: whole, in the right colours, without a script or a call; and clear words when it fails."""

import os
import struct
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from digest.adapters.chromium import TALLEST, ChromiumCamera
from digest.errors import PictureFailed
from digest.ports.world import Camera
from tests.corpora.browser import find_browser

DARK_AWARE = (
    "<!doctype html><style>body{margin:0;background:#ffffff}"
    "@media (prefers-color-scheme:dark){body{background:#000000}}</style>"
)


@pytest.fixture
def camera() -> Camera:
    """The Chromium of this machine; skipped (and counted) where there is none, required in CI."""
    if find_browser() is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is absent: in CI pictures must be taken")
        pytest.skip("there is no Chromium on this machine")
    return ChromiumCamera()


@pytest.fixture
def calls() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and every path that was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


def size(png: bytes) -> tuple[int, int]:
    """Width and height (PNG specification, section 11.2.2)."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def first_colour(png: bytes) -> tuple[int, ...]:
    """Red, green and blue of the first pixel: no filter of PNG changes the first of a picture."""
    data, place = b"", 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            data += png[place + 8 : place + 8 + length]
        place += length + 12
    return tuple(zlib.decompress(data)[1:4])


def test_a_picture_is_as_wide_as_asked_and_as_tall_as_the_page(camera: Camera) -> None:
    page = "<!doctype html><body style='margin:0'><div style='height:3000px;background:#336699'></div>"
    picture = camera.picture(page, width=320)
    assert size(picture) == (320, 3000)
    assert first_colour(picture) == (0x33, 0x66, 0x99)


@pytest.mark.parametrize(("dark", "colour"), [(False, (255, 255, 255)), (True, (0, 0, 0))])
def test_the_scheme_asked_for_is_in_force(camera: Camera, dark: bool, colour: tuple[int, ...]) -> None:
    assert first_colour(camera.picture(DARK_AWARE, width=200, dark=dark)) == colour


def test_no_script_runs_and_nobody_is_called(camera: Camera, calls: tuple[str, list[str]]) -> None:
    address, asked = calls
    page = (
        f"<!doctype html><body style='margin:0;background:#ffffff'><img src='{address}/a.png' width='1' height='1'>"
        f"<link rel='stylesheet' href='{address}/a.css'><script src='{address}/a.js'></script>"
        "<script>document.body.style.background = '#000000'; document.body.style.height = '5000px'</script>"
    )
    picture = camera.picture(page, width=200)
    assert first_colour(picture) == (255, 255, 255)
    assert size(picture)[1] < 5000
    assert asked == []


def test_letters_beyond_ascii_are_letters(camera: Camera) -> None:
    page = "<!doctype html><body style='margin:0;font:20px/20px monospace'>{}"
    assert camera.picture(page.format("é"), width=200) == camera.picture(page.format("&eacute;"), width=200)


def test_a_page_too_tall_to_be_painted_is_refused_in_words(camera: Camera) -> None:
    with pytest.raises(PictureFailed, match="20,000 pixels tall at a width of 200"):
        camera.picture("<!doctype html><body style='margin:0'><div style='height:20000px'>", width=200)
    assert size(camera.picture(f"<body style='margin:0'><div style='height:{TALLEST}px'>", width=200))[1] >= TALLEST


def test_a_machine_without_chromium_is_told_what_to_install() -> None:
    with pytest.raises(PictureFailed, match="none of no-such-browser is on the PATH") as raised:
        ChromiumCamera(names=("no-such-browser",)).picture("<p>", width=200)
    assert "install Chromium" in str(raised.value)


def answers(*results: str) -> str:
    """The shell's words for answers to the first orders, whatever they are."""
    lines = (f'{{"id":{number},{result}}}' for number, result in enumerate(results, start=1))
    return "printf '%s\\0' " + " ".join(f"'{line}'" for line in lines) + " >&4; "


OPENED = ('"result":{"targetId":"t"}', '"result":{"sessionId":"s"}', *['"result":{}'] * 4)
"""What comes before the page itself is handed over."""


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo 'cannot open shared object libnss3.so' >&2; exit 127", "libnss3.so"),
        ("exec sleep 60", "ended for taking too long"),
        (answers('"error":{"message":"Not supported"}') + "exec sleep 60", "Target.createTarget: Not supported"),
        (answers(*OPENED) + "exec sleep 60 3<&-", "it ended"),
    ],
    ids=["dies at once", "says nothing", "refuses", "stops listening"],
)
def test_a_chromium_that_fails_is_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, words: str
) -> None:
    program = tmp_path / "broken-chromium"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    more_than_a_pipe_holds = "<p>" + "x" * 500_000
    with pytest.raises(PictureFailed, match=words) as raised:
        ChromiumCamera(names=(program.name,), patience=2).picture(more_than_a_pipe_holds, width=200)
    assert "broken-chromium" in str(raised.value)


def test_an_address_too_long_for_chromium_is_refused_in_words(camera: Camera) -> None:
    with pytest.raises(PictureFailed, match="does not open the page"):
        camera.picture("<p>" + "x" * 3_000_000, width=200)


def test_nothing_is_left_running_or_lying_about(
    camera: Camera, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    camera.picture("<p>", width=200)
    assert list(tmp_path.iterdir()) == []
    running = [
        words
        for process in Path("/proc").glob("[0-9]*/cmdline")
        if str(tmp_path) in (words := process.read_bytes().decode(errors="replace"))
    ]
    assert running == []

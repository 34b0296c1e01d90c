"""`digest show --png`: a picture of any edition, in the view asked for."""

import os
import struct
from pathlib import Path

import pytest

from digest.cli.picture import Picture
from digest.model.view import View
from tests.cli.conftest import Digest
from tests.corpora.browser import find_browser


@pytest.fixture
def browser() -> None:
    """Skipped (and counted) where there is no Chromium, required in CI."""
    if find_browser() is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is absent: in CI pictures must be taken")
        pytest.skip("there is no Chromium on this machine")


def width(file: Path) -> int:
    """Pixels, from the picture's own header (PNG specification, section 11.2.2)."""
    written = file.read_bytes()
    assert written.startswith(b"\x89PNG")
    return int(struct.unpack(">I", written[16:20])[0])


@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize(("view", "pixels"), [(View.PHONE, 320), (View.TABLET, 600), (View.DESKTOP, 1024)])
def test_a_picture_is_as_wide_as_its_view(
    drafted: Path, digest: Digest, tmp_path: Path, view: View, pixels: int
) -> None:
    file = tmp_path / "letter.png"
    said = digest("show", "--png", file, "--view", view)
    assert (said.code, said.out, said.err) == (0, "", "")
    assert width(file) == pixels


@pytest.mark.usefixtures("browser")
def test_light_dark_and_inverted_are_three_pictures(drafted: Path, digest: Digest, tmp_path: Path) -> None:
    views = (View.DESKTOP, View.DARK, View.INVERTED)
    for view in views:
        assert digest("show", "--png", tmp_path / f"{view}.png", "--view", view).code == 0
    assert len({(tmp_path / f"{view}.png").read_bytes() for view in views}) == len(views)


def test_only_what_makes_a_picture_is_offered_for_one(digest: Digest, tmp_path: Path) -> None:
    assert f"--view <{'|'.join(Picture)}>" in digest("show", "--help").out
    assert set(View) - set(Picture) == {View.TEXT, View.SOURCE, View.INBOX}
    refused = digest("show", "--png", tmp_path / "letter.png", "--view", "inbox")
    assert refused.code == 2
    assert "'inbox' is not one of" in refused.err


def test_an_edition_without_a_mail_has_no_picture(newsroom: Path, digest: Digest, tmp_path: Path) -> None:
    assert digest("draft", "--now", "2026-03-15T05:30:00Z").code == 0
    said = digest("show", "--png", tmp_path / "letter.png")
    assert said.code == 2
    assert "is empty" in said.err


@pytest.mark.usefixtures("browser")
def test_a_file_that_cannot_be_written_is_named(drafted: Path, digest: Digest, tmp_path: Path) -> None:
    said = digest("show", "--png", tmp_path / "nowhere" / "letter.png")
    assert said.code == 2
    assert "letter.png cannot be written (No such file or directory)" in said.err


def test_without_chromium_it_says_what_to_do(
    drafted: Path, digest: Digest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said = digest("show", "--png", tmp_path / "letter.png")
    assert said.code == 5
    assert "The picture cannot be taken: none of chromium, " in said.err
    assert "install Chromium" in said.err

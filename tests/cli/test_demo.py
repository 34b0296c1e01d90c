"""`digest demo`: the whole line on the sample day, twice, and never over anything else."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from digest.cli.demo import walk
from tests.cli.conftest import Digest
from tests.cli.folders import contents, header, mails


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of one walk, never changed, and what was printed."""
    folder = tmp_path_factory.mktemp("demo") / "sample"
    page = StringIO()
    assert walk(folder, Console(file=page, width=200)) == 0
    return folder, page.getvalue()


def test_every_reader_has_a_message_with_a_one_click_link_of_its_own(sample: tuple[Path, str]) -> None:
    messages = mails(sample[0] / "var" / "outbox")
    assert len(messages) == 25
    assert len({header(message, "To") for message in messages}) == 25
    assert len({header(message, "Message-ID") for message in messages}) == 25
    links = {header(message, "List-Unsubscribe") for message in messages}
    assert len(links) == 25
    assert all(link.startswith("<http://127.0.0.1:8099/u/") and link.endswith(">") for link in links)
    assert {header(message, "List-Unsubscribe-Post") for message in messages} == {"List-Unsubscribe=One-Click"}


def test_the_link_of_the_headers_stands_in_both_parts(sample: tuple[Path, str]) -> None:
    for message in mails(sample[0] / "var" / "outbox"):
        link = header(message, "List-Unsubscribe").strip("<>")
        assert [link in part.get_content() for part in message.iter_parts()] == [True, True]


def test_the_report_shows_sources_scores_reasons_files_and_what_to_do_next(sample: tuple[Path, str]) -> None:
    folder, said = sample
    for expected in (
        "67 items in 12 feeds",
        "answered 500 Internal Server Error",
        "Subject",
        "Lead",
        "Five: 1",
        "independent publishers",
        "Left out:",
        "not Labour news enough",
        "sent, books exact",
        "25 mails under",
        f"digest --config {folder / 'config.toml'} explain ",
        "digest init",
    ):
        assert expected in said, expected
    (html,) = folder.glob("edition-*.html")
    assert html.read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_a_second_walk_the_same_day_sends_nothing_and_says_so(sample: tuple[Path, str]) -> None:
    folder = sample[0]
    before = contents(folder / "var" / "outbox")
    page = StringIO()
    assert walk(folder, Console(file=page, width=200)) == 0
    assert "Nothing to send: the edition of " in page.getvalue()
    assert contents(folder / "var" / "outbox") == before


def test_a_fresh_walk_forgets_the_earlier_one(digest: Digest, tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    assert digest("demo", "--folder", folder).code == 0
    key = (folder / "var" / "secret.key").read_bytes()
    again = digest("demo", "--folder", folder, "--fresh")
    assert again.code == 0
    assert "25 of 25 readers' copies accepted" in again.out
    assert (folder / "var" / "secret.key").read_bytes() != key


@pytest.mark.parametrize("words", [(), ("--fresh",)])
def test_a_real_newsroom_is_neither_written_over_nor_removed(
    newsroom: Path, digest: Digest, words: tuple[str, ...]
) -> None:
    before = contents(newsroom)
    said = digest("demo", "--folder", newsroom, *words)
    assert said.code == 2
    assert "holds something else than a sample day" in said.err
    assert contents(newsroom) == before


@pytest.mark.parametrize("words", [(), ("--fresh",)])
def test_a_folder_with_anything_in_it_is_left_alone(digest: Digest, tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert digest("demo", "--folder", tmp_path, *words).code == 2
    assert list(contents(tmp_path)) == ["thesis.txt"]


def test_a_sample_day_never_goes_to_a_real_provider(digest: Digest, tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    assert digest("demo", "--folder", folder).code == 0
    config = folder / "config.toml"
    text = config.read_text(encoding="utf-8").replace("imprint", 'public_url = "https://news.example"\nimprint')
    config.write_text(
        f'{text}[provider]\nname = "mailgun"\n[provider.mailgun]\ndomain = "x.example"\n', encoding="utf-8"
    )
    said = digest("demo", "--folder", folder)
    assert said.code == 2
    assert "a sample day with a real provider" in said.err


def test_a_file_in_the_folders_place_is_named(digest: Digest, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    said = digest("demo", "--folder", tmp_path / "file")
    assert said.code == 5
    assert str(tmp_path / "file") in said.err

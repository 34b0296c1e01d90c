"""What the doctor prints of the newsroom's own templates and brand."""

from pathlib import Path

import pytest

from tests.cli.conftest import Digest


def lines_about(out: str, what: str) -> list[str]:
    """Return what the doctor found of one thing, each with its mend."""
    found = out.replace("\n       mend:", " mend:").splitlines()
    return [" ".join(line.split()) for line in found if f" {what}: " in line]


def test_a_block_that_none_of_ours_has_is_named_with_the_nearest(newsroom: Path, digest: Digest) -> None:
    (newsroom / "templates").mkdir()
    text = '{% extends "shipped/daily.html.j2" %}{% block lede %}x{% endblock %}'
    (newsroom / "templates" / "daily.html.j2").write_text(text, encoding="utf-8")
    said = digest("doctor")
    assert said.code == 0
    (line,) = lines_about(said.out, "templates")
    assert line.startswith(
        'look templates: daily.html.j2, line 1: block "lede" is in none of ours; did you mean "lead"? '
    )
    assert line.endswith(" mend: rename it, or take it away: it is never printed.")


def test_a_file_that_cannot_be_read_is_named_with_its_mend_and_all_else_is_looked_at(
    newsroom: Path, digest: Digest
) -> None:
    path = newsroom / "templates" / "daily.html.j2"
    path.parent.mkdir()
    path.write_bytes(b"\xff")
    said = digest("doctor")
    assert said.code == 5
    (line,) = lines_about(said.out, "templates")
    assert line == f"WRONG templates: {path} is not UTF-8 at byte 0 mend: save the file as UTF-8."
    assert lines_about(said.out, "database")
    assert lines_about(said.out, "readers")


def test_the_newsroom_opens_whatever_lies_in_its_folder(newsroom: Path, digest: Digest) -> None:
    folder = newsroom / "templates"
    (folder / "daily.txt.j2").mkdir(parents=True)
    (folder / "weekly.html.j2").write_bytes(b"\xff")
    (folder / "layout.html.j2").symlink_to("nowhere")
    said = digest("sources")
    assert (said.code, said.err) == (0, "")


def test_colours_that_cannot_be_read_are_said_once_with_their_key(newsroom: Path, digest: Digest) -> None:
    config = newsroom / "config.toml"
    config.write_text(config.read_text(encoding="utf-8") + '[brand.light]\naccent = "#ffdddd"\n', encoding="utf-8")
    said = digest("doctor")
    assert said.code == 5
    (line,) = lines_about(said.out, "brand")
    assert line.startswith("WRONG brand: [brand.light] accent (#ffdddd) on sheet (#ffffff) is 1.")
    assert line.endswith("mend: choose a darker or lighter accent or sheet in [brand.light].")


@pytest.mark.parametrize("name", ["\x1b[31mred.j2", "two\nlines.j2", "\x9b31m.md"])
def test_the_name_of_a_file_says_nothing_to_the_terminal_and_stays_on_its_line(
    newsroom: Path, digest: Digest, name: str
) -> None:
    (newsroom / "templates").mkdir()
    (newsroom / "templates" / name).write_text("x", encoding="utf-8")
    out = digest("doctor").out
    assert "\x1b" not in out
    assert "\x9b" not in out
    (line,) = lines_about(out, "templates")
    assert "is never used: no template has that name" in line

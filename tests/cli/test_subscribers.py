"""subscribers import: the good rows are taken, the rest is listed with its reason."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Digest

HEADER = "email,name,frequency,consent_source\n"


@pytest.fixture
def readers(tmp_path: Path) -> Path:
    return tmp_path / "readers.csv"


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

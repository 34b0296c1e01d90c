"""`digest stories`: files in, files out, and nothing half-written."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from tests.cli.conftest import Digest

ROOT = Path(__file__).parents[2]
ROWS = [
    {"id": "a", "title": "Rachel Reeves drops the freeze on council budgets", "published": "2026-05-15T05:30:00Z"},
    {"id": "b", "title": "Stannerby United win the cup", "published": "2026-05-15T09:30:00Z", "source": "BBC Sport"},
]
LINES = "".join(f"{json.dumps(row)}\n" for row in ROWS)


@pytest.fixture
def items(tmp_path: Path) -> Path:
    path = tmp_path / "items.jsonl"
    path.write_text(LINES, encoding="utf-8")
    return path


def read(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_each_row_is_judged_and_each_day_ranked(digest: Digest, items: Path, tmp_path: Path) -> None:
    out, ranking = tmp_path / "out.jsonl", tmp_path / "ranking.jsonl"
    said = digest("stories", "--items", items, "--out", out, "--ranking", ranking)
    assert (said.code, said.out, said.err) == (0, "", "")
    assert [(row["id"], row["relevant"]) for row in read(out.read_text())] == [("a", True), ("b", False)]
    places = read(ranking.read_text())
    assert [(place["day"], place["rank"], place["ids"]) for place in places] == [
        ("2026-05-15", 1, ["a"]),
        ("2026-05-15", 2, ["b"]),
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["items.jsonl", "out.jsonl", "ranking.jsonl"]


def test_gzip_is_told_by_its_content_and_written_by_its_name(digest: Digest, items: Path, tmp_path: Path) -> None:
    plain, packed = tmp_path / "plain.jsonl", tmp_path / "out.jsonl.gz"
    assert digest("stories", "--items", items, "--out", plain).code == 0
    items.write_bytes(gzip.compress(items.read_bytes()))
    assert digest("stories", "--items", items, "--out", packed).code == 0
    first = packed.read_bytes()
    assert gzip.decompress(first) == plain.read_bytes()
    assert digest("stories", "--items", items, "--out", packed).code == 0
    assert packed.read_bytes() == first


def test_a_file_may_begin_with_a_byte_order_mark_and_end_its_lines_as_windows_does(
    digest: Digest, items: Path, tmp_path: Path
) -> None:
    items.write_bytes(b"\xef\xbb\xbf" + LINES.replace("\n", "\r\n").encode())
    assert digest("stories", "--items", items, "--out", tmp_path / "out").code == 0


def test_standard_output_is_a_file_too(digest: Digest, items: Path) -> None:
    said = digest("stories", "--items", items, "--out", "-")
    assert (said.code, [row["id"] for row in read(said.out)]) == (0, ["a", "b"])


def test_standard_input_is_a_file_too_in_whatever_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "digest", "stories", "--items", "-", "--out", "-"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, input=LINES.encode(), cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert [row["id"] for row in read(done.stdout.decode())] == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"{}\n", "items.jsonl, line 1: no id"),
        (b'{"id": "a", "title": "\xff"}', "items.jsonl, line 1: not UTF-8"),
        (b'{"id": "a", "title": "t"}\n\n\xff', "items.jsonl, line 3: not UTF-8"),
        (gzip.compress(b"{}")[:-4], "items.jsonl is a broken gzip file"),
        (gzip.compress(b"{}")[:-8] + b"12345678", "items.jsonl is a broken gzip file"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff", "items.jsonl is a broken gzip file"),
    ],
    ids=["no id", "not UTF-8", "not UTF-8 later", "cut off", "wrong sum", "no contents"],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_line_and_leaves_what_was_there(
    content: bytes, what: str, digest: Digest, items: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("as it was")
    items.write_bytes(content)
    said = digest("stories", "--items", items, "--out", out)
    assert said.code == 2
    assert what in said.err
    assert "Mend:" in said.err
    assert out.read_text() == "as it was"


def test_a_file_that_is_not_there_is_named(digest: Digest, tmp_path: Path) -> None:
    said = digest("stories", "--items", tmp_path / "none", "--out", tmp_path / "out")
    assert said.code == 5
    assert "none" in said.err


def test_a_folder_that_is_not_there_is_named_before_anything_is_done(
    digest: Digest, items: Path, tmp_path: Path
) -> None:
    nowhere = tmp_path / "nowhere"
    said = digest("stories", "--items", items, "--out", tmp_path / "out", "--ranking", nowhere / "ranking")
    assert said.code == 2
    assert f"there is no folder {nowhere}" in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["items.jsonl"]


def test_where_one_file_cannot_be_written_the_other_is_not_either(digest: Digest, items: Path, tmp_path: Path) -> None:
    endless = tmp_path / ("r" * 250)  # with what is put before and behind it while it is made, no name of a file
    said = digest("stories", "--items", items, "--out", tmp_path / "out.jsonl", "--ranking", endless)
    assert said.code == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["items.jsonl"]


@pytest.mark.parametrize("name", ["out.jsonl", "./out.jsonl"])
def test_two_answers_do_not_go_into_one_file(
    name: str, digest: Digest, items: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = digest("stories", "--items", items, "--out", "out.jsonl", "--ranking", name)
    assert said.code == 2
    assert "--out and --ranking are both out.jsonl" in said.err


def test_what_is_read_is_not_written_over(digest: Digest, items: Path, tmp_path: Path) -> None:
    for options in (["--out", items], ["--out", tmp_path / "out", "--ranking", items]):
        said = digest("stories", "--items", items, *options)
        assert said.code == 2
        assert f"are both {items}" in said.err
    assert items.read_text(encoding="utf-8") == LINES


def test_what_was_passed_over_in_a_row_is_told_and_the_row_is_judged(
    digest: Digest, items: Path, tmp_path: Path
) -> None:
    odd = [{"id": number, "title": "Reeves drops the freeze", "published": "soon"} for number in range(7)]
    items.write_text("".join(f"{json.dumps(row)}\n" for row in odd), encoding="utf-8")
    said = digest("stories", "--items", items, "--out", tmp_path / "out")
    assert said.code == 0
    assert f"{items}, row 0: published is no instant: 'soon'" in said.err
    assert f"{items}: 2 more that could not be read" in said.err
    assert [row["id"] for row in read((tmp_path / "out").read_text())] == list(range(7))


def test_a_pipe_is_written_to_not_replaced(digest: Digest, items: Path, tmp_path: Path) -> None:
    pipe, read_there = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = Thread(target=lambda: read_there.append(pipe.read_text()))
    reader.start()
    assert digest("stories", "--items", items, "--out", pipe).code == 0
    reader.join()
    assert [row["id"] for row in read(read_there[0])] == ["a", "b"]
    assert pipe.is_fifo()

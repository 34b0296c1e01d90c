from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from digest.adapters.high_water import FileHighWater
from digest.errors import StoreError


def test_without_a_file_nobody_told_a_number_which_is_not_none_at_all(tmp_path: Path) -> None:
    mark = FileHighWater(tmp_path / "calls.made")
    assert mark.read() is None
    mark.raise_to(0)
    assert mark.read() == FileHighWater(tmp_path / "calls.made").read() == 0


def test_the_highest_number_stands_whoever_told_it_last(tmp_path: Path) -> None:
    first, second = FileHighWater(tmp_path / "calls.made"), FileHighWater(tmp_path / "calls.made")
    first.raise_to(7)
    second.raise_to(12)
    first.raise_to(9)
    assert first.read() == second.read() == 12


def test_many_who_tell_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "calls.made"
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: FileHighWater(path).raise_to(number), range(200)))
    assert FileHighWater(path).read() == 199


def test_a_file_that_holds_no_number_vouches_for_nothing(tmp_path: Path) -> None:
    path = tmp_path / "calls.made"
    path.write_bytes(b"\xffnone")
    assert FileHighWater(path).read() is None
    FileHighWater(path).raise_to(3)
    assert FileHighWater(path).read() == 3


def test_a_mark_that_cannot_be_read_or_written_says_so_in_our_own_words(tmp_path: Path) -> None:
    mark = FileHighWater(tmp_path)
    with pytest.raises(StoreError, match="cannot be read"):
        mark.read()
    with pytest.raises(StoreError, match="cannot be written"):
        mark.raise_to(3)


def test_what_stood_under_its_earlier_name_is_taken_over_and_left_to_others(tmp_path: Path) -> None:
    common, own, other = (tmp_path / name for name in ("calls.made", "a.db.calls.made", "b.db.calls.made"))
    FileHighWater(common).raise_to(7)
    mark = FileHighWater(own, before=common)
    assert mark.read() == 7
    mark.raise_to(3)
    assert mark.read() == 7
    mark.raise_to(9)
    assert (mark.read(), FileHighWater(common).read(), FileHighWater(other, before=common).read()) == (9, 7, 7)


def test_without_the_earlier_one_either_nobody_told_a_number(tmp_path: Path) -> None:
    mark = FileHighWater(tmp_path / "a.db.calls.made", before=tmp_path / "calls.made")
    assert mark.read() is None
    mark.raise_to(1)
    assert mark.read() == 1

"""What is added to a file of the configuration, and how the file is otherwise what it was."""

import stat
from pathlib import Path

import pytest

from digest.config.rewrite import append


def fine() -> None:
    """Find nothing wrong."""


def test_a_file_that_is_not_there_is_begun(tmp_path: Path) -> None:
    append(tmp_path / "list.toml", "a = 1\n", check=fine)
    assert (tmp_path / "list.toml").read_bytes() == b"a = 1\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b"a = 1\nb = 2\n"),
        (b"# ours\n\n\n", b"# ours\n\na = 1\nb = 2\n"),
        (b"# \xe2\x80\x9cours\r\nx = 1\r\n", b"# \xe2\x80\x9cours\r\nx = 1\r\n\r\na = 1\r\nb = 2\r\n"),
    ],
)
def test_what_stands_there_stays_with_its_line_ends(tmp_path: Path, before: bytes, after: bytes) -> None:
    path = tmp_path / "list.toml"
    path.write_bytes(before)
    append(path, "a = 1\nb = 2\n", check=fine)
    assert path.read_bytes() == after


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_mode_and_owner_stay(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "list.toml"
    path.touch()
    path.chmod(mode)
    before = path.stat()
    append(path, "a = 1\n", check=fine)
    after = path.stat()
    assert stat.S_IMODE(after.st_mode) == mode
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)
    assert after.st_ino != before.st_ino  # it changed as a whole


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    target, link = tmp_path / "shared" / "real.toml", tmp_path / "list.toml"
    target.write_bytes(b"# real\n")
    link.symlink_to("shared/real.toml")
    append(link, "a = 1\n", check=fine)
    assert link.is_symlink()
    assert target.read_bytes() == b"# real\n\na = 1\n"


@pytest.mark.parametrize("trouble", [ValueError("wrong"), KeyboardInterrupt()])
@pytest.mark.parametrize("before", [None, b"# ours\r\n\r\n"])
def test_whatever_the_check_raises_the_file_is_as_it_was(
    tmp_path: Path, before: bytes | None, trouble: BaseException
) -> None:
    path = tmp_path / "list.toml"
    if before is not None:
        path.write_bytes(before)

    def refuse() -> None:
        assert b"a = 1" in path.read_bytes()
        raise trouble

    with pytest.raises(type(trouble)):
        append(path, "a = 1\n", check=refuse)
    assert (path.read_bytes() if path.exists() else None) == before
    assert [one.name for one in tmp_path.iterdir()] == ([] if before is None else ["list.toml"])


def test_a_full_disk_is_told_by_the_file_s_name_and_leaves_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text("a = 1\n")
    (tmp_path / ".list.toml.new").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left") as raised:
        append(path, "b = 2\n", check=fine)
    assert raised.value.filename == str(path)
    assert path.read_text() == "a = 1\n"
    assert [each.name for each in tmp_path.iterdir()] == ["list.toml"]


def test_where_nothing_can_be_written_nothing_is_begun(tmp_path: Path) -> None:
    (tmp_path / "list.toml").symlink_to("other.toml")
    (tmp_path / ".other.toml.new").mkdir()
    with pytest.raises(OSError, match=r"\.other\.toml\.new"):
        append(tmp_path / "list.toml", "a = 1\n", check=fine)
    assert not (tmp_path / "other.toml").exists()

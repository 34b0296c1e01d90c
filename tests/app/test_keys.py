"""The secret behind the links: given, or made once and kept."""

import multiprocessing
import stat
from pathlib import Path

import pytest

from digest.app.keys import secret_key
from digest.errors import ConfigError


def test_a_key_is_made_on_first_use_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret.key"
    first = secret_key("", path)
    assert len(first) >= 32
    assert secret_key("", path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_given_key_goes_before_the_file_and_makes_none(tmp_path: Path) -> None:
    assert secret_key("0123456789abcdef", tmp_path / "secret.key") == b"0123456789abcdef"
    assert list(tmp_path.iterdir()) == []


def test_a_given_key_that_is_too_short_is_refused_without_being_repeated(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="in DIGEST_SECRET_KEY has 15 bytes, 16 or more are needed") as caught:
        secret_key("canary-canary-x", tmp_path / "secret.key")
    assert "canary" not in str(caught.value)


def test_a_kept_key_that_is_too_short_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("\n", encoding="ascii")
    with pytest.raises(ConfigError) as caught:
        secret_key("", tmp_path / "secret.key")
    assert f"in {tmp_path / 'secret.key'} has 0 bytes" in str(caught.value)


def _make(path: Path, keys: "multiprocessing.Queue[bytes]") -> None:
    keys.put(secret_key("", path))


def test_of_twenty_starts_at_once_one_key_stands(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    keys: multiprocessing.Queue[bytes] = multiprocessing.get_context("fork").Queue()
    started = [multiprocessing.get_context("fork").Process(target=_make, args=(path, keys)) for _ in range(20)]
    for one in started:
        one.start()
    found = {keys.get(timeout=30) for _ in started}
    for one in started:
        one.join()
    assert found == {path.read_bytes().strip()}
    assert list(tmp_path.iterdir()) == [path]

"""The log: a line a call, true after a kill, found by tag and key."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.simulator.exchange import Accepted, Copy
from digest.simulator.log import Log

AT = datetime(2026, 5, 15, 6, 30, tzinfo=UTC)


def accepted(call: int, *, tag: str = "", key: str = "", copies: int = 2) -> Accepted:
    return Accepted(
        call=call,
        at=AT,
        provider="mailgun",
        id=f"<{call}@example.org>",
        tags=(tag,) if tag else (),
        key=key,
        copies=tuple(Copy(address=f"r{n}@example.org", delivery=str(n)) for n in range(copies)),
    )


def test_what_was_appended_is_read_again_by_tag_and_by_key(tmp_path: Path) -> None:
    log = Log(tmp_path / "log")
    calls = [accepted(1, tag="a", key="k"), accepted(2, tag="b"), accepted(3, tag="a", key="k")]
    for call in calls:
        log.append(call)
    assert list(log.accepted()) == calls
    assert list(log.accepted("a")) == [calls[0], calls[2]]
    assert list(log.accepted("c")) == []
    assert log.keyed("k") == calls[2]
    assert log.keyed("") is None
    both = replace(accepted(4), tags=("d", "edition"))
    log.append(both)
    assert list(log.accepted("edition")) == list(log.accepted("d")) == [both]
    log.close()


@pytest.mark.parametrize("cut", [1, 10, 100])
def test_a_line_that_was_never_finished_was_never_accepted(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "log"
    log = Log(path)
    log.append(accepted(1))
    log.append(accepted(2))
    log.close()
    path.write_bytes(path.read_bytes()[:-cut])
    again = Log(path)
    assert list(again.accepted()) == [accepted(1)]
    again.append(accepted(3))
    assert list(again.accepted()) == [accepted(1), accepted(3)]
    again.close()
    assert len(path.read_bytes().splitlines()) == 2


def test_a_cleared_log_begins_anew(tmp_path: Path) -> None:
    log = Log(tmp_path / "log")
    log.append(accepted(1, tag="a", key="k"))
    log.clear()
    log.append(accepted(2, tag="b"))
    assert (list(log.accepted()), log.keyed("k"), log.calls) == ([accepted(2, tag="b")], None, 1)
    log.close()


TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
COPIES = st.lists(
    st.builds(
        Copy,
        address=TEXT,
        delivery=TEXT,
        message_id=TEXT,
        subject=TEXT,
        list_unsubscribe=st.text(st.characters(codec="utf-8"), min_size=1),
        data=st.dictionaries(TEXT, TEXT, max_size=2),
    ),
    max_size=3,
)


@given(copies=COPIES, tag=TEXT)
def test_whatever_a_copy_says_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, copies: list[Copy], tag: str
) -> None:
    log = Log(tmp_path_factory.mktemp("log") / "log")
    call = Accepted(call=1, at=AT, provider="ses", id="1", tags=(tag, "edition"), copies=tuple(copies))
    log.append(call)
    assert list(log.accepted()) == [call]
    log.close()

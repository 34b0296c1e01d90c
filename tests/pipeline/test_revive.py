"""A person can have a source asked again, whatever it answered before."""

import pytest

from digest.errors import UsageError
from digest.pipeline.gather import collect_now
from digest.pipeline.revive import revive
from digest.pipeline.tick import tick
from tests.pipeline.conftest import PAGES, SOURCES, Room


def test_a_source_that_was_gone_is_asked_again_and_may_be_back(room: Room) -> None:
    room.fetcher.answers_gone(SOURCES[0].url)
    collect_now(room.line, room.clock.now)
    assert revive(SOURCES[0].id, room.line)
    room.publishes(SOURCES[0], *PAGES[SOURCES[0].url])
    assert collect_now(room.line, room.clock.now).sources[0].outcome == "read"


def test_a_source_whose_server_asked_for_patience_is_asked_all_the_same(room: Room) -> None:
    room.fetcher.asks_for_patience(SOURCES[0].url, 3600)
    collect_now(room.line, room.clock.now)
    assert revive(SOURCES[0].id, room.line)
    room.publishes(SOURCES[0], *PAGES[SOURCES[0].url])
    assert collect_now(room.line, room.clock.now).sources[0].outcome == "read"


def test_a_revived_source_that_is_gone_all_the_same_is_told_of_again(room: Room) -> None:
    room.fetcher.answers_gone(SOURCES[0].url)
    for _ in range(3):
        tick(room.line)
        room.clock.moves_on(hours=1)
    assert room.notifier.kinds.count("gone feed") == 1
    assert revive(SOURCES[0].id, room.line)
    tick(room.line)
    assert room.notifier.kinds.count("gone feed") == 2


def test_a_source_that_was_never_asked_needs_no_reviving(room: Room) -> None:
    assert not revive(SOURCES[0].id, room.line)


def test_a_source_that_is_not_on_the_list_cannot_be_revived(room: Room) -> None:
    with pytest.raises(UsageError, match=r"there is no source 'nobody'\. Mend: `digest sources` lists them"):
        revive("nobody", room.line)

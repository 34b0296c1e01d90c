"""What hostile bodies and markup do to the line, feed in, letter out: nothing."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.corpora.carriers import CARRIERS
from tests.corpora.conftest import Crossing, cross
from tests.corpora.plan import ELSEWHERE, HERE, Use

SECONDS = 20
MEGABYTES = 150

pytestmark = [pytest.mark.alone, pytest.mark.shared]


def test_every_corpus_is_read_by_somebody(shared: Path) -> None:
    files = {file.stem for file in (shared / "data" / "corpora").glob("*.jsonl")}
    assert files == HERE.keys() | ELSEWHERE.keys()
    assert not HERE.keys() & ELSEWHERE.keys()


@pytest.mark.parametrize("corpus", HERE)
def test_no_record_breaks_the_line(corpus: str, crossings: Mapping[str, Crossing]) -> None:
    passage = crossings[corpus].passage
    assert passage.records > 0
    assert passage.crashed == []


@pytest.mark.parametrize("corpus", HERE)
def test_no_record_makes_us_open_a_file_or_call_anybody_or_compile_its_text(
    corpus: str, crossings: Mapping[str, Crossing]
) -> None:
    crossing = crossings[corpus]
    assert crossing.passage.reached == []
    assert crossing.passage.canary_opened == 0
    assert crossing.calls == ()


@pytest.mark.parametrize("corpus", HERE)
def test_no_record_costs_more_than_its_time_and_memory(corpus: str, crossings: Mapping[str, Crossing]) -> None:
    passage = crossings[corpus].passage
    assert passage.seconds <= SECONDS, passage.slowest
    assert passage.peak <= MEGABYTES


@pytest.mark.parametrize("corpus", [name for name, use in HERE.items() if use & (Use.MARKUP | Use.IN_TURN)])
def test_markup_reaches_the_letter_as_words(corpus: str, crossings: Mapping[str, Crossing]) -> None:
    """Else the tests of letters would prove nothing; what is missing are entries of which no title was left.

    Whole feeds as bodies are grouped and cut to forty stories besides, so of a corpus that holds both less is printed.
    """
    passage = crossings[corpus].passage
    written = 1 if Use.IN_TURN in HERE[corpus] else len(CARRIERS)
    assert passage.entries >= 0.9 * passage.payloads * written
    assert passage.pieces >= (0.4 if Use.BODY in HERE[corpus] else 0.9) * passage.entries


def test_bodies_reach_the_letter(crossings: Mapping[str, Crossing]) -> None:
    assert all(crossings[name].passage.letters for name, use in HERE.items() if Use.BODY in use)


def test_the_checks_of_a_letter_find_nothing_that_a_feed_put_there(crossings: Mapping[str, Crossing]) -> None:
    """An error keeps an edition from its readers: no feed may cause one. Size is a matter of our forty stories."""
    errors = [error for crossing in crossings.values() for error in crossing.passage.errors]
    assert [error for error in errors if not error.startswith("size:")] == []


def test_a_careless_parser_of_pythons_is_seen_at_the_canary_and_at_the_trap(shared: Path, tmp_path: Path) -> None:
    """The control: the same records and the same witnesses, with a parser that does what a document says."""
    crossing = cross(shared / "data" / "corpora" / "own_feeds.jsonl", tmp_path, "--careless", "python")
    reached = " ".join(crossing.passage.reached)
    assert ".canary'" in reached
    assert "socket.connect" in reached
    assert crossing.passage.canary_opened
    assert crossing.calls


def test_a_careless_library_in_c_is_seen_by_the_kernel_alone(shared: Path, tmp_path: Path) -> None:
    crossing = cross(shared / "data" / "corpora" / "own_feeds.jsonl", tmp_path, "--careless", "libxml2")
    assert ".canary'" not in " ".join(crossing.passage.reached)
    assert crossing.passage.canary_opened

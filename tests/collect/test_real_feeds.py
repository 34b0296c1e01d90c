"""Every feed of the shared collection, from a server on loopback through everything real into the database."""

from pathlib import Path

import pytest

from digest.collect.address import canonical
from digest.text.clean import plain
from tests.collect.real_feeds_table import Collected, collected, feed_files, repairs_by_source, table

pytestmark = pytest.mark.shared
PAGE = Path(__file__).parents[2] / "docs" / "collecting.md"


@pytest.fixture(scope="module")
def found(shared: Path) -> Collected:
    return collected(feed_files(shared))


def test_every_file_has_its_line_and_is_read_or_said_to_be_no_feed(found: Collected, shared: Path) -> None:
    assert [line.source_id for line in found.report.sources] == [file.name for file in feed_files(shared)]
    failed = {line.source_id: line.problems for line in found.report.failed}
    assert {line.outcome for line in found.report.sources} == {"read", "failed"}
    assert all(
        len(problems) == 1 and problems[0].startswith("The feed cannot be read: ") for problems in failed.values()
    )


def test_nothing_is_lost_between_feeds_entries_and_items(found: Collected) -> None:
    assert {line.source_id: line.entries for line in found.report.sources if line.outcome == "read"} == {
        source_id: len(feed.entries) for source_id, feed in found.parsed.items()
    }
    titles = {(source_id, one.title) for source_id, feed in found.parsed.items() for one in feed.entries}
    assert {title for _, title in titles} == {title for item in found.items for title in item.titles}
    assert found.report.new_items == len(found.items)


def test_what_is_stored_is_text_and_its_addresses_are_canonical(found: Collected) -> None:
    for item in found.items:
        for text in (item.title, item.summary, item.author):
            assert plain(text) == text
        assert canonical(item.url) == item.url
        assert item.published <= item.first_seen


def test_the_page_tells_of_every_file_what_was_measured(found: Collected) -> None:
    measured = table(found)
    assert measured in PAGE.read_text(encoding="utf-8"), (
        f"docs/collecting.md holds other numbers; `python -m tests.collect.real_feeds_table` prints these:\n{measured}"
    )


def test_every_repair_that_was_made_is_explained_on_the_page(found: Collected) -> None:
    explained = PAGE.read_text(encoding="utf-8").partition("## What is repaired")[2].partition("## What is refused")[0]
    made = {name for repairs in repairs_by_source(found).values() for name in repairs}
    assert made
    assert [name for name in sorted(made - {"The feed cannot be read"}) if name not in explained] == []

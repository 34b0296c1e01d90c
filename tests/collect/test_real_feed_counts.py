"""The real feeds give what they gave: dates, authors, pictures and texts do not get lost on the way."""

from pathlib import Path

import pytest

from tests.collect.real_feed_counts import table

TABLE = Path(__file__).with_name("real_feed_counts.txt")


@pytest.mark.shared
def test_every_real_feed_gives_as_many_entries_dates_authors_pictures_and_words_as_before(shared: Path) -> None:
    assert table(shared) == TABLE.read_text(encoding="utf-8")

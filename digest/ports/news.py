"""The doors to what is remembered of the news and of where it came from; every instant is an argument (aware, UTC)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from digest.model.feed import FeedDay, FeedState, SavedDocument
from digest.model.news import Edit, Item
from digest.model.page import Page, RobotsFile
from digest.model.story import Story


class ItemStore(Protocol):
    """What is remembered of the news."""

    def items_since(self, moment: datetime, *, until: datetime | None = None) -> list[Item]:
        """Items last seen at or after `moment`, and at or before `until` where that is given; ordered by id."""
        ...

    def save_items(
        self, items: Iterable[Item], *, absorbed: Iterable[tuple[str, str]] = (), edits: Iterable[Edit] = ()
    ) -> None:
        """Insert or replace by id, and write down what publishers changed (`edits`), all in one transaction.

        `absorbed` are items that turned out to be others, (the id that goes, the id that stays): they are
        deleted, and their earlier edits move.
        """
        ...

    def edits(self, item_ids: Sequence[str]) -> list[Edit]:
        """The edits of these items, oldest first."""
        ...

    def forget_items_before(self, moment: datetime) -> int:
        """Delete items last seen before `moment`, with their edits, and stories none of whose items is left.

        Returns how many items went. Editions keep what they told.
        """
        ...

    def story_ids(self, item_ids: Sequence[str]) -> dict[str, str]:
        """The story each item was in at the last grouping; items never grouped are absent."""
        ...

    def save_stories(self, stories: Iterable[Story], *, at: datetime) -> None:
        """Remember which item is in which story (an item's latest grouping replaces the earlier one)."""
        ...


class FeedStore(Protocol):
    """What is remembered of each source."""

    def states(self) -> dict[str, FeedState]:
        """The state of each source ever asked, by source id."""
        ...

    def save_states(self, states: Iterable[FeedState], *, days: Iterable[FeedDay] = ()) -> None:
        """Insert or replace by source id, and add `days` to the counts of the same source and day; one transaction."""
        ...

    def days(self, *, since: date) -> list[FeedDay]:
        """What each source did on each day from `since` on, ordered by source and day."""
        ...

    def save_documents(self, documents: Iterable[SavedDocument]) -> None:
        """Keep the last troubled document of each source, in place of an earlier one."""
        ...

    def document(self, source_id: str) -> SavedDocument | None:
        """The troubled document that was kept of a source."""
        ...

    def forget(self, source_id: str) -> None:
        """Delete all that is remembered of a source (state, days and document), in one transaction."""
        ...

    def forget_before(self, *, days: date, documents: datetime) -> int:
        """Delete days before `days` and documents kept before `documents`; how many rows went."""
        ...


class PageStore(Protocol):
    """What is remembered of the pages behind items, and of what their hosts allow."""

    def pages(self, urls: Sequence[str]) -> Mapping[str, Page]:
        """The pages of these addresses that were ever asked for, by address."""
        ...

    def save_pages(self, pages: Iterable[Page]) -> None:
        """Insert or replace by address, in one transaction."""
        ...

    def robots(self, origins: Sequence[str]) -> Mapping[str, RobotsFile]:
        """The robots.txt files of these origins (scheme://host:port) that were ever asked for."""
        ...

    def save_robots(self, files: Iterable[RobotsFile]) -> None:
        """Insert or replace by origin, in one transaction."""
        ...

    def forget_before(self, moment: datetime) -> int:
        """Delete pages and robots files asked for before `moment`; how many rows went."""
        ...

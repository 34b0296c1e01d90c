"""The door to what is remembered of copies after they had been accepted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from digest.model.feedback import Event, Heard


class FeedbackStore(Protocol):
    """Events of providers, and what follows from them: any order and any number of times come to the same."""

    def record(self, events: Sequence[Event], *, soft_bounces: int, at: datetime) -> Heard:
        """Write events down and do what follows from them, in one transaction.

        A hard bounce or a complaint suppresses the address; so do soft bounces of `soft_bounces` editions in a row. An
        unsubscription ends the one of the edition's newsletter, or all of an address of which no more is told than that
        it left. An event of a batch whose answer was lost says that
        it was accepted, be it lost only after the event came.
        """
        ...

    def tally(self, edition_id: int) -> Mapping[str, int]:
        """How many accepted copies of the edition were last heard of as what; nothing of those nobody told of."""
        ...

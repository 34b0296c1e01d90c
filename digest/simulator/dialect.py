"""What every simulated provider can do: pure functions from what came in to what is said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from digest.simulator.exchange import Accepted, Answer, Copy, Failure, Happening, Letter, Refused, Request, Submission


class Records(Protocol):
    """What a provider has on record at an instant."""

    @property
    def now(self) -> datetime:
        """That instant, by the simulator's clock."""
        ...

    def accepted(self, tag: str | None = None) -> Iterator[Accepted]:
        """The calls that are listed already, the oldest first; or those of a tag."""
        ...

    def happenings(self, tag: str | None = None) -> Iterator[Happening]:
        """What has become of their copies until now, by call."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """A provider's OpenAPI file below the folder of the specifications, and the server its paths begin at."""

    file: str
    server: str


class Keys(Protocol):
    """What a provider does about a key that was used before; it remembers one for so long."""

    lives: timedelta

    def replayed(self, first: Accepted | None, *, is_same: bool) -> Answer:
        """The answer to a key used again, with the same body or another; None: by a call still in hand."""
        ...


class Dialect(Protocol):
    """A provider's API.

    `keys` is None where it has no idempotency keys; `failures` says how an entry fails by script, for good (True) or
    for now, and is empty where calls are taken as a whole.
    """

    name: str
    keys: Keys | None
    failures: Mapping[bool, Failure]
    specs: tuple[Spec, ...]

    def sends(self, request: Request) -> bool:
        """Say whether the request hands mail over."""
        ...

    def read(self, request: Request, *, number: str, thorough: bool) -> Submission:
        """What the call asks for, every copy rendered; without `thorough` only whose copies they are.

        `number` is unique among all calls: ids are made of it. Raises Refused.
        """
        ...

    def letters(self, request: Request) -> Iterator[Letter]:
        """What each reader of a call would see, in the order of the copies. Raises Refused."""
        ...

    def taken(self, submission: Submission, failed: Mapping[int, Failure], *, at: datetime) -> Answer:
        """The answer to a call that was taken, but for the failed entries (by their place)."""
        ...

    def refused(self, refused: Refused) -> Answer:
        """An error in the provider's own form."""
        ...

    def listed(self, request: Request, records: Records) -> Answer:
        """The answer to every other request: events, messages. Raises Refused."""
        ...

    def events(self, happenings: Sequence[Happening]) -> Sequence[object]:
        """The payloads of the webhooks that tell of these, one for each POST."""
        ...


def delivery_of(data: Mapping[str, str]) -> str:
    """The sender's number of a copy among what it hung on it."""
    return next((value for name, value in data.items() if name.casefold().startswith("delivery")), "")


def tags_of(data: Mapping[str, str]) -> tuple[str, ...]:
    """The sender's name of a batch among what it hung on its copies, where the provider has no place of its own."""
    return tuple(value for name, value in data.items() if name.casefold().startswith(("batch", "tag")))[:1]


def copies_but(copies: Sequence[Copy], failed: Mapping[int, Failure]) -> tuple[Copy, ...]:
    """The copies of the entries that did not fail."""
    return tuple(each for number, each in enumerate(copies) if number not in failed)

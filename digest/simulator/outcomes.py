"""An accepted call -> what becomes of each copy, by the script or by the address; the same every time it is asked.

By the address: a local part that begins with `bounce-hard`, `bounce-soft`, `policy`, `complaint` or `unsubscribe`
says what its copy meets; every other copy is delivered.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from uuid import NAMESPACE_URL, uuid5

from digest.simulator.exchange import Accepted, Happening, Kind
from digest.simulator.script import Fortune

BY_ADDRESS = tuple(
    Fortune(address=f"{prefix}*", events=events)
    for prefix, events in (
        ("bounce-hard", (Kind.HARD,)),
        ("bounce-soft", (Kind.SOFT,)),
        ("policy", (Kind.POLICY,)),
        ("complaint", (Kind.DELIVERED, Kind.COMPLAINED)),
        ("unsubscribe", (Kind.DELIVERED, Kind.UNSUBSCRIBED)),
        ("", (Kind.DELIVERED,)),
    )
)
"""What addresses say of themselves; the last fits all."""

_CODES: Mapping[Kind, str] = {
    Kind.ACCEPTED: "2.0.0",
    Kind.DELIVERED: "2.0.0",
    Kind.HARD: "5.1.1",
    Kind.SOFT: "4.2.2",
    Kind.POLICY: "5.7.1",
    Kind.COMPLAINED: "2.0.0",
    Kind.UNSUBSCRIBED: "2.0.0",
}
"""RFC 3463."""


def happenings(call: Accepted, fortunes: Sequence[Fortune], *, until: datetime | None = None) -> Iterator[Happening]:
    """Acceptance at once, then one thing after another, as far as they have happened (None: all of them)."""
    for place, copy in enumerate(call.copies):
        fortune = next(each for each in (*fortunes, *BY_ADDRESS) if fnmatchcase(copy.address, each.address))
        for step, kind in enumerate((Kind.ACCEPTED, *fortune.events)):
            at = call.at + timedelta(seconds=step * fortune.after)
            if until is not None and at > until:
                break
            is_coded = kind in {Kind.HARD, Kind.SOFT, Kind.POLICY} and fortune.code
            yield Happening(
                id=str(uuid5(NAMESPACE_URL, f"{call.id}/{place}/{step}")),
                at=at,
                kind=kind,
                code=fortune.code if is_coded else _CODES[kind],
                call=call,
                copy=copy,
            )

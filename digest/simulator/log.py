"""What was accepted -> a file of JSON Lines, a line a call, that is true whoever is killed.

A line is handed to the kernel in one write before the answer goes out: what was answered is in the file, however
either side ends (a power cut is another matter). A line without an end was never answered; it is cut off when the
file is opened again, and its call counts as never accepted.
"""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from digest.simulator.exchange import Accepted, Copy, compact

_FIELDS = ("address", "delivery", "message_id", "subject", "list_unsubscribe", "data")


class Log:
    """The file, and where in it the calls of each tag stand. One thread at a time."""

    def __init__(self, path: Path) -> None:
        """Open the file, or begin it; what it holds already is counted in."""
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        self._lines: list[tuple[int, int]] = []
        self._by_tag: dict[str, list[tuple[int, int]]] = {}
        self._by_key: dict[str, tuple[int, int]] = {}
        self._end = 0
        with path.open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    self._note(line, _read(line))
        os.ftruncate(self._file, self._end)

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    @property
    def calls(self) -> int:
        """How many calls were accepted."""
        return len(self._lines)

    def append(self, accepted: Accepted) -> None:
        """Write a call down; it is in the kernel's hands when this returns."""
        line = _written(accepted)
        done = 0
        while done < len(line):
            done += os.write(self._file, line[done:])
        self._note(line, accepted)

    def accepted(self, tag: str | None = None) -> Iterator[Accepted]:
        """The calls in the order of their acceptance, or those of a tag."""
        for place in tuple(self._lines if tag is None else self._by_tag.get(tag, ())):
            yield self._at(place)

    def keyed(self, key: str) -> Accepted | None:
        """The last call that was accepted under a key."""
        return self._at(self._by_key[key]) if key in self._by_key else None

    def clear(self) -> None:
        """Forget everything."""
        os.ftruncate(self._file, 0)
        self._lines.clear()
        self._by_tag.clear()
        self._by_key.clear()
        self._end = 0

    def _note(self, line: bytes, accepted: Accepted) -> None:
        place = (self._end, len(line))
        self._lines.append(place)
        for tag in dict.fromkeys(accepted.tags):
            self._by_tag.setdefault(tag, []).append(place)
        if accepted.key:
            self._by_key[accepted.key] = place
        self._end += len(line)

    def _at(self, place: tuple[int, int]) -> Accepted:
        start, length = place
        return _read(os.pread(self._file, length, start))


def _written(accepted: Accepted) -> bytes:
    """One line; a copy is a list of its fields, those of the cheap path only the first three."""
    copies = [
        [each.address, each.delivery, each.message_id, each.subject, each.list_unsubscribe, each.data]
        if each.list_unsubscribe
        else [each.address, each.delivery, each.message_id]
        for each in accepted.copies
    ]
    return (
        compact(
            {
                "call": accepted.call,
                "at": accepted.at.isoformat(),
                "provider": accepted.provider,
                "id": accepted.id,
                "tags": accepted.tags,
                "key": accepted.key,
                "print": accepted.print,
                "copies": copies,
            }
        )
        + b"\n"
    )


def _read(line: bytes) -> Accepted:
    found: dict[str, Any] = json.loads(line)
    copies = tuple(Copy(**dict(zip(_FIELDS, each, strict=False))) for each in found.pop("copies"))
    read = {"at": datetime.fromisoformat(found["at"]), "tags": tuple(found["tags"])}
    return Accepted(**found | read, copies=copies)

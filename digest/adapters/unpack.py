"""Bytes as received -> bytes as meant (gzip, deflate), within limits."""

import zlib
from typing import Protocol

from digest.adapters.limits import Limits, Refused

RATIO_COUNTS_FROM = 1_048_576
"""Bytes unpacked; below them even honest, repetitive XML may shrink a hundredfold."""


GZIP = b"\x1f\x8b"
"""How a member begins (RFC 1952, section 2.3.1)."""

MOST_MEMBERS = 1_000
"""Members of one gzip file; servers send one, and each costs a copy of what follows it."""

DAMAGED = "its compressed text is damaged"


class Inflater(Protocol):
    """What `zlib.decompressobj` returns, which has no public name."""

    @property
    def eof(self) -> bool:
        """True once the end of the compressed stream was seen."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What came after that end."""
        ...

    def decompress(self, data: bytes, /, max_length: int = 0) -> bytes:
        """Unpack, at most so many bytes."""
        ...


class Unpacker:
    """One answer's bytes as they arrive; never more of them in memory than the limits allow."""

    def __init__(self, encoding: str, limits: Limits) -> None:
        """One layer of gzip or deflate, or none: we asked for nothing else (RFC 9110, section 8.4)."""
        name = encoding.strip().casefold()
        if name not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise Refused(f"is encoded as «{name[:40]}», which we did not ask for")
        self._limits = limits
        self._name = name
        self._inflater: Inflater | None = _inflater() if name not in {"", "identity"} else None
        self._behind = b""
        self._members = 1
        self._pieces: list[bytes] = []
        self._size = 0

    def feed(self, chunk: bytes, received: int) -> None:
        """Take what has arrived, the last of `received` bytes; Refused as soon as it is too much."""
        if received > self._limits.bytes:
            raise Refused(f"is larger than {_size(self._limits.bytes)}")
        if self._inflater is None:
            self._keep(chunk, received)
            return
        packed = self._of_a_member(self._inflater, chunk)
        while packed:
            self._keep(self._inflate(self._inflater, packed), received)
            packed = self._of_a_member(self._inflater, self._inflater.unused_data)

    def whole(self) -> bytes:
        """Everything; Refused when the compressed stream broke off."""
        if self._inflater and self._pieces and not self._inflater.eof:
            raise Refused("broke off in the middle of its compressed text")
        return b"".join(self._pieces)

    def _keep(self, piece: bytes, received: int) -> None:
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size > self._limits.bytes:
            raise Refused(f"is larger than {_size(self._limits.bytes)}")
        if self._size > max(RATIO_COUNTS_FROM, received * self._limits.ratio):
            raise Refused(f"unpacks to more than {self._limits.ratio} times its size")

    def _inflate(self, inflater: Inflater, packed: bytes) -> bytes:
        """Unpack at most one byte more than is allowed."""
        room = self._limits.bytes - self._size + 1
        try:
            return inflater.decompress(packed, room)
        except zlib.error as error:
            if self._name != "deflate" or self._size:
                raise Refused(DAMAGED) from error
        return self._inflate_raw(packed, room)

    def _inflate_raw(self, packed: bytes, room: int) -> bytes:
        """Unpack deflate without its wrapping, which is what some servers call «deflate» (RFC 9110, 8.4.1.2)."""
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            return self._inflater.decompress(packed, room)
        except zlib.error as error:
            raise Refused(DAMAGED) from error

    def _of_a_member(self, inflater: Inflater, packed: bytes) -> bytes:
        """Go on with the next member of a gzip file where one has ended (RFC 1952, section 2.2).

        What else follows is padding. The first bytes behind a member are kept until they show which it is.
        """
        if not inflater.eof:
            return packed
        rest = (self._behind + packed).lstrip(b"\0")
        if not rest.startswith(GZIP):
            self._behind = rest[: len(GZIP)]
            return b""
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise Refused(f"is compressed in more than {MOST_MEMBERS:,} pieces")
        self._behind = b""
        self._inflater = _inflater()
        return rest


def _inflater() -> Inflater:
    """For gzip, or deflate in its wrapping."""
    return zlib.decompressobj(zlib.MAX_WBITS | 32)


def _size(number: int) -> str:
    """5 MiB, 64 KiB or 100 bytes."""
    for unit, name in ((1024 * 1024, "MiB"), (1024, "KiB")):
        if number >= unit:
            return f"{number / unit:g} {name}"
    return f"{number} bytes"

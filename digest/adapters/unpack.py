"""Bytes as received -> bytes as meant (gzip, deflate), within limits."""

import zlib
from typing import Protocol

from digest.adapters.limits import Limits, Refused

RATIO_COUNTS_FROM = 1_048_576
"""Bytes unpacked; below them even honest, repetitive XML may shrink a hundredfold."""


class Inflater(Protocol):
    """What `zlib.decompressobj` returns, which has no public name."""

    @property
    def eof(self) -> bool:
        """True once the end of the compressed stream was seen."""
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
        self._inflater: Inflater | None = (
            zlib.decompressobj(zlib.MAX_WBITS | 32) if name not in {"", "identity"} else None
        )
        self._pieces: list[bytes] = []
        self._size = 0

    def feed(self, chunk: bytes, received: int) -> None:
        """Take what has arrived; Refused as soon as it is too much."""
        piece = self._inflate(self._inflater, chunk) if self._inflater else chunk
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size > self._limits.bytes:
            raise Refused(f"is larger than {_size(self._limits.bytes)}")
        if self._size > max(RATIO_COUNTS_FROM, received * self._limits.ratio):
            raise Refused(f"unpacks to more than {self._limits.ratio} times its size")

    def whole(self) -> bytes:
        """Everything; Refused when the compressed stream broke off."""
        if self._inflater and self._pieces and not self._inflater.eof:
            raise Refused("broke off in the middle of its compressed text")
        return b"".join(self._pieces)

    def _inflate(self, inflater: Inflater, chunk: bytes) -> bytes:
        """Unpack at most one byte more than is allowed; some servers call raw deflate «deflate» (RFC 9110, 8.4.1.2)."""
        room = self._limits.bytes - self._size + 1
        try:
            return inflater.decompress(chunk, room)
        except zlib.error:
            if self._name != "deflate" or self._size:
                raise
            raw: Inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            self._inflater = raw
            return raw.decompress(chunk, room)


def _size(number: int) -> str:
    """5 MiB, 64 KiB or 100 bytes."""
    for unit, name in ((1024 * 1024, "MiB"), (1024, "KiB")):
        if number >= unit:
            return f"{number / unit:g} {name}"
    return f"{number} bytes"

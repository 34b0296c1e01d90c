"""Fields of a form -> the bytes of a multipart/form-data body (RFC 7578), the same at every attempt.

urllib3 makes such bodies too, with an object for each field; a call has a thousand fields of one name, and the send
path has ten microseconds for each reader.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import count

Field = tuple[str, str | tuple[str, ...]]
"""A name, which is ours and plain ASCII, and its value, or a field for each of its values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A body, and the header that goes with it."""

    body: bytes
    content_type: str


def multipart(fields: Sequence[Field]) -> Form:
    """Return the body of these fields, at least one, in their order.

    The boundary is the first of a fixed row that stands in no value (RFC 2046, section 5.1.1).
    """
    several = [(name, (value,) if isinstance(value, str) else value) for name, value in fields]
    lines = sum(len(values) for _, values in several) + 1
    for body, boundary in (_body(several, sha256(b"%d" % n).hexdigest()) for n in count()):
        if body.count(boundary) == lines:
            break
    return Form(body=body.encode(), content_type=f"multipart/form-data; boundary={boundary}")


def _body(fields: Sequence[tuple[str, tuple[str, ...]]], boundary: str) -> tuple[str, str]:
    """The body with this boundary, and the boundary. A head begins with the end of the line before it."""
    parts = []
    for name, values in fields:
        head = f'\r\n--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        parts += [head, head.join(values)] if values else []
    return "".join([*parts, f"\r\n--{boundary}--\r\n"])[len("\r\n") :], boundary

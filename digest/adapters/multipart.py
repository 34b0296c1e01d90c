"""Fields of a form -> the bytes of a multipart/form-data body (RFC 7578), the same at every attempt.

urllib3 makes such bodies too, with an object for each field; a call has a thousand fields of one name, and the send
path has ten microseconds for each reader.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A body, and the header that goes with it."""

    body: bytes
    content_type: str


def multipart(fields: Iterable[tuple[str, str]]) -> Form:
    """Return the body of these (name, value) pairs, in their order; names are ours, and plain ASCII.

    The boundary is a hash of all that it parts, so that nothing in it can be a line of it (RFC 2046, section 5.1.1).
    """
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields]
    boundary = sha256("\0".join(parts).encode()).hexdigest()
    line = f"--{boundary}\r\n"
    body = f"{line}{line.join(parts)}--{boundary}--\r\n"
    return Form(body=body.encode(), content_type=f"multipart/form-data; boundary={boundary}")

"""What the calls of every provider have in common: JSON that nobody vouches for -> the fields of an event."""

import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from hmac import compare_digest

from digest.errors import Unproven

MISSING_PROOF = "this newsroom has set up no proof for it"
LONGEST_PAYLOAD = 8_000
"""Characters of an event that are kept; what is longer is some mail's whole text."""


def parsed(body: bytes) -> object:
    """The JSON of a call; ValueError when it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"no JSON: {error}") from error


def record(body: bytes) -> Mapping[str, object]:
    """The JSON object of a call; ValueError when it is none."""
    match parsed(body):
        case dict() as found:
            return found
        case other:
            raise ValueError(f"a {type(other).__name__} and no JSON object")


def table(value: object) -> Mapping[str, object]:
    """A JSON object, or an empty one for anything else: a field that is missing is no reason to lose the event."""
    return value if isinstance(value, dict) else {}


def text(value: object) -> str:
    """A string or number as text; empty for anything else."""
    return whole_characters(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def whole_characters(said: str) -> str:
    """The same, with a question mark for half a character: JSON may hold one (RFC 8259, 8.2), no database takes it."""
    return said.encode(errors="replace").decode()


def whole(value: object) -> int:
    """A delivery's id, written as text or number; 0 for anything else."""
    said = text(value)
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else 0


def instant(value: object, *, otherwise: datetime) -> datetime:
    """Seconds since 1970, or ISO 8601 (UTC where it names no offset), as an aware instant; `otherwise` for neither."""
    try:
        if isinstance(value, str) and not value.replace(".", "", 1).isdecimal():
            found = datetime.fromisoformat(value)
            return found if found.tzinfo else found.replace(tzinfo=UTC)
        return datetime.fromtimestamp(float(text(value)), UTC)
    except (ValueError, OverflowError, OSError):
        return otherwise


def kept(value: object) -> str:
    """What was said, as one line of JSON that fits into a row."""
    return whole_characters(json.dumps(value, ensure_ascii=False, sort_keys=True))[:LONGEST_PAYLOAD]


def name_of(value: object) -> str:
    """A name for an event that has none of its own: the same words have the same name."""
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:32]


def require_basic(headers: Mapping[str, str], *, user: str, password: str) -> None:
    """Unproven unless the call brings these credentials (RFC 7617); compared in constant time."""
    meant = b64encode(f"{user}:{password}".encode()).decode()
    require_equal(headers.get("authorization", ""), f"Basic {meant}" if password else "")


def require_equal(said: str, meant: str) -> None:
    """Unproven unless both are the same and not empty; compared in constant time."""
    if not meant:
        raise Unproven(MISSING_PROOF, mend="set the provider's webhook secret; docs/operations.md names each.")
    if not compare_digest(said.encode(), meant.encode()):
        raise Unproven("the secret it brings is not ours", mend="compare the secret here with the provider's.")

"""A host's robots.txt -> what it allows us (RFC 9309), and how long that is believed."""

import re
from datetime import datetime, timedelta
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.model.feed import Document, FetchAnswer, FetchFailure
from digest.model.page import RobotsFile

if TYPE_CHECKING:
    from protego import Protego

TOKEN = "digest"  # noqa: S105 - RFC 9309 calls the name by which a robot is addressed its product token
"""Ours; it begins our user agent too (RFC 9309, section 2.2.1)."""

LONGEST = 500 * 1024
"""Bytes that are read; the least a robot must read (RFC 9309, section 2.5)."""

CACHED_FOR = timedelta(hours=24)
"""How long an answer is used before the host is asked again (RFC 9309, section 2.4)."""

STALE_FOR = timedelta(days=30)
"""How long an older answer stands in for a host that cannot be reached (RFC 9309, sections 2.3.1.4 and 2.4)."""

AGENT = re.compile(r"\s*user(?:-|\s*)agent\b[\s:]*(\*|[a-z_-]*)", re.IGNORECASE)
"""A line that opens a group, with the product token in it; hosts write «digest/1.0» for «digest»."""

NO_RULES = range(HTTPStatus.BAD_REQUEST, HTTPStatus.INTERNAL_SERVER_ERROR)
"""Statuses of a host without a robots.txt, where all is allowed (RFC 9309, section 2.3.1.3)."""


def allows(file: RobotsFile | None, url: str) -> bool:
    """Whether we may read the page at `url`, of the host whose file this is.

    A file that came (2xx) decides by its rules for «digest», else for «*»; a host that has none
    (4xx) allows everything; one that cannot be reached (5xx, no answer), or was never asked
    (None), allows nothing. 429 is no word on the file but a wish to be left alone: nothing either.
    """
    if file is None or not was_reached(file):
        return False
    return file.status in NO_RULES or _rules(file.body).can_fetch(url, TOKEN)


def asks_for_delay(file: RobotsFile) -> bool:
    """Whether the host wants a pause between two requests (Crawl-delay, which no RFC knows, in any group of ours)."""
    return file.status not in NO_RULES and bool(_rules(file.body).crawl_delay(TOKEN))


def was_reached(file: RobotsFile) -> bool:
    """Whether the host said something about its robots.txt, if only that it has none."""
    return file.status in range(HTTPStatus.OK, HTTPStatus.MULTIPLE_CHOICES) or (
        file.status in NO_RULES and file.status != HTTPStatus.TOO_MANY_REQUESTS
    )


def is_fresh(file: RobotsFile, now: datetime) -> bool:
    """Whether the host need not be asked again; one that could not be reached is, at every collection."""
    return was_reached(file) and abs(now - file.at) < CACHED_FOR


def after(old: RobotsFile | None, answer: FetchAnswer | None, *, origin: str, now: datetime) -> RobotsFile:
    """What to remember of a host that was asked: its answer, or its last good file where it could not be reached.

    `answer` is None where there was none in time. What is longer than `LONGEST` is cut after its
    last whole line.
    """
    body = _text(answer.body) if isinstance(answer, Document) else ""
    new = RobotsFile(origin=origin, at=now, status=_status(answer), body=body)
    if not was_reached(new) and old and was_reached(old) and now - old.at < STALE_FOR:
        return old
    return new


def _status(answer: FetchAnswer | None) -> int:
    """The answer's status; 0 for a file that came and could not be read, which might have forbidden everything."""
    if answer is None or (isinstance(answer, FetchFailure) and answer.status == HTTPStatus.OK):
        return 0
    return answer.status


def origin_of(url: str) -> str:
    """The part of a canonical URL that a robots.txt speaks for: scheme, host and port."""
    split = urlsplit(url)
    return f"{split.scheme}://{split.netloc}"


def address_of(origin: str) -> str:
    """Where the robots.txt of an origin lies (RFC 9309, section 2.3)."""
    return f"{origin}/robots.txt"


@lru_cache(maxsize=64)
def _rules(body: str) -> "Protego":
    """A file's rules; those of one collection's hosts are kept, since each of its pages asks for them."""
    from protego import Protego

    return Protego.parse("\n".join(_of_ours(line) for line in body.splitlines()))


def _of_ours(line: str) -> str:
    """A line, with every robot that we are not under one name.

    The parser writes each rule down once for each name of its group: a file of ten thousand names
    would take it minutes. It also takes «d» for the beginning of «digest», which RFC 9309 does not.
    """
    opens = AGENT.match(line)
    if not opens:
        return line
    name = opens[1].lower()
    return f"User-agent: {name if name in {'*', TOKEN} else 'another'}"


def _text(body: bytes) -> str:
    """The file as text: UTF-8 (RFC 9309, section 2.2), without a byte order mark, and no longer than we read."""
    if len(body) > LONGEST:
        body = body[: body.rfind(b"\n", 0, LONGEST) + 1]
    return body.decode("utf-8-sig", "replace").replace("\x00", "")

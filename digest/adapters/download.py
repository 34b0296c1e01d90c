"""One request -> its answer, within a deadline and a number of bytes, or why there is none."""

import time
from collections.abc import Collection
from http import HTTPStatus
from http.client import HTTPException

import requests
from urllib3.exceptions import HTTPError

from digest.adapters.connections import Line
from digest.adapters.hops import Hops
from digest.adapters.limits import Deadline, Limits, Refused
from digest.adapters.retry_after import retry_after
from digest.adapters.unpack import Unpacker
from digest.model.feed import Document, FetchAnswer, FetchFailure, FetchRequest

BUSY = frozenset({429, 503})
"""Statuses whose Retry-After says for how long we are to stay away (RFC 6585, section 4; RFC 9110, section 15.6.4)."""

LONGEST_PATIENCE = 24 * 3600.0
"""Seconds; whoever asks for more is asked again tomorrow."""

CHUNK = 65_536


def download(
    session: requests.Session, request: FetchRequest, limits: Limits, *, line: Line, own_hosts: Collection[str]
) -> FetchAnswer:
    """Fetch one address. Every failure is a value; the line's deadline holds against bytes that drip.

    `own_hosts` may lie on a private network: they are reached when the request itself is for one of them (and,
    where somebody's document named it, when that document lies on one of them), never by a stranger's redirect.
    """
    started = time.monotonic()
    hops = Hops(session, request, limits, line, own_hosts)
    try:
        with line:
            return _answer(hops, limits, started)
    except Refused as refused:
        why, patience = str(refused), refused.retry_after
        status = 0 if why == line.deadline.missed else hops.status
    except (requests.RequestException, HTTPError, HTTPException, OSError, ValueError) as error:
        why, status, patience = _in_words(error, line.deadline), 0, 0.0
    return FetchFailure(
        source_id=request.source_id,
        url=request.url,
        error=_plain(why),
        seconds=time.monotonic() - started,
        status=status,
        retry_after=patience,
    )


def _answer(hops: Hops, limits: Limits, started: float) -> Document:
    """Follow redirects to an answer, and read it."""
    request = hops.request
    with hops.follow() as response:
        unchanged = response.status_code == HTTPStatus.NOT_MODIFIED and hops.is_conditional
        if response.status_code != HTTPStatus.OK and not unchanged:
            raise Refused(f"answered {_status(response.status_code)}", retry_after=_patience(response))
        return Document(
            source_id=request.source_id,
            asked=request.url,
            url=hops.at.url,
            status=response.status_code,
            body=b"" if unchanged else _body(response, limits, hops.deadline),
            content_type=response.headers.get("Content-Type", ""),
            etag=response.headers.get("ETag", request.etag if unchanged else ""),
            last_modified=response.headers.get("Last-Modified", request.last_modified if unchanged else ""),
            seconds=time.monotonic() - started,
            moved_to=hops.moved_to,
        )


def _patience(response: requests.Response) -> float:
    """For how many seconds a busy server asks to be left alone."""
    return min(LONGEST_PATIENCE, retry_after(response.headers)) if response.status_code in BUSY else 0.0


def _body(response: requests.Response, limits: Limits, deadline: Deadline) -> bytes:
    """Read and decode as it arrives, one read of the socket at a time."""
    unpacker = Unpacker(response.headers.get("Content-Encoding", ""), limits)
    received = 0
    while chunk := response.raw.read1(CHUNK, decode_content=False):
        received += len(chunk)
        unpacker.feed(chunk, received)
        deadline.remaining()
    return unpacker.whole()


def _in_words(error: Exception, deadline: Deadline) -> str:
    """What a person can do something about, without the layers of three libraries."""
    said = f"{type(error).__name__}: {error}"
    if time.monotonic() >= deadline.at or isinstance(error, requests.Timeout) or "timed out" in said:
        return deadline.missed
    return next((words for sign, words in SIGNS if sign in said), f"failed: {said[:200]}")


SIGNS = (
    ("CERTIFICATE_VERIFY_FAILED", "its TLS certificate is not valid"),
    ("SSLError", "TLS failed with it"),
    ("Connection refused", "refused the connection"),
    ("IncompleteRead", "broke off before the end"),
    ("Connection reset", "reset the connection"),
    ("Remote end closed", "closed the connection without an answer"),
    ("RemoteDisconnected", "closed the connection without an answer"),
    ("BadStatusLine", "does not speak HTTP"),
    ("got more than", "sends longer headers than we read"),
    ("InvalidURL", "its address is not valid"),
    ("LocationParseError", "its address is not valid"),
)
"""Signs in a library's message and what they mean, the first that is found."""


def _plain(why: str) -> str:
    """Words for the report, without what a terminal would obey: a library may quote what the server said."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in why)


def _status(code: int) -> str:
    """A status with its standard phrase; what the server itself says beside it is not ours to print."""
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:  # 999, and what else servers invent
        return str(code)

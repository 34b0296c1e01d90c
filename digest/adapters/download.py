"""One feed request -> its answer, within a deadline and a number of bytes, or why there is none."""

import time
import zlib
from http import HTTPStatus
from http.client import HTTPException
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from digest.adapters.limits import Deadline, Limits, Refused
from digest.adapters.unpack import Unpacker
from digest.model.feed import Document, FetchAnswer, FetchFailure, FetchRequest

REDIRECTS = frozenset({301, 302, 303, 307, 308})
CHUNK = 65_536


def download(session: requests.Session, request: FetchRequest, limits: Limits) -> FetchAnswer:
    """Fetch one feed. Every failure is a value; a deadline holds against bytes that drip."""
    started = time.monotonic()
    deadline = Deadline(limits.seconds, started + limits.seconds)
    try:
        return _answer(session, request, limits, deadline, started)
    except Refused as refused:
        why, status = str(refused), refused.status
    except (requests.RequestException, HTTPError, HTTPException, OSError, ValueError, zlib.error) as error:
        why, status = _in_words(error, deadline), 0
    return FetchFailure(
        source_id=request.source_id, url=request.url, error=why, seconds=time.monotonic() - started, status=status
    )


def _answer(
    session: requests.Session, request: FetchRequest, limits: Limits, deadline: Deadline, started: float
) -> Document:
    """Follow redirects to an answer, and read it."""
    with _follow(session, request, limits, deadline) as response:
        unchanged = response.status_code == HTTPStatus.NOT_MODIFIED and bool(request.etag or request.last_modified)
        if response.status_code != HTTPStatus.OK and not unchanged:
            raise Refused(f"answered {_status(response.status_code)}", response.status_code)
        return Document(
            source_id=request.source_id,
            asked=request.url,
            url=response.url,
            status=response.status_code,
            body=b"" if unchanged else _body(response, limits, deadline),
            content_type=response.headers.get("Content-Type", ""),
            etag=response.headers.get("ETag", request.etag if unchanged else ""),
            last_modified=response.headers.get("Last-Modified", request.last_modified if unchanged else ""),
            seconds=time.monotonic() - started,
        )


def _follow(session: requests.Session, request: FetchRequest, limits: Limits, deadline: Deadline) -> requests.Response:
    """Ask, and go where we are sent, at most `limits.redirects` times; every hop is checked."""
    url = request.url
    headers = _conditions(request)
    for _ in range(limits.redirects + 1):
        _check(url)
        left = deadline.remaining()
        response = session.get(url, headers=headers, timeout=(left, left), stream=True, allow_redirects=False)
        target = response.headers.get("Location")
        if response.status_code not in REDIRECTS or not target:
            return response
        response.close()
        url = _next_hop(url, target)
    raise Refused(f"redirects more than {limits.redirects} times, the last to {url[:200]}")


def _conditions(request: FetchRequest) -> dict[str, str]:
    """The validators of the last good answer (RFC 9110, section 13)."""
    conditions = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _check(url: str) -> None:
    """Refuse what is no plain web address."""
    split = urlsplit(url)
    if split.scheme not in {"http", "https"} or not split.hostname:
        raise Refused(f"is not an http or https address: {url[:200]}")
    if split.username is not None:
        raise Refused("has a user name in its address, which we do not send")


def _next_hop(url: str, target: str) -> str:
    """Where a redirect leads; never from TLS back to plain HTTP."""
    joined = urljoin(url, target)
    if urlsplit(url).scheme == "https" and urlsplit(joined).scheme == "http":
        raise Refused(f"redirects from https to http: {joined[:200]}")
    return joined


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
    ("NameResolutionError", "its host name is not known"),
    ("getaddrinfo", "its host name is not known"),
    ("CERTIFICATE_VERIFY_FAILED", "its TLS certificate is not valid"),
    ("SSLError", "TLS failed with it"),
    ("Connection refused", "refused the connection"),
    ("IncompleteRead", "broke off before the end"),
    ("Connection reset", "reset the connection"),
    ("Remote end closed", "closed the connection without an answer"),
    ("RemoteDisconnected", "closed the connection without an answer"),
    ("BadStatusLine", "does not speak HTTP"),
    ("zlib", "its compressed text is damaged"),
    ("Error -3 while decompressing", "its compressed text is damaged"),
    ("InvalidURL", "its address is not valid"),
    ("LocationParseError", "its address is not valid"),
)
"""Signs in a library's message and what they mean, the first that is found."""


def _status(code: int) -> str:
    """A status with its standard phrase; what the server itself says beside it is not ours to print."""
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:  # 999, and what else servers invent
        return str(code)

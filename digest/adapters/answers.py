"""An HTTP answer, or the error that came instead -> what is known of the mail that was handed over.

The classes are those of delivery.md, «The ledger», 6. Whatever is not certainly one of the first
two is uncertain: a second copy is worse than a question to an operator.
"""

import re
import ssl
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy
from traceback import walk_tb
from urllib.parse import urlsplit

import requests
from requests import exceptions
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NameResolutionError, NewConnectionError

from digest.adapters.hearing import whole_characters
from digest.adapters.retry_after import reset_after, retry_after
from digest.deliver.hush import without_addresses
from digest.errors import Unreachable
from digest.model.mail import Fate, Outcome, Receipt

LONGEST_DETAIL = 500
_HALF_A_WORD = re.compile(r"[^\s\"'<>,;(){}\[\]]*$")

Reading = Callable[[requests.Response], Receipt]
"""What a 2xx answer says was accepted; KeyError, TypeError or ValueError when it is not the provider's answer."""

Rereading = Callable[[requests.Response, Receipt], Receipt]
"""What a provider's own words make of a refusal (3xx, 4xx), when they say more than its status: the receipt mended."""

_BACK_OFF = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
"""Refused for now: the server says that it did nothing with the request (RFC 9110, 15.5.9; RFC 8470; RFC 6585)."""

_HALTS = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})
"""Refusals of the sender, not of the mail: a wrong key, a closed account, a domain that is not ours."""

_NEVER_SENT = (NewConnectionError, ConnectTimeoutError, NameResolutionError)
_NO_REQUEST = (
    exceptions.InvalidHeader,
    exceptions.InvalidSchema,
    exceptions.InvalidURL,
    exceptions.MissingSchema,
)
_HANDSHAKE = ssl.SSLSocket.do_handshake.__code__


def post(
    session: requests.Session,
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    timeout: tuple[float, float],
    read: Reading,
    reread: Rereading | None = None,
) -> Receipt:
    """Hand `body` over once and say what is known; never raises for what the network does.

    `timeout` is (to connect, between two reads) in seconds. Redirects are not followed: the mail
    and the key are for one server only.
    """
    try:
        answer = session.post(url, data=body, headers=dict(headers), timeout=timeout, allow_redirects=False)
    except exceptions.RequestException as error:
        return of_error(error)
    return of_answer(answer, read=read, reread=reread)


def get(session: requests.Session, url: str, *, params: Mapping[str, str], timeout: tuple[float, float]) -> object:
    """Ask once and return what the JSON of a 2xx answer says; None for every other answer, and for none.

    To ask changes nothing, so that nobody need know why there was no answer: it is asked again.
    """
    try:
        return ask(session, url, params=params, timeout=timeout)
    except Unreachable:
        return None


def ask(
    session: requests.Session,
    url: str,
    *,
    params: Mapping[str, str],
    timeout: tuple[float, float],
    query: bytes = b"",
) -> object:
    """Ask once and return what the JSON of a 200 answer says; Unreachable, with what came instead, for any other.

    `query` is JSON for those who want to be asked by POST.
    """
    method, kind = ("POST", {"Content-Type": "application/json"}) if query else ("GET", {})
    try:
        answer = session.request(
            method, url, params=dict(params), data=query, headers=kind, timeout=timeout, allow_redirects=False
        )
        if answer.status_code == HTTPStatus.OK:
            return answer.json()
        said = f"HTTP {answer.status_code}: {without_addresses(answer.text)}"
    except (exceptions.RequestException, RecursionError, ValueError) as error:
        said = f"{type(error).__name__}: {error}"
    raise Unreachable(shortened(f"{urlsplit(url).netloc}: {said}"), mend="Try again later; nothing was changed.")


def open_session(*, connections: int = 1) -> requests.Session:
    """A session for so many threads, that takes nothing from the environment (proxies, netrc) and keeps no cookies.

    Its adapters never retry: their default.
    """
    session = requests.Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(pool_connections=2, pool_maxsize=connections, pool_block=True))
    return session


def of_answer(answer: requests.Response, *, read: Reading, reread: Rereading | None = None) -> Receipt:
    """Class an answer by its status; a 2xx counts only if it reads as the provider's."""
    said = shortened(f"HTTP {answer.status_code}: {answer.text}")
    if not HTTPStatus.OK <= answer.status_code < HTTPStatus.MULTIPLE_CHOICES:
        refused = of_refusal(answer.status_code, said, answer.headers)
        is_word = HTTPStatus.MULTIPLE_CHOICES <= answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
        return reread(answer, refused) if reread and is_word else refused
    try:
        return read(answer)
    except (KeyError, RecursionError, TypeError, ValueError) as error:
        return Receipt(outcome=Outcome.UNCERTAIN, detail=shortened(f"unreadable answer ({error}): {said}"))


def of_refusal(status: int, said: str, headers: Mapping[str, str]) -> Receipt:
    """Class an answer that is no 2xx by its status; `said` is what becomes of it in the books."""
    if status in _BACK_OFF:
        wait = retry_after(headers) or reset_after(headers)
        return Receipt(outcome=Outcome.RETRYABLE, detail=said, retry_after=wait)
    if status in _HALTS:
        return Receipt(outcome=Outcome.RETRYABLE, detail=said, halts=True)
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return Receipt(outcome=Outcome.REJECTED, detail=said)
    return Receipt(outcome=Outcome.UNCERTAIN, detail=said)


def of_fates(fates: Sequence[Fate], *, halting: Collection[Fate]) -> Receipt:
    """Sum up a call that has an answer for every copy; one of which nothing was taken, and all may be, stays whole.

    `halting` are those of the fates that say that we are refused: one is enough to try no further.
    """
    halts, detail = bool(halting), next((fate.detail for fate in (*halting, *fates) if fate.detail), "")
    if all(fate.outcome is Outcome.RETRYABLE for fate in fates):
        return Receipt(outcome=Outcome.RETRYABLE, detail=detail, halts=halts)
    reference = next((fate.reference for fate in fates if fate.reference), "")
    return Receipt(outcome=Outcome.ACCEPTED, reference=reference, detail=detail, halts=halts, fates=tuple(fates))


def of_error(error: exceptions.RequestException) -> Receipt:
    """Class what came instead of an answer: retryable where no byte of the request went out, else uncertain."""
    outcome = Outcome.RETRYABLE if was_never_sent(error) else Outcome.UNCERTAIN
    return Receipt(outcome=outcome, detail=shortened(f"{type(error).__name__}: {error}"))


def was_never_sent(error: BaseException) -> bool:
    """Look behind requests, which has one ConnectionError for «refused» and for «accepted, then reset»."""
    if isinstance(error, _NO_REQUEST):
        return True
    return any(isinstance(cause, _NEVER_SENT) or _is_of_handshake(cause) for cause in _causes(error))


def _is_of_handshake(error: BaseException) -> bool:
    """Whether TLS failed before a byte of the request went out: where it was raised says so, its words do not.

    OpenSSL has the same ones for an answer it cannot read, such as a proxy's plain «502» after it took the mail.
    """
    frames = walk_tb(error.__traceback__)
    return isinstance(error, ssl.SSLError) and any(frame.f_code is _HANDSHAKE for frame, _ in frames)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The exceptions that one was made of: requests and urllib3 hand them on as first argument or as reason."""
    current: object = error
    while isinstance(current, BaseException):
        yield current
        current = current.reason if isinstance(current, MaxRetryError) else next(iter(current.args), None)


def shortened(text: str) -> str:
    """One line that fits into a ledger row. It ends with a whole word: half a secret would not be known for one."""
    line = whole_characters(" ".join(text.split()))
    return line if len(line) <= LONGEST_DETAIL else _HALF_A_WORD.sub("", line[:LONGEST_DETAIL])

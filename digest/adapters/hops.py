"""A request -> the response at the end of its redirects, every hop checked before it is made."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from urllib.parse import urljoin

import requests

from digest.adapters.connections import Line
from digest.adapters.limits import Limits, Refused
from digest.guard import destination, why_not
from digest.model.destination import Destination, read
from digest.model.feed import FetchRequest, Wanted

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})

ACCEPT = {
    Wanted.FEED: "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml,"
    " application/xml;q=0.9, */*;q=0.5",
    Wanted.PAGE: "text/html, application/xhtml+xml, */*;q=0.5",
    Wanted.ROBOTS: "text/plain, */*;q=0.5",
}
"""What we say we accept; every server may still send what it has (RFC 9110, section 12.5.1)."""


class Hops:
    """The way from the address that was asked for to the one that answers; every hop is checked."""

    def __init__(
        self,
        session: requests.Session,
        request: FetchRequest,
        limits: Limits,
        line: Line,
        own_hosts: Collection[str],
    ) -> None:
        """Nothing is asked before `follow`."""
        self.request = request
        self.deadline = line.deadline
        self.at: Destination
        self.status = 0
        self.moved_to = ""
        self._session = session
        self._limits = limits
        self._line = line
        self._own_hosts = own_hosts
        self._is_at_home = False

    @property
    def is_conditional(self) -> bool:
        """True where the validators belong to this hop, and a 304 makes sense."""
        if not (self.request.etag or self.request.last_modified):
            return False
        return self.at.url == read(self.request.validated_url or self.request.url).url

    def follow(self) -> requests.Response:
        """Ask, and go where we are sent, at most `limits.redirects` times; `at` and `status` tell how far it came.

        Raises:
            Refused: at the first hop that we may not make.

        """
        self._begin()
        is_permanent = True
        for _ in range(self._limits.redirects + 1):
            response = self._ask()
            self.status = response.status_code
            target = response.headers.get("Location")
            if response.status_code not in REDIRECTS or not target:
                return response
            response.close()
            self.at = self._next(target)
            is_permanent = is_permanent and response.status_code in PERMANENT
            if is_permanent:
                self.moved_to = self.at.url
        raise Refused(f"redirects more than {self._limits.redirects} times, the last to {self.at.url[:200]}")

    def _begin(self) -> None:
        """Set out from the request's address, on the word of whoever named it."""
        with _in_the_guard_s_words():
            self.at = destination(self.request.url, self._own_hosts)
            if self._is_own(self.at):
                speaker = destination(self.request.led_by or self.request.url, self._own_hosts)
                self._is_at_home = self._is_own(speaker)

    def _ask(self) -> requests.Response:
        is_own = self._is_own(self.at)
        if is_own and not self._is_at_home:
            raise Refused(f"leads to {self.at.host_port}, one of our own hosts, where only our own feeds may lead")
        self._is_at_home = is_own  # no way leads back from a stranger: it would be his choice which of our hosts we ask
        self._line.may_reach(self.at, privately=is_own)
        try:
            return self._get()
        except requests.ConnectionError:
            if self._line.has_dialled:
                raise
            return self._get()  # a connection that was kept open had been closed meanwhile (RFC 9112, section 9.3.1)

    def _get(self) -> requests.Response:
        left = self.deadline.remaining()
        headers = {"Accept": ACCEPT[self.request.wanted], **(self._validators() if self.is_conditional else {})}
        return self._session.get(self.at.url, headers=headers, timeout=(left, left), stream=True, allow_redirects=False)

    def _validators(self) -> dict[str, str]:
        """The validators of the last good answer (RFC 9110, section 13)."""
        conditions = {"If-None-Match": self.request.etag, "If-Modified-Since": self.request.last_modified}
        return {name: value for name, value in conditions.items() if value}

    def _next(self, target: str) -> Destination:
        """Where a redirect leads; never from TLS back to plain HTTP, and never into a private network."""
        with _in_the_guard_s_words():
            found = read(urljoin(self.at.url, _as_utf8(target)))
        if why := why_not(found, self._own_hosts):
            raise Refused(f"redirects to {found.host_port}, which {why}")
        if self.at.scheme == "https" and found.scheme == "http":
            raise Refused(f"redirects from https to http: {found.url[:200]}")
        return found

    def _is_own(self, found: Destination) -> bool:
        return found.is_among(self._own_hosts)


@contextmanager
def _in_the_guard_s_words() -> Iterator[None]:
    """Refuse what the guard cannot read or does not allow."""
    try:
        yield
    except ValueError as error:
        raise Refused(str(error)) from error


def _as_utf8(target: str) -> str:
    """Read a header's bytes as UTF-8 where they are: http.client takes all headers for ISO 8859-1."""
    try:
        return target.encode("latin-1").decode()
    except UnicodeError:
        return target

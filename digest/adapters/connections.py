"""HTTP connections that another thread can hang up, and that only go where they may.

`requests` bounds each read, not the whole: a server that drips header bytes holds a thread for
ever. So every connection tells its `Line` which socket it opened, and whoever watches the clock
can shut that socket down.
"""

import contextlib
import socket
import threading
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml,"
    " application/xml;q=0.9, */*;q=0.5"
)

_OWN = threading.local()


class Line:
    """The socket that one thread is using at the moment."""

    def __init__(self) -> None:
        """No call yet."""
        self._socket: socket.socket | None = None
        self._is_hung_up = False

    def use(self) -> None:
        """Make this the line of the calling thread."""
        _OWN.line = self

    def opened(self, opened: socket.socket | None) -> None:
        """Remember what to hang up; a socket that opens after that was said is shut at once."""
        self._socket = opened
        if self._is_hung_up:
            self.hang_up()

    def hang_up(self) -> None:
        """Shut the socket down from any thread: the thread that reads from it gets an error at once."""
        self._is_hung_up = True
        if self._socket is not None:
            with contextlib.suppress(OSError, ValueError):  # it was closed already, which is all we want
                self._socket.shutdown(socket.SHUT_RDWR)


class _Connection(HTTPConnection):
    """Plain HTTP."""

    def _new_conn(self) -> socket.socket:
        opened = super()._new_conn()
        _tell(opened)
        return opened

    def request(self, *args: Any, **kwargs: Any) -> None:
        _tell(self.sock)
        super().request(*args, **kwargs)


class _SecureConnection(HTTPSConnection):
    """HTTP over TLS: the line is the plain socket during the handshake and the wrapped one after it."""

    def _new_conn(self) -> socket.socket:
        opened = super()._new_conn()
        _tell(opened)
        return opened

    def connect(self) -> None:
        super().connect()
        _tell(self.sock)

    def request(self, *args: Any, **kwargs: Any) -> None:
        _tell(self.sock)
        super().request(*args, **kwargs)


def _tell(opened: socket.socket | None) -> None:
    """Note the socket on the calling thread's line.

    `_new_conn` is also where the guard against private networks belongs (security.md, SSRF): it
    must resolve once, check every address, and connect to a checked one. Redirects and
    rebinding pass there too.
    """
    line = getattr(_OWN, "line", None)
    if line is not None and opened is not None:
        line.opened(opened)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _Adapter(HTTPAdapter):
    """Requests' transport over the connections above."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}


def new_session(user_agent: str) -> requests.Session:
    """A session that sends our name and nothing of the environment: no proxies, no netrc, no cookies, no retries."""
    session = requests.Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.update({"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate", "Accept": ACCEPT})
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Adapter(max_retries=0))
    return session

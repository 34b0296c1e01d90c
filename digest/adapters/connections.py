"""HTTP connections that only go where they were sent, and that another thread can hang up.

`requests` bounds each read, not the whole: a server that drips header bytes holds a thread for
ever. So every connection tells its `Line` which socket it opened, and whoever watches the clock
can shut that socket down. And no connection is made, or used again, but to the destination that
its line was given.
"""

import contextlib
import socket
import threading
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from typing import Any, Self

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from digest.adapters.dial import Network, dial
from digest.adapters.limits import Deadline, Refused
from digest.model.destination import Destination

_OWN = threading.local()


class Line:
    """What one job of one thread may reach, and the socket it uses at the moment."""

    def __init__(self, network: Network, deadline: Deadline) -> None:
        """No call yet; none connects after the deadline. `hosts` are all that it was to reach so far."""
        self.deadline = deadline
        self.destination: Destination | None = None
        self.hosts: frozenset[str] = frozenset()
        self.has_dialled = False
        self._network = network
        self._may_be_private = False
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._is_hung_up = False

    def __enter__(self) -> Self:
        """Make this the line of the calling thread."""
        _OWN.line = self
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """The job is done: its socket may serve the thread's next job, and this line hangs nothing up any more."""
        _OWN.line = None
        with self._lock:
            self._socket = None

    def may_reach(self, destination: Destination, *, privately: bool) -> None:
        """From now on connections lead here and nowhere else; to a private network only if `privately`."""
        self.destination = destination
        self.hosts |= {destination.host}
        self.has_dialled = False
        self._may_be_private = privately

    def dial(self, host: str, port: int | None) -> socket.socket:
        """Connect to the destination; Refused when another one is asked for (two readings of one address)."""
        self.has_dialled = True
        return dial(
            self.checked(host, port),
            network=self._network,
            deadline=self.deadline,
            may_be_private=self._may_be_private,
            opened=self.opened,
        )

    def checked(self, host: str, port: int | None) -> Destination:
        """The destination; Refused when it is not this one."""
        wanted = self.destination
        if wanted is None or (wanted.host, wanted.port) != (host, port):
            raise Refused(f"its address can be read in two ways, once as {host}:{port}; write it plainly")
        return wanted

    def opened(self, opened: socket.socket | None) -> None:
        """Remember what to hang up; a socket that opens after that was said is shut at once."""
        with self._lock:
            self._socket = opened
            if self._is_hung_up:
                self._shut()

    def hang_up(self) -> None:
        """Shut the socket down from any thread: the thread that reads from it gets an error at once."""
        with self._lock:
            self._is_hung_up = True
            self._shut()

    def _shut(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError, ValueError):  # it was closed already, which is all we want
                self._socket.shutdown(socket.SHUT_RDWR)


class _Connection(HTTPConnection):
    """Plain HTTP."""

    def _new_conn(self) -> socket.socket:
        return _line().dial(self.host, self.port)

    def request(self, *args: Any, **kwargs: Any) -> None:
        _use(self)
        super().request(*args, **kwargs)


class _SecureConnection(HTTPSConnection):
    """HTTP over TLS. The name, not the address that was called, goes into SNI and is looked for in the certificate.

    Wrapping takes the descriptor away from the plain socket, so that nobody can hang up in the middle of the
    handshake: it ends by itself, for `dial` left the time that remains on the socket, and that bounds it as a whole
    (https://docs.python.org/3/library/ssl.html#ssl.SSLSocket.do_handshake). After it the line has the wrapped socket.
    """

    def _new_conn(self) -> socket.socket:
        return _line().dial(self.host, self.port)

    def connect(self) -> None:
        super().connect()
        _line().opened(self.sock)

    def request(self, *args: Any, **kwargs: Any) -> None:
        _use(self)
        super().request(*args, **kwargs)


def _line() -> Line:
    """The calling thread's line; without one, nothing is reached."""
    line: Line | None = getattr(_OWN, "line", None)
    if line is None:
        raise Refused("was asked for without saying where it leads")
    return line


def _use(connection: HTTPConnection) -> None:
    """A connection that was kept open is held to the line like a new one."""
    line = _line()
    line.checked(connection.host, connection.port)
    line.opened(connection.sock)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _Adapter(HTTPAdapter):
    """Requests' transport over the connections above."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}

    def close(self) -> None:
        """Close idle connections now: urllib3 leaves them to the garbage collector."""
        pools = self.poolmanager.pools
        for key in list(pools.keys()):  # iterating over the container itself is refused
            pools[key].close()
        super().close()


class _Session(requests.Session):
    """Requests' session, which would read a redirect's whole body, however long, only to look where it leads."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: `Hops` follows."""
        del resp


def new_session(user_agent: str) -> requests.Session:
    """A session that sends our name and nothing of the environment: no proxies, no netrc, no cookies, no retries."""
    session = _Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.update({"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate"})
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Adapter(max_retries=0))
    return session

"""Acceptances -> webhooks, each when its time has come, tried again as the provider does."""

import heapq
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from threading import Condition, Thread
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from digest.simulator.clock import Clock
from digest.simulator.dialect import Dialect
from digest.simulator.exchange import Accepted, Happening, Posted
from digest.simulator.outcomes import happenings
from digest.simulator.script import Script, WebhookHabits
from digest.simulator.seals import Seal
from digest.simulator.sns import SnsSeal

if TYPE_CHECKING:
    from urllib3 import PoolManager

MOST_AT_ONCE = 500
"""Events that one POST may tell of, where a provider tells of several."""

PATIENCE = 10.0
"""Seconds for an answer."""

_MINUTES: Mapping[str, tuple[float, ...]] = {
    "mailgun": (10, 10, 15, 30, 60, 120, 240),
    "ses": (1 / 3, 1 / 3, 1 / 3, 1, 5, 20, 60),
    "resend": (1 / 12, 5, 30, 120, 300, 600),
    "brevo": (10, 30, 60, 120),
    "postmark": (1, 5, 10, 10, 10, 15, 30, 60, 120, 360),
    "sendgrid": (1, 5, 15, 60, 240, 720),
}
"""How long after a failed attempt the next is made: the providers' own pages, where they say it."""

_ENOUGH: Mapping[str, frozenset[int]] = {"mailgun": frozenset({406}), "postmark": frozenset({403})}
"""Answers by which the receiver says that it is not to be tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A webhook that was posted: `status` 0 is no answer. One that the script dropped has no `tries`."""

    at: datetime
    id: str
    status: int
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Due:
    at: datetime
    number: int
    tries: int = field(compare=False)
    happening: Happening | None = field(compare=False, default=None)
    payload: object = field(compare=False, default=None)
    id: str = field(compare=False, default="")


Post = Callable[[Posted], int]
"""Posts and returns the status; 0 when there is no answer."""


class Webhooks:
    """A thread that posts. `attempts` is what it did."""

    def __init__(
        self, dialect: Dialect, *, url: str, seal: Seal, forged: Seal, clock: Clock, script: Callable[[], Script]
    ) -> None:
        """`forged` seals what a script wants to have a wrong signature; `script` is asked whenever something is due."""
        self.attempts: list[Attempt] = []
        self.is_confirmed = not isinstance(seal, SnsSeal)
        self._dialect = dialect
        self._url = url
        self._seal = seal
        self._forged = forged
        self._clock = clock
        self._script = script
        self._due: list[_Due] = []
        self._numbers = count()
        self._wake = Condition()
        self._is_stopping = False
        self._thread = Thread(target=self._run, name="simulator-webhooks")

    def start(self) -> None:
        """Post from now on; Amazon's first asks whether it may."""
        self._thread.start()

    def stop(self) -> None:
        """Post no more."""
        with self._wake:
            self._is_stopping = True
            self._wake.notify()
        if self._thread.is_alive():
            self._thread.join()

    def tell(self, accepted: Accepted) -> None:
        """Post what becomes of these copies, when it does."""
        script = self._script()
        late = timedelta(seconds=script.webhooks.delay)
        with self._wake:
            for each in happenings(accepted, script.fortunes):
                heapq.heappush(self._due, _Due(at=each.at + late, number=next(self._numbers), tries=0, happening=each))
            self._wake.notify()

    def confirm(self, token: str) -> bool:
        """Take the word of whoever received Amazon's first message; False for a wrong token."""
        if isinstance(self._seal, SnsSeal) and token != self._seal.token:
            return False
        with self._wake:
            self.is_confirmed = True
            self._wake.notify()
        return True

    def moved(self) -> None:
        """Look again what is due: the clock is another."""
        with self._wake:
            self._wake.notify()

    def forget(self) -> None:
        """Forget what is due, and what was done."""
        with self._wake:
            self._due.clear()
            self.attempts.clear()

    def _run(self) -> None:
        import urllib3

        with urllib3.PoolManager(retries=False, timeout=PATIENCE) as pool:
            post = _poster(pool, self._url)
            if isinstance(self._seal, SnsSeal):
                self._ask(self._seal, post)
            while due := self._next():
                self._post(due, post)

    def _ask(self, seal: SnsSeal, post: Post) -> None:
        id_ = str(uuid5(NAMESPACE_URL, seal.token))
        now = self._clock.now()
        self.attempts.append(Attempt(at=now, id=id_, status=post(seal.confirmation(id_=id_, now=now)), tries=1))

    def _next(self) -> list[_Due]:
        """Wait for what is due; nothing when it is time to stop."""
        with self._wake:
            while not self._is_stopping:
                now = self._clock.now()
                due: list[_Due] = []
                while self.is_confirmed and self._due and self._due[0].at <= now and len(due) < MOST_AT_ONCE:
                    due.append(heapq.heappop(self._due))
                if due:
                    return due
                wait = (self._due[0].at - now).total_seconds() if self._due and self.is_confirmed else None
                self._wake.wait(wait)
            return []

    def _post(self, due: Sequence[_Due], post: Post) -> None:
        script = self._script()
        ready = [*self._composed([each.happening for each in due if each.happening]), *(d for d in due if d.payload)]
        if script.webhooks.shuffle:
            random.Random(f"{script.seed}/{ready[0].id if ready else ''}").shuffle(ready)  # noqa: S311 - an order
        for each in ready:
            self._try(each, post, habits=script.webhooks)

    def _composed(self, happened: Sequence[Happening]) -> list[_Due]:
        """The payloads that tell of these, with an id each that stays the same."""
        payloads = self._dialect.events(happened)
        first = happened[0].id if happened else ""
        return [
            _Due(at=self._clock.now(), number=next(self._numbers), tries=0, payload=payload, id=_id(first, place))
            for place, payload in enumerate(payloads)
        ]

    def _try(self, due: _Due, post: Post, *, habits: WebhookHabits) -> None:
        """Post once, or as often as the script wants; not at all if it wants none."""
        seal = self._forged if habits.alter == "signature" else self._seal
        now = self._clock.now()
        posted = seal.sealed(due.payload, id_=due.id, now=now)
        if habits.alter == "body":
            posted = replace(posted, body=posted.body.replace(b"@", b"#", 1))
        if not habits.times:
            self.attempts.append(Attempt(at=now, id=due.id, status=0, tries=0))
            return
        status = 0
        for _ in range(habits.times):
            status = post(posted)
            self.attempts.append(Attempt(at=now, id=due.id, status=status, tries=due.tries + 1))
        waits = _MINUTES[self._dialect.name]
        if 200 <= status < 300 or status in _ENOUGH.get(self._dialect.name, ()) or due.tries >= len(waits):
            return
        with self._wake:
            at = now + timedelta(minutes=waits[due.tries])
            heapq.heappush(self._due, replace(due, at=at, tries=due.tries + 1))


def _poster(pool: "PoolManager", url: str) -> Post:
    from urllib3.exceptions import HTTPError

    def post(posted: Posted) -> int:
        try:
            return int(pool.request("POST", url, body=posted.body, headers=dict(posted.headers), redirect=False).status)
        except HTTPError:
            return 0  # it is in the attempts

    return post


def _id(first: str, place: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"{first}/{place}"))

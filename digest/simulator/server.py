"""A provider's name -> its simulator, listening on loopback until the context ends."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from digest.errors import UsageError
from digest.simulator.clock import Clock
from digest.simulator.control import Control, flat
from digest.simulator.exchange import Happening
from digest.simulator.letters import Letters
from digest.simulator.listener import Listener
from digest.simulator.log import Log
from digest.simulator.names import dialect
from digest.simulator.office import Call, Office
from digest.simulator.outcomes import happenings
from digest.simulator.script import Script
from digest.simulator.seals import SEALS, Seal
from digest.simulator.sns import SnsSeal
from digest.simulator.specs import validator
from digest.simulator.webhooks import Attempt, Webhooks

NOTHING_WRONG = Script()


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How it is run.

    `delay` is a call's shortest and longest time in seconds; `thorough` is to check every copy. Webhooks go to
    `webhook`, if that is given, proved with `secret` (empty: one is made; two providers make a pair of keys anyway).
    What readers would see goes into the folder `letters`.
    """

    host: str = "127.0.0.1"
    port: int = 0
    delay: tuple[float, float] = (0.0, 0.0)
    thorough: bool = True
    webhook: str = ""
    secret: str = ""
    letters: Path | None = None


PLAIN = Habits()


class Running:
    """A simulator that answers. Everything here may be asked while it does."""

    def __init__(self, office: Office, listener: Listener, webhooks: Webhooks | None, seal: Seal | None) -> None:
        """Made by `simulator`."""
        self._office = office
        self._listener = listener
        self._webhooks = webhooks
        self.url = listener.url
        self.port = listener.port
        self.secret = seal.secret if seal else ""
        """What whoever receives the webhooks has to know."""

    def copies(self, tag: str | None = None) -> list[dict[str, object]]:
        """Every copy that was accepted: call, at, provider, id, tag, key, and the copy's own fields."""
        return [flat(call, copy) for call in self._office.log.accepted(tag) for copy in call.copies]

    def calls(self) -> list[Call]:
        """Every call that was made, refused ones among them, in the order of their ends."""
        return list(self._office.calls)

    def events(self) -> list[Happening]:
        """What has become of every copy until now."""
        now, fortunes = self._office.clock.now(), self._office.script.fortunes
        return [each for call in self._office.log.accepted() for each in happenings(call, fortunes, until=now)]

    def attempts(self) -> list[Attempt]:
        """Every webhook that was posted, with the answer to it."""
        return list(self._webhooks.attempts) if self._webhooks else []

    def now(self) -> datetime:
        """The instant, by the simulator's clock."""
        return self._office.clock.now()

    def play(self, script: Script) -> None:
        """Begin a script."""
        self._office.play(script)
        self._listener.maybe_refuse()

    def reset(self) -> None:
        """Forget every call and acceptance; the script begins anew."""
        self._office.reset()
        if self._webhooks:
            self._webhooks.forget()

    def move_clock(self, by: timedelta) -> None:
        """Go on by so much."""
        self._office.clock.move(by)
        if self._webhooks:
            self._webhooks.moved()


@contextmanager
def simulator(
    name: str,
    *,
    habits: Habits = PLAIN,
    script: Script = NOTHING_WRONG,
    log: Path | None = None,
    specs: Path | None = None,
) -> Iterator[Running]:
    """Simulate a provider; `log` is the file of what was accepted (None: one that goes when the context ends).

    `specs` is the folder of the providers' OpenAPI files, against which every request is checked.

    Raises:
        UsageError: for a name that is none, specifications that are not there, an address that cannot be listened on.
        ScriptError: for a script that asks of the provider what it does not do.

    """
    chosen = dialect(name)
    validate = validator(specs, chosen.specs) if specs else None
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="digest-simulator-")))
        kept = Log(log or folder / "accepted.jsonl")
        stack.callback(kept.close)
        office = Office(
            chosen,
            log=kept,
            clock=Clock(),
            run=secrets.token_hex(6),
            thorough=habits.thorough,
            validate=validate,
            keep=Letters(habits.letters).keep if habits.letters else None,
        )
        office.play(script)
        listener = Listener(office, host=habits.host, port=habits.port, delay=habits.delay)
        stack.callback(listener.stop)
        seal = _seal(name, secret=habits.secret, now=office.clock.now()) if habits.webhook else None
        webhooks = _webhooks(office, habits.webhook, seal) if seal else None
        listener.control = Control(office, moved=listener.maybe_refuse, webhooks=webhooks, seal=seal)
        listener.start()
        if webhooks:
            stack.callback(webhooks.stop)
            webhooks.start()
        yield Running(office, listener, webhooks, seal)


def _seal(name: str, *, secret: str, now: datetime) -> Seal:
    """How this provider proves its webhooks; UsageError where that takes a library which is not installed."""
    try:
        return SnsSeal(now=now) if name == "ses" else SEALS[name](secret)
    except ImportError as error:
        raise UsageError(
            f"the webhooks of {name} are signed with {error.name}, which is not installed",
            mend="install the development requirements (`make test` does), or leave --webhook out.",
        ) from error


def _webhooks(office: Office, url: str, seal: Seal) -> Webhooks:
    """The thread, and with it a seal that nobody knows, for scripts that want a wrong signature."""
    forged = _seal(office.dialect.name, secret="", now=office.clock.now())
    made = Webhooks(office.dialect, url=url, seal=seal, forged=forged, clock=office.clock, script=lambda: office.script)
    office.told = made.tell
    return made

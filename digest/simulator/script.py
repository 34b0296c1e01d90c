"""A script (JSON or TOML) -> what goes wrong, what becomes of copies, and how webhooks are sent.

docs/simulator.md lists the words.
"""

import json
import random
import tomllib
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from digest.errors import ScriptError
from digest.simulator.exchange import Kind


class Do(StrEnum):
    """What goes wrong. «Before» and «after» are before and after the copies are accepted and written down."""

    REFUSE = "refuse"
    RESET_UNREAD = "reset-unread"
    STATUS = "status"
    HANG_BEFORE = "hang-before"
    RESET_BEFORE = "reset-before"
    STATUS_AFTER = "status-after"
    HANG = "hang"
    RESET = "reset"
    CLOSE = "close"
    SLOW = "slow"
    GARBAGE = "garbage"
    TRUNCATE = "truncate"
    PARTIAL = "partial"

    @property
    def is_unread(self) -> bool:
        """True when it happens before anything is known of the call but its number."""
        return self in {Do.REFUSE, Do.RESET_UNREAD}

    @property
    def is_before(self) -> bool:
        """True when the copies are never accepted."""
        return self in {Do.REFUSE, Do.RESET_UNREAD, Do.STATUS, Do.HANG_BEFORE, Do.RESET_BEFORE}


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Seconds = Annotated[float, Field(ge=0, le=86_400 * 30)]


class Rule(_Table):
    """Which calls, and what goes wrong with them; a rule without a word on which is for every call."""

    do: Do
    calls: tuple[Annotated[int, Field(ge=1)], ...] = ()
    every: int = Field(default=0, ge=0)
    probability: float = Field(default=1.0, ge=0, le=1)
    address: str = ""
    tag: str = ""
    times: int = Field(default=0, ge=0)

    status: int = Field(default=0, ge=0, le=599)
    message: str = ""
    kind: str = ""
    retry_after: Seconds | None = None
    retry_after_as: Literal["seconds", "date"] = "seconds"
    seconds: Seconds = 0.0
    where: Literal["head", "body"] = "body"
    entries: tuple[Annotated[int, Field(ge=0)], ...] = ()
    final: bool = False

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.do in {Do.STATUS, Do.STATUS_AFTER} and self.status < 400:
            raise ValueError(f"{self.do.value} needs a status from 400 to 599")
        if self.do is Do.STATUS_AFTER and self.status < 500:
            raise ValueError("status-after needs a status from 500: no 4xx follows an acceptance")
        if self.do.is_unread and (self.address or self.tag):
            raise ValueError(f"{self.do.value} happens before the call is read: choose it by calls, every, probability")
        if self.do in {Do.REFUSE, Do.SLOW} and not self.seconds:
            raise ValueError(f"{self.do.value} needs seconds")
        if self.entries and self.do is not Do.PARTIAL:
            raise ValueError("only partial has entries")
        return self

    def fits_number(self, call: int, *, seed: int, place: int) -> bool:
        """Say whether the call's number and the dice choose it; the same seed throws the same dice."""
        if (self.calls and call not in self.calls) or (self.every and call % self.every):
            return False
        return self.probability >= 1 or random.Random(f"{seed}/{place}/{call}").random() < self.probability  # noqa: S311

    def fits_content(self, addresses: tuple[str, ...], tags: tuple[str, ...]) -> bool:
        """Say whether the patterns fit at least one tag and one address (`*` and `?`, as in a shell)."""
        if self.tag and not any(fnmatchcase(each, self.tag) for each in tags):
            return False
        return not self.address or any(fnmatchcase(each, self.address) for each in addresses)


class Fortune(_Table):
    """What becomes of the copies to some addresses: one thing after another, `after` seconds apart."""

    address: str
    events: tuple[Kind, ...]
    code: str = Field(default="", pattern=r"^$|^[245]\.\d{1,3}\.\d{1,3}$")
    after: Seconds = 1.0


class WebhookHabits(_Table):
    """How webhooks are sent: how often each, in what order, how late, and what is wrong with them."""

    times: int = Field(default=1, ge=0, le=100)
    shuffle: bool = False
    delay: Seconds = 0.0
    alter: Literal["", "signature", "body"] = ""


class Script(_Table):
    """All of it. `listed_after` is how long what was accepted stays out of the lists of events and messages."""

    seed: int = 0
    rules: tuple[Rule, ...] = ()
    fortunes: tuple[Fortune, ...] = ()
    webhooks: WebhookHabits = WebhookHabits()
    listed_after: Seconds = 0.0


def script(text: str, *, name: str) -> Script:
    """Read a script; `name` is what it is called in an error.

    Raises:
        ScriptError: with every mistake at once.

    """
    try:
        given = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except ValueError as error:  # both libraries' errors are
        raise ScriptError(f"{name}: {error}", mend="write JSON or TOML; docs/simulator.md has both.") from error
    try:
        return Script.model_validate(given)
    except ValidationError as error:
        wrong = "; ".join(f"{_place(each['loc'])}: {_why(each['msg'])}" for each in error.errors())
        raise ScriptError(f"{name}: {wrong}", mend="docs/simulator.md lists the words of a script.") from error


def _place(location: tuple[int | str, ...]) -> str:
    """«rules[2].status», counted from 1 as a person does."""
    written = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location)
    return written.lstrip(".") or "the script"


def _why(message: str) -> str:
    return message.removeprefix("Value error, ").replace("Extra inputs are not permitted", "there is no such word")

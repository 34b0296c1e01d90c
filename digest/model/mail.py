"""What goes out: the rendered email, the readers, the batches and what a provider answered."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, NamedTuple

UNSUBSCRIBE_PLACEHOLDER = "https://unsubscribe.digest.invalid/"
"""Stands in the approved bytes where each reader's own link goes; RFC 2606 keeps `.invalid` unregistered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """The rendered edition: the same bytes for every reader and provider, with placeholders for what is personal."""

    subject: str
    preheader: str
    html: str
    text: str


class Severity(StrEnum):
    """How much a finding matters: an error blocks approval and sending."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check found: what is wrong, where, and how to mend it.

    `line` counts from 1 in the text part where `where` is «text», else in the HTML; 0 is no line at all.
    """

    severity: Severity
    check: str
    what: str
    where: str
    mend: str
    line: int = 0


class EditionState(StrEnum):
    """The life of an edition; see docs/architecture.md for who may move it where."""

    DRAFT = "draft"
    APPROVED = "approved"
    HELD = "held"
    SENDING = "sending"
    PAUSED = "paused"
    SENT = "sent"
    CANCELLED = "cancelled"
    EMPTY = "empty"
    FAILED = "failed"

    @property
    def is_final(self) -> bool:
        """True once nothing more will happen to the edition by itself."""
        return self in {self.SENT, self.CANCELLED, self.EMPTY, self.FAILED}


class BatchState(StrEnum):
    """The life of a batch (delivery.md, «The ledger», 5)."""

    READY = "ready"
    IN_FLIGHT = "in_flight"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RETRYABLE = "retryable"
    UNCERTAIN = "uncertain"
    ABSENT = "absent"
    ABANDONED = "abandoned"


class DeliveryState(StrEnum):
    """What became of one reader's copy; every candidate ends in exactly one of the last five."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    SUPPRESSED = "suppressed"
    EXCLUDED = "excluded"
    ABANDONED = "abandoned"


class Reader(NamedTuple):
    """Whose copy it is: `delivery_id` is the ledger's row. A tuple, for there are a million of them."""

    delivery_id: int
    address: str
    name: str


class Recipient(NamedTuple):
    """One copy: `delivery_id` is the ledger's row, `unsubscribe_url` this reader's own one-click link."""

    delivery_id: int
    address: str
    name: str
    unsubscribe_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What the headers of every copy share.

    `day` is the edition's; `sent_at` the instant at which its sending began, so that a retry builds the same bytes.
    """

    newsletter: str
    day: date
    sender: str
    reply_to: str
    list_id: str
    sent_at: datetime
    message_domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Readers handed over in one call. `id` = UUIDv5(list, day, provider, n) is also tag and idempotency key.

    `serial` counts the calls that were ever claimed in this database. `is_replay` says that an earlier call for it has
    no answer, and this one has the same key.
    """

    id: str
    edition_id: int
    newsletter: str
    day: date
    n: int
    attempt: int
    readers: tuple[Reader, ...]
    serial: int = 0
    is_replay: bool = False


class Outcome(StrEnum):
    """What is known after a call to a provider (delivery.md, «The ledger», 6)."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RETRYABLE = "retryable"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one copy, where a provider answers for each: accepted, rejected or retryable, never uncertain.

    A copy of which nothing is known has no fate: its batch is uncertain.
    """

    delivery_id: int
    outcome: Outcome
    reference: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A provider's answer. `fates` are those of single copies; all others share the outcome of the batch.

    So of an uncertain batch only the copies without a fate are in doubt. A batch that is retryable has no fates.

    `halts` says that we are refused (a wrong key, a closed account), not this batch: trying the next is useless.
    `knows_key` says that the provider took a call with the batch's key before: the lost one, if this one replays it.
    `was_called` is false where the call could not be begun: no attempt was made.
    """

    outcome: Outcome
    reference: str = ""
    detail: str = ""
    retry_after: float = 0.0
    halts: bool = False
    knows_key: bool = False
    was_called: bool = True
    fates: tuple[Fate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What a provider's own records say of a batch whose answer was lost: one of the three below.

    `addresses` are those whose copies were found, where the provider takes or refuses each by itself: nobody else of
    the batch got one. Without any, what was found is the whole batch.
    """

    said: str
    addresses: tuple[str, ...] = ()

    FOUND: ClassVar["Trace"]
    MISSING: ClassVar["Trace"]
    UNKNOWN: ClassVar["Trace"]

    @property
    def is_found(self) -> bool:
        """True when at least one copy was taken."""
        return self.said == Trace.FOUND.said


Trace.FOUND, Trace.MISSING, Trace.UNKNOWN = Trace(said="found"), Trace(said="missing"), Trace(said="unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A batch whose answer was lost: when it was tried first, and when the attempt that left no answer began.

    `may_replay` is false where the database may not know all that was done (it was restored): its bytes may be others.
    """

    batch_id: str
    first_tried_at: datetime
    last_tried_at: datetime
    may_replay: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The books of one edition: exact when `candidates` is the sum of the final states and nothing is open."""

    candidates: int
    pending: int
    accepted: int
    rejected: int
    suppressed: int
    excluded: int
    abandoned: int
    batches: int
    open_batches: int
    uncertain_batches: int

    @property
    def is_exact(self) -> bool:
        """True when every candidate is in exactly one final state and no batch is open."""
        closed = self.accepted + self.rejected + self.suppressed + self.excluded + self.abandoned
        return self.candidates == closed and self.pending == 0 and self.open_batches == 0

    @property
    def is_failure(self) -> bool:
        """True when copies were refused or given up, and not one is known to have been accepted."""
        return self.accepted == 0 and self.rejected + self.abandoned > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRecord:
    """An edition as the store keeps it: its state, its frozen bytes and their hash, and who decided what.

    `edition_json` is the judgement as it is printed, `drafted_json` as it was before any editor's decision; the
    latter is empty while none stands.
    """

    id: int
    newsletter: str
    day: date
    state: EditionState
    reason: str
    email: Email | None
    sha256: str
    edition_json: str
    drafted_at: datetime | None
    approved_at: datetime | None
    approved_by: str
    provider: str
    prepared_at: datetime | None
    drafted_json: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something a person should know; `key` makes it ring once, not at every tick."""

    key: str
    kind: str
    message: str
    at: datetime

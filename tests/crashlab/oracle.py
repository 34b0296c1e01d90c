"""The provider's log and the ledger, side by side -> everything that is wrong."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pprint import pformat
from typing import Any

from tests.crashlab.causes import ENDED, unexplained
from tests.crashlab.forks import FAILED
from tests.crashlab.ledger import Books, Delivery
from tests.crashlab.operator import Word
from tests.crashlab.plan import Plan, Trouble
from tests.crashlab.provider import Copy
from tests.crashlab.roads import ROADS

FINAL = frozenset({"accepted", "rejected", "suppressed", "excluded", "abandoned"})
LOST = "may or may not have arrived"
"""How the reason ends of who was given up after a call whose outcome is not known."""

UNLISTED = "not in the provider's records"
"""How the reason begins of who was given up because the provider did not know of him."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All there is to be looked at when a round is over. `full` are the processes that had no room."""

    plan: Plan
    books: Books
    copies: Sequence[Copy]
    calls: Sequence[Mapping[str, object]]
    words: Sequence[Word]
    diary: Sequence[Mapping[str, Any]]
    ends: Mapping[int, int | None]
    full: Collection[int]

    def story(self, complaints: str) -> str:
        """All of it, to be read by a person."""
        parts = {
            "plan": pformat(self.plan, width=140),
            "diary": "\n".join(json.dumps(line) for line in self.diary),
            "ends": self.ends,
            "calls": "\n".join(map(str, self.calls)),
            "copies": "\n".join(map(str, self.copies)),
            "words": "\n".join(map(str, self.words)),
            "batches": "\n".join(map(str, self.books.batches)),
            "attempts": "\n".join(map(str, self.books.attempts)),
            "deliveries": "\n".join(map(str, self.books.deliveries)),
            "complaints": complaints,
        }
        return "\n".join(f"-- {name}\n{said}" for name, said in parts.items())


def findings(evidence: Evidence) -> list[str]:
    """Return a sentence for everything that is not as delivery.md promises."""
    checks = (_twice, _final, _unexplained, _closed, _causeless, _distrusted, _attempts, _needless, _ends)
    return [found for check in checks for found in check(evidence)]


def _twice(evidence: Evidence) -> Iterator[str]:
    """At most one copy per address."""
    for address, count in Counter(each.address for each in evidence.copies).items():
        if count > 1:
            yield f"{address} got {count} copies"


def _final(evidence: Evidence) -> Iterator[str]:
    """Every reader is a candidate, each in one final state."""
    counts = Counter(one.address for one in evidence.books.deliveries)
    if evidence.books.edition in {"sent", "failed"} and (
        len(counts) != evidence.plan.readers or max(counts.values()) > 1
    ):
        yield f"{len(counts)} candidates for {evidence.plan.readers} readers"
    for one in evidence.books.deliveries:
        if one.state not in FINAL:
            yield f"{one.address} ended as {one.state}"


def _unexplained(evidence: Evidence) -> Iterator[str]:
    """Accepted is in the log; whoever is not, has a reason, and one that is true."""
    reached = {each.address for each in evidence.copies}
    for one in evidence.books.deliveries:
        has_copy = one.address in reached
        if one.state == "accepted" and not has_copy:
            yield f"LOST: {one.address} has no copy, and the ledger says accepted"
        elif one.state in FINAL - {"accepted"} and not one.reason:
            yield f"LOST: {one.address} is {one.state} without a reason"
        elif has_copy and one.state in FINAL - {"accepted"} and not _allows_a_copy(one, evidence.plan):
            yield f"{one.address} has a copy, and the ledger says {one.state}: {one.reason}"
    strangers = reached - {one.address for one in evidence.books.deliveries}
    if strangers:
        yield f"copies to {sorted(strangers)}, who are no candidates"


def _allows_a_copy(one: Delivery, plan: Plan) -> bool:
    """Given up after a lost answer; or by records that were asked, as a clock was wrong, before they were complete."""
    was_asked_early = plan.has_wrong_clocks and UNLISTED in one.reason
    return one.state == "abandoned" and (LOST in one.reason or was_asked_early)


def _closed(evidence: Evidence) -> Iterator[str]:
    """The edition is closed, as what came of it has it, and no batch is open."""
    ends = {one.state for one in evidence.books.deliveries}
    is_failure = "accepted" not in ends and ends & {"rejected", "abandoned"}
    if evidence.books.edition != ("failed" if is_failure else "sent"):
        yield f"the edition is {evidence.books.edition}: {evidence.books.reason}"
    for batch in evidence.books.batches:
        if batch.state not in {"accepted", "rejected", "abandoned"}:
            yield f"batch {batch.n} is {batch.state} at the end"


def _causeless(evidence: Evidence) -> Iterator[str]:
    """An attempt's outcome is uncertain only where its answer was lost, or its worker."""
    pids = {line["worker"]: line["pid"] for line in evidence.diary if line["what"] == "begins"}
    unwell = {line["pid"] for line in evidence.diary if line["what"] == "ends" and line["failed"]}
    uncertain = [each for each in evidence.books.attempts if each.outcome == "uncertain"]
    for attempt in uncertain:
        pid = pids.get(attempt.worker)
        if attempt.detail.startswith(ENDED):
            is_well = pid is not None and evidence.ends.get(pid) == 0 and pid not in unwell
            # an older copy knows calls that were ended later; and the lease of a stranger ends by another's clock
            if is_well and not evidence.plan.is_restored and not evidence.plan.has_strangers:
                yield f"attempt {attempt.attempt} is uncertain, though its worker ended well"
    for attempt in unexplained(uncertain, evidence.calls, evidence.plan):
        which = f"attempt {attempt.attempt} of batch {attempt.batch_id}"
        yield f"{which} is uncertain ({attempt.detail}), and no call of it says why"


def _distrusted(evidence: Evidence) -> Iterator[str]:
    """Only a database that was restored is taken for one."""
    for batch in evidence.books.batches:
        if not batch.may_replay and not evidence.plan.is_restored:
            yield f"batch {batch.n} was distrusted, and no database was restored"


def _attempts(evidence: Evidence) -> Iterator[str]:
    """Attempts are numbered from 1 without a gap, each has ended, and no call was accepted that none stands for."""
    by_batch: dict[str, list[int]] = defaultdict(list)
    for each in evidence.books.attempts:
        by_batch[each.batch_id].append(each.attempt)
        if not each.is_ended or not each.outcome:
            yield f"attempt {each.attempt} of batch {each.batch_id} never ended"
    for batch in evidence.books.batches:
        numbers = sorted(by_batch[batch.id])
        is_part = (
            batch.n >= evidence.plan.fewest_batches
        )  # it goes on counting where the batch was that it is a part of
        first = numbers[0] if numbers and is_part else 1
        if numbers and numbers != list(range(first, batch.attempt + 1)):
            yield f"batch {batch.n} was tried {batch.attempt} times, and its attempts are {numbers}"
    if evidence.plan.is_restored:
        return
    accepted = Counter(tag for tag, _ in {(each.tag, each.call) for each in evidence.copies if each.tag})
    for tag, count in accepted.items():
        if count > len(by_batch[tag]):
            yield f"batch {tag} was accepted {count} times in {len(by_batch[tag])} attempts"


def _needless(evidence: Evidence) -> Iterator[str]:
    """The operator is asked only what the program cannot find out."""
    road = ROADS[evidence.plan.road]
    for each in evidence.words:
        overlooked = each.state == "absent" and each.is_listed and not evidence.plan.has_wrong_clocks
        if overlooked:
            yield f"batch {each.batch_id} is absent, and the provider has it"
        if road.is_folder:
            yield f"the operator was asked for batch {each.batch_id} of a folder"


def _ends(evidence: Evidence) -> Iterator[str]:
    """Nobody hung, and nobody died of anything but what was done to it."""
    troubled = {shift.trouble for shift in evidence.plan.shifts}
    for pid, code in evidence.ends.items():
        if code is None:
            yield f"process {pid} hung"
        elif code == FAILED and pid not in evidence.full:
            yield f"process {pid} ended with an exception"
    for line in evidence.diary:
        if line["what"] == "ends" and line["failed"] and not troubled & {Trouble.BUSY, Trouble.PAGES, Trouble.QUOTA}:
            yield f"process {line['pid']} failed: {line['failed']}"

"""What a mail server answered to the copies of one batch -> the receipt for the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digest.adapters.smtp_turn import Answer
from digest.deliver.replies import Verdict
from digest.model.mail import Fate, Outcome, Receipt

_FATES: Mapping[Verdict, Outcome] = {
    Verdict.TAKEN: Outcome.ACCEPTED,
    Verdict.LATER: Outcome.RETRYABLE,
    Verdict.ALL_LATER: Outcome.RETRYABLE,
    Verdict.OURS: Outcome.RETRYABLE,
    Verdict.REFUSED: Outcome.REJECTED,
    Verdict.UNCLEAR: Outcome.REJECTED,
}
"""What is known of a copy by the verdict on it; of one that is unknown nothing is."""


MOST_REFUSED = 10
"""Refusals in a row that may be the readers' own; where it goes on it is us: a quota is used up, a list names us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a server has answered us of late: copies that it refused in a row, and whether it took any before."""

    refused: int = 0
    has_taken: bool = False

    def after(self, found: Sequence[Answer]) -> "Standing":
        """Return how we stand after these answers."""
        run, has_taken = self.refused, self.has_taken
        for answer in found:
            is_taken = answer.verdict is Verdict.TAKEN
            run = 0 if is_taken else run + (answer.verdict is Verdict.UNCLEAR)
            has_taken = has_taken or is_taken
        return Standing(refused=run, has_taken=has_taken)


def receipt(found: Sequence[Answer], refused: tuple[Fate, ...], *, before: Standing) -> Receipt:
    """What the answers come to; `before` is how we stood until then.

    A refusal that may be of us is taken for one where the server takes nobody else's copy either: an edition that
    nobody may send is kept, not refused reader by reader. Of one who was put off and is now tried alone, before anybody
    else was, it says neither: he is tried again.
    """
    now = before.after(found)
    is_alone = sum(answer.verdict is Verdict.UNCLEAR for answer in found) == 1
    if now.refused > MOST_REFUSED or not (now.has_taken or is_alone):
        found = _as_ours(found)
    elif not now.has_taken:
        found = _unclear_as(Verdict.LATER, found)
    against_us = [answer for answer in found if answer.verdict is Verdict.OURS]
    lost = [answer for answer in found if answer.verdict is Verdict.UNKNOWN]
    fates: tuple[Fate, ...] = (
        *refused,
        *(_fate(answer) for answer in found if answer.verdict is not Verdict.UNKNOWN),
    )
    outcome = Outcome.UNCERTAIN if lost else _shared(fates)
    told = [f"delivery {answer.copy.delivery_id}: {answer.detail}" for answer in (*against_us[:1], *lost)]
    return Receipt(
        outcome=outcome,
        reference=next((fate.reference for fate in fates if fate.reference), ""),
        detail="; ".join(told) or ("" if outcome is Outcome.ACCEPTED else fates[0].detail),
        halts=bool(against_us),
        fates=() if outcome is Outcome.RETRYABLE else fates,
    )


def _as_ours(found: Sequence[Answer]) -> list[Answer]:
    """The same, with every refusal after the last copy that was taken held to be of us."""
    taken = [place for place, answer in enumerate(found) if answer.verdict is Verdict.TAKEN]
    end = taken[-1] + 1 if taken else 0
    return [*found[:end], *_unclear_as(Verdict.OURS, found[end:])]


def _unclear_as(verdict: Verdict, found: Sequence[Answer]) -> list[Answer]:
    return [replace(answer, verdict=verdict) if answer.verdict is Verdict.UNCLEAR else answer for answer in found]


def _shared(fates: Sequence[Fate]) -> Outcome:
    """The outcome of all copies; where they differ, the batch is done with, and each has its own."""
    outcomes = {fate.outcome for fate in fates}
    return outcomes.pop() if len(outcomes) == 1 else Outcome.ACCEPTED


def _fate(answer: Answer) -> Fate:
    outcome = _FATES[answer.verdict]
    is_taken = outcome is Outcome.ACCEPTED
    return Fate(
        delivery_id=answer.copy.delivery_id,
        outcome=outcome,
        reference=answer.detail if is_taken else "",
        detail="" if is_taken else answer.detail,
    )

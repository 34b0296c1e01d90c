"""What a mail server answered to the copies of one batch -> the receipt for the ledger."""

from collections.abc import Mapping, Sequence

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


def receipt(found: Sequence[Answer], refused: tuple[Fate, ...], *, is_known_here: bool) -> Receipt:
    """What the answers come to.

    Until this server has taken a copy from us, a refusal that may be of us is taken for one: an edition that nobody may
    send is kept, not refused reader by reader.
    """
    ours = {Verdict.OURS} if is_known_here else {Verdict.OURS, Verdict.UNCLEAR}
    against_us = [answer for answer in found if answer.verdict in ours]
    lost = [answer for answer in found if answer.verdict is Verdict.UNKNOWN]
    fates: tuple[Fate, ...] = (
        *refused,
        *(_fate(answer, ours) for answer in found if answer.verdict is not Verdict.UNKNOWN),
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


def _shared(fates: Sequence[Fate]) -> Outcome:
    """The outcome of all copies; where they differ, the batch is done with, and each has its own."""
    outcomes = {fate.outcome for fate in fates}
    return outcomes.pop() if len(outcomes) == 1 else Outcome.ACCEPTED


def _fate(answer: Answer, ours: set[Verdict]) -> Fate:
    outcome = Outcome.RETRYABLE if answer.verdict in ours else _FATES[answer.verdict]
    is_taken = outcome is Outcome.ACCEPTED
    return Fate(
        delivery_id=answer.copy.delivery_id,
        outcome=outcome,
        reference=answer.detail if is_taken else "",
        detail="" if is_taken else answer.detail,
    )

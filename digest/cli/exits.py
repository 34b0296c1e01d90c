"""Exit codes: what cron and scripts may rely on (README, «Exit codes»)."""

from enum import IntEnum

from digest.model.mail import Balance, EditionRecord, EditionState
from digest.pipeline.report import Outcome, TickReport


class Exit(IntEnum):
    """0 done or nothing to do · 2 usage or config · 3 held · 4 partial or uncertain · 5 failed."""

    DONE = 0
    USAGE = 2
    HELD = 3
    PARTIAL = 4
    FAILED = 5


def exit_code(report: TickReport) -> Exit:
    """Return the gravest of what happened to the newsletters of one tick."""
    return max((_of(outcome) for outcome in report.outcomes), default=Exit.DONE)


def _of(outcome: Outcome) -> Exit:
    if outcome.troubles and not outcome.done:  # an error ended it, whether there is an edition or not
        return Exit.FAILED
    return of_books(outcome.edition, outcome.balance) if outcome.edition else Exit.DONE


def of_books(edition: EditionRecord, balance: Balance | None) -> Exit:
    """The code for where an edition stands, and its books where it has any."""
    match edition.state:
        case EditionState.FAILED:
            return Exit.FAILED
        case EditionState.HELD | EditionState.PAUSED:
            return Exit.HELD
        case _ if balance is not None and not is_whole(balance):
            return Exit.PARTIAL
        case _:
            return Exit.DONE


def is_whole(balance: Balance) -> bool:
    """Say whether every reader who should have a copy has one, as far as the provider's answers tell."""
    return not (balance.pending or balance.uncertain_batches or balance.abandoned or balance.rejected)

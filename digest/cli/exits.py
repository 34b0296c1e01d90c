"""Exit codes: what cron and scripts may rely on (README, «Exit codes»)."""

from enum import IntEnum

from digest.model.mail import EditionState
from digest.pipeline.tick import Outcome, TickReport


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
    balance = outcome.balance
    if outcome.edition is None:
        return Exit.FAILED if outcome.troubles else Exit.DONE
    if balance is not None and (balance.uncertain_batches or balance.abandoned or balance.rejected):
        return Exit.PARTIAL
    if outcome.edition.state is EditionState.HELD:
        return Exit.HELD
    if outcome.edition.state is EditionState.FAILED:
        return Exit.FAILED
    return Exit.DONE

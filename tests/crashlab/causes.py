"""Attempts of which nothing is known, and the provider's calls -> the attempts whose answer nothing has spoilt."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from digest.simulator.script import Do
from tests.crashlab.ledger import Attempt
from tests.crashlab.plan import Plan, Trouble
from tests.crashlab.roads import ROADS

ENDED = "worker "
"""How the detail begins of an attempt whose worker was found to be gone."""

_BROKEN = frozenset({"reset", "reset-before", "reset-unread", "close", "garbage", "truncate"})
"""What ends a call without an answer that could be read; nor does a hanging one, but that says that it timed out."""

_TOLD = "HTTP "
"""How the detail begins of an attempt whose answer could be read."""

_UNREAD = ""
"""The tag of a call that was ended before anybody knew of which batch it was."""

_SERVER_FAULT = 500


def unexplained(uncertain: Sequence[Attempt], calls: Sequence[Mapping[str, object]], plan: Plan) -> Iterator[Attempt]:
    """Each attempt has a call of its own batch for itself that ended as it says, or one that was ended unread.

    What timed out needs none, as a busy machine answers late. An attempt that ended with its worker is not judged here:
    he may not have come to the call.
    """
    spoilt = Counter((str(call["tag"]), call["fault"] in _BROKEN) for call in calls if _is_spoilt(call, calls))
    for attempt in uncertain:
        if attempt.detail.startswith(ENDED) or _is_late(attempt):
            continue
        is_broken = not attempt.detail.startswith(_TOLD)
        own, unread = (attempt.batch_id, is_broken), (_UNREAD, is_broken)
        cause = own if spoilt[own] else unread
        if spoilt[cause]:
            spoilt[cause] -= 1
        elif not (is_broken and _may_be_cut(plan)):
            yield attempt


def _is_spoilt(call: Mapping[str, object], calls: Sequence[Mapping[str, object]]) -> bool:
    """Its answer was lost, or says that nobody knows; so does that of a call whose key came with another before."""
    status, fault = int(str(call["status"])), call["fault"]
    if fault in _BROKEN or status >= _SERVER_FAULT:
        return True
    came_before = (other for other in calls if other["tag"] == call["tag"] and other is not call)
    return not fault and status in {400, 409} and any(came_before)


def _is_late(attempt: Attempt) -> bool:
    return "timed out" in attempt.detail or "timeout" in attempt.detail.casefold()


def _may_be_cut(plan: Plan) -> bool:
    """Whether a server that stops listening ends what is open; or, in a folder, no file can be written."""
    if ROADS[plan.road].is_folder:
        return any(shift.trouble is Trouble.QUOTA for shift in plan.shifts)
    return any(rule.do is Do.REFUSE for rule in plan.rules)

"""Attempts of which nothing is known, and the provider's calls -> the attempts whose answer nothing has spoilt."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from digest.simulator.script import Do
from tests.crashlab.ledger import Attempt
from tests.crashlab.plan import Plan, Trouble
from tests.crashlab.roads import ROADS

ENDED = "worker "
"""How the detail begins of an attempt whose worker was found to be gone."""

_SPOILT = frozenset(
    {"status-after", "hang", "hang-before", "reset", "reset-before", "reset-unread", "close", "garbage", "truncate"}
)
_ANSWERED = ("HTTP ", "unreadable answer")
"""How the detail begins of an attempt that got an answer."""

_UNREAD = ""
"""The tag of a call that was ended before anybody knew of which batch it was."""

_SERVER_FAULT = 500


def unexplained(uncertain: Sequence[Attempt], calls: Sequence[Mapping[str, object]], plan: Plan) -> Iterator[Attempt]:
    """Each attempt has a spoilt call of its own batch for itself, or one that was ended unread.

    What timed out needs none, as a busy machine answers late. An attempt that ended with its worker is not judged here:
    he may not have come to the call.
    """
    spoilt = Counter(str(call["tag"]) for call in calls if _is_spoilt(call, calls))
    for attempt in uncertain:
        if attempt.detail.startswith(ENDED):
            continue
        is_answered = attempt.detail.startswith(_ANSWERED)
        tag = attempt.batch_id if spoilt[attempt.batch_id] or is_answered else _UNREAD
        if spoilt[tag]:
            spoilt[tag] -= 1
        elif not ("timed out" in attempt.detail or _may_be_cut(attempt, plan)):
            yield attempt


def _is_spoilt(call: Mapping[str, object], calls: Sequence[Mapping[str, object]]) -> bool:
    """Its answer was lost, or says that nobody knows; so does that of a call whose key came with another before."""
    status, fault = int(str(call["status"])), call["fault"]
    if fault in _SPOILT or status >= _SERVER_FAULT:
        return True
    came_before = (other for other in calls if other["tag"] == call["tag"] and other is not call)
    return not fault and status in {400, 409} and any(came_before)


def _may_be_cut(attempt: Attempt, plan: Plan) -> bool:
    """Whether it got no answer where a server that stops listening ends what is open, or no file can be written."""
    if ROADS[plan.road].is_folder:
        return any(shift.trouble is Trouble.QUOTA for shift in plan.shifts)
    is_cut = any(rule.do is Do.REFUSE for rule in plan.rules)
    return is_cut and not attempt.detail.startswith(_ANSWERED)

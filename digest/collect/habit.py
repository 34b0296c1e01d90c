"""The days of a source -> what it usually brings, and whether its silence is unusual.

Days are days in UTC. A habit is the new items a day, weekdays and weekends apart, over the 28 days
before today, or before the source fell silent. The silence is unusual when by that habit more items
should have come since the last one than the source ever let pass, and `UNUSUAL` times `burst` more.
If items came singly as a Poisson process, a gap in which 7 are expected would happen with
probability e^-7, once in 1,097 (the exponential law of waiting times: Kingman, Poisson Processes,
1993, section 4.1). Where they come in bursts at random, about the same holds of bursts, whose size
is about the ratio of the variance to the mean (over-dispersion: McCullagh and Nelder, Generalized
Linear Models, 1989, chapter 6). Where they come at fixed hours or on fixed days, the longest pause knows. Bank
holidays are not known here: a busy outlet that rests on one may be missed once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from digest.model.feed import FeedDay

HABIT_DAYS = 28
"""Four whole weeks."""

UNUSUAL = 7.0
"""New items (or bursts of them) that should have come and did not."""

RAREST = 0.2
"""New items (or bursts of them) a day; of a source that brings fewer, silence says nothing."""

SHORTEST_HISTORY = 21
"""Days on which a source must have answered before it has a habit: three of each weekday, for `burst` compares them."""

SHORTEST_SILENCE = timedelta(hours=24)

OPENS, CLOSES = 8, 20
"""Hours (UTC) between which today's items are taken to come evenly: nobody rings at dawn for those who sleep."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """New items a day; `days` is on how many the source answered.

    `burst` is how many items come together at random, 1 or more; `pause` the most items the source
    ever let pass.
    """

    days: int
    average: float
    weekday: float
    weekend: float
    burst: float
    pause: float


def habit(days: Sequence[FeedDay], *, before: date) -> Habit:
    """Measure the four weeks before a day, of `days` (one source's, oldest first) those on which it answered.

    The first of `days` brought what lay in the feed when we met it (or met it again), not a day's news.
    """
    since = before - timedelta(days=HABIT_DAYS)
    measured = [day for day in days[1:] if since <= day.day < before and day.polls > day.failures]
    weekday = _mean([day.new_items for day in measured if not _is_weekend(day.day)])
    weekend = _mean([day.new_items for day in measured if _is_weekend(day.day)])
    return Habit(
        days=len(measured),
        average=_mean([day.new_items for day in measured]),
        weekday=weekday,
        weekend=weekend,
        burst=_burst(measured),
        pause=_longest_pause(measured, weekday=weekday, weekend=weekend),
    )


def is_silent(usual: Habit, *, last_new: datetime, now: datetime) -> bool:
    """Say whether a source that answers has been without anything new for longer than its habit explains."""
    is_too_rare = usual.average < RAREST * usual.burst
    if usual.days < SHORTEST_HISTORY or is_too_rare or now - last_new < SHORTEST_SILENCE:
        return False
    return _missed(usual, last_new, now.astimezone(UTC)) >= UNUSUAL * usual.burst + usual.pause


def day_after(moment: datetime) -> date:
    """Return the day in UTC that follows the one of `moment`."""
    return moment.astimezone(UTC).date() + timedelta(days=1)


def _missed(usual: Habit, last_new: datetime, now: datetime) -> float:
    """New items expected on the days since the last one came; that day itself has had its share."""
    first = day_after(last_new)
    days = (first + timedelta(days=n) for n in range((now.date() - first).days))
    share = (now.hour + now.minute / 60 - OPENS) / (CLOSES - OPENS)
    today = _rate(now.date(), weekday=usual.weekday, weekend=usual.weekend) * min(max(share, 0.0), 1.0)
    return sum(_rate(day, weekday=usual.weekday, weekend=usual.weekend) for day in days) + today


def _burst(days: Sequence[FeedDay]) -> float:
    """Variance over mean, against the mean of each weekday: what comes every Thursday is a habit and no burst.

    The busiest day counts as the second busiest: one election night is no habit either.
    """
    counts = sorted(day.new_items for day in days)
    weekdays = {day.day.weekday() for day in days}
    freedom = len(days) - len(weekdays)
    if not freedom or not any(counts):
        return 1.0
    most = counts[-2] or counts[-1]
    alike = [[min(day.new_items, most) for day in days if day.day.weekday() == weekday] for weekday in weekdays]
    spread = sum((count - _mean(group)) ** 2 for group in alike for count in group)
    return max(1.0, (spread / freedom) / (sum(map(sum, alike)) / len(days)))


def _longest_pause(days: Sequence[FeedDay], *, weekday: float, weekend: float) -> float:
    """The most items expected between one day that brought some and the end of the next that did.

    So a weekly paper is not missed on Tuesdays, nor one that brings its batch at five o'clock at
    four: the day that ends a pause counts whole, since everything may have come in its last hour.
    """
    longest = running = 0.0
    for day in days:
        running += _rate(day.day, weekday=weekday, weekend=weekend)
        longest = max(longest, running)
        running = 0.0 if day.new_items else running
    return longest


def _rate(day: date, *, weekday: float, weekend: float) -> float:
    return weekend if _is_weekend(day) else weekday


def _is_weekend(day: date) -> bool:
    return day.weekday() >= 5


def _mean(counts: Sequence[int]) -> float:
    return sum(counts) / len(counts) if counts else 0.0

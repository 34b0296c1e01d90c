"""A seed -> a round. The same seed is the same round; only what processes do at once is the kernel's to decide."""

import random
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product

from digest.simulator.script import Do, Rule
from tests.crashlab import boundaries
from tests.crashlab.plan import MOST_READERS, Doom, Kind, Plan, Sender, Shift, Spot, Trouble
from tests.crashlab.roads import ROADS, Road

KINDS = tuple(Kind)

MORNING, NIGHT = False, True
BEGINNINGS = (
    (datetime(2026, 5, 15, 6, 35, tzinfo=UTC), MORNING),
    (datetime(2026, 3, 29, 0, 50, tzinfo=UTC), NIGHT),  # ten minutes before clocks in London go from 01:00 to 02:00
    (datetime(2026, 10, 24, 23, 50, tzinfo=UTC), NIGHT),  # 00:50 in London; at 02:00 they go back to 01:00
    (datetime(2026, 5, 15, 23, 50, tzinfo=UTC), NIGHT),  # 00:50 on the 16th in London, while it is the 15th in UTC
)
AGAIN = (timedelta(seconds=40), timedelta(minutes=6), timedelta(minutes=31), timedelta(hours=1))
JUMPS = tuple(
    sign * by
    for sign, by in product(
        (1, -1), (timedelta(minutes=2), timedelta(minutes=40), timedelta(hours=1), timedelta(hours=3))
    )
)
LONG_PATIENCE, SHORT_PATIENCE = 20.0, 0.4
"""Seconds that a sender waits for an answer: longer than the lab takes to kill it, or shorter than a round may take."""


def plan(seed: int) -> Plan:
    """Invent the round of a seed."""
    kind = KINDS[seed % len(KINDS)]
    dice = random.Random(seed)
    begins, night = dice.choice(BEGINNINGS)
    road = dice.choice([name for name, road in ROADS.items() if _suits(kind, road)])
    readers = dice.randint(1, MOST_READERS)
    bare = Plan(
        seed=seed,
        kind=kind,
        road=road,
        readers=readers,
        batch_size=dice.randint(max(1, readers // 8), max(2, readers // 2)),
        connections=dice.choice((1, 1, 2, 4)),
        patience=SHORT_PATIENCE,
        begins=begins,
        night=night,
        rules=(),
        listed_after=dice.choice((0.0, 60.0, 1500.0)),
        shifts=(),
    )
    invented = _INVENTORS[kind](_Maker(dice=dice, plan=bare, road=ROADS[road]))
    return replace(invented, rules=(*_hangs(invented), *_faults(dice, invented)), patience=_patience(invented))


def _suits(kind: Kind, road: Road) -> bool:
    if kind is Kind.UNMARKED:
        return road.is_witness
    return kind is not Kind.CLOCK or not road.is_brief


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """The dice, and what is known of the round already."""

    dice: random.Random
    plan: Plan
    road: Road

    def spot(self, places: Sequence[str], *, most: int = 0) -> Spot:
        return Spot(at=self.dice.choice(places), nth=self.dice.randint(1, most or self.plan.batches))

    def doom(self, places: Sequence[str], *, most: int = 0) -> Doom:
        return Doom(spot=self.spot(places, most=most))

    def working(self) -> tuple[str, ...]:
        """The places of every batch, on this road."""
        by_road = boundaries.FILES if self.road.is_folder else boundaries.HTTP
        return (*boundaries.CLAIM, *boundaries.CALL, *by_road, *boundaries.SETTLEMENT)

    def clearing(self) -> tuple[str, ...]:
        """The places of clearing doubts, on this road."""
        return (*boundaries.DOUBT, *(boundaries.SEARCH if self.road.is_searchable else boundaries.REPLAY))

    def after(self) -> timedelta:
        return self.dice.choice(AGAIN)

    def leaver(self) -> int | None:
        return self.dice.randrange(self.plan.readers) if self.dice.random() < 0.3 and self.plan.readers > 1 else None

    def shifts(self, *shifts: Shift) -> Plan:
        return replace(self.plan, shifts=shifts)


def _killed(make: _Maker) -> Plan:
    """One after the other, each killed somewhere."""
    first = make.dice.choice((boundaries.PREPARATION, make.working(), make.working(), boundaries.END))
    most = 4 if first in {boundaries.PREPARATION, boundaries.END} else 0
    dooms = [make.doom(first, most=most), *(make.doom(make.working()) for _ in range(make.dice.randint(0, 2)))]
    shifts = [Shift(after=make.after(), senders=(Sender(doom=doom),), leaver=make.leaver()) for doom in dooms]
    return make.shifts(*shifts)


def _crowd(make: _Maker) -> Plan:
    """Two or four at once, some of them killed."""

    def one() -> Sender:
        places = tuple({*boundaries.PREPARATION, *make.working(), *boundaries.END} - {"accepted"})
        return Sender(doom=make.doom(sorted(places), most=4) if make.dice.random() < 0.6 else None)

    count = make.dice.choice((2, 4))
    shifts = [Shift(after=make.after(), senders=tuple(one() for _ in range(count))) for _ in range(2)]
    return make.shifts(*shifts)


def _shutdown(make: _Maker) -> Plan:
    """SIGTERM, and SIGKILL while what was begun is being written down, or not."""
    places = tuple(place for place in make.working() if place != "accepted")
    draining = (*boundaries.SETTLEMENT, *boundaries.CALL, *boundaries.END)
    then = make.spot(draining, most=2) if make.dice.random() < 0.7 else None
    term = Doom(spot=make.spot(places), number=make.dice.choice((signal.SIGTERM, signal.SIGINT)), then=then)
    return replace(
        make.shifts(
            Shift(after=make.after(), senders=(Sender(doom=term),)),
            Shift(after=make.after(), senders=(Sender(),)),
        ),
        connections=make.dice.choice((1, 2, 4, 8)),
    )


def _doubts(make: _Maker) -> Plan:
    """Killed in the middle of a call, then killed while that is being cleared up."""
    lost = tuple(place for place in make.working() if "claim" not in place and place != "after ledger.settle")
    clearing = [
        Shift(after=make.after(), senders=(Sender(doom=make.doom(make.clearing(), most=3)),))
        for _ in range(make.dice.randint(1, 3))
    ]
    return make.shifts(Shift(after=make.after(), senders=(Sender(doom=make.doom(lost)),)), *clearing)


def _locked(make: _Maker) -> Plan:
    """Somebody else holds the write lock again and again."""
    count = make.dice.choice((1, 2))
    doom = make.doom(make.working()) if make.dice.random() < 0.3 and count == 1 else None
    trouble = make.dice.choice((Trouble.LOCKED, Trouble.BUSY))
    return make.shifts(
        Shift(after=make.after(), senders=(Sender(doom=doom), Sender())[:count], trouble=trouble),
        Shift(after=make.after(), senders=(Sender(),)),
    )


def _full(make: _Maker) -> Plan:
    """The disk is full, for one shift or two; then there is room again."""
    shifts = [
        Shift(
            after=make.after(),
            senders=(Sender(),),
            trouble=make.dice.choice((Trouble.PAGES, Trouble.QUOTA)),
            room=make.dice.randint(0, 12),
        )
        for _ in range(make.dice.randint(1, 2))
    ]
    return make.shifts(*shifts)


def _restored(make: _Maker, *, forgets: bool = False) -> Plan:
    """The database is put back to what it was at an earlier boundary."""
    copies = make.spot(boundaries.COPY, most=make.plan.batches) if make.dice.random() < 0.9 else None
    first = Shift(after=make.after(), senders=(Sender(copies=copies),))
    killed = Shift(after=make.after(), senders=(Sender(doom=make.doom(make.working())),))
    restored = Shift(
        after=timedelta(minutes=31) if forgets else make.after(),
        senders=(Sender(doom=make.doom(boundaries.LOSS, most=1) if make.dice.random() < 0.4 else None),),
        restores=True,
        forgets=forgets,
    )
    if make.dice.random() < 0.3:
        return replace(make.shifts(_missed(make), restored), connections=1)
    shifts = (first, killed, restored) if make.dice.random() < 0.5 else (first, restored)
    if make.dice.random() < 0.4:
        doomed = replace(first.senders[0], doom=make.doom(make.working()))
        shifts = (replace(first, senders=(doomed,)), *shifts[1:])
    return make.shifts(*shifts)


def _missed(make: _Maker) -> Shift:
    """A copy from just before the one call that was made after it, and of which only the mark knows."""
    nth = make.dice.randint(1, make.plan.batches)
    doom = Doom(spot=Spot(at=make.dice.choice(boundaries.HANDED_OVER), nth=nth))
    copies = Spot(at="before ledger.claim", nth=nth)
    return Shift(after=make.after(), senders=(Sender(copies=copies, doom=doom),))


def _unmarked(make: _Maker) -> Plan:
    """The same on a new machine: the mark and the workers' files are gone too."""
    return _restored(make, forgets=True)


def _clock(make: _Maker) -> Plan:
    """Clocks are wrong, each sender's its own way, and jump while it works; some senders are of other machines."""

    def one(count: int) -> Sender:
        places = tuple(place for place in make.working() if count == 1 or place != "accepted")
        return Sender(
            doom=make.doom(places) if make.dice.random() < 0.6 else None,
            skew=make.dice.choice((timedelta(0), *JUMPS)),
            jump_at=make.dice.randint(1, 12),
            jump=make.dice.choice((timedelta(0), *JUMPS)),
            is_stranger=make.dice.random() < 0.5,
        )

    counts = [make.dice.choice((1, 1, 2)) for _ in range(make.dice.randint(2, 3))]
    return make.shifts(
        *(Shift(after=make.after(), senders=tuple(one(count) for _ in range(count))) for count in counts)
    )


_INVENTORS: Mapping[Kind, Callable[[_Maker], Plan]] = {
    Kind.KILLED: _killed,
    Kind.CROWD: _crowd,
    Kind.SHUTDOWN: _shutdown,
    Kind.DOUBTS: _doubts,
    Kind.LOCKED: _locked,
    Kind.FULL: _full,
    Kind.RESTORED: _restored,
    Kind.UNMARKED: _unmarked,
    Kind.CLOCK: _clock,
}


def _accepted(invented: Plan) -> list[Spot]:
    dooms = [sender.doom for shift in invented.shifts for sender in shift.senders if sender.doom]
    return [doom.spot for doom in dooms if doom.spot.at == "accepted"]


def _hangs(invented: Plan) -> tuple[Rule, ...]:
    """Whoever is to be killed once the provider has accepted is kept waiting for the answer."""
    return tuple(Rule(do=Do.HANG, calls=(spot.nth,), times=1) for spot in _accepted(invented))


def _patience(invented: Plan) -> float:
    return LONG_PATIENCE if _accepted(invented) else SHORT_PATIENCE


_FAULTS = (
    {"do": Do.STATUS, "status": 503},
    {"do": Do.STATUS, "status": 429, "retry_after": 120.0},
    {"do": Do.STATUS, "status": 429, "retry_after": 2400.0, "retry_after_as": "date"},
    {"do": Do.STATUS, "status": 400},
    {"do": Do.STATUS, "status": 401},
    {"do": Do.STATUS_AFTER, "status": 500},
    {"do": Do.RESET},
    {"do": Do.RESET_BEFORE},
    {"do": Do.RESET_UNREAD},
    {"do": Do.CLOSE},
    {"do": Do.GARBAGE},
    {"do": Do.TRUNCATE},
    {"do": Do.REFUSE, "seconds": 0.03},
)
_SILENCES = ({"do": Do.HANG}, {"do": Do.HANG_BEFORE})
_PARTS = ({"do": Do.PARTIAL, "final": True}, {"do": Do.PARTIAL, "final": False})


def _faults(dice: random.Random, invented: Plan) -> tuple[Rule, ...]:
    """Nothing, or up to three things, that go wrong at the provider's."""
    road = ROADS[invented.road]
    if road.is_folder or dice.random() < 0.4:
        return ()
    possible: list[Mapping[str, object]] = [*_FAULTS]
    if not _accepted(invented):
        possible += _SILENCES
    if road.is_partial:
        possible += (*_PARTS, *_PARTS)
    return tuple(_fault(dice, dice.choice(possible), invented) for _ in range(dice.randint(1, 3)))


def _fault(dice: random.Random, what: Mapping[str, object], invented: Plan) -> Rule:
    given = dict(what)
    if given["do"] is Do.PARTIAL:
        given["entries"] = tuple(sorted(dice.sample(range(invented.batch_size), dice.randint(1, invented.batch_size))))
    calls = tuple(sorted({dice.randint(1, invented.batches + 2) for _ in range(dice.randint(1, 2))}))
    return Rule.model_validate({**given, "calls": calls, "times": len(calls)})

"""Results -> the table at the end."""

from collections import Counter
from collections.abc import Sequence

from tests.crashlab.round import Result
from tests.crashlab.twenty import AT_ONCE, Rush


def summary(results: Sequence[Result], *, seconds: float) -> str:
    """What was played, who was killed where, and what came of it."""
    if not results:
        return "no round was played"
    kills: Counter[str] = sum((result.kills for result in results), Counter())
    states: Counter[str] = sum((result.states for result in results), Counter())
    words = [word for result in results for word in result.words]
    doubtful = sum(len(result.doubtful) for result in results)
    asked = len({(result.plan.seed, word.batch_id) for result in results for word in result.words})
    lost = sum(line.startswith("LOST") for result in results for line in result.wrong)
    parts = {
        "rounds": f"{len(results)} in {seconds:.0f} s ({seconds / len(results):.2f} s each), "
        f"seeds {results[0].plan.seed} to {results[-1].plan.seed}",
        "by kind": _counted(Counter(result.plan.kind.value for result in results)),
        "by road": _counted(Counter(result.plan.road for result in results)),
        "kills": f"{kills.total()}",
        "copies": f"{states.total()} candidates, most copies of one {max(result.most_copies for result in results)}",
        "ended as": _counted(states),
        "unexplained losses": f"{lost}",
        "uncertain batches": f"{doubtful}, {max(0, doubtful - asked)} settled by themselves, {asked} by the operator "
        f"({_counted(Counter(word.state for word in words))})",
        "wrong": f"{sum(bool(result.wrong) for result in results)} rounds",
    }
    table = [f"{name:<20} {said}" for name, said in parts.items()]
    return "\n".join([*table, "", *(f"{count:>6}  {place}" for place, count in sorted(kills.items()))])


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"


def rushes(results: Sequence[Rush], *, seconds: float) -> str:
    """How often twenty came at once, to what, and how often it was not one edition and one send."""
    if not results:
        return "no rush was played"
    parts = {
        "rushes": f"{len(results)} of {AT_ONCE} processes in {seconds:.0f} s, "
        f"seeds {results[0].seed} to {results[-1].seed}",
        "by road": _counted(Counter(result.road for result in results)),
        "by stage": _counted(Counter(result.stage for result in results)),
        "by command": _counted(Counter(" ".join(result.words) for result in results)),
        "wrong": f"{sum(bool(result.wrong) for result in results)} rushes",
    }
    return "\n".join(["", *(f"{name:<20} {said}" for name, said in parts.items())])

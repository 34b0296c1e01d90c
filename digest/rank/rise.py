"""A ranked story and the one above it -> what would put it one place higher, each thing alone."""

from collections.abc import Iterator

from digest.model.story import Cause, Ranked
from digest.rank.causes import FULL_VOICES, Around, for_voices

ONLY_AN_EDITOR = "only an editor’s `digest edit lead`"


def rise(ranked: Ranked, above: Ranked, around: Around) -> tuple[str, ...]:
    """Return, in words, each thing that alone would lift `ranked` over `above`, likeliest first.

    A tie is not enough. Where no single cause has so many points left to give, an editor's word is all there is.
    """
    missing = above.score - ranked.score + 1
    points = {reason.cause: reason.points for reason in ranked.reasons}
    found = (*_by_publishers(missing, points, around), *_by_causes(missing, points, around))
    return found or (ONLY_AN_EDITOR,)


def _by_publishers(missing: int, points: dict[Cause, int], around: Around) -> Iterator[str]:
    """The fewest more publishers that are enough; where nobody reports plainly yet, the first also ends that."""
    has, near = len(around.voices), around.near.count
    enough = missing + points.get(Cause.PUBLISHERS, 0) + (0 if has else points.get(Cause.KIND, 0))
    for more in range(1, FULL_VOICES - has + 1):
        if for_voices(has + more + near, around.weights) >= enough:
            yield _so_many(more, "more independent publisher" if has else "plain news report")
            return


def _by_causes(missing: int, points: dict[Cause, int], around: Around) -> Iterator[str]:
    weights = around.weights
    if weights.reporting - points.get(Cause.REPORTING, 0) >= missing:
        yield "a credit by another publisher"
    if weights.consequence - points.get(Cause.CONSEQUENCE, 0) >= missing:
        yield "a report of something done"
    if weights.freshness - points.get(Cause.FRESHNESS, 0) >= missing:
        yield "a new report now"
    is_edited = any(source.by_weight for source in around.sources.values())
    if is_edited and weights.prominence - points.get(Cause.PROMINENCE, 0) >= missing:
        yield "the first place in three feeds in order of weight"


def _so_many(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")

"""A story's items -> one to three sentences, each taken whole from one item with its span. Nothing is written anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digest.edit.agreement import said
from digest.edit.anonymous import is_anonymous
from digest.edit.candidates import Candidate, Key, candidates
from digest.edit.unfit import Unfit
from digest.edit.worth import worths
from digest.model.edition import Field, PassedOver, Sentence
from digest.model.news import Item, Source

SAME = 0.5
SAME_ELSEWHERE = 0.34
"""Share of the words of the shorter of two sentences from which they say the same: in one report, in two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The sentences in the order of print, and those that may not be printed, with the reason."""

    sentences: tuple[Sentence, ...]
    passed_over: tuple[PassedOver, ...]


def summary(
    items: Sequence[Item],
    *,
    headline: Item,
    most: int,
    words: int,
    spent: Mapping[str, int] | None = None,
    sources: Mapping[str, Source] | None = None,
    is_alone: bool = False,
) -> Summary:
    """Return at most `most` sentences that tell what the story's items agree on, and no publisher's words over the cap.

    `words` is how many a publisher lends to one edition, `spent` how many it has lent already. `is_alone` says that
    one publisher stands behind the story: what it ascribes to nobody by name is then credited to it. A feed that gave
    only headlines gives no sentence: the headline then stands alone. The order of `items` does not matter.
    """
    found = [_within(one, words) for one in candidates(sorted(items, key=lambda item: item.id), headline=headline)]
    worth = worths(found, items, headline=headline, sources=sources or {})
    room = {one.item.publisher: words - (spent or {}).get(one.item.publisher, 0) for one in found}
    chosen: list[Candidate] = []
    while len(chosen) < most:
        following = [one for one in found if _may_join(one, chosen, room)]
        if not chosen:
            following = [one for one in following if not _is_leftover(one, found, worth, room)]
        if not following:
            break
        best = min(following, key=lambda one: (-worth[one.key] - _fits(one, chosen), _order(one)))
        chosen.append(best)
        room[best.item.publisher] -= best.sentence.words
    return Summary(
        sentences=tuple(_credited(one.sentence, is_alone=is_alone) for one in _in_print(chosen)),
        passed_over=tuple(_passed_over(one) for one in found if (one.why or one.leans) and one not in chosen),
    )


def _within(candidate: Candidate, words: int) -> Candidate:
    """Refuse what no edition could print."""
    is_long = candidate.why is None and candidate.sentence.words > words
    return replace(candidate, why=Unfit.LONG) if is_long else candidate


def _may_join(candidate: Candidate, chosen: Sequence[Candidate], room: Mapping[str, int]) -> bool:
    """Say whether a sentence may stand beside those chosen: within the cap, not the same again, leaning on none."""
    if candidate.why or candidate in chosen or candidate.sentence.words > room[candidate.item.publisher]:
        return False
    if candidate.leans and not any(candidate.follows(one) for one in chosen):
        return False
    return all(_overlap(candidate, one) < (SAME if one.item == candidate.item else SAME_ELSEWHERE) for one in chosen)


def _is_leftover(
    candidate: Candidate, found: Sequence[Candidate], worth: Mapping[Key, float], room: Mapping[str, int]
) -> bool:
    """Say whether a sentence would open only because the cap has no room for a better one of the same report."""
    left = room[candidate.item.publisher]
    better = (one for one in found if one.item == candidate.item and one.why is None and not one.leans)
    return any(one.sentence.words > left and worth[one.key] > worth[candidate.key] for one in better)


def _overlap(one: Candidate, other: Candidate) -> float:
    """The share of the shorter one's words that stand in the longer."""
    words, others = said(one.sentence.text), said(other.sentence.text)
    return len(words & others) / min(len(words), len(others))


def _fits(candidate: Candidate, chosen: Sequence[Candidate]) -> float:
    """What speaks for a sentence beside those chosen: one report told on reads better than the openings of several."""
    goes_on = any(candidate.follows(one) for one in chosen)
    is_same = any(candidate.item == one.item for one in chosen)
    return 0.3 * goes_on + 0.1 * is_same - 0.5 * max((_overlap(candidate, one) for one in chosen), default=0.0)


def _order(candidate: Candidate) -> tuple[object, ...]:
    """The order between equals: the earlier report, then the id, the summary, the place."""
    one = candidate
    return one.item.published, one.item.id, one.sentence.field is Field.TEXT, one.place


def _in_print(chosen: Sequence[Candidate]) -> list[Candidate]:
    """The best sentence's item speaks first; what comes from one item stands in the item's own order."""
    items = [one.item.id for one in chosen]
    return sorted(chosen, key=lambda one: (items.index(one.item.id), one.sentence.field is Field.TEXT, one.place))


def _credited(sentence: Sentence, *, is_alone: bool) -> Sentence:
    return replace(sentence, is_credited=True) if is_alone and is_anonymous(sentence.text) else sentence


def _passed_over(candidate: Candidate) -> PassedOver:
    sentence, why = candidate.sentence, candidate.why or Unfit.DEPENDENT
    return PassedOver(
        item_id=sentence.item_id, field=sentence.field, start=sentence.start, end=sentence.end, why=why.value
    )

"""A story's items -> their sentences as spans, each with the reason why it may not be printed, or none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.edit.hearsay import disowns
from digest.edit.lead_in import beginning
from digest.edit.opening import goes_on_claiming, leans
from digest.edit.unfit import Unfit, unfit
from digest.edit.verdict import is_verdict
from digest.model.edition import Field, Sentence
from digest.model.news import Item, Kind
from digest.text.quotation import without_quotations
from digest.text.sentences import Span, sentences
from digest.text.verify import words

FIELDS = (Field.SUMMARY, Field.TEXT)

Key = tuple[str, Field, int]
"""An item's id, a part of it, and the place of a sentence in it."""

MOST_OF_A_FIELD = 12
"""Sentences of an article that are looked at: newspapers tell what happened first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence of an item: the `place`-th of its field; `leans` on the one before it; `why` it is refused."""

    sentence: Sentence
    item: Item
    place: int
    leans: bool = False
    why: Unfit | None = None

    @property
    def key(self) -> Key:
        """What tells it from every other sentence of the story."""
        return self.sentence.item_id, self.sentence.field, self.place

    def follows(self, other: "Candidate") -> bool:
        """Say whether it stands directly behind another sentence in the same text."""
        return self.key == (*other.key[:2], other.place + 1)


def candidates(items: Sequence[Item], *, headline: Item) -> tuple[Candidate, ...]:
    """Return every sentence of the summaries and of the first part of the articles, in the order of items and text.

    Columns lend no sentence to a story that others report. `headline` is the item under whose headline they would
    stand.
    """
    reports = [item for item in items if item.kind is not Kind.COMMENT or item.id == headline.id]
    return tuple(
        found
        for item in reports
        for field in FIELDS
        for found in _of_field(item, field, headline)
        if words(item, field)
    )


def _of_field(item: Item, field: Field, headline: Item) -> Iterator[Candidate]:
    source = words(item, field)
    spans = [_without_lead_in(span) for span in sentences(source)[: MOST_OF_A_FIELD + 1]]
    for place, span in enumerate(spans[:MOST_OF_A_FIELD]):
        before = spans[place - 1].text if place else ""
        following = spans[place + 1].text if place + 1 < len(spans) else ""
        yield Candidate(
            sentence=Sentence(
                text=span.text, item_id=item.id, start=span.start, end=span.end, field=field, publisher=item.publisher
            ),
            item=item,
            place=place,
            leans=leans(span.text, under_its_headline=item.id == headline.id) or goes_on_claiming(span.text, before),
            why=_why(span.text, following, item, headline),
        )


def _why(sentence: str, following: str, item: Item, headline: Item) -> Unfit | None:
    """Return why a sentence is refused: a columnist may judge, a report may not."""
    if disowns(following, before=sentence):
        return Unfit.PARTED
    if item.kind is not Kind.COMMENT and is_verdict(without_quotations(sentence)):
        return Unfit.VERDICT
    return unfit(sentence, headline=headline.title)


def _without_lead_in(span: Span) -> Span:
    at = beginning(span.text)
    return Span(text=span.text[at:], start=span.start + at, end=span.end)

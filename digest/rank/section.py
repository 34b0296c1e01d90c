"""A story's items -> the section of the edition it belongs in."""

from collections.abc import Iterator, Mapping, Sequence

from digest.lexicon.find import find
from digest.lexicon.value import Category, Lexicon
from digest.model.news import Item, SectionName, Source, SourceKind

HINTS: Mapping[Category, float] = {
    Category.EVENT: 3.0,
    Category.UNION: 3.5,
    Category.BODY: 2.5,
    Category.INSTITUTION: 1.8,
    Category.POLITICS: 1.5,
    Category.OFFICE: 1.0,
    Category.PERSON: 0.6,
    Category.PARTY: 0.8,
    Category.OPPONENT: 0.6,
    Category.OTHER_PARTY: 0.8,
    Category.PLACE: 0.8,
}
"""How far a mention's section can be trusted: an event names it, a minister may turn up anywhere."""

BYWORDS = frozenset({"Member of Parliament", "Westminster"})
BYWORD = 0.3
"""What a name counts that stands for politics as a whole: MPs are in news of everything, and so is «Westminster»."""

QUIET = 0.4
"""The vote of an item that nothing speaks for, for Government."""

SUMMARY = 0.3
"""What a mention in the summary counts of one in the headline."""

SOURCE_HINT = 0.4
"""A vote of the source's own sections, for each item; it settles what the text leaves open."""

SOURCE_KINDS: Mapping[SourceKind, SectionName] = {
    SourceKind.UNION: SectionName.UNIONS,
    SourceKind.COUNCIL: SectionName.NATIONS,
    SourceKind.REGIONAL: SectionName.NATIONS,
    SourceKind.LABOUR: SectionName.PARTY,
}
"""The section of a source that names none."""

NARROWEST_FIRST = (
    SectionName.POLLS,
    SectionName.UNIONS,
    SectionName.NATIONS,
    SectionName.PARLIAMENT,
    SectionName.PARTY,
    SectionName.GOVERNMENT,
)
"""Among equals the narrower section wins: it has fewer stories to choose from."""


def section(items: Sequence[Item], *, sources: Mapping[str, Source], lexicon: Lexicon) -> SectionName:
    """Choose by vote: each name in the items votes for the sections its entry hints.

    A name votes once per item, as strongly as its category is to be trusted; a headline counts more than a
    summary, and the sources' own sections add a little. Bills, votes, committees and PMQs so become Parliament;
    contests for the leadership, selections and by-elections Party; pollsters Polls; ministers and departments
    Government. An item that nothing speaks for votes for Government: what a general politics feed prints without
    naming a party, a parliament, a union or a place is mostly about what the government does.
    The result does not depend on the order of the items.
    """
    votes = dict.fromkeys(NARROWEST_FIRST, 0.0)
    for item in sorted(items, key=lambda item: item.id):
        cast = (*_text_votes(item, lexicon), *_source_votes(item, sources))
        for name, weight in cast or ((SectionName.GOVERNMENT, QUIET),):
            votes[name] += weight
    return max(votes, key=lambda name: votes[name])


def _text_votes(item: Item, lexicon: Lexicon) -> Iterator[tuple[SectionName, float]]:
    day = item.published.date()
    seen: set[str] = set()
    for text, place in ((item.title, 1.0), (item.summary, SUMMARY)):
        for found in find(lexicon, text, day):
            if found.name not in seen:
                seen.add(found.name)
                for name in found.sections:
                    told = BYWORD if found.name in BYWORDS else HINTS[found.category] * found.weight
                    yield name, told * place


def _source_votes(item: Item, sources: Mapping[str, Source]) -> Iterator[tuple[SectionName, float]]:
    for source_id in item.sources:
        source = sources.get(source_id)
        if source:
            own = (SOURCE_KINDS[source.kind],) if source.kind in SOURCE_KINDS else ()
            for name in source.sections or own:
                yield name, SOURCE_HINT / len(item.sources)

"""What a text names besides -> what each mention means there: mentions mean other things in other company."""

from collections.abc import Sequence
from dataclasses import dataclass

from digest.lexicon.value import Category, Found

BESIDE_LABOUR = 0.5
"""What speaks against counts this much where the headline names the party or its people: that is policy, or a visit."""

ALONE = 0.4
"""Another party weighs this much for, not against, where nobody and nothing of Labour's is named: it is politics."""

ANOTHERS_EVENT = 0.25
"""And its reshuffle or conference counts this much of one of Labour's."""

ELSEWHERE = 0.25
"""A prime minister counts this much in a headline that names other countries and nothing of this one."""

OPENING = len("The ")
"""Letters before a word that still opens its headline."""

BETWEEN = len(" of ")
"""Letters between an office and a country that says whose it is: «prime minister of Peru»."""

PREMIERS = frozenset({"Prime Minister", "Deputy Prime Minister"})
"""Who, opening a headline by office alone, is ours: «Prime minister to visit Kyiv»."""

ANYBODYS = frozenset(
    {
        "HM Government",
        "HM Opposition",
        "Prime Minister",
        "Deputy Prime Minister",
        "Minister of State",
        "Attorney General",
        "Leader of the Opposition",
        "Leader of the Labour Party",
    }
)
"""Offices that headlines call by words which other countries have too: «minister», «opposition leader»."""

LABOURS_HANDS = 0.5
"""An office whose mention weighs less is not in Labour's hands on the day."""

_ABROAD = frozenset({Category.FOREIGN, Category.FOREIGN_PERSON})
_AGAINST = _ABROAD | {Category.CELEBRITY, Category.SPORT, Category.WEATHER, Category.NOT_THE_PARTY}
LABOURS_OWN = frozenset({Category.PARTY, Category.PERSON, Category.BODY})
OTHERS = frozenset({Category.OTHER_PARTY, Category.OPPONENT})
_NEAR_LABOUR = LABOURS_OWN | {Category.UNION, Category.OFFICE}
_BRITISH = LABOURS_OWN | OTHERS | {Category.PLACE, Category.INSTITUTION, Category.UNION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """What else a text names."""

    has_labour: bool
    is_anothers: bool
    is_elsewhere: bool


def company(in_title: Sequence[Found], in_summary: Sequence[Found]) -> Company:
    """Return what a headline and a summary name between them."""
    categories = {found.category for found in in_title}
    both = (*in_title, *in_summary)
    return Company(
        has_labour=bool(categories & LABOURS_OWN),
        is_anothers=bool(categories & OTHERS)
        and not any(found.category in _NEAR_LABOUR and found.weight >= LABOURS_HANDS for found in both),
        is_elsewhere=bool(categories & _ABROAD)
        and not any(found.category in _BRITISH for found in both)
        and not _opens_with_our_premier(in_title),
    )


def _opens_with_our_premier(in_title: Sequence[Found]) -> bool:
    first, *others = in_title
    return (
        first.name in PREMIERS
        and first.start <= OPENING
        and not any(other.category in _ABROAD and other.start <= first.end + BETWEEN for other in others)
    )


def in_company(weight: float, found: Found, company: Company) -> float:
    """Return what a mention says in this company, where alone it would say `weight`."""
    if company.has_labour and found.category in _AGAINST:
        return weight * BESIDE_LABOUR
    if company.is_anothers and found.category in OTHERS:
        return ALONE * found.weight
    if company.is_anothers and found.category is Category.EVENT:
        return weight * ANOTHERS_EVENT
    return weight * ELSEWHERE if company.is_elsewhere and found.name in ANYBODYS else weight

"""A text -> whether it tells of a death, an attack or the like, beside which no reader is asked for money."""

import re

_PLANS = r"(?:(?:the|a|its|his|her|their|our) )?(?:bills?|plans?|deals?|reforms?|polic(?:y|ies)|schemes?|hopes?|jobs?)"
_PEOPLE = r"(?:man|men|woman|women|boy|girl|child|teen(?:ager)?|student|officer|soldier|people|victim|mp|councillor)"

_GRAVE = re.compile(
    rf"\b(?:dies|died|dying|passe[ds] away|murder(?:s|ed|er|ers)?|manslaughter|suicide|obituary|massacre"
    r"|dead(?![ -](?:heat|end|letter|weight|duck|set|wood|ringer|cert|level|cat|hand|in the water))"
    r"|deaths?(?! (?:tax(?:es)?|dut(?:y|ies)|knell|spiral|throes|benefits?|by a thousand))"
    rf"|kill(?:s|ed|ing)(?! (?:off|{_PLANS})\b)"
    r"|killers?(?! (?:blow|facts?|questions?|lines?|arguments?|amendments?|clauses?|instinct))"
    r"|fatal(?:ly)?(?! (?:flaw(?:s|ed)?|blow|mistakes?|errors?|weakness|weaken|undermin|damag|wound))"
    r"|funeral(?! (?:costs?|plans?|poverty|directors?|industry|expenses|payments?|firms?|fees?|market|bill))"
    r"|stabb(?:ed|ing)s?(?! in the back)|shootings?|shot dead"
    rf"|{_PEOPLE} (?:is |was |were |are )?shot(?! down)"
    r"|(?<!character )assassinat(?:e[ds]|ions?)|bomb(?:ed|ers?|ings?)?|air[ -]?strikes?"
    r"|explosions? (?:at|near|outside|kills|injures|rocks)|(?:gas|factory|house) explosions?"
    r"|terror(?:ism|ists?)?|mourn(?:s|ed|ers|ing)?|tributes|human remains"
    r"|drown(?:s|ed|ings?)(?! (?:out|in (?:debt|paperwork|red tape))\b)"
    r"|bod(?:y|ies) (?:is |was |were )?found(?=$|[.,;:]| (?:at|near|on|after|inside|under)\b| in (?!breach|contempt))"
    r"|rap(?:e[ds]?|ists?)|grooming|child abuse|sexual assaults?"
    r"|(?:knife|gun|arson|acid|car|rocket|missile|synagogue|mosque|church|school|terror) attacks?"
    r"|attacks? (?:on|at|in|near|outside) (?:(?:a|an|the) )?(?:\w+ )?(?:mosques?|synagogues?|worshippers)"
    r"|attacks? (?:on|at|in|near|outside) (?:an?|the) (?:\w+ )?(?:church|school|hospital|embassy))\b",
    re.IGNORECASE,
)
"""Alone, «attack» is what politicians do to each other every day; they also kill bills, and tax death."""


def grave_word(text: str) -> str:
    """Return the first word that makes a text grave, or an empty string."""
    found = _GRAVE.search(text)
    return found[0] if found else ""

"""A headline -> whether it tells of something done, of something said, or of neither."""

import re
from enum import Enum
from functools import lru_cache

from digest.text.tokens import tokens

_DEEDS = """
    abandon abolish accept adopt agree announce appoint approve arrest assault attack axe ban bar begin block
    boycott cancel cap charge clear close collapse concede confirm convict cross cut defeat defect defer delay delete
    deploy deselect die dismiss ditch drop elect end endorse evacuate expel extend fail fall fine force freeze gain
    grant halt hike impose increase introduce invest jail join kill launch lift lose nationalise nominate open oppose
    order oust overhaul overrule overturn pass pause postpone promote publish quash quit raise reappoint rebel recall
    reduce refer refuse reject reinstate remove replace rescue resign reverse sack scrap seal secure seize select sign
    slash stand strike sue suspend tax topple trigger triple unveil uphold veto vote walk win withdraw
"""
_PAST = """
    backed backing began cut died fell fought hit held lost overthrew overran rose sank sent set shot shut split
    struck stood sworn taken threw took torn withdrew withdrawn won
"""
_EVENTS = """
    appointment arrest ballot bill blow breakthrough budget byelection ceasefire conviction crash cuts deal death
    defeat defection election inquiry inquest killing law leak merger probe protest raid rebellion referendum
    reshuffle resignation result review ruling sacking sanctions scandal strike summit suspension tariffs treaty uturn
    verdict veto victory vote win
"""
_WORDS = """
    accuse admit advise allege announce apologise appeal argue ask blame brand brush call caution challenge
    claim condemn criticise declare defend demand deny describe dismiss doubt explain fear hail hint hit insist mock
    pledge plead praise predict promise propose rebuke rebuff rule says say signal slam speak suggest
    support swear tell threaten told said told urge vow warn welcome
"""
_NOT_YET = """
    about brace braced braces can consider considered considering considers could denied denies deny denying expect
    expected expects eye eyes eyeing hope hopes hoping if likely may might mull mulls mulling plan plans planning plot
    plots plotting poised poll prepare prepares preparing ready set should soon threaten threatens urge urged urges vow
    vows want wants weigh weighs weighing would
"""
"""Words behind which a deed is thought of, wished, feared or denied, not done."""

REACH = 3
"""So many words a mood colours: «poised to finally quit», «denies he will quit»."""

_ASKS = frozenset(
    "are can could did do does has have how is should was were what when where which who whose why will would".split()
)
"""Words with which a headline begins that explains or asks."""

REMEMBERED = 16_384
"""Headlines whose answer is kept: several causes ask of the same ones."""


class Tells(Enum):
    """What a headline tells of, by the share of the points it earns."""

    NOTHING = 0.0
    WORDS = 0.5
    DEED = 1.0


@lru_cache(maxsize=REMEMBERED)
def tells(headline: str) -> Tells:
    """Return what a headline tells of: a deed or event before words; one that asks or explains tells nothing.

    A deed that may be done, or is denied, is words.
    """
    words = [token.folded for token in tokens(headline)]
    if asks(headline):
        return Tells.NOTHING
    deeds = [place for place, word in enumerate(words) if word in _deeds()]
    if any(_not_yet().isdisjoint(words[max(0, place - REACH) : place]) for place in deeds):
        return Tells.DEED
    return Tells.WORDS if deeds or not _words().isdisjoint(words) else Tells.NOTHING


@lru_cache(maxsize=REMEMBERED)
def asks(headline: str) -> bool:
    """Say whether a headline asks («Can Labour win?») or explains («How Labour won», «What we know»)."""
    first = next((token.folded for token in tokens(headline)), "")
    return first in _ASKS or bool(re.search(r"\?[\s\"'’”)]*$|\? ", headline))


@lru_cache(maxsize=1)
def _deeds() -> frozenset[str]:
    return _forms(_DEEDS) | frozenset(_folded(f"{_PAST} {_EVENTS}"))


@lru_cache(maxsize=1)
def _not_yet() -> frozenset[str]:
    return frozenset(_folded(_NOT_YET))


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return _forms(_WORDS)


def _forms(verbs: str) -> frozenset[str]:
    """Return each verb as it stands, in the third person and in the past, folded as headlines are."""
    return frozenset(
        _folded(" ".join(f"{verb} {_third(verb)} {_past(verb)} {_doubled(verb)}" for verb in verbs.split()))
    )


def _third(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")


def _past(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb[:-1] + "ied"
    return verb + ("d" if verb.endswith("e") else "ed")


def _doubled(verb: str) -> str:
    return f"{verb}{verb[-1]}ed"


def _folded(text: str) -> list[str]:
    return [token.folded for token in tokens(text)]

"""A headline -> whether it pleads, as columns do and reports do not, and whether it says whose words it reports.

These are forms, where `digest.collect.opinion` weighs words: «The case for …», «It’s time to …», «I was wrong about …».
"""

import re

SPEECH = re.compile(r"^(?P<speaker>[A-Z][\w'-]*[a-z]): .+$")
"""A surname alone and what its bearer says: a report's way to quote. Columnists are given by their full name."""

_SAYS = (
    "say|says|said|tell|tells|told|warn|warns|warned|urge|urges|urged|claim|claims|claimed|insist|insists|argue|argues"
    "|admit|admits|suggest|suggests|reveal|reveals|find|finds|show|shows|vow|vows|demand|demands"
)
ATTRIBUTED = re.compile(rf"[,–—-] (?:\S+ ){{0,6}}(?:(?:{_SAYS})\b|according to\b)", re.IGNORECASE)
"""«…, MPs say», «…, says NHS chief», «… – charities warn ministers»: words that are reported, whatever they judge."""

_LAMENTED = (
    "absurdity|agony|arrogance|cowardice|cruelty|cult|curse|delusion|emptiness|fantasy|folly|genius|hypocrisy|lessons?"
    "|lies?|limits|madness|myth|paradox|perils|poverty|shame|tragedy|trouble|truth|vanity|strange death"
)

PLEAS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:don't|do not|let's|let us|forget|spare (?:us|a thought)|never mind|beware|ignore|pity|abolish)\b(?!-)",
        r"^(?:stop \w+ing|bring back|give us|shame on|enough of|thank (?:god|goodness|you)|blame (?!game))\b",
        r"^(?:(?:it's|it is|now is) (?:\w+ )?(?:the )?)?time (?:to|for|that|we|\w+ (?:was|were|had|did))\b",
        r"^(?:the|a|my) (?:[\w'-]+ ){0,2}case (?:for|against)\b|^in (?:defence|praise) of\b",
        rf"^(?:the|a) (?:[\w'-]+ ){{0,2}}(?:(?:{_LAMENTED}) (?:of|with|about|in)|problem with)\b",
        r"^(?:this|that) (?:is|isn't|was|wasn't) (?:(?:how|why|what) (?!much|many|you|we know)|not|the|no|a|our)\b",
        r"^i(?:'m|'ve|'d|'ll)? \w",
        r"\bdeserves? (?:better|worse|more|no better|to (?:lose|win|fail))\b",
        r"^if .*\b(?:would|should|must|ought)\b[^?]*$",
        r"^(?:no|yes|sorry), ",
    )
)
"""How columns open, apostrophes made straight."""


def pleads(voice: str) -> bool:
    """Say whether a headline, its quotations and speeches taken out, has the form of a column and no speaker."""
    return not is_attributed(voice) and any(pattern.search(voice) for pattern in PLEAS)


def is_attributed(voice: str) -> bool:
    """Say whether a headline ends with who says what stands before."""
    return bool(ATTRIBUTED.search(voice))

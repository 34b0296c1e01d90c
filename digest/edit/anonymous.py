"""A sentence -> whether it rests on nobody who is named."""

import re

from digest.text.quotation import without_quotations

_WHO = (
    r"(?:(?:senior|government|labour|party|cabinet|westminster|whitehall|downing street|no\.? ?10|close|several|two)"
    r" ){0,4}(?:sources?|insiders?|allies|friends|aides|figures|observers|critics)"
    r"(?: (?:close to|within|inside|in|from|of) (?:the )?(?:[A-Z][\w’'-]*\s?){1,3})?"
)
_ANONYMOUS = re.compile(
    r"\b(?:(?:is|are|was|were|been) (?:understood|believed|thought|said|claimed|alleged|rumoured|reported) (?:to|that)"
    r"|it is (?:understood|believed|thought|said|claimed|alleged)|reportedly|allegedly|apparently|rumou?rs?"
    rf"|{_WHO} (?:say|says|said|tell|told|claim|claims|claimed|insist|insisted|believe|fear|suggest|suggested|warn)"
    r"|an? (?:[a-z]+ )?(?:source|insider|ally|friend|aide) (?:said|says|told|claimed|added|close to)"
    r"|(?:has|have) learn(?:ed|t)|can reveal|is set to|are set to|(?:is|are) expected to|is poised to)\b",
    re.IGNORECASE,
)
"""«It is understood that …», «sources say», «reportedly», «is expected to»: a claim without a name behind it."""

_NAMED = re.compile(
    r"\baccording to (?:the |a new |new )?[A-Z0-9]|\b[A-Z][\w’'-]+ (?:reported|reports|has reported|revealed)\b"
)


def is_anonymous(sentence: str) -> bool:
    """Say whether a sentence claims something for which it names nobody: an agency, a paper or a person would do."""
    outside = without_quotations(sentence)
    return bool(_ANONYMOUS.search(outside)) and not _NAMED.search(outside)

"""A headline that is too long -> its main clause, where what is cut off takes back nothing of it."""

import re
from collections.abc import Iterator

from digest.text.quotation import is_broken
from digest.text.speech import speaks
from digest.text.verbs import has_verb

_CUT = re.compile(
    r",? (?P<link>amid|after|following|ahead of|as|while)\b|, (?P<going>[a-z]+ing)\b|(?P<dash> [–—-] |; )(?=[^\W\d_])"
)
_TAKES_BACK = re.compile(
    r"\b(?:unless|if|but|except|without|only|despite|although|though|not|no|never|denies|until|or|nor|however|allegedly"
    r"|reportedly|poll|sources?|allies|report|reports|according|officials)\b",
    re.IGNORECASE,
)
_HANGING = re.compile(
    r"\b(?:a|an|the|of|in|on|at|to|for|from|by|with|and|or|as|that|is|are|was|were|his|her|their|its|not|will|over|just|only|even"
    r"|shortly|soon|long|(?:minute|hour|day|week|month|year)s?)$"
)


def clauses(title: str) -> Iterator[str]:
    """Yield shorter forms of a headline, the longest first; each is its beginning, word for word.

    Cut are «amid …», «after …», «, paving the way …», «– …» and «as …» with a verb of its own; never who says so,
    nor a condition or a doubt.
    """
    for cut in reversed(list(_CUT.finditer(title))):
        head, tail = title[: cut.start()].rstrip(" ,;"), title[cut.end() :]
        needs_verb = cut["link"] in {"as", "while"}
        if needs_verb and not has_verb(tail):
            continue
        if not (_takes_back(tail) or is_broken(head) or _HANGING.search(head)):
            yield head


def _takes_back(tail: str) -> bool:
    """Say whether what would be cut off says who says so, or holds a condition or a doubt."""
    return speaks(tail) or bool(_TAKES_BACK.search(tail))

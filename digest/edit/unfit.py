"""A sentence by itself -> why a round-up may not print it: cut off, asking, selling, chatting, or saying nothing."""

import re
from enum import StrEnum

from digest.edit.agreement import said
from digest.text.chatter import is_call, is_live, is_teaser
from digest.text.quotation import is_broken, quotations, without_quotations
from digest.text.speech import bears_words, speaks
from digest.text.verbs import has_verb


class Unfit(StrEnum):
    """Why a sentence is refused, as editors read it."""

    CUT = "cut off"
    BROKEN_QUOTATION = "half of a quotation"
    GLUED = "two sentences run together"
    BYLINE = "has its author's name in it"
    VERBLESS = "no verb"
    QUESTION = "a question"
    EXCLAMATION = "an exclamation"
    TEASER = "a teaser"
    CALL = "asks readers to do something"
    LIVE = "live-blog chatter"
    PERSONAL = "speaks as «I», «we» or «you»"
    SPEAKERLESS = "a quotation without its speaker"
    VERDICT = "a judgement without whose it is"
    SHOUTED = "in capitals"
    EMPTY = "says too little"
    ECHO = "repeats the headline"
    LONG = "longer than the excerpt allowed"
    PARTED = "who says so stands in the next sentence"
    DEPENDENT = "needs the sentence before it"


FEWEST_WORDS = 3
SAME_AS_HEADLINE = 0.8
"""Share of a sentence's words found in the headline from which it only says the headline again."""

LONGEST_TERM = 4
"""Words in quotation marks that may be a term («levelling up») and need no speaker."""

_WHOLE = re.compile(r"[.!?][\"'”’)\]]*$")
_ELLIPSIS = re.compile(r"(?:…|\.{2,}|\[…\])[\"'”’)\]]*\.?$|^(?:…|\.{2,})")
_BEGINS_SMALL = re.compile(r"^[\"'“‘(\[]*[a-z](?![A-Z]|-[A-Z])")
"""A small first letter, unless it is that of a name such as iPhone or e-Government."""
_GLUED = re.compile(
    r"(?<![A-Za-z])(?P<before>[a-z0-9%’”)]+)\s+(?:(?:The|An?|It|He|She|They|This|These|Those|There|When|While|After|Although"
    r"|Speaking|However|Meanwhile|Following|According|But|In)\s+(?=[a-z0-9£‘“])(?!i\b)|The\s+(?P<name>[A-Z][a-z]))"
)
_BEFORE_A_NAME = frozenset(
    "in of by with to for from at on and or as like via per told reported read that than between when while against"
    " says said wrote editor newspaper paper is was called".split()
)
"""Words before «The Times» and the like; before another word with a capital «The» begins a sentence."""
_AUTHOR = r"By (?:[A-Z][\w’'-]+ ){1,2}[A-Z][\w’'-]+"
_ROLE = r",? (?:[A-Z]\w+ ){0,2}(?:[Ee]ditor|[Cc]orrespondent|[Rr]eporter|[Cc]olumnist)\b"
_BYLINE = re.compile(rf"(?<=[\w%’”)] ){_AUTHOR}(?:[.,]|$|{_ROLE})|^{_AUTHOR}{_ROLE}")
"""«… ISA limit By Jane Doe, Political Editor.»"""
_QUESTION = re.compile(r"\?[\"'”’)\]]*$")
_EXCLAMATION = re.compile(r"![\"'”’)\]]*$")
_PERSONAL = re.compile(
    r"(?<!War )(?<!Part )(?<!Elizabeth )(?<!Charles )(?<!Phase )(?<!James )\bI(?:['’](?:m|ve|d|ll))?\b(?!\.)"
    r"|\b(?:[Ww]e|[Yy]ou)(?:['’](?:re|ve|d|ll))?\b"
    r"|\b(?:[Oo]urs?|us|[Mm]y|me|[Yy]ours?|[Mm]yself|[Oo]urselves|[Yy]ourself|[Ll]et['’]s)\b"
)
_SHOUTED = re.compile(r"(?:\b[A-Z]{3,}\b[\s,:’'-]+){3,}")


def unfit(sentence: str, *, headline: str) -> Unfit | None:
    """Return why a sentence may not be printed whatever stands before it; None where nothing speaks against it.

    `headline` is the one it would stand under. Words within quotation marks are somebody else's: they may say «I»
    and «we». What is refused in doubt costs a sentence; what is let through costs trust.
    """
    outside = without_quotations(sentence)
    for why, found in _FAULTS:
        if found(sentence, outside):
            return why
    return Unfit.ECHO if _repeats(sentence, headline) else None


def _is_cut(sentence: str, _: str) -> bool:
    is_half = sentence.count("(") != sentence.count(")")
    return bool(is_half or not _WHOLE.search(sentence) or _ELLIPSIS.search(sentence) or _BEGINS_SMALL.match(sentence))


def _is_speakerless(sentence: str, outside: str) -> bool:
    """Whether most of a sentence is quoted, or a clause of it, and nobody is named who says it."""
    lengths = [len(quotation.split()) for quotation in quotations(sentence)]
    is_long = max(lengths, default=0) > LONGEST_TERM or sum(lengths) * 2 > len(sentence.split())
    return is_long and not (speaks(outside) or bears_words(outside) or ": “”" in outside)


def _is_glued(sentence: str, _: str) -> bool:
    """Whether a second sentence begins in the middle: «… pay tribute The veteran has died»."""
    return any(not found["name"] or found["before"] not in _BEFORE_A_NAME for found in _GLUED.finditer(sentence))


def _says_too_little(sentence: str, _: str) -> bool:
    return len(sentence.split()) < FEWEST_WORDS or not said(sentence)


_FAULTS = (
    (Unfit.LIVE, lambda _, outside: is_live(outside)),
    (Unfit.CALL, lambda _, outside: is_call(outside)),
    (Unfit.TEASER, lambda _, outside: is_teaser(outside)),
    (Unfit.QUESTION, lambda sentence, _: bool(_QUESTION.search(sentence))),
    (Unfit.CUT, _is_cut),
    (Unfit.BROKEN_QUOTATION, lambda sentence, _: is_broken(sentence)),
    (Unfit.EXCLAMATION, lambda sentence, _: bool(_EXCLAMATION.search(sentence))),
    (Unfit.SHOUTED, lambda sentence, _: bool(_SHOUTED.search(sentence))),
    (Unfit.SPEAKERLESS, _is_speakerless),
    (Unfit.PERSONAL, lambda _, outside: bool(_PERSONAL.search(outside))),
    (Unfit.GLUED, _is_glued),
    (Unfit.BYLINE, lambda _, outside: bool(_BYLINE.search(outside))),
    (Unfit.VERBLESS, lambda _, outside: not has_verb(outside)),
    (Unfit.EMPTY, _says_too_little),
)
"""The faults in the order in which they are looked for; each gets the sentence, and what of it is not quoted."""


def _repeats(sentence: str, headline: str) -> bool:
    words = said(sentence)
    return len(words & said(headline)) / len(words) >= SAME_AS_HEADLINE

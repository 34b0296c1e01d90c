"""Plain text -> its sentences, each with its place in the text."""

import re
from dataclasses import dataclass
from functools import lru_cache

TITLES = (
    "mr mrs ms mx dr prof st mt rt hon rev fr lt col gen maj sgt capt cpl cllr cllrs gov sen rep messrs mme mlle"
    " supt insp det const"
)
SHORTENED = "e.g i.e vs v cf al approx est dept inc ltd no nos p pp para art sec fig vol ed tel ext"
MONTHS = "jan feb mar apr jun jul aug sept sep oct nov dec"
COUNTRIES = "u.s u.k u.n e.u"
NEVER_LAST = frozenset(f"{TITLES} {SHORTENED} {COUNTRIES}".split())
"""Abbreviations after which a sentence goes on, even before a capital: Mr. Smith, No. 10, U.S. Senate."""

LAST_UNLESS_NUMBER = frozenset(f"{MONTHS} no nos p pp v art ed".split())
"""Abbreviations after which a sentence goes on only before a figure: Sept. 5, No. 10."""

HOURS = frozenset({"a.m", "p.m"})
AFTER_HOURS = tuple("monday tuesday wednesday thursday friday saturday sunday gmt bst".split())
"""What goes on after «a.m.» though it has a capital: «at 4 p.m. Friday»."""

ABBREVIATIONS = NEVER_LAST | LAST_UNLESS_NUMBER

LETTERED = frozenset(
    "plan section group team part grade type class appendix annex option category schedule platform vitamin".split()
)
"""Nouns that a letter may follow: the full stop after «plan B» ends a sentence."""

ENDS = re.compile(r"""[.!?…]+["'”’»)\]]*(?=\s+\S|\s*$)""")
BREAKS = re.compile(r"\n| (?=• )")
"""What always ends a sentence: the end of a paragraph, and the space before a bullet."""

OPENS = re.compile(r"""\s*(?:$|["'“‘«(\[]*(?:[^\W\d_a-z]|[\d£$€@#•©–—-]))""")
"""What may begin a sentence: a letter that is not a plain lower-case one, a figure, a sign of money, a bullet; or
nothing more."""

SPOKEN = re.compile(
    r"\s+(?:the |Sir |Dame |Lord |Lady )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,2} "
    r"(?:said|says|asked|asks|added|adds|told|tells|warned|warns|wrote|writes|insisted|replied|shouted|joked)\b"
)
"""What gives a quotation that closed with a mark of its own to its speaker: «“Why?” Reed asked.»"""

LAST_WORD = re.compile(r"[\w.]+$")
INITIALS = re.compile(r"(?:[a-z]\.)*[a-z]", re.IGNORECASE)

LONGEST_SPEAKER = 80
LONGEST_QUOTATION = 400
"""Characters within which the end of a quotation is looked for: an article may open one for each of its paragraphs."""

REMEMBERED = 64
"""Texts whose sentences are kept for a moment: cleaning, cutting and choosing ask for those of one text in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A sentence: `text == source[start:end]`."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=REMEMBERED)
def sentences(text: str) -> tuple[Span, ...]:
    """Cut English prose into sentences, in order, losing nothing but the white space between them.

    A rule of thumb, not a grammar: full stops after titles, initials, «No.» before a figure and
    in decimals do not end a sentence; a mark of exclamation within a quotation does only when a
    capital follows. A quotation in double marks is not parted from its speaker: «“I will go. I mean it,” he said.»
    is one sentence. The end of a line always ends one, and a bullet begins one.
    """
    found, start = [], 0
    for end in [*_ends(text), len(text)]:
        raw = text[start:end]
        kept = raw.strip()
        if kept:
            at = start + len(raw) - len(raw.lstrip())
            found.append(Span(text=kept, start=at, end=at + len(kept)))
        start = end
    return tuple(found)


def _ends(text: str) -> list[int]:
    """Where one sentence ends and another begins."""
    ends = [mark.end() for mark in ENDS.finditer(text) if _is_end(text, mark)]
    if "\n" in text or "•" in text:
        ends = sorted({*ends, *(mark.end() for mark in BREAKS.finditer(text))})
    return _outside_quotations(text, ends) if "“" in text or '"' in text else ends


def _outside_quotations(text: str, ends: list[int]) -> list[int]:
    """Those ends that do not stand within a quotation which is closed soon after, in the same paragraph."""
    kept: list[int] = []
    start = 0
    for end in ends:
        so_far = text[start:end]
        following = text[end : end + LONGEST_QUOTATION].partition("\n")[0]
        is_break = so_far.endswith("\n") or following.startswith("•")
        if not is_break and len(so_far) < LONGEST_QUOTATION and _is_within(so_far, following):
            continue
        kept.append(end)
        start = end
    return kept


def _is_within(so_far: str, following: str) -> bool:
    """Whether a quotation that was begun goes on: its closing mark comes before another opening one."""
    if so_far.count("“") > so_far.count("”"):
        closing = following.find("”")
        return closing >= 0 and "“" not in following[:closing]
    return so_far.count('"') % 2 == 1 and '"' in following


def _is_end(text: str, mark: re.Match[str]) -> bool:
    """Judge one run of closing marks by the word before it and the first character after it."""
    start, end = mark.span()
    if not OPENS.match(text, end) or (text[end - 1] in "”’\"'" and SPOKEN.match(text, end, end + LONGEST_SPEAKER)):
        return False
    if text[start:end] != ".":
        return True
    before = text[max(0, start - 20) : start]
    word = before.rpartition(" ")[2]
    if word.isalpha() and len(word) > 1 and word.lower() not in ABBREVIATIONS:  # most words, and cheap to find out
        return True
    return not _is_abbreviation(before, text[end : end + 80].lstrip())


def _is_abbreviation(before: str, rest: str) -> bool:
    """Whether the full stop belongs to the word before it: «No» only before a figure, an initial only before a name."""
    found = LAST_WORD.search(before)
    word = found.group().lower() if found else ""
    if word in LAST_UNLESS_NUMBER:
        return rest[:1].isdigit()
    if word in HOURS:
        return rest.lower().startswith(AFTER_HOURS)
    return word in NEVER_LAST or (_is_initial(before, word) and rest[:1].isalpha())


def _is_initial(before: str, word: str) -> bool:
    """One capital, or several with full stops: J. Moss, J.K. Moss; «I» and «plan B» are no initials."""
    capital = INITIALS.fullmatch(word) is not None and before.endswith(word.upper())
    previous = before[: -len(word)].split()
    return capital and word != "i" and not (previous and previous[-1].lower() in LETTERED)

"""A feed's title -> the headline alone, who published it, who signed it, and a key to compare headlines by."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

SEPARATOR = re.compile(r"\s+[-–—|·•»]\s+|\s+::\s+")
NOT_PUBLISHERS = frozenset(
    "as it happened|live|live updates|latest updates|updates|video|in pictures|pictures|cartoon|podcast|letters|letter"
    "|editorial|opinion|comment|analysis|explainer|obituary|sketch|profile|interview|exclusive|the latest|watch"
    "|politics live|uk politics live|business live|quiz|review|full text|in full".split("|")
)
"""What stands behind the last dash of a headline and says what sort of piece it is, not whose."""

DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "on", "at", "&", "de", "la", "le", "el", "di", "to"})
LONGEST_NAME = 6
"""Words in a publisher's name: «The Bureau of Investigative Journalism» has five."""

PERSON = re.compile(
    r"(?:[A-ZÀ-Þ][\w’'.-]*|de|van|von|al|bin|ap|ab)(?:\s+(?:[A-ZÀ-Þ][\w’'.-]*|de|van|von|al|bin|ap|ab)){1,3}"
)
NOT_PEOPLE = frozenset(
    "labour party news politics uk budget live day review the today latest europe britain scotland wales england"
    " podcast opinion team community guardian observer times special report election conference sport business".split()
)
"""Words that stand behind a bar in capitals and are nobody's name."""

PEOPLE_JOINED = re.compile(r",\s+|\s+and\s+|\s+&\s+")

LABEL = re.compile(r"^(?:exclusive|breaking|breaking news|revealed|updated?|just in)\s*[:|–—-]\s+", re.IGNORECASE)
KIND_LABEL = re.compile(
    r"^(?:analysis|comment|opinion|voices|editorial|letters?|explainer|(?:uk )?politics live|live)\s*[:|–—-]\s+",
    re.IGNORECASE,
)
"""What stands before a headline and says what sort of piece it is: the letter has a label of its own for that."""

TRAILING_LABEL = re.compile(r"\s+[|–—-]\s+(?:editorial|letters?|opinion|comment|the latest|exclusive)$", re.IGNORECASE)
TAG = re.compile(
    r"^(?:exclusive|breaking(?: news)?|revealed|updated?|just in|live updates?|(?:[\w’']+ ){0,3}(?:latest|live)"
    r"|(?:[\w’']+ ){1,4}as it happened|(?:[\w’']+ )?talking politics|(?:the )?latest headlines)"
    r"\s*[:|]\s+(?=\S)"
    r"|^(?:the )?latest headlines\s+[-–—]\s+(?:as\s+)?(?=\S)|^in the room\s+\|\s+(?=\S)"
    r"|\s+[-–—|]\s+(?:(?:[\w’']+ ){0,2}(?:live|latest)(?: updates?)?!?|(?:live|latest) (?:updates|news|blog)"
    r"|(?:the )?latest from .*|as it happened|the latest|(?:watch|video|podcast)(?: report)?|exclusive|explained)$"
    r"|\s+\|.*$",
    re.IGNORECASE,
)
"""What a page puts before or behind a headline and no letter needs: «Politics latest:», « – as it happened», « | Sky»,
the name of a programme or bulletin.
"""

SHORTEST_BARE = 15
"""Characters that must be left of a headline without its tags."""

LIGHT_WORDS = frozenset(
    "a an the of in on at to for from by with and as that is are was were be been has have had will its his her their"
    " says say said".split()
)
"""Words that editors add and drop without changing what a headline says."""

REMEMBERED = 4096
"""Keys kept of headlines: recognising one article asks for the same key again and again."""


def split_publisher(title: str, names: Iterable[str], *, aggregated: bool = False) -> tuple[str, str]:
    """Cut « - The Times» and its kind off a headline: (headline, publisher as written, or "").

    `names` are the names the publisher is known by; the last piece is cut when it is one of
    them, whatever its case, with or without «The». An `aggregated` title (Google News puts
    « - Publisher» behind every one) also loses a last piece that merely reads like a name. A
    headline never becomes empty, and «- but one big hurdle remains» and «- as it happened» stay.
    """
    cuts = list(SEPARATOR.finditer(title))
    if not cuts or not title[: cuts[-1].start()].strip():
        return title, ""
    headline, last = title[: cuts[-1].start()].rstrip(), title[cuts[-1].end() :].strip()
    known = {_bare(name) for name in names} - {""}
    if _bare(last) in known or (aggregated and _reads_like_a_publisher(last)):
        return headline, last
    return title, ""


def split_author(title: str) -> tuple[str, str]:
    """Cut a columnist's « | John Crace» off a headline: (headline, author), the author "" when there is none."""
    headline, bar, last = title.rpartition(" | ")
    if not bar or not headline.strip() or last.strip().casefold() in NOT_PUBLISHERS:
        return title, ""
    people = PEOPLE_JOINED.split(last.strip())
    if all(PERSON.fullmatch(person) for person in people) and not NOT_PEOPLE & set(last.casefold().split()):
        return headline.rstrip(), last.strip()
    return title, ""


def without_kind_label(title: str) -> str:
    """Cut «Analysis:» and its kind off the front of a headline, unless nothing would be left."""
    return KIND_LABEL.sub("", title, count=1).strip() or title


def without_tags(title: str) -> str:
    """Cut «Politics latest:», « – UK politics live», « – video» and « | Publisher» off a headline that says more."""
    bare = TAG.sub("", title).strip()
    while bare != title and len(bare) >= SHORTEST_BARE:
        title = bare if title.startswith(bare) else bare[0].upper() + bare[1:]
        bare = TAG.sub("", title).strip()
    return title


@lru_cache(maxsize=REMEMBERED)
def same_headline_key(title: str) -> str:
    """What two headlines have in common when they differ only in case, accents of type, punctuation or a label."""
    unlabelled = TRAILING_LABEL.sub("", LABEL.sub("", title.strip()))
    folded = unicodedata.normalize("NFKC", unlabelled).casefold()
    joined = re.sub(r"(?<=\w)[’'‘`´](?=\w)|(?<=\d),(?=\d{3})", "", folded)
    return " ".join(re.findall(r"\d+\.\d+\w*|\w+", joined))


def near_headline_key(title: str) -> str:
    """The weighty words of a headline in their order, plurals cut: «cleared, paving way» is «cleared paving the way».

    Numbers, names, negations and the order of words all count, so that «92 MPs» and «96 MPs» or
    «Reed backs Lowe» and «Lowe backs Reed» stay apart.
    """
    return " ".join(_stem(word) for word in same_headline_key(title).split() if word not in LIGHT_WORDS)


def _bare(name: str) -> str:
    """A name without case, article, spaces and dots: «The Guardian» and «guardian» are one."""
    return re.sub(r"[\W_]+", "", re.sub(r"^the\s+", "", name.strip().casefold()))


def _reads_like_a_publisher(piece: str) -> bool:
    """A domain, or a few words of which every weighty one begins with a capital or a figure."""
    if piece.casefold() in NOT_PUBLISHERS or piece.endswith(("?", "!", "’", "'", "”", '"')):
        return False
    words = re.findall(r"[^\s()]+", piece)
    named = [word for word in words if word.casefold() not in SMALL_WORDS]
    capital = all(word[:1].isupper() or word[:1].isdigit() or word in {"i", "iNews"} for word in named)
    return bool(DOMAIN.fullmatch(piece)) or (bool(named) and capital and len(words) <= LONGEST_NAME)


def _stem(word: str) -> str:
    """Cut a plural's or a third person's «s» where enough of the word is left to know it by."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word

"""What the lexicon holds, and what it finds in a text: frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from digest.model.news import SectionName


class Category(StrEnum):
    """What sort of thing an entry is; the value is also the name of its table in the TOML files."""

    PERSON = "person"
    """Somebody of the Labour family."""
    OPPONENT = "opponent"
    """A UK politician of another party, or of none."""
    OFFICE = "office"
    """A post, a government or an opposition: whose it is depends on the day."""
    PARTY = "party"
    """The Labour Party and its sister parties in the United Kingdom."""
    OTHER_PARTY = "other_party"
    BODY = "body"
    """A body, wing or campaign of the Labour family."""
    UNION = "union"
    """A trade union, or the movement as a whole."""
    INSTITUTION = "institution"
    """A public body that is nobody's party."""
    PLACE = "place"
    EVENT = "event"
    POLITICS = "politics"
    """A general word of UK politics."""
    FOREIGN = "foreign"
    """A country, town or body abroad."""
    FOREIGN_PERSON = "foreign_person"
    SPORT = "sport"
    CELEBRITY = "celebrity"
    WEATHER = "weather"
    NOT_THE_PARTY = "not_the_party"
    """Words that hold «labour» and do not mean the party."""


PEOPLE = frozenset({Category.PERSON, Category.OPPONENT, Category.FOREIGN_PERSON})
PLACES = frozenset({Category.PLACE, Category.FOREIGN})
BODIES = frozenset({Category.PARTY, Category.OTHER_PARTY, Category.BODY, Category.UNION, Category.INSTITUTION})
LABOUR = frozenset({Category.PERSON, Category.PARTY, Category.BODY, Category.UNION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Days on which an office was held: `start` is the first, `end` the first that no longer counts."""

    office: str
    start: date = date.min
    end: date = date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One way to write an entry's name.

    `words` is as written: a word in lower case matches any case, a word with a capital only
    itself or itself in capitals. An alias that is not `sure` counts only in political company.
    """

    words: tuple[str, ...]
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing the lexicon knows, from `start` (the first day) to `end` (the first day it no longer holds).

    `weight` multiplies what its category says of relevance. `under` names the office whose
    holder decides when this office's own holder is not known. `source` says where it can be checked,
    `as_of` up to which day its facts were known: what is open may have ended since.
    """

    name: str
    category: Category
    aliases: tuple[Alias, ...]
    source: str
    start: date = date.min
    end: date = date.max
    terms: tuple[Term, ...] = ()
    under: str = ""
    weight: float = 1.0
    sections: tuple[SectionName, ...] = ()
    as_of: date = date.max

    def is_current(self, day: date) -> bool:
        """Whether the entry holds on this day."""
        return self.start <= day < self.end


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # one per run: known by itself, so that `find` can remember
class Lexicon:
    """All entries, and two indexes over them for `find` and `holder`.

    `spellings` maps case-folded words to what they may stand for; `reach` maps a first word to
    the length of the longest spelling that begins with it; `terms` maps an office to its holders.
    `as_of` is the day of the newest fact in it: what tells no day is judged as of that one.
    """

    entries: tuple[Entry, ...]
    spellings: Mapping[tuple[str, ...], tuple[tuple[Alias, Entry], ...]]
    reach: Mapping[str, int]
    terms: Mapping[str, tuple[tuple[Term, Entry], ...]]
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One mention: `text[start:end] == alias`, without a possessive ending.

    `name` is canonical. For an office, `holder` is who held it on the day ("" when not known), and
    `weight` is small where it was not Labour's.
    """

    name: str
    category: Category
    alias: str
    start: int
    end: int
    weight: float
    sections: tuple[SectionName, ...]
    holder: str = ""

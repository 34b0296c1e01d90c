"""One day's round-up: what is printed, in which order, and what was left out and why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from digest.model.news import Kind, Medium, SectionName
from digest.model.story import Ranked, Reason, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence taken from an item: `text == item.summary[start:end]`, never rewritten."""

    text: str
    item_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLink:
    """Where a reader can read on, or listen or watch."""

    publisher: str
    url: str
    paywalled: bool = False
    medium: Medium = Medium.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One story as it is printed. `sources` is never empty; the first is the one the headline links to."""

    story_id: str
    headline: str
    sentences: tuple[Sentence, ...]
    sources: tuple[SourceLink, ...]
    kicker: str
    kind: Kind
    section: SectionName
    score: int
    reasons: tuple[Reason, ...]
    author: str = ""
    why: str = ""
    since: str = ""
    told: Told

    @property
    def summary(self) -> str:
        """The sentences as one paragraph."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading of «On the wire» with at least one piece under it."""

    name: SectionName
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """The supporters' ask: a paragraph and one link, from the config."""

    text: str
    label: str
    url: str


class AskPlace(StrEnum):
    """Where the ask stands; nowhere on a day whose news it would insult."""

    AFTER_FIVE = "after five to know"
    END = "end"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The editor's «Good morning», signed."""

    text: str
    signed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A dated correction to an earlier edition."""

    day: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A story that is not in the edition, with the reason an editor will ask for."""

    story_id: str
    headline: str
    score: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One newsletter's round-up of one local day. With no lead it is empty, and `empty_because` says why."""

    newsletter: str
    day: date
    subject: str = ""
    preheader: str = ""
    lead: Piece | None = None
    five: tuple[Piece, ...] = ()
    sections: tuple[Section, ...] = ()
    comment: tuple[Piece, ...] = ()
    diary: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    note: Note | None = None
    ask: Ask | None = None
    ask_place: AskPlace = AskPlace.LEFT_OUT
    left_out: tuple[LeftOut, ...] = ()
    empty_because: str = ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Every piece in the order in which a reader meets them."""
        lead = (self.lead,) if self.lead else ()
        wire = tuple(piece for section in self.sections for piece in section.pieces)
        return lead + self.five + wire + self.comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """An edition with the whole ranking behind it, kept together so that any question can be answered later."""

    edition: Edition
    ranked: tuple[Ranked, ...]

"""One day's round-up: what is printed, in which order, and what was left out and why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from digest.model.decision import Decided
from digest.model.news import Kind, Medium, SectionName
from digest.model.story import Ranked, Reason, Told


class Field(StrEnum):
    """The part of an item that words were taken from."""

    SUMMARY = "summary"
    TEXT = "text"
    TITLE = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence taken from an item: `text` is that field's `[start:end]`, never rewritten.

    `publisher` is the item's. Where `is_credited`, it is printed behind the sentence: one publisher's word for what
    nobody says under a name.
    """

    text: str
    item_id: str
    start: int
    end: int
    field: Field = Field.SUMMARY
    publisher: str = ""
    is_credited: bool = False

    @property
    def printed(self) -> str:
        """The sentence as a reader meets it."""
        return f"{self.text} ({self.publisher})" if self.is_credited else self.text

    @property
    def words(self) -> int:
        """How many words are taken from the publisher."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A sentence of an item that may not be printed, as a span, and why."""

    item_id: str
    field: Field
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLink:
    """Where a reader can read on, or listen or watch."""

    publisher: str
    url: str
    paywalled: bool = False
    medium: Medium = Medium.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One story as it is printed. `sources` is never empty; the first is the one the headline links to.

    Where an editor wrote the headline, `headline_by` is who and `original` the publisher's; where an editor wrote the
    summary, `summary_by` is who, and its one sentence is taken from no item. `since` is what is new in a story that
    readers know (`is_developing`), empty where the headline says just that.
    """

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
    is_developing: bool = False
    original: str = ""
    headline_by: str = ""
    summary_by: str = ""
    told: Told
    passed_over: tuple[PassedOver, ...] = ()

    @property
    def summary(self) -> str:
        """The sentences as one paragraph."""
        return " ".join(sentence.printed for sentence in self.sentences)


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
    """One newsletter's round-up of one local day. With no lead it is empty, and `empty_because` says why.

    `subject_why` says whose headline the subject is and what spoke for it. `moved` are printed stories that stand
    lower than their points would have it, each with the reason.
    """

    newsletter: str
    day: date
    subject: str = ""
    subject_why: str = ""
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
    moved: tuple[LeftOut, ...] = ()
    empty_because: str = ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Every piece in the order in which a reader meets them."""
        lead = (self.lead,) if self.lead else ()
        wire = tuple(piece for section in self.sections for piece in section.pieces)
        return lead + self.five + wire + self.comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """An edition with the whole ranking behind it, kept together so that any question can be answered later.

    `decisions` are the editors' that stand, oldest first; edition and ranking are as these have made them.
    """

    edition: Edition
    ranked: tuple[Ranked, ...]
    decisions: tuple[Decided, ...] = ()

"""What is made of the news: stories with their evidence, and stories with every point explained."""

from dataclasses import dataclass
from enum import StrEnum

from digest.model.news import Item, Kind, SectionName


class Signal(StrEnum):
    """The kinds of evidence that two items are about one event."""

    PEOPLE = "people"
    PLACES = "places"
    BODIES = "bodies"
    PHRASES = "names and phrases"
    WORDS = "words"
    SIZE = "size of the story"
    REST = "words of its own"
    TIME = "time"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One shared thing, and how much it counted (a share of the similarity, may be negative)."""

    signal: Signal
    what: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Why `item_id` stands in the same story as `to_id`; the weights of the evidence add up to `weight`."""

    item_id: str
    to_id: str
    weight: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The nearest item that was kept out of a story, and why."""

    item_id: str
    title: str
    weight: float
    evidence: tuple[Evidence, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Items about one event. `items` are ordered by time, then id; `joins` is one fewer than `items`."""

    id: str
    items: tuple[Item, ...]
    joins: tuple[Join, ...] = ()
    refused: Refusal | None = None

    @property
    def reports(self) -> tuple[Item, ...]:
        """The items that report: all but comment, or all where there is nothing else."""
        return tuple(item for item in self.items if item.kind is not Kind.COMMENT) or self.items


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonds:
    """What editors have said of pairs of items, by their ids: always one story, or never; it binds every later run."""

    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


class Cause(StrEnum):
    """The causes for which a story earns points (editorial.md, «Ranking is explained»)."""

    PUBLISHERS = "independent publishers"
    WEIGHT = "source weight"
    CENTRALITY = "centrality to Labour"
    REPORTING = "own reporting"
    CONSEQUENCE = "consequence"
    PROMINENCE = "prominence"
    FRESHNESS = "freshness"
    DEVELOPMENT = "development"
    KIND = "kind"
    CROWDING = "told above"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Points for one cause, with the sentence that justifies them. Points are whole numbers, so they add up exactly."""

    cause: Cause
    points: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One thing the lexicon found in a text, and what it says for (or against) relevance to Labour."""

    name: str
    category: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Relevance:
    """How much a text is Labour news, from 0 to 1, with the mentions that say so.

    `headline` is the one that the mentions are from, where it is an earlier one than the item's last, else "".
    """

    score: float
    mentions: tuple[Mention, ...]
    headline: str = ""


class Novelty(StrEnum):
    """A story against the newsletter's last seven editions."""

    NEW = "new"
    DEVELOPING = "developing"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one earlier edition said of a story: enough to know it again and to see what is new."""

    story_id: str
    day: str
    headline: str
    item_ids: tuple[str, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Continuity:
    """Whether readers know this story already; `since` names what changed since they were told."""

    novelty: Novelty
    since: str = ""
    told_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A story with its place in the order of importance, every point explained.

    `voices` counts its independent publishers: feeds of one publisher and copies of one report count once.
    `rise` are the things of which each alone would have put it one place higher, in words; empty for the first.
    """

    story: Story
    voices: int
    relevance: Relevance
    section: SectionName
    continuity: Continuity
    reasons: tuple[Reason, ...]
    rise: tuple[str, ...] = ()

    @property
    def score(self) -> int:
        """The sum of the points, exactly."""
        return sum(reason.points for reason in self.reasons)

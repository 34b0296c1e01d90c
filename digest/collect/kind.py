"""A headline, its address, its categories and its publisher -> news, analysis, comment or live."""

import re
from collections.abc import Iterable

from digest.collect.opinion import opinion, own_voice
from digest.collect.plea import is_attributed, pleads
from digest.lexicon.publishers import publisher_named
from digest.model.news import Kind, Medium, SourceKind

POLITICAL_EDITORS = (
    "chris mason|laura kuenssberg|faisal islam|nick eardley|henry zeffman|beth rigby|sam coates|paul brand"
    "|robert peston|peston|ben wright|john curtice|sir john curtice"
)
"""Their names open their columns: «Chris Mason: …»."""

EXPLAINERS = "analysis|explainer|explained|the big read|long read|at a glance|(?:fact|reality) check|timeline|q ?& ?a"
NUMBERS = "two|three|four|five|six|seven|eight|nine|ten"

TITLES: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            Kind.LIVE,
            r"\b(?:as it happened|live updates|politics live|business live)\b|(?:^|[-–—|:] )live$|^live\s*[:|–—-]",
        ),
        (Kind.LIVE, r"^(?!the latest)[\w’' -]{1,40} (?:latest|live): |[-–—] latest updates$"),
        (Kind.LIVE, r"\bminute[- ]by[- ]minute\b|\blive ?blog\b|\bfollow\b.* live$"),
        (Kind.COMMENT, r"[|–—-] (?:editorial|letters?|opinion|comment|cartoon|sketch|brief letters)$"),
        (Kind.COMMENT, r"^(?:opinion|comment|editorial|voices|sketch|cartoon|leader|column)\s*[:|–—]"),
        (Kind.COMMENT, r"^(?:the |[\w’']+ ){0,3}(?:letters?|sketch|diary|view|opinion)\s*[:|]|^digested week\s*[:|–—]"),
        (Kind.COMMENT, r"\bas (?:imagined|told) (?:by|to)\b.*\)$"),
        (Kind.COMMENT, r"^the (?:guardian|observer|times|mirror|i paper|independent|herald|scotsman) view (?:on|of)\b"),
        (Kind.COMMENT, r"^(?:the )?(?:mirror|sun|mail|express|ft|telegraph|times) (?:says|comment|view)\s*[:|–—]"),
        (Kind.COMMENT, r"^voice of the mirror\b"),
        (
            Kind.ANALYSIS,
            rf"^(?:{EXPLAINERS})\s*[:|–—]",
        ),
        (
            Kind.ANALYSIS,
            rf"^(?:\d{{1,2}}|{NUMBERS}) (?:[\w’'-]+ ){{0,2}}(?:things|takeaways|lessons|charts|key points)\b",
        ),
        (Kind.ANALYSIS, r"[|–—-] (?:analysis|explainer|podcast|the latest)$|: an? (?:analysis|explainer)$"),
        (
            Kind.ANALYSIS,
            rf"^(?:{POLITICAL_EDITORS})\s*:",
        ),
    )
)
"""What a title says of itself; the first match wins."""

SEGMENTS: dict[Kind, frozenset[str]] = {
    Kind.LIVE: frozenset(
        "live live-blog live-blogs liveblog liveblogs live-news live-updates live-coverage as-it-happened".split()
    ),
    Kind.COMMENT: frozenset(
        "commentisfree opinion opinions comment columnists columns columnist voices editorials editorial letters"
        " leader-articles comment-analysis op-ed blogs debate".split()
    ),
    Kind.ANALYSIS: frozenset({"analysis", "explainers", "explainer", "long-reads", "long-read", "indepth", "in-depth"}),
}
"""Segments of a path, such as /commentisfree/2026/…."""

LIVE_SLUG = re.compile(r"[/-](?:live-(?:latest-|news-)?updates|as-it-happened|live-?blog)(?:-|/|$)")
"""How the address of a live page tells where its segments do not."""

CATEGORIES: dict[Kind, frozenset[str]] = {
    Kind.LIVE: frozenset(
        "live,live blog,live blogs,live-blog,liveblog,liveblogs,liveblogposting,live updates,live coverage"
        ",minute by minute,minutebyminute,as it happened".split(",")
    ),
    Kind.COMMENT: frozenset(
        {"comment", "opinion", "editorials", "editorial", "letters", "columnists", "columns", "sketch"}
    ),
    Kind.ANALYSIS: frozenset({"analysis", "explainers", "explainer", "features"}),
}
"""Categories a feed may give an entry, in lower case."""

TELLING = re.compile(
    r"[:|–—-]|live|happened|minute|view|voice|imagined|told|things|takeaways|lessons|charts|points", re.IGNORECASE
)
"""Something of this stands in whatever `TITLES` matches; most headlines have none of it."""


ESSAYS_IN_QUOTES = frozenset({"LabourList", "The Mirror", "Byline Times"})
"""They print what guests write under a headline that is one quotation from end to end."""

COLUMN_SITES = frozenset({"ConservativeHome"})
"""They print columns, and reports only of their own surveys."""

SPOKESMEN = frozenset({SourceKind.UNION, SourceKind.COUNCIL})
"""What they say in their own voice is a statement, and as such news."""

REPORTERS = SPOKESMEN | {SourceKind.BROADCASTER, SourceKind.WIRE}
"""They print no columns: what pleads there is a statement, or somebody else's word."""

SURVEY = re.compile(r"\b(?:our survey|league table|poll)\b", re.IGNORECASE)
ONE_QUOTATION = re.compile(r"‘[^‘]+’|“[^“]+”|'(?:[^']|\b'\b)+'|\"[^\"]+\"")
SHOUTED = re.compile(r"[A-Z][A-Z’'.-]+(?: [A-Z][A-Z’'.-]+){1,3}: [‘'“\"]")
"""«JO DALE: 'We must …'»: the tabloids' guests."""

OPENS = re.compile(
    r"(?:who|what|why|how|when|where|which|inside)\b|from .+ to .+:|.*\bhere’s why\b"
    r"|[\w’' ]{3,30}: (?:who|what|why|how)\b(?! (?:we|i)\b)"
    r"|(?:is|are|can|could|will|would|should|does|do|did|has|have|was)\b.*\?$"
)
"""How a headline opens, in lower case, that explains the news of others."""

PROMISES = (
    "explained",
    "at a glance",
    "what we know",
    "what comes next",
    "what happens next",
    "what next?",
    "what you need",
    "what to know",
    "what to expect",
    "key questions",
    "key takeaways",
    "who’s who",
    "here’s what",
    "here’s how",
)
"""What such a headline promises, in lower case, whatever its voice."""


def kind_of(
    title: str,
    url: str = "",
    categories: Iterable[str] = (),
    *,
    publisher: str = "",
    signed: bool = False,
    medium: Medium = Medium.TEXT,
) -> Kind:
    """What sort of journalism an entry is; news unless something says otherwise.

    The title's label speaks first, then a columnist's name behind a bar (`signed`), then the
    address, then the feed's categories. Where all are silent, the headline's form and voice speak,
    as its `publisher` prints them. A live page stays live, whoever writes it. A podcast's episode
    is analysis at the least: it talks about the news of others, and must not count as one more
    report of it.
    """
    kind = labelled(title, url, categories, signed=signed) or _sounds(title, publisher)
    return Kind.ANALYSIS if kind is Kind.NEWS and medium is Medium.AUDIO else kind


def labelled(title: str, url: str, categories: Iterable[str] = (), *, signed: bool = False) -> Kind | None:
    """The kind that title, address or categories name."""
    said = TELLING.search(title) and next((kind for kind, pattern in TITLES if pattern.search(title)), None)
    if said:
        return said
    path = url.casefold().partition("?")[0]
    segments = set(path.split("/")[3:])
    if segments & SEGMENTS[Kind.LIVE] or LIVE_SLUG.search(path):
        return Kind.LIVE
    if signed:
        return Kind.COMMENT
    given = {category.strip().casefold() for category in categories}
    return next(
        (
            kind
            for kind in (Kind.COMMENT, Kind.ANALYSIS, Kind.LIVE)
            if segments & SEGMENTS[kind] or given & CATEGORIES[kind]
        ),
        None,
    )


def _sounds(title: str, publisher: str) -> Kind:
    """The kind of a headline without a label, by its form and its voice."""
    folded = title.casefold().replace("'", "’")
    if is_column(title, publisher):
        return Kind.COMMENT
    if any(promise in folded for promise in PROMISES):
        return Kind.ANALYSIS
    if opinion(title, publisher) > 0 and not _reports(title, publisher):
        return Kind.COMMENT
    return Kind.ANALYSIS if OPENS.match(folded) else Kind.NEWS


def _reports(title: str, publisher: str) -> bool:
    """Whether what sounds like comment is somebody else's, or a statement."""
    known = publisher_named(publisher)
    return (known is not None and known.kind in SPOKESMEN) or is_attributed(own_voice(title))


def is_column(title: str, publisher: str) -> bool:
    """Whether headlines of this form stand above columns, with this publisher."""
    known = publisher_named(publisher)
    name = known.name if known else ""
    return (
        (not (known and known.kind in REPORTERS) and pleads(own_voice(title)))
        or bool(SHOUTED.match(title))
        or (name in ESSAYS_IN_QUOTES and bool(ONE_QUOTATION.fullmatch(title)))
        or (name in COLUMN_SITES and not SURVEY.search(title))
    )

"""A headline, its address and its categories -> news, analysis, comment or live."""

import re
from collections.abc import Iterable

from digest.model.news import Kind, Medium

POLITICAL_EDITORS = (
    "chris mason|laura kuenssberg|faisal islam|nick eardley|henry zeffman|beth rigby|sam coates|paul brand"
    "|robert peston|ben wright|john curtice|sir john curtice"
)
"""Their names open their columns: «Chris Mason: …»."""

TITLES: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            Kind.LIVE,
            r"\b(?:as it happened|live updates|politics live|business live)\b|(?:^|[-–—|:] )live$|^live\s*[:|–—-]",
        ),
        (Kind.LIVE, r"^(?!the latest)[\w’' -]{1,40} (?:latest|live): |[-–—] latest updates$"),
        (Kind.COMMENT, r"[|–—-] (?:editorial|letters?|opinion|comment|cartoon|sketch|brief letters)$"),
        (Kind.COMMENT, r"^(?:opinion|comment|editorial|letters?|voices|sketch|cartoon|leader|column)\s*[:|–—]"),
        (Kind.COMMENT, r"^the (?:guardian|observer|times|mirror|i paper|independent|herald|scotsman) view (?:on|of)\b"),
        (Kind.COMMENT, r"^(?:the )?(?:mirror|sun|mail|express|ft|telegraph|times) (?:says|comment|view)\s*[:|–—]"),
        (Kind.COMMENT, r"^voice of the mirror\b"),
        (
            Kind.ANALYSIS,
            r"^(?:analysis|explainer|explained|the big read|long read|at a glance|fact check|reality check)\s*[:|–—]",
        ),
        (Kind.ANALYSIS, r"[|–—-] (?:analysis|explainer)$|: an? (?:analysis|explainer)$"),
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

TELLING = re.compile(r"[:|–—-]|live|happened|view|voice", re.IGNORECASE)
"""Something of this stands in whatever `TITLES` matches; most headlines have none of it."""


def kind_of(
    title: str,
    url: str = "",
    categories: Iterable[str] = (),
    *,
    signed: bool = False,
    medium: Medium = Medium.TEXT,
) -> Kind:
    """What sort of journalism an entry is; news unless something says otherwise.

    The title speaks first, then a columnist's name behind a bar (`signed`), then the address,
    then the feed's categories. A live page stays live, whoever writes it. A podcast's episode is
    analysis at the least: it talks about the news of others, and must not count as one more
    report of it.
    """
    kind = _kind(title, url, categories, signed=signed)
    return Kind.ANALYSIS if kind is Kind.NEWS and medium is Medium.AUDIO else kind


def _kind(title: str, url: str, categories: Iterable[str], *, signed: bool) -> Kind:
    """The kind of what is read or watched."""
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
        Kind.NEWS,
    )

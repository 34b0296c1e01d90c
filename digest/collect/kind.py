"""A headline, its address and its categories -> news, analysis, comment or live."""

import re
from collections.abc import Iterable

from digest.model.news import Kind

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
    Kind.LIVE: frozenset({"live", "live-blog", "liveblog", "live-news", "live-updates"}),
    Kind.COMMENT: frozenset(
        "commentisfree opinion opinions comment columnists columns columnist voices editorials editorial letters"
        " leader-articles comment-analysis op-ed blogs debate".split()
    ),
    Kind.ANALYSIS: frozenset({"analysis", "explainers", "explainer", "long-reads", "long-read", "indepth", "in-depth"}),
}
"""Segments of a path, such as /commentisfree/2026/…."""

CATEGORIES: dict[Kind, frozenset[str]] = {
    Kind.LIVE: frozenset({"live", "live blog", "liveblogs", "minute by minute"}),
    Kind.COMMENT: frozenset(
        {"comment", "opinion", "editorials", "editorial", "letters", "columnists", "columns", "sketch"}
    ),
    Kind.ANALYSIS: frozenset({"analysis", "explainers", "explainer", "features"}),
}
"""Categories a feed may give an entry, in lower case."""


def kind_of(title: str, url: str = "", categories: Iterable[str] = (), *, signed: bool = False) -> Kind:
    """What sort of journalism an entry is; news unless something says otherwise.

    The title speaks first, then a columnist's name behind a bar (`signed`), then the address,
    then the feed's categories. A live page stays live, whoever writes it.
    """
    said = next((kind for kind, pattern in TITLES if pattern.search(title)), None)
    if said:
        return said
    segments = set(url.casefold().partition("?")[0].split("/")[3:])
    if segments & SEGMENTS[Kind.LIVE]:
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

"""A text -> what stands in quotation marks, and what is said outside of them."""

import re

QUOTATION = re.compile(
    r"[“\"](?<![^\W_][\"])[^“”\"]*[”\"](?![^\W_])"
    r"|(?<![\w’])‘(?:[^‘’]|’(?=\w))*’|(?<![\w'])'(?:[^']|(?<=\w)'(?=\w))+'(?!\w)"
)
"""Words in double or single marks, curly or straight; an apostrophe within a word closes nothing."""

_OPENED = re.compile(r"(?<![\w’])[‘'](?=[^\W_])(?!(?:tis|twas|em|cause|til|[0-9]{2}s?)\b)", re.IGNORECASE)


def quotations(text: str) -> tuple[str, ...]:
    """Return the words that stand in quotation marks, without the marks, in order."""
    return tuple(found.group()[1:-1].strip() for found in QUOTATION.finditer(text))


def without_quotations(text: str) -> str:
    """Return what is said outside of quotation marks; the place of each quotation keeps a pair of them."""
    return QUOTATION.sub("“”", text)


def is_broken(text: str) -> bool:
    """Say whether a quotation is opened and not closed, or the other way round."""
    outside = without_quotations(text).replace("“”", "")
    return any(mark in outside for mark in '“”"') or bool(_OPENED.search(outside))

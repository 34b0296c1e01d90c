"""Words that nobody sees, or nobody can read: filters take them for a trick of spam, and some readers hear them."""

import re
from collections.abc import Iterator
from itertools import groupby

from digest.model.mail import Finding
from digest.render.findings.grades import warning
from digest.render.findings.reading import Reading

LEAST = 9
"""CSS pixels; below it hardly a letter can be told from another."""

_WORD = re.compile(r"\w")


def hidden(letter: Reading) -> Iterator[Finding]:
    """A warning for words that no width and no way shows, and for words that some show smaller than 9 px.

    Hidden words with which the body begins are the preheader.
    """
    preheader = 0
    in_order = sorted(letter.painted, key=lambda painted: painted.place)
    for place, painted in groupby(in_order, key=lambda painted: painted.place):
        text, element = tuple(painted), letter.page.elements[place]
        words, sizes = text[0].text, [one.size for one in text if not one.is_hidden]
        if not sizes and element.opens <= preheader:
            preheader += len("".join(words.split()))
        elif _WORD.search(words):
            yield from _unseen(words, sizes, element.line)


def _unseen(words: str, sizes: list[float], line: int) -> Iterator[Finding]:
    if not sizes:
        what = f"«{words[:40]}» is hidden everywhere, which filters take for a trick."
        yield warning("hidden", what, where="html", mend="show it, or take it out.", line=line)
    elif min(sizes) < LEAST:
        what = f"«{words[:40]}» is {min(sizes):g} px high; below {LEAST} px nobody can read it."
        yield warning("hidden", what, where="html", mend="print it larger.", line=line)

"""The text twin: how long its lines are, and how many words a reader has before them."""

import re
from collections.abc import Iterator

from digest.model.mail import Finding
from digest.render.findings.grades import advice
from digest.render.findings.reading import PRINTED_LINK, Reading

LONGEST_LINE = 78
"""Characters in a line that every mail program shows unbroken (RFC 5322, section 2.1.1)."""
WORDS = range(600, 901)

_WORD = re.compile(r"[^\W_][\w’'.,-]*")


def lines(letter: Reading) -> Iterator[Finding]:
    """Advice for the first line over 78 characters that could be broken: an address or one long word cannot."""
    for number, line in enumerate(letter.email.text.splitlines(), start=1):
        if len(PRINTED_LINK.sub("", line)) > LONGEST_LINE and " " in line.strip():
            what = f"a line of {len(line)} characters; over {LONGEST_LINE} some mail programs break it anywhere."
            yield advice("lines", what, where="text", mend="print it through the filter wrapped.", line=number)
            return


def words(letter: Reading) -> Iterator[Finding]:
    """Advice outside 600 to 900 words (editorial.md), counted in the text part without its addresses."""
    counted = len(_WORD.findall(PRINTED_LINK.sub("", letter.email.text)))
    if counted not in WORDS:
        what = f"{counted:,} words; readers expect {WORDS.start} to {WORDS.stop - 1}."
        mend = "print more sentences a story." if counted < WORDS.start else "print fewer stories or sentences."
        yield advice("words", what, where="text", mend=mend)

"""The row that a reader sees before opening: the subject and the preheader."""

import re
from collections.abc import Iterator

from digest.model.mail import Finding
from digest.render.findings.grades import advice, error, warning
from digest.render.findings.reading import Reading

SUBJECT_LIMIT = 120
SUBJECT_SPAN = range(45, 76)
PREHEADER_LEAST = 30
"""Characters below which inboxes fill the row up with whatever the letter begins with."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_UNSEEN = re.compile(
    r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2061-\u206f\ufeff]|(?<![^\x00-\u024f])[\u200c\u200d]"
)
"""What turns the direction of words or has no width; joiners are wanted in scripts other than Latin, and in emoji.

U+2060 stands where template syntax was disarmed.
"""


def subject(letter: Reading) -> Iterator[Finding]:
    """Between 45 and 75 characters, no controls and nothing unseen; over 120 is an error."""
    written = letter.email.subject
    length = len(written)
    shown = f"between {SUBJECT_SPAN.start} and {SUBJECT_SPAN.stop - 1} inboxes show it whole."
    if not written.strip():
        yield error("subject", "it is empty.", where="subject", mend="write a subject.")
    elif _CONTROL.search(written):
        yield error("subject", "it holds a control character.", where="subject", mend="write it again.")
    elif unseen := _UNSEEN.search(written):
        what = f"it holds U+{ord(unseen[0]):04X}, which nobody sees, and which can make it read as something else."
        yield error("subject", what, where="subject", mend="write it again.")
    elif length > SUBJECT_LIMIT:
        what = f"{length} characters are more than {SUBJECT_LIMIT}."
        yield error("subject", what, where="subject", mend="shorten it.")
    elif length >= SUBJECT_SPAN.stop:
        mend = "retitle the lead or write a subject."
        yield warning("subject", f"{length} characters; {shown}", where="subject", mend=mend)
    elif length < SUBJECT_SPAN.start:
        mend = "retitle the lead or write a subject."
        yield advice("subject", f"{length} characters; {shown}", where="subject", mend=mend)


def preheader(letter: Reading) -> Iterator[Finding]:
    """Advice where it is empty, too short for the row, or says the subject again."""
    written, title = _plain(letter.email.preheader), _plain(letter.email.subject)
    if not written:
        what = "it is empty, so inboxes show the masthead instead of the news."
        yield advice("preheader", what, where="preheader", mend="name the second story.")
    elif title and (written.startswith(title) or title.startswith(written)):
        what = "it repeats the subject, which stands beside it."
        yield advice("preheader", what, where="preheader", mend="name the second story instead.")
    elif len(written) < PREHEADER_LEAST:
        what = f"{len(written)} characters; below {PREHEADER_LEAST} inboxes fill the row with the masthead."
        yield advice("preheader", what, where="preheader", mend="name the third story too.")


def _plain(line: str) -> str:
    return " ".join(line.casefold().split())

"""A sentence with what a page puts before it (bullet, dateline, date, label) -> where the sentence itself begins."""

import re

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_MONTH = rf"(?:{_MONTHS}|{_MONTHS.upper()})[A-Za-z]{{0,6}}\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:{_DAY} {_MONTH},? \d{{4}}|{_MONTH} {_DAY},? \d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}} ?/ ?\d{{1,2}} ?/ ?\d{{2,4}})"
)
_TIME = r"\d{1,2} ?[:.] ?\d\d(?: ?: ?\d\d)? ?(?:[AaPp]\.?[Mm]\.?)?(?: ?[A-Z]{2,3}T\b)?"
_WEEKDAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},?"
_CITY = r"[A-Z][A-Z’'.-]+(?: [A-Z][A-Z’'.-]+){0,3}"
_STAMPED = r"(?i:(?:first |last )?(?:posted|published|updated|created|modified):?(?: on| at)?)"

_WHEN = rf"(?:{_TIME}[,|–-]? )?(?:{_WEEKDAY} )?{_DATE}(?:,? ?[|–-]? (?:at )?{_TIME})?"

_LEAD_IN = re.compile(
    r"[•*·–—-]\s+"
    rf"|(?:{_STAMPED} {_TIME}|(?:{_STAMPED} )?{_WHEN})[\s,:|–-]+(?=[A-Z“‘\"'£])"
    rf"|{_CITY}(?:, [A-Z][\w.]*(?: [A-Z0-9][\w.]*){{0,2}})?(?: \([A-Z][\w ]{{1,20}}\))?\s[–—-]{{1,2}}\s"
    r"|(?:Exclusive|EXCLUSIVE|Breaking|BREAKING|Updated?|UPDATED?|NEW|JUST IN)\s?[:|–—-]\s"
)
"""«• », «14 May 2026, 9:30am », «LONDON (Reuters) – », «EXCLUSIVE: »."""

_MOST = 4
"""Lead-ins that may stand in a row."""


def beginning(sentence: str) -> int:
    """Return how many characters stand before the sentence proper; 0 where there would be nothing behind them."""
    at = 0
    for _ in range(_MOST):
        found = _LEAD_IN.match(sentence, at)
        if not found or found.end() == len(sentence):
            return at
        at = found.end()
    return at

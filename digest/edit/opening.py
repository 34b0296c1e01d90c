"""A sentence -> whether it can open a summary or leans on the one before it."""

import re

from digest.edit.hearsay import takes_up_claim
from digest.text.quotation import without_quotations
from digest.text.speech import speaks

_LINKING = (
    "But And Or Nor So Yet Then Also Still Instead However Therefore Thus Hence Otherwise Nevertheless Nonetheless"
    " Moreover Furthermore Additionally Similarly Likewise Conversely Meanwhile Elsewhere Earlier Later Afterwards"
    " Previously Indeed Because Both Neither Other Others Another Such Some Many Most Several It He She They This That"
    " These Those Here There His Her Hers Their Theirs Its Him Them"
)
"""First words that point back; «It» and «There» may not, and an editor would still look up."""

_BACK = "this that these those it them him her his their its response reply turn contrast addition return".split()
_LINK = re.compile(
    rf"^[\"'“‘(\[]*(?:{'|'.join(_LINKING.split())}|One of (?:them|those|his|her)|Among (?:them|those)"
    r"|The (?:former|latter|pair|duo|trio|same|other|second|third|two|three)"
    r"|(?:In|By|On|At|After|Before|Since|With|For|From|Under|Despite|Following|During|Of|To|Unlike|Like|As|Asked about)"
    rf" (?:{'|'.join(_BACK)}|so doing|a result|such|the same|the end|the meantime|example|instance|one point|doing so)"
    r"|More than that|What is more|Even so|Not only that|On top of)\b"
)
_THINGS = (
    "move decision news announcement comment comments remark remarks claim claims report incident row intervention"
    " warning ruling statement letter figure figures findings measure measures changes proposal proposals plan plans"
    " deal vote result attack meeting speech latest revelation revelations allegation allegations resignation"
    " resignations appointment group company firm party couple suspect victim man woman"
)
_POINTS_BACK = re.compile(
    rf"^The (?:{'|'.join(_THINGS.split())}) (?:was|were|is|are|has|have|had|will|would|could|may|also|comes?|came"
    r"|follow(?:s|ed)|marks?|means?|sparked|prompted|drew|added|said)\b"
)
_SUMS_UP = re.compile(
    r"^The (?:(?:real|big|bigger|main|key|only|first|next|other|obvious) )*"
    r"(?:test|question|problem|point|challenge|lesson|danger|risk|answer|trouble|irony|truth|issue|difficulty|fear|hope"
    r"|conclusion|upshot)s?(?: (?:for|facing|before) [^,.;:]{1,40})? (?:is|are|was|were|will be|now is|remains)\b"
)
"""«The test for Labour is whether …»: it draws from what stood before, which nobody has read."""
_PRONOUN = re.compile(r"\b(?:he|she|him|his|hers?|himself|herself)\b")
_ROLES = (
    "man woman boy girl minister secretary chancellor leader deputy mp mps peer mayor councillor candidate chair"
    " chairman chairwoman president premier king queen prince princess judge officer official officials spokesman"
    " spokeswoman spokesperson lawyer attorney doctor teacher worker workers nurse director manager chief boss"
    " actor actress singer player coach mother father son daughter wife husband brother sister student driver"
    " soldier campaigner activist member adviser aide ally rival editor author writer professor economist person"
    " someone everyone anyone nobody who"
).split()
_ANTECEDENT = re.compile(rf"\b(?:{'|'.join(_ROLES)})\b", re.IGNORECASE)
_NAME = re.compile(
    r"(?<![.!?] )\b(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:January|February|March|April|June|July|August"
    r"|September|October|November|December)\b)[A-ZÀ-Þ][\w’'-]+"
)
_OPENING_WORD = re.compile(
    r"^(?:In|On|At|After|Before|As|When|While|Since|If|Although|Though|Despite|For|With|By|From|During|The|An?|Speaking"
    r"|Asked|Last|Yesterday|Today)\b"
)
_CLAIM = re.compile(r"\b(?:would|wouldn['’]t)\b")


def leans(sentence: str, *, under_its_headline: bool) -> bool:
    """Say whether a sentence needs another before it: «But he …», «It came after …», a «he» who has not been named.

    «The decision follows …» says enough under the headline that its own publisher wrote, and nowhere else.
    """
    if takes_up_claim(sentence):
        return True
    if _LINK.match(sentence) or _SUMS_UP.match(sentence) or (_POINTS_BACK.match(sentence) and not under_its_headline):
        return True
    outside = without_quotations(sentence)
    pronoun = _PRONOUN.search(outside)
    return pronoun is not None and not _is_named(_OPENING_WORD.sub("", outside[: pronoun.start()]))


def goes_on_claiming(sentence: str, before: str) -> bool:
    """Say whether a sentence may go on with what the one before ascribes: «Reed said so. The plan would cost …»."""
    return bool(_CLAIM.search(without_quotations(sentence))) and not speaks(sentence) and speaks(before)


def _is_named(before: str) -> bool:
    return bool(_NAME.search(before) or _ANTECEDENT.search(before))

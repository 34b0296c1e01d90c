"""Two sentences in a row -> whether the second says of the first that it is only claimed, or that it is not so.

«Starmer will resign on Friday. That was the rumour; No 10 dismissed it as nonsense.» The first is true only with the
second, and editors print one sentence a story. The rules are word lists: what names a claim, what denies one, what
points back.
"""

import re

from digest.text.quotation import without_quotations

_CLAIMS = (
    "claim allegation accusation rumour rumor assertion suggestion insinuation speculation theory contention smear"
    " gossip hoax"
).split()
"""What no fact is called."""

_VIEWS = (
    "charge verdict view hope fear belief opinion prediction warning message finding conclusion argument boast"
    " complaint estimate forecast assessment expectation judgement judgment criticism word talk"
).split()
"""What somebody says, thinks or hopes, where a sentence calls the one before it so."""

_CLAIM = rf"(?:{'|'.join(_CLAIMS)})s?"
_VIEW = rf"(?:{'|'.join((*_CLAIMS, *_VIEWS))})s?"
_TOLD = rf"(?:{_VIEW}|stor(?:y|ies)|reports?)"
_HOLDS = (
    r"(?:sa(?:ys?|id)|claim(?:s|ed)?|insist(?:s|ed)?|hope[sd]?|believe[sd]?|argue[sd]?|thinks?|thought|fear(?:s|ed)?"
    r"|suggest(?:s|ed)?|allege[sd]?|maintain(?:s|ed)?|reckon(?:s|ed)?|predict(?:s|ed)?|expect(?:s|ed)?|suspect(?:s|ed)?"
    r"|contend(?:s|ed)?|would have|goes|went|heard?|wants?|wish(?:es|ed)?|call(?:s|ed)?|sees?|saw|describe[sd]?|tells?"
    r"|told|puts?)"
)
"""Verbs with which somebody, and not the paper, stands for something."""

_FALSE = (
    r"(?:(?:not|never|n[o']t|far from|hardly|un|only (?:half|partly))[ -]?true|false|incorrect|inaccurate|baseless"
    r"|groundless|unfounded|without (?:foundation|basis|merit)|nonsense|rubbish|fiction|fabricated|invented|a lie|lies"
    r"|fake|a hoax|misleading|mistaken|unproven|unverified|unconfirmed|debunked|retracted|den(?:ied|ies|y)|disputed"
    r"|refuted|rebutted|a joke|satire|an invention|a fabrication|a smear)"
)
"""What is said of a thing that is not so, or not known to be."""

_NOT_OF = r"\b(?! (?:that|to|for)\b)"
"""«It is wrong to pay» says nothing of what stands before."""

_IT = r"(?:it|this|they|them|these|those)"
_HEDGE = r"(?:,? (?:at least|anyway|at any rate|in any case|however|though|then|or so|in short))?,?"
_IS = (
    r"(?:['’]s|['’]re| is| was| are| were| has been| have been| had been| remains?| became| may be| might be| could be)"
)
_PROVED = rf"(?:{_IS}| (?:turned|turns) out to be| proved(?: to be)?)"
_OPENING = r"^[\"'“‘(\[]*"
_THESE = r"(?:the|this|that|these|those|such|both|all)"
_MUCH = r"(?: (?:[a-z]+ly|all|also|just|later|long|now|since|still|never|found to be|shown to be|very much|always))*"

_CALLED_A_VIEW = re.compile(
    rf"{_OPENING}(?:That|This|Those|These|Such|It(?!.*\bthat\b)){_HEDGE}{_IS}{_HEDGE}{_MUCH}"
    rf" (?:the|an?|one|his|her|their|its)(?: [\w’'-]+){{0,3}}? {_VIEW}\b"
    rf"|{_OPENING}(?:That|This|It|So){_HEDGE}{_IS}{_HEDGE}{_MUCH}"
    rf" (?:according to |(?:what|how) [^.;]{{0,60}} {_HOLDS}\b)"
    rf"|{_OPENING}(?:Those|These) (?:are|were) (?:the|his|her) words\b"
    rf"|{_OPENING}(?:At least|At any rate|Or that),?(?: that| this| so)?(?:['’]s| is| was|,)"
    rf"|{_OPENING}(?:Or so|So (?:the|his|her|their))\b[^.;]{{0,60}} {_HOLDS}\b"
    rf"|{_OPENING}So (?:says|said|claims|claimed|insists|goes)\b"
    rf"|{_OPENING}(?:(?:Or|At least|Or so),? )?[Aa]ccording to [^,.]{{1,60}}\.$"
)
"""«That is the claim made by …», «Or so his allies insist», «That is what campaigners hope», «According to the CBI.»"""

_DENIED = re.compile(
    rf"(?:\b{_IT}|{_OPENING}that)(?: all)?{_PROVED}{_MUCH} {_FALSE}{_NOT_OF}"
    rf"|(?:\b{_IT}|{_OPENING}that) (?:isn|wasn|aren|weren)['’]t{_MUCH} true{_NOT_OF}"
    rf"|{_OPENING}(?:it|this|that){_PROVED}{_MUCH} wrong{_NOT_OF}"
    rf"|{_OPENING}{_THESE} (?:[a-z]+ )?{_TOLD}{_PROVED}{_MUCH}"
    rf" (?:{_FALSE}|wrong|dismissed|rejected|withdrawn){_NOT_OF}"
    rf"|\b(?:none|not a word|no part|little|not all|nothing|not one) of (?:that|{_IT})"
    rf"(?:{_IS}{_MUCH} (?:true|so|right|correct|accurate|happening|the case)| will\b| would\b| happened)"
    rf"|\b(?:den(?:y|ies|ied)|disput(?:es?|ed)|refut(?:es?|ed)|rebut(?:s|ted)?|debunk(?:s|ed)?|rubbish(?:es|ed))"
    rf" (?:(?:that|{_IT})(?=[.,;]| (?:all|and|but|in|on|at|when|as)\b)|all of (?:it|this|that)\b"
    rf"|{_THESE} (?:[a-z]+ )?{_TOLD}\b)"
    rf"|\b(?:dismiss(?:es|ed)?|describe[sd]?|call(?:s|ed)?|brand(?:s|ed)?|denounce[sd]?) (?:that|{_IT})"
    rf"(?: all)?(?: as)?(?: an?)?(?: [a-z]+ly| pure| complete| total| utter)* {_FALSE}\b"
    rf"|\bno (?:truth|evidence|basis|foundation|substance)\b[^.]{{0,30}} (?:in|for|of|to support) {_IT}\b",
    re.IGNORECASE,
)
"""«None of this is true», «It turned out to be wrong», «No 10 dismissed it as nonsense», «Labour denies this»."""

_THE_CLAIM = re.compile(
    rf"\b{_THESE} (?:[a-z]+(?:est|er|al|ous|ed|ing) )?{_CLAIM}\b"
    r"(?!['’]| (?:that|of|about|against|on|around|as|which|who|over|he|she|they|regarding|concerning|surrounding)\b)",
    re.IGNORECASE,
)
"""A claim that has been told already: «made the claim in Wigan», and not «the claim that …»."""

_TOLD_BEFORE = re.compile(
    r"\b(?:claim|alleg|accus|rumou?r|suggest|report|said|says?\b|told|wrote|warn|argu|assert|insinuat|speculat|theor"
    r"|charge|smear)",
    re.IGNORECASE,
)
_SO = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|th(?:inks?|ought)|believ(?:es?|ed)|hop(?:es?|ed)|suggest(?:s|ed)|insist(?:s|ed)?) so\b"
    r"(?! (?:far|much|many|little|often|long|few|that|badly)\b)"
)
_CLAUSE_BEFORE = re.compile(
    r"[,;:–—]|\b(?:and|but|or|that|who|which|when|while|because|though|although)\b", re.IGNORECASE
)


def disowns(sentence: str, *, before: str) -> bool:
    """Say whether a sentence tells of the one before it that somebody claims it, or that it is not so.

    «The claim, in a letter, …» does so too, unless what stands before already says that it is a claim.
    """
    if _CALLED_A_VIEW.match(sentence) or _DENIED.search(sentence):
        return True
    return takes_up_claim(sentence) and not _TOLD_BEFORE.search(before)


def takes_up_claim(sentence: str) -> bool:
    """Say whether a sentence speaks of a claim that it does not tell: «made the claim in Wigan», «said so»."""
    outside = without_quotations(sentence)
    claim, so = _THE_CLAIM.search(outside), _SO.search(outside)
    is_untold = claim is not None and not _TOLD_BEFORE.search(outside[: claim.start()])
    return is_untold or (so is not None and not _CLAUSE_BEFORE.search(outside[: so.start()]))

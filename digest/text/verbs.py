"""A text -> whether it has a verb that makes a sentence of it: a list, not a grammar."""

import re

_AUXILIARIES = (
    "is are was were be been has have had does do did will would can could may might must shall should cannot"
)
_PAST = (
    "said told made took gave came went got won lost left held kept met paid put ran saw sent set sold spoke"
    " spent stood thought threw understood wrote began became broke brought built bought caught chose cut drew"
    " drove fell felt fought found flew grew heard hit knew led let lay meant rose sat shook shot struck swore"
    " taught tore wore withdrew laid sang drank fled fed dealt bore bent clung crept dug forgot forgave froze hid leapt"
    " lent overcame overtook oversaw rode rang sank shone shrank slept slid sprang stole stuck stung swept swung woke"
    " wept withheld undertook upheld forbade sought strode strove"
)
_PRESENT = (
    "says tells makes takes gives comes goes gets wins loses leaves holds keeps meets pays puts runs sees sends"
    " sets sells speaks spends stands stays thinks throws writes begins becomes breaks brings builds buys chooses"
    " cuts draws drives falls feels fights finds grows hears hits knows leads lets lies means rises sits shows"
    " strikes faces backs vows urges plans wants warns accuses denies promises claims raises calls seeks needs"
    " remains appears seems hopes expects offers opens closes votes agrees announces confirms insists argues adds"
    " asks aims plays works starts ends continues follows joins resigns quits reports reveals suggests supports"
    " opposes rejects demands praises blames admits believes threatens prepares considers steps looks turns moves"
    " returns launches pledges defends criticises condemns welcomes describes tries includes helps hails dismisses"
    " sparks prompts teases challenges struggles spans costs marks gains trails tops beats slams signals outlines"
    " targets represents requires allows affects reflects explains serves dies lives stems drags clings pitches"
    " lines pushes presses rules calls fires hires names ousts sacks saves scraps shelves shuts spurs stalls"
    " storms sues surges survives tumbles unveils visits weighs accepts achieves acknowledges adopts amounts"
    " apologises applies appoints approves arrives attends avoids belongs carries ceases clears collapses"
    " combines complains concedes concludes contains contradicts creates decides declares decries delivers"
    " departs depends deserves differs disagrees elects emerges enjoys enters escapes establishes excludes exists"
    " expands expires expresses fails governs happens identifies ignores implies imposes improves indicates"
    " intends introduces involves lacks lasts learns manages nears nominates obtains occurs omits operates"
    " overtakes overturns owes owns persists persuades poses postpones presides prevents proceeds produces"
    " prohibits proposes proves provides publishes pulls reaffirms realises recalls receives recognises"
    " recommends reduces refers refuses rejoins relies remembers removes renews reopens repeals replaces restarts"
    " resumes retires reverses slows succeeds suffers suspends tackles tightens undermines understands unites"
    " waits widens withdraws withholds"
)
_PLURAL = (
    "say warn fear urge insist believe meet agree expect argue accuse vow remain become need deny know think understand"
    " oppose want seek give take keep tell get go come allow suggest consider intend refuse continue exist differ"
    " disagree complain concede depend decide describe fail follow happen hear learn lose prefer provide receive reject"
    " rely represent require send speak spend suffer write"
)
"""What many do. Behind «to» it is no verb of a sentence: «a plan to keep the levy»."""

_NOUNS_TOO = (
    "aim answer ask back block call cast claim control cut demand end estimate extend face find force hit hold hope"
    " join lead leave look make mark move offer open pay plan promise protest push put raise reach rise run share show"
    " start stop strike study support talk target turn use view vote walk want welcome work"
)
"""What many do, or a thing: «Ministers plan to …» and «the ministers' plan»."""

_CONTRACTED = re.compile(r"\b(?:it|there|that|he|she|who|what)'s\b", re.IGNORECASE)
_VERBS = frozenset(f"{_AUXILIARIES} {_PAST} {_PRESENT} agreed freed decreed".split())
_MANY_DO = re.compile(rf"(?<!\bto )\b(?:{'|'.join(_PLURAL.split())})\b(?!-)")
_MANY_DO_IT = re.compile(
    rf"(?:\b[Tt]hey|[A-Za-z]s)(?: still| also| now| often)? (?:{'|'.join(_NOUNS_TOO.split())})"
    r" (?:an?|the|it|them|him|her|their|his|its|this|that|to|for|on|at|more|no|up)\b"
)
_WORD = re.compile(r"\b[a-z]+(?:'[a-z]+)?")


def has_verb(text: str) -> bool:
    """Say whether a text has a finite verb, as far as its form tells: «proposed» in «the proposed plan» passes.

    A word with a capital is none: it begins the text, or is a name or a month.
    """
    plain = text.replace("’", "'")
    if any(map(_is_verb, _WORD.findall(plain))):
        return True
    return any(form.search(plain) for form in (_MANY_DO, _MANY_DO_IT, _CONTRACTED))


def _is_verb(word: str) -> bool:
    is_past = word.endswith("ed") and len(word) > 3 and (not word.endswith("eed") or word.endswith("eeded"))
    return is_past or word in _VERBS or word.endswith("n't")

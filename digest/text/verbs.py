"""A text -> whether it has a verb that makes a sentence of it: a list, not a grammar."""

import re

_AUXILIARIES = (
    "is are was were be been has have had does do did will would can could may might must shall should cannot"
)
_PAST = (
    "said told made took gave came went got won lost left held kept met paid put ran saw sent set sold spoke"
    " spent stood thought threw understood wrote began became broke brought built bought caught chose cut drew"
    " drove fell felt fought found flew grew heard hit knew led let lay meant rose sat shook shot struck swore"
    " taught tore wore withdrew"
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
    " storms sues surges survives tumbles unveils visits weighs"
)
_PLURAL = "say warn fear urge insist believe meet agree expect argue accuse vow remain become need"
_CONTRACTED = re.compile(r"\b(?:it|there|that|he|she|who|what)'s\b", re.IGNORECASE)
_VERBS = frozenset(f"{_AUXILIARIES} {_PAST} {_PRESENT} {_PLURAL} agreed freed decreed".split())
_WORD = re.compile(r"\b[a-z]+(?:'[a-z]+)?")


def has_verb(text: str) -> bool:
    """Say whether a text has a finite verb, as far as its form tells: «proposed» in «the proposed plan» passes.

    A word with a capital is none: it begins the text, or is a name or a month.
    """
    plain = text.replace("’", "'")
    return any(map(_is_verb, _WORD.findall(plain))) or bool(_CONTRACTED.search(plain))


def _is_verb(word: str) -> bool:
    is_past = word.endswith("ed") and len(word) > 3 and (not word.endswith("eed") or word.endswith("eeded"))
    return is_past or word in _VERBS or word.endswith("n't")

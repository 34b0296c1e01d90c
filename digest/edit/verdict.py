"""A sentence -> whether it passes judgement on somebody in the paper's own voice, as «Starmer is a fraud» does."""

import re

from digest.text.speech import speaks

_NOUNS = (
    "fraud bully liar coward fool idiot traitor hypocrite disgrace failure joke clown thug racist bigot sexist"
    " misogynist antisemite fascist extremist puppet loser crook cheat menace embarrassment charlatan opportunist"
    " tyrant dictator monster snake villain parasite shambles farce catastrophe outrage scandal betrayal sham"
    " nightmare genius hero saint visionary lightweight nonentity mess bore"
).split()
_ADJECTIVES = (
    "finished doomed toast dishonest corrupt incompetent useless pathetic hopeless clueless spineless cowardly shameful"
    " disgraceful racist sexist misogynistic antisemitic fascist evil stupid mad deluded delusional shambolic"
    " hypocritical untrustworthy treacherous ridiculous laughable contemptible despicable brilliant inspiring"
    " rudderless toxic unelectable weak vain lazy arrogant"
).split()
_IDIOMS = ("out of touch", "out of his depth", "out of her depth", "past it", "a laughing stock", "not fit for office")
_IS = r"(?:is|are|was|were|has been|have been|remains|remain|has become|have become|['’]s|['’]re)"
_HOW = r"(?: (?:not|no|just|[a-z]+ly|so|too|very|quite|utter|now|still|such))*"
_NO_NOUN = r"(?=[.,;:!]|$| (?:and|or|but|who|in|for|at|on|by|when|because|as|about)\b)"
_VERDICT = re.compile(
    rf"\b{_IS}{_HOW} (?:(?:an?|the|nothing but an?)(?: [a-z-]+){{0,2}}? (?:{'|'.join(_NOUNS)})s?"
    rf"|(?:{'|'.join((*_ADJECTIVES, *_IDIOMS))})){_NO_NOUN}"
)
"""«is a serial liar», «is finished in Wales»; not «is a fraud investigator»."""

_HELD_BY = re.compile(
    r"\b(?:think|thinks|thought|feels?|felt|sees?|saw|regard(?:s|ed)?|consider(?:s|ed)?|view(?:s|ed)?|polls?|voters"
    r"|survey|whether|if|judges?|court|tribunal|jury|inquiry|report|review|seen as|deemed)\b",
    re.IGNORECASE,
)
"""Who, besides a speaker, may hold it; and «whether», which leaves it open."""


def is_verdict(outside: str) -> bool:
    """Say whether a sentence, without its quotations, says what somebody is worth and names nobody who thinks so."""
    return bool(_VERDICT.search(outside)) and not (speaks(outside) or _HELD_BY.search(outside))

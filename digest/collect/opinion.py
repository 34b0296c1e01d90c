"""A headline and who publishes it -> how much it sounds like comment rather than a report, and which cues say so.

Reports name who said what; comment judges in its own voice. Each cue is one such habit of the
British press. Their weights were fitted by logistic regression (a ridge of 1) on headlines whose
address and label say nothing: `python -m tests.judgement.kind` fits them anew, and measures them on
windows of time that were left out.
"""

import re
from collections.abc import Mapping

from digest.collect.plea import SPEECH
from digest.lexicon.publishers import publisher_named
from digest.model.news import SourceKind

BIAS = -2.7
"""The log-odds of a short headline without a cue, counted from where a headline is taken for comment."""

UNKNOWN = 0.5
"""More for it where we do not know who prints it: no address and no habit will tell that its columns are columns."""

WEIGHTS: Mapping[str, float] = {
    "states what is": 2.5,
    "judges": 2.1,
    "states what has come": 1.5,
    "says why": 1.2,
    "prints comment unlabelled": 1.0,
    "prints essays": 1.0,
    "says we": 1.0,
    "insists": 0.9,
    "says what ought to be": 0.8,
    "two sentences": 0.7,
    "speaks to readers": 0.6,
    "says who said it": -0.7,
    "length": -0.9,
    "asks": -1.0,
    "says when": -1.1,
    "is impartial by duty": -1.1,
    "quotes": -2.0,
}
"""Log-odds for each cue."""

QUOTED = re.compile(r"(?<!\w)[‘'“\"](?=\w)[^‘“\"]*?(?<=[\w.,!?…%*])[’'”\"](?!\w)")
"""Words of somebody else: what is judged there is reported, not judged by the writer."""

_WORD = re.compile(r"\w+(?:'\w+)?")
_JUDGEMENTS = tuple(
    "betray bungl catastroph coward danger deceiv delu deserv disappoint disast disgrac dishonest fail fantas farc"
    " fatal fault flaw fool honest hypocri idiot incompeten insult irrelevan irresponsib mistake moral myopi myth"
    " obsess reckless shame stupid terribl timid trag weak wrong".split()
)
"""How words begin that judge, and do not merely describe."""

WORDS: Mapping[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "judges": "absurd apology appalling bad best better bold brave brilliant clever cruel cynical damning deceptive"
        " desperate destined doomed empty enemy fiction folly good great hell hollow hopeless illusion inevitable joke"
        " lesson lessons lie lies mad madness messiah naive nonsense overrated underrated parody pathetic patronising"
        " pointless proof prove proved proven proves real revenge ridiculous right sad saviour silly sorry true truth"
        " ugly useless vain vengeance vile villain wise worse worst",
        "states what is": "is are isn't aren't he's she's it's that's there's here's",
        "states what has come": "has have hasn't haven't",
        "insists": "merely just very too only really actually always enough everything nothing never yet ever anything"
        " quite simple simply another both all",
        "speaks to readers": "you your you're",
        "says what ought to be": "must should ought need needs cannot can't won't don't doesn't",
        "says who said it": "say says said tell tells told warn warns warned urge urges urged claim claims vow vows"
        " accuse accuses accused insist insists admit admits call calls demand demands denies pledge pledges back backs"
        " suggest suggests reveal reveals confirm confirms according poll polls source sources launches resign resigns"
        " quit quits sets want wants refuses face faces hits attack attacks ask asks reject rejects defend defends plan"
        " plans seek seeks condemn condemns criticise criticises expected brace braced consider considers considering",
        "says when": "amid after ahead over following during before as",
    }.items()
}
"""Words, in any case, of which one is enough."""

AS_WRITTEN: Mapping[str, frozenset[str]] = {
    "says we": frozenset("we We our Our us let's Let's".split()),
}
"""Words in this case only: «us» is not the US."""

CUES: Mapping[str, re.Pattern[str]] = {
    "says why": re.compile(r"\b[Ww]hy\b(?!.*\?$)"),
    "asks": re.compile(r"\?$"),
    "two sentences": re.compile(r"[.?!]\s+[A-Z‘“]"),
    "quotes": re.compile("…"),
}
"""Forms, where words alone do not tell."""

SHORT = 8
"""Words up to which a headline is short; every four more are one «length»."""

OPINION_FEEDS = frozenset({"The Telegraph", "The Times", "Financial Times", "Bloomberg"})
"""Papers whose comment comes through feeds with neither a label nor a telling address."""

ESSAYISTS = frozenset({"LabourList", "Byline Times", "Comment is Freed", "ConservativeHome"})
"""Sites that print as many essays as reports."""


def opinion(headline: str, publisher: str = "") -> float:
    """Return the log-odds that a headline is comment: above 0 it is taken for that."""
    prior = BIAS if publisher_named(publisher) else BIAS + UNKNOWN
    return prior + sum(WEIGHTS[cue] * value for cue, value in cues(headline, publisher).items())


def cues(headline: str, publisher: str = "") -> dict[str, float]:
    """Return the cues a headline gives, and its publisher by any of its names, each with how much of it there is."""
    voice = own_voice(headline)
    found = dict.fromkeys((*_spoken(voice), *_habits(publisher)), 1.0)
    length = len(voice.split()) - SHORT
    return found | {"length": length / 4} if length > 0 else found


def own_voice(headline: str) -> str:
    """Return a headline without the words of others in it: an ellipsis stands for each quotation and speech."""
    return SPEECH.sub(r"\g<speaker>: …", QUOTED.sub("…", headline).replace("’", "'"))


def _spoken(voice: str) -> list[str]:
    written = frozenset(_WORD.findall(voice))
    words = frozenset(map(str.casefold, written))
    said = [name for name, listed in WORDS.items() if not listed.isdisjoint(words)]
    if "judges" not in said and any(word.startswith(_JUDGEMENTS) for word in words):
        said.append("judges")
    said += [name for name, listed in AS_WRITTEN.items() if not listed.isdisjoint(written)]
    return said + [name for name, pattern in CUES.items() if pattern.search(voice)]


def _habits(publisher: str) -> list[str]:
    known = publisher_named(publisher)
    if not known:
        return []
    return [
        habit
        for habit, has_it in (
            ("is impartial by duty", known.kind in {SourceKind.BROADCASTER, SourceKind.WIRE}),
            ("prints essays", known.name in ESSAYISTS),
            ("prints comment unlabelled", known.name in OPINION_FEEDS),
        )
        if has_it
    ]

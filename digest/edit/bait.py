"""A headline -> what speaks against printing it over news: questions, teasers, capitals, quotations nobody says."""

import re
from functools import lru_cache

from digest.text.quotation import is_broken, quotations, without_quotations
from digest.text.speech import speaks

REMEMBERED = 4096
"""Headlines whose faults are kept for a moment: choosing asks again and again for those of one story."""

_QUESTION = re.compile(r"\?(?:\s|[’”\"']|$)")
_TEASER = re.compile(
    r"^(?:why|how|what|who|where|when|inside|meet the|a guide to|in full"
    r"|(?:watch|listen|video|see|read)(?=:| how| as| the| live| moment)"
    r"|in pictures|podcast|quiz|cartoon|letters?"
    r"|(?:the )?\w+ letters|explained|explainer|analysis|opinion|comment|sketch|profile|the truth about"
    r"|the latest headlines|latest|the (?:real|inside) (?:story|reason)|everything|all you need|full list|timeline"
    r"|(?:\d+|three|four|five|six|seven|eight|nine|ten) (?:\w+ )?"
    r"(?:charts|excerpts|lessons|lines|moments|numbers|passages|questions|quotes|reasons|takeaways|things|ways))\b"
    r"|\b(?:here(?:['’]s| is) (?:why|what|how)|this is (?:why|what|how)|you won['’]t believe|what (?:we|to) know"
    r"|(?:all )?you need to know|what happens next|what (?:it|this) means|in full|explained|as it happened|: a guide to"
    r"|live (?:updates|blog)|podcast|cartoon|video|in pictures|letters|tell us|find out|one (?:simple )?trick)\b"
    r"|\b(?:live|latest)!?$|, more$|[–—-] what (?:he|she|they|it|we) \w+",
    re.IGNORECASE,
)
_RUBRIC = re.compile(
    r"^(?:watch|listen|video|podcast|in pictures|cartoon|quiz|letters?)(?=:| \|| [-–—] |$)"
    r"|\s[-–—|] (?:video|podcast|in pictures|cartoon|quiz|letters)$",
    re.IGNORECASE,
)
_SMALL_IN_TITLES = frozenset("with from over into than that upon amid after".split())
_SHORTEST_IN_CAPITALS = 4
_CAPITALS = re.compile(r"^[^a-z]+$|(?:\b[A-Z]{4,}\b\W+){2}")
_NAMED = re.compile(
    r"“”,? [A-Z]|“”: (?:[A-Z][\w-]*\s?){1,3}(?:['’]s |(?<=\s)(?:on|in) |$)|[A-Z][\w’'-]*: “”|“” [–—-] [A-Z]"
)
"""A quotation that stands beside a name: «‘I will go on’: Reed», «Reed: ‘I will go on’»."""


@lru_cache(maxsize=REMEMBERED)
def faults(title: str) -> tuple[str, ...]:
    """Return what speaks against a headline, in an editor's words; nothing where it plainly says what happened."""
    outside = without_quotations(title)
    found = (
        ("a question", _QUESTION.search(title)),
        ("a teaser or a label", _TEASER.search(outside)),
        ("in capitals", _CAPITALS.search(title)),
        ("a quotation without its speaker", is_broken(title) or _is_speakerless(title, outside)),
        ("cut off", title.endswith(("…", "..."))),
    )
    return tuple(what for what, fault in found if fault)


def is_rubric(title: str) -> bool:
    """Say whether a headline only labels something to watch, to hear or to play: «Watch: …», «… – podcast»."""
    return bool(_RUBRIC.search(title)) or (title.startswith("Watch ") and in_title_case(title))


def in_title_case(title: str) -> bool:
    """Say whether a headline gives all its longer words a capital, as American papers do; four words at least."""
    longer = [word for word in re.findall(r"[^\W\d_][\w’']*", title) if len(word) >= _SHORTEST_IN_CAPITALS]
    small = {word for word in longer if word[0].islower()}
    return len(longer) >= _SHORTEST_IN_CAPITALS and small <= _SMALL_IN_TITLES


def _is_speakerless(title: str, outside: str) -> bool:
    return bool(quotations(title)) and not (speaks(outside) or _NAMED.search(outside))

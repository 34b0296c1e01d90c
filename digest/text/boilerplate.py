"""A publisher's text -> the journalism in it, and what was taken out.

Everything here is anchored to whole sentences, to the edges of the text, or to the capitals in
which a page shouts, so that news *about* subscriptions, donations or cookies stays. No rule can
match an attribution such as «The Mirror reported …».
"""

import re

from digest.text.sentences import sentences

Rules = re.Pattern[str]


def _rules(*patterns: str, flags: re.RegexFlag = re.IGNORECASE) -> Rules:
    """Compile a table to one expression; an apostrophe in it is a straight one, as in the text it is held against."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)


LETTER = r"(?:newsletters?|e-?mails?|e-?mail alerts?|bulletins?|briefings?|alerts?|updates|inbox|mailing list|digest)"
SHOUTED = _rules(
    r"\b(?:SIGN UP|SUBSCRIBE|DONATE|JOIN US|CLICK HERE|READ MORE|FOLLOW US|SUPPORT US)"
    r"(?:\s+(?:TO|FOR|FROM|ON|OUR|THE|A|YOUR|US|HERE|NOW|TODAY|DAILY|WEEKLY|MORNING|FREE"
    r"|EMAILS?|NEWSLETTERS?|BRIEFING|LABOURLIST|WHATSAPP|CHANNEL|SUPPORTERS?|JOURNALISM|MORE"
    r"|AND|MEMBER|STORY|TWITTER|FACEBOOK))+\b[.!:]?",
    r"\b(?:ADVERTISEMENT|(?:STORY|ARTICLE) CONTINUES BELOW(?: ADVERTISEMENT)?|SCROLL DOWN FOR VIDEO)\b[.:]?",
    flags=re.RegexFlag(0),
)
"""What a page shouts in capitals between two sentences, often without a full stop."""

TAILS = _rules(
    r"The post .{1,300}? (?:first )?appeared first on [^.!?]{1,80}\.?$",
    r"The post .{1,300}? was originally published on [^.!?]{1,80}\.?$",
    r"(?<![\w'])(?:Continue reading|Read more|Read on|Keep reading|Read the full (?:story|article|piece)(?: here)?"
    r"|Read full article|Find out more|Learn more|View comments|Click here for more)\s*(?:\.{3}|…|→|»|>+|\.)?$",
    r"\[\s*(?:…|\.{3})\s*\]$",
    r"(?:(?<=[.!?…”’\"'])\s+|^)"
    r"(?:Share this|Share on (?:Facebook|Twitter|X|WhatsApp|LinkedIn)|Email this|Tweet|Comments?)\s*\d*$",
    flags=re.RegexFlag(0),
)
"""What a feed hangs on the end of an excerpt."""

HEADS = _rules(
    r"^Avatar(?:\s+photo)?(?=\s+[A-Z‘“\"'£\d]|$)",
    r"^(?:Listen to this article|Listen to article|\d+ min(?:ute)?s? read)\b[:.]?",
    r"^(?:Getting your Trinity Audio player ready)(?:\.{3}|…)?",
    flags=re.RegexFlag(0),
)
"""What a page puts before its first sentence: the picture of the author, the player."""

SENTENCES = _rules(
    rf"(?:please |you can (?:also )?)?(?:sign|signing) up (?:here |now |today |free )*(?:to|for|and)\b.*\b{LETTER}\b.*",
    r"sign up (?:here|now|today|for free)\b.{0,40}",
    rf"(?:please |you can (?:also )?)?subscribe (?:here |now |today |free )*(?:to|for)\b.*\b(?:{LETTER}|channel|podcast"
    r"|magazine|paper|journalism|unlimited|here|now|today|£\d+)\b.*",
    r"(?:please )?subscribe (?:here|now|today|for free|below|via|on)\b.{0,80}",
    r"subscribe[.!]?",
    r"(?:get|receive|want) .{0,80}\b(?:in|to|into) your inbox\b.*",
    rf"join (?:our|the) .{{0,60}}\b(?:{LETTER}|WhatsApp (?:channel|group|community)|supporters?|members?)\b.*",
    r"(?:please )?donate (?:here|now|today)\b.{0,80}",
    r"(?:please )?(?:consider )?(?:support|supporting|back) (?:our|independent|honest|quality) (?:independent )?"
    r"(?:journalism|work|reporting|newsroom)\b.*",
    r"(?:please )?(?:consider )?(?:become|becoming) an? [\w' ]{0,30}\b(?:supporter|member|patron|subscriber)"
    r"(?: (?:here|now|today)\b.{0,60}|.*£\d+.*)?[.!]?",
    r"if you (?:value|like|liked|enjoy|enjoyed|appreciate|love) (?:our|this|what we|reading|the work we)\b.*"
    r"\b(?:support|donat|subscrib|sign|chip|member|shar)\w*.*",
    r"(?:we|our site|this (?:web)?site) uses? cookies\b.*",
    r"by (?:continuing to use|using|browsing) (?:this|our) (?:web)?site\b.*",
    r"(?:accept|manage|allow) (?:all )?cookies\b.{0,40}",
    r"to (?:view|see) this (?:content|video|post),? (?:you|please)\b.*",
    r"click here (?:to|for)\b.*",
    r"(?:follow|like) us on\b.*",
    r"follow .{1,40} on (?:Twitter|X|Facebook|Bluesky|Instagram|TikTok|Threads|LinkedIn|WhatsApp|Google News)\b.*",
    r"share (?:this (?:article|story|page|post|link)"
    r"|(?:this )?(?:on|via) (?:facebook|twitter|x|whatsapp|linkedin|e-?mail))\b.{0,40}",
    r"(?:read|see|watch|listen) (?:more|also|next|now)\s*[:|–—-].*",
    r"read more (?:on|about|from|here)\b.{0,80}",
    r"(?:related|recommended|further reading|more on this story|most read|editor's picks?|you may also like"
    r"|you might also like|see also)(?: (?:stories|articles|topics|reading))?(?:\s*[:|–—-].{0,120})?[.:]?",
    r"continue reading(?:\.{3}|…)?",
    r"this (?:article|story|piece|post|column) (?:was )?(?:(?:first|originally) (?:appeared|published)"
    r"|(?:appeared|published) (?:first|originally)) (?:on|in|at|by) [^,]{1,60}",
    r"(?:download|get) (?:our|the) .{0,40}\bapps?\b.*",
    r"(?:have your say|join the (?:conversation|debate)|let us know|tell us|leave a comment)\b.{0,60}"
    r"\b(?:comments?|below|poll|here)\b.*",
    r"(?:do you have|got|have) (?:an? )?(?:story|tip|news tip|comment|opinion|view)\b.{0,60}\?",
    r"(?:do you have an opinion on anything you have read).*",
    r"(?:image|picture|photo|photograph|pic)(?: credit| source| caption)?\s*:.{0,100}",
    r"(?:copyright )?(?:©|\(c\)).{0,80}",
    r"all rights reserved\.?",
    r"(?:avatar|advertisement|sponsored|promoted|share|print|email this|facebook twitter(?: \w+)*)[.:]?",
    r"for more (?:stories|news|information|on this story),? .{0,20}(?:visit|check|see|click|go to|follow)\b.*",
    r"(?:you can )?unsubscribe at any time\b.*",
)
"""Whole sentences that ask, sell, or point elsewhere on the page."""

NAME = r"(?:[A-Z][\w'’-]*|author|topic|story|section)"
MORE_FROM = re.compile(rf"More (?:from|by|on|about) (?:the |this )?{NAME}(?:,? (?:and |& |of )?{NAME}){{0,5}}[.:…]?")
"""«More from Jane Doe», «More from LabourList»: a label of names, not a sentence."""

NOTHING = re.compile(r"(?!)")
"""Matches nowhere: the rules of a publisher that has none of its own."""

BY_PUBLISHER: dict[str, Rules] = {
    "labourlist": _rules(
        r"if you .{0,80}\blabourlist\b.*",
        r"(?:join|become) .{0,60}\bsupporters?\b.{0,60}£\d+.*",
        r"(?:value|enjoy) our coverage\b.*",
        r"we(?:'re| are) (?:only able|able|reliant)\b.{0,80}\b(?:supporters?|readers|donations)\b.*",
        r"(?:share your thoughts|contribute|do you have).{0,60}\bmail@labourlist\.org.*",
        r"read more of our .{0,60}\bcoverage\b.*",
        r"labourlist relies on\b.*",
    ),
    "theguardian": _rules(
        r"do you have an opinion on the issues raised in this article\b.*",
        r"if you would like to submit a (?:response|letter)\b.*",
        r"our morning email breaks down\b.*",
        r"guardian newspaper (?:letters|columns)\b.{0,60}",
    ),
    "themirror": _rules(r"(?:our community members are treated to|you can unsubscribe|read our privacy).*"),
    "theindependent": _rules(
        r"from reproductive rights to climate change\b.*",
        r"at such a critical moment\b.*",
        r"your support makes all the difference\b.*",
    ),
    "bbc": _rules(
        r"get in touch(?: with us| by e-?mail|:).*",
        r"(?:the )?bbc is not responsible for the content of external sites\b.*",
    ),
    "skynews": _rules(r"(?:🔴|👉|tap here to follow|listen to .{0,40} on your podcast app).*"),
    "thetelegraph": _rules(r"(?:try the telegraph free|you can also listen to this article)\b.*"),
    "novaramedia": _rules(r"(?:build people-powered media|we're up against).*"),
}
"""Asks that only one publisher makes, by its name without case, spaces and dots."""


def without_boilerplate(text: str, publisher: str = "") -> tuple[str, tuple[str, ...]]:
    """Take a publisher's own noise out of plain text: (the rest, what was removed).

    Works sentence by sentence; the sentences that stay are word for word as they were. What is
    left holds no more boilerplate: a second call removes nothing.
    """
    own = BY_PUBLISHER.get(_key(publisher), NOTHING)
    removed: list[str] = []
    while True:
        trimmed, cut = _trim(text)
        text, dropped = _sift(trimmed, own, publisher)
        if not cut and not dropped:
            return text, tuple(removed)
        removed += [*cut, *dropped]


def _trim(text: str) -> tuple[str, list[str]]:
    """Cut what is shouted anywhere and what hangs on either end."""
    removed: list[str] = []
    for rule in (SHOUTED, HEADS, TAILS):
        removed += [found.group().strip() for found in rule.finditer(text)]
        text = rule.sub(" ", text)
    return " ".join(text.split()), removed


def _sift(text: str, own: Rules, publisher: str) -> tuple[str, list[str]]:
    """Part the sentences that stay from those that go."""
    kept: list[str] = []
    removed: list[str] = []
    for sentence in sentences(text):
        (removed if _is_boilerplate(sentence.text, own, publisher) else kept).append(sentence.text)
    return " ".join(kept), removed


def _is_boilerplate(sentence: str, own: Rules, publisher: str) -> bool:
    """Whether a rule covers the whole sentence."""
    if publisher and sentence.casefold().startswith(f"more from {publisher.casefold()}"):
        return True
    bare = sentence.strip("*•–—-|→» ").replace("’", "'").replace("‘", "'")
    return any(rule.fullmatch(bare) for rule in (MORE_FROM, SENTENCES, own))


def _key(publisher: str) -> str:
    """A publisher's name as the table writes it."""
    return re.sub(r"[\W_]+", "", publisher.casefold())

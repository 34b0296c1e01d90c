"""What publishers put around their journalism: asks, labels, adverts, as rules; `boilerplate` applies them.

Every rule is anchored to whole sentences, to the edges of a text, or to the capitals in which a
page shouts, so that news *about* subscriptions, donations or cookies stays. No rule can match an
attribution such as «The Mirror reported …».
"""

import re

Rules = re.Pattern[str]


def _rules(*patterns: str) -> Rules:
    """Compile a table to one expression; an apostrophe in it is a straight one, as in the text it is held against."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


LETTER = r"(?:newsletters?|e-?mails?|e-?mail alerts?|bulletins?|briefings?|alerts?|updates|inbox|mailing list|digest)"
SHOUTED = _rules(
    r"\b(?:SIGN UP|SUBSCRIBE|DONATE|JOIN US|CLICK HERE|READ MORE|FOLLOW US|SUPPORT US)"
    r"(?:\s+(?:TO|FOR|FROM|ON|OUR|THE|A|YOUR|US|HERE|NOW|TODAY|DAILY|WEEKLY|MORNING|FREE"
    r"|EMAILS?|NEWSLETTERS?|BRIEFING|LABOURLIST|WHATSAPP|CHANNEL|SUPPORTERS?|JOURNALISM|MORE"
    r"|AND|MEMBER|STORY|TWITTER|FACEBOOK))+\b[.!:]?",
    r"\b(?:ADVERTISEMENT|(?:STORY|ARTICLE) CONTINUES BELOW(?: ADVERTISEMENT)?|SCROLL DOWN FOR VIDEO)\b[.:]?",
)
"""What a page shouts in capitals between two sentences, often without a full stop."""

SHOUTS = (
    "SIGN UP,SUBSCRIBE,DONATE,JOIN US,CLICK HERE,READ MORE,FOLLOW US,SUPPORT US,ADVERTISEMENT,CONTINUES BELOW,"
    "SCROLL DOWN FOR VIDEO"
).split(",")
"""One of these stands in whatever `SHOUTED` matches; to look for them is much cheaper than to try the rule."""

POSTED = "The post "
POSTS = re.compile(
    POSTED + r".{1,300}? (?:(?:first )?appeared first on|was originally published on) [^.!?]{1,80}\.?$", re.IGNORECASE
)
LONGEST_POST = 500
"""What WordPress hangs on the end of an excerpt, and how many characters it may have."""

TAILS = _rules(
    r"(?<![\w'])(?:Continue reading|Read more|Read on|Keep reading|Read the full (?:story|article|piece)(?: here)?"
    r"|Read full article|Find out more|Learn more|View comments|Click here for more)\s*(?:\.{3}|…|→|»|>+|\.)?$",
    r"\[\s*(?:…|\.{3})\s*\]$",
    r"(?:(?<=[.!?…”’\"'])\s+|^)submitted by\s+\S{1,40} \[link\] \[comments\]$",
    r"(?:Share this:? )?(?:(?:Twitter|X|Facebook|WhatsApp|Email|LinkedIn) )*Like this: Like Loading(?:\.{3}|…)$",
    r"(?:(?<=[.!?…”’\"'])\s+|^)"
    r"(?:Share this|Share on (?:Facebook|Twitter|X|WhatsApp|LinkedIn)|Email this|Tweet|Comments?)\s*\d*$",
)
"""What other feeds hang on the end of an excerpt."""

LONGEST_TAIL = 120
ENDINGS = "ontinue reading,ead more,ead on,eep reading,ead the full,ead full,ind out more,earn more,iew comments".split(
    ","
)
ENDINGS += "ere for more,hare this,hare on,mail this,weet,omment,oading,]".split(",")
"""One of these stands in whatever `TAILS` matches."""

HEADS = _rules(
    r"^Avatar(?:\s+photo)?(?=\s+[A-Z‘“\"'£\d]|$)",
    r"^(?:Listen to this article|Listen to article|\d+ min(?:ute)?s? read)\b[:.]?",
    r"^(?:Getting your Trinity Audio player ready)(?:\.{3}|…)?",
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
    rf"join (?:our|the) .{{0,60}}\b(?:{LETTER}|whatsapp (?:channel|group|community)|supporters?|members?)\b.*",
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
    r"follow .{1,40} on (?:twitter|x|facebook|bluesky|instagram|tiktok|threads|linkedin|whatsapp|google news)\b.*",
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
    r"(?:help )?support our (?:independent )?journalism\b.*",
    r".{1,60} is a reader-supported publication\b.*",
    r"thanks for reading\b.{0,80}",
    r"this (?:post|episode|article) is (?:only )?for (?:paid|paying) subscribers\b.{0,60}",
    r"upgrade to (?:a )?paid\b.{0,60}",
    r".{1,200} was originally published in .{1,80} on medium, where people are continuing\b.*",
    r"hosted (?:on|by) acast\b.*",
    r"see (?:acast|omnystudio|pcm\.adswizz)\.com\b.{0,40}\bfor (?:more|privacy) information\b.*",
    r"(?:learn more about your ad choices\b.*|visit megaphone\.fm\b.*)",
    r"photo(?:graph)? by .{1,60} on (?:unsplash|pexels|flickr)\b.{0,20}",
    r"(?:article|comments) url: \S+.{0,120}",
)
"""Whole sentences that ask, sell, or point elsewhere on the page; written, and held against them, in lower case."""

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
"""Asks that only one publisher makes, by its name without case, spaces and dots; in lower case as well."""

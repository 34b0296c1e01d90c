"""A sentence -> whether it is talk around the news: a teaser, a call to do something, a live blog's small talk."""

import re

_TEASER = re.compile(
    r"\b(?:read more|read on|click here|find out (?:why|how|what|who|more|whether|which|where)"
    r"|here(?:['’]s| is| are) (?:why|what|how|who|where|when|everything|all|the|a|our|some|\d+"
    r"|two|three|four|five|six|seven|eight|nine|ten)"
    r"|this is (?:why|how|what)|what (?:we|to) know|need to know|everything (?:we|to) know"
    r"|all the (?:latest|key|details)|full (?:story|list|report|details) (?:here|below|on)|scroll down|below (?:is|are)"
    r"|see (?:below|more|also)|more (?:here|below|to follow|soon)|breaking news story"
    r"|(?:a|the|this|our) (?:guide|explainer|round-?up|timeline|recap) (?:to|of|on)|won['’]t believe|takes a look"
    r"|looks (?:back )?at (?:the|how|why|what|who|whether)"
    r"|(?:explains?|examines?|explores?|asks|assesses|considers|analyses|discuss(?:es)?|reveals?)"
    r" (?:why|how|what|who|whether|the (?:latest|big))"
    r"|watch (?:the|this|as|how|live|moment)|listen (?:to|here|now)"
    r"|(?:video|pictures?|photos?|gallery) (?:shows?|below)"
    r"|this (?:story|article|page|report|piece|video|interview|episode|edition) (?:is|was|will be|has been|contains)"
    r")\b",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"\b(?:subscribe|subscribers? (?:only|can)|sign up|sign in|log in|newsletters?|e-?mail (?:us|me)"
    r"|donate (?:now|here|today|to us)|download|podcasts?|tell us|have your say|get in touch|let us know|share your"
    r"|join (?:us|our|the conversation)|send us|follow (?:us|our|the (?:latest|live)|along|live)"
    r"|stay (?:up to date|tuned|with us)|in the comments|tune in|vote in our|take our (?:poll|quiz)|support us"
    r"|become a (?:supporter|subscriber)|advertisement|cookies)\b"
    r"|\banyone with information\b|\b(?:call|phone|ring|text) (?:\+|0|\d{3})[\d -]{5}"
    r"|https?://|www\.|\bpic\.twitter|@\w|\bt\.co/",
    re.IGNORECASE,
)
_ZONE = r"(?:GMT|BST|EDT|EST|ET|PT|PDT|CET|IST|UTC|CST)"
_LIVE = re.compile(
    r"^(?:good (?:morning|afternoon|evening)|hello|hi|welcome|morning all|thanks for (?:reading|joining|following))\b"
    r"|\b(?:welcome to (?:our|the|today|politics|this)|live (?:blog|updates?|coverage|feed|stream|reporting)|liveblog"
    r"|minute[- ]by[- ]minute|as it happen(?:s|ed)|rolling coverage|(?:that['’]s|that is) (?:all|it) (?:from|for)"
    r"|closing (?:this|the) blog|handing over to|updates? (?:to|will) follow|developing story"
    r"|key (?:events|moments|developments)|latest (?:updates|headlines)|warning: this|last (?:updated|modified)"
    r"|first published|updated (?:at|on)|(?:an )?earlier version of this"
    r"|this (?:article|story|headline|report) (?:was|has been) (?:amended|corrected|changed|edited))\b"
    r"|^(?:correction|corrections|clarification|editor['’]s note|update)\b ?[:–—-]"
    rf"|^(?:at )?\d{{1,2}} ?[.:] ?\d\d(?:\s?[ap]\.?m\b)?|\b\d{{1,2}} ?[.:] ?\d\d\s?(?:[ap]\.?m\.?\s)?{_ZONE}\b",
    re.IGNORECASE,
)


def is_teaser(text: str) -> bool:
    """Say whether a sentence only makes curious: «Here’s what we know», «Find out why»."""
    return bool(_TEASER.search(text))


def is_call(text: str) -> bool:
    """Say whether a sentence asks readers to do something, or holds an address: «Sign up», «Email us»."""
    return bool(_CALL.search(text))


def is_live(text: str) -> bool:
    """Say whether a sentence is a live blog's: greetings, time stamps; or a page's word on itself."""
    return bool(_LIVE.search(text))

"""Text that was UTF-8 and was read as windows-1252 or Latin-1 («Itâ€™s», «cafÃ©») -> the text that was meant."""

import re

CONTINUED = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
"""The bytes 80 to BF as either encoding shows them; those that windows-1252 leaves open stay what they are."""

LEADS = "ÂÃÄÅâð"
SEQUENCE = re.compile(f"[ÂÃÄÅ]{CONTINUED}|â{CONTINUED}{{2}}|ð{CONTINUED}{{3}}")
"""What one character of two, three or four bytes (RFC 3629) looks like when each byte is read as a character: those
that begin with the bytes C2 to C5, E2 and F0, which is what all that is in `MEANT` begins with."""

MEANT = re.compile("[\xa0-\u017f\u200b-\u2044\u20ac\u2122\u2190-\u2193\u2212\U0001f000-\U0001faff]")
"""What English news writes beyond ASCII: accents, Welsh circumflexes, quotes, dashes, signs, emoji. Anything else
that a sequence could stand for (a Syriac letter for «Ü”») is more likely two characters side by side."""

LEFT = re.compile("\ufffd|\xef\xbf\xbd|â€|Ã[\x80-\xbf]")
"""What is still seen of it where bytes were lost on the way; no language writes so."""

ROUNDS = 3
"""How often the mistake may have been made on one text."""


def mended(text: str) -> str:
    """Put right every sequence that is exactly the UTF-8 of one likely character; all else stays as it is."""
    for _ in range(ROUNDS):
        if text.isascii() or not any(lead in text for lead in LEADS):
            break
        text = SEQUENCE.sub(_meant, text)
    return text


def is_garbled(text: str) -> bool:
    """Whether letters are lost in it for good."""
    return not text.isascii() and any(sign in text for sign in "\ufffdïâÃ") and LEFT.search(text) is not None


def _meant(found: re.Match[str]) -> str:
    """The one character, or the sequence itself where it is none."""
    sequence = found.group()
    try:
        character = bytes(map(_byte, sequence)).decode("utf-8")
    except UnicodeDecodeError:  # looks like UTF-8 by chance only
        return sequence
    return character if MEANT.fullmatch(character) else sequence


def _byte(character: str) -> int:
    """The byte that windows-1252, or else Latin-1, shows as this character."""
    code = ord(character)
    return code if code < 0x100 else character.encode("windows-1252")[0]

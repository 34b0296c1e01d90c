"""Text from feeds -> text that readers read as it was written and no mail provider takes for its merge syntax.

Every provider has its own: `%recipient.x%` (Mailgun), `{{x}}` (SES, SendGrid, Postmark, Brevo), `{{{x}}}`
(Resend), `*|X|*` (Mandrill), `[[x]]`, `<% %>`, `[unsubscribe]`. All of them are disarmed once, at
render, so that the approved bytes are right for whoever sends them.

premailer parses the page and writes it anew, which would undo entities. So the characters that open
or close such a tag become private-use characters first (`mark`), and after inlining entities
(`as_entities`) or, in plain text, themselves with a WORD JOINER behind them (`as_joined`).

Not covered: tags made of ordinary text, such as SendGrid's `-name-`. There the sender chooses the
tag, so an adapter must choose one that no text can hold.
"""

import re

from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER

WORD_JOINER = "\u2060"
PRIVATE = 0xE000
MARKED = "{}%[]*|<$#@~."

_MARKS = {ord(character): chr(PRIVATE + ord(character)) for character in MARKED}
_ENTITIES = {ord(mark): f"&#{code};" for code, mark in _MARKS.items()}
_JOINED = {ord(mark): chr(code) + WORD_JOINER for code, mark in _MARKS.items()}

_NEVER_PRINTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls: some end a page in mid-sentence
    "\ud800-\udfff\ufffe\uffff"  # halves of characters, and none at all
    "\u202a-\u202e\u2066-\u2069]"  # turn the reading direction of what follows
)
_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
_PLACEHOLDER_HOST = UNSUBSCRIBE_PLACEHOLDER.removeprefix("https://").rstrip("/")
_SYNTAX = re.compile(
    r"""
      [{}]                                     # {{x}}  {{{x}}}  {% %}  {$x}
    | [$\#@*~] (?=[({])  |  [%\#] (?=\})       # ${x}  #{x}  @(x)  %}  #}
    | % (?=[^\W\d] | [%\[(=@$>])               # %recipient.x%  %%x%%  %[x]%  %>
    | \[ (?=[\[%\#=@] | [\w-]+\])  |  \] (?=\])  # [[x]]  [%x%]  [#x]  [unsubscribe]
    | \* (?=\|)  |  \| (?=\*)                  # *|X|*
    | < (?=[%\#?@$<] | https?: | mailto:)      # <% %>  <#x>  and the <addresses> of our own text part
    | (?<=unsubscribe) \. (?=digest\.invalid)  # our own placeholder
    """,
    re.VERBOSE | re.IGNORECASE,
)


def mark(text: str) -> str:
    """Text with every character that opens or closes merge syntax replaced by its mark; idempotent.

    Characters that can be neither printed nor parsed are dropped, and every sort of line
    end becomes a newline. A feed that writes our marks itself gains nothing: they come out disarmed.
    """
    printable = _NEVER_PRINTED.sub("", _LINE_END.sub("\n", text))
    return _SYNTAX.sub(lambda found: found[0].translate(_MARKS), printable)


def as_entities(html: str) -> str:
    """Marks become numeric entities: a browser shows the character, a template engine sees none."""
    return html.translate(_ENTITIES)


def as_joined(text: str) -> str:
    """Marks become the character and a WORD JOINER (no width, no line break): for text part and subject."""
    return text.translate(_JOINED)


def addressed(part: str) -> str:
    """The part of a URL behind its host with our placeholder's host disarmed."""
    return re.sub(re.escape(_PLACEHOLDER_HOST), lambda found: found[0].replace(".", "%2E"), part, flags=re.IGNORECASE)

"""What a mail server answered to one copy, and when -> what that says of the copy, of the others and of us.

Codes are those of RFC 5321 (section 4.2), RFC 4954 (authentication) and RFC 3463 (enhanced status codes).
"""

from dataclasses import dataclass
from enum import StrEnum

from digest.deliver.bounces import bounce_class, enhanced_status
from digest.model.feedback import BounceClass


class Stage(StrEnum):
    """The steps of handing over one copy; what is said after `END` (the dot that ends it) decides."""

    MAIL = "MAIL FROM"
    RECIPIENT = "RCPT TO"
    DATA = "DATA"
    END = "end of data"


class Verdict(StrEnum):
    """What is known of a copy, and whom the answer is about.

    `taken`; `later`: this copy was not taken yet; `all later`: nothing is taken now; `refused`: for good, because of
    this reader or this message; `unclear`: for good, and it may be us who are refused; `ours`: we are refused;
    `unknown`: the end of the data was sent, and what came of it was not said (RFC 1047).
    """

    TAKEN = "taken"
    LATER = "later"
    ALL_LATER = "all later"
    REFUSED = "refused"
    UNCLEAR = "unclear"
    OURS = "ours"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer that ended the hand-over of a copy, with the step it answered; code 0 is an answer that was lost."""

    stage: Stage
    code: int
    text: str


CLOSING = 421
"""«Service not available, closing transmission channel»: may answer anything, and is about the connection."""

_ABOUT_US = frozenset({523, 530, 534, 535, 538})
"""Authentication is required, too weak, or wrong; encryption is required (RFC 4954, section 6)."""

_ITS_SYSTEM = "5.3."
_TOO_MANY = 552
"""At RCPT an old word for 452, «too many recipients», to be treated as such (RFC 5321, section 4.5.3.1.10)."""


def verdict(reply: Reply) -> Verdict:
    """Judge a reply by its code, its step and its enhanced status code.

    MAIL FROM speaks of the sender, which is ours in every copy; so does whatever answers it but a yes. A refusal for
    good is the reader's only where its status code says so (RFC 3463: addressing, mailbox, routing): «550 no» may also
    mean that we may not send here at all, and what its own system will not take (5.3.4: too long) it takes for nobody.
    """
    match reply.code // 100:
        case 2 if reply.stage is Stage.END:
            return Verdict.TAKEN
        case 4:
            is_about_all = reply.stage is Stage.MAIL or (reply.code == CLOSING and reply.stage is not Stage.END)
            return Verdict.ALL_LATER if is_about_all else Verdict.LATER
        case 5:
            return _refusal(reply)
        case _:
            return Verdict.UNKNOWN if reply.stage is Stage.END else Verdict.ALL_LATER


def _refusal(reply: Reply) -> Verdict:
    status = enhanced_status(reply.text)
    if reply.stage is Stage.MAIL or reply.code in _ABOUT_US:
        return Verdict.OURS
    if reply.stage is Stage.RECIPIENT and reply.code == _TOO_MANY and status in {"", "5.5.3"}:
        return Verdict.LATER
    is_the_readers = bounce_class(status, said=BounceClass.OURS) is not BounceClass.OURS
    return Verdict.REFUSED if is_the_readers and not status.startswith(_ITS_SYSTEM) else Verdict.UNCLEAR

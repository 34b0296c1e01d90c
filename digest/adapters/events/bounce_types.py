"""Type and subtype of a bounce, as Amazon SES has them and Resend hands them on -> what it says of the address.

Source: the SES guide, «Contents of event data that Amazon SES publishes to Amazon SNS», «Bounce types»; and
resend.com/docs, «Email Bounces».
"""

from collections.abc import Mapping

from digest.deliver.bounces import bounce_class
from digest.model.feedback import BounceClass

_TYPES: Mapping[tuple[str, str], BounceClass] = {
    ("Permanent", "General"): BounceClass.HARD,
    ("Permanent", "NoEmail"): BounceClass.HARD,
    ("Permanent", "Suppressed"): BounceClass.HARD,
    ("Permanent", "OnAccountSuppressionList"): BounceClass.HARD,
    ("Transient", "MessageTooLarge"): BounceClass.OURS,
    ("Transient", "ContentRejected"): BounceClass.OURS,
    ("Transient", "AttachmentRejected"): BounceClass.OURS,
}
"""Every other one is soft: many in a row are needed to act."""


def class_of(kind: str, subtype: str, *, status: str) -> BounceClass:
    """Class a bounce by its type, and by its status code (RFC 3463) where that is kinder to the address.

    A code never makes an address hard that the provider has not called so.
    """
    said = _TYPES.get((kind, subtype), BounceClass.SOFT)
    if said is BounceClass.OURS:
        return said
    by_code = bounce_class(status, said=said)
    return said if by_code is BounceClass.HARD else by_code

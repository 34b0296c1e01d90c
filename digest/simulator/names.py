"""The name of a provider -> how it speaks. To add one, add its line here."""

from collections.abc import Callable, Mapping

from digest.errors import UsageError
from digest.simulator.dialect import Dialect
from digest.simulator.providers.brevo import Brevo
from digest.simulator.providers.mailgun import Mailgun
from digest.simulator.providers.postmark import Postmark
from digest.simulator.providers.resend import Resend
from digest.simulator.providers.sendgrid import Sendgrid
from digest.simulator.providers.ses import Ses

DIALECTS: Mapping[str, Callable[[], Dialect]] = {
    "mailgun": Mailgun,
    "ses": Ses,
    "resend": Resend,
    "brevo": Brevo,
    "postmark": Postmark,
    "sendgrid": Sendgrid,
}


def dialect(name: str) -> Dialect:
    """The provider's dialect; UsageError for a name that is none."""
    if name not in DIALECTS:
        raise UsageError(f"there is no provider {name!r} to simulate", mend=f"write one of: {', '.join(DIALECTS)}.")
    return DIALECTS[name]()

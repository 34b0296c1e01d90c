"""The name of a provider -> how it speaks. To add one, add its line here."""

from collections.abc import Callable, Mapping

from digest.errors import UsageError
from digest.simulator.dialect import Dialect
from digest.simulator.providers.mailgun import Mailgun
from digest.simulator.providers.postmark import Postmark

DIALECTS: Mapping[str, Callable[[], Dialect]] = {
    "mailgun": Mailgun,
    "postmark": Postmark,
}


def dialect(name: str) -> Dialect:
    """The provider's dialect; UsageError for a name that is none."""
    if name not in DIALECTS:
        raise UsageError(f"there is no provider {name!r} to simulate", mend=f"write one of: {', '.join(DIALECTS)}.")
    return DIALECTS[name]()

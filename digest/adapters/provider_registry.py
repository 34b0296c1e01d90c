"""The name of a provider -> the provider, ready for use. To add one, add its line here."""

from collections.abc import Mapping
from importlib import import_module

from digest.errors import ConfigError
from digest.ports.world import Provider

PROVIDERS: Mapping[str, str] = {
    "outbox": "Outbox",
    "mailgun": "Mailgun",
    "postmark": "Postmark",
    "resend": "Resend",
    "ses": "Ses",
    "brevo": "Brevo",
    "sendgrid": "Sendgrid",
}
"""Name, which is also its module's in `providers/` -> class. Its constructor takes the fields of its table in
config/providers.py and its secrets, by name."""


def build(name: str, options: Mapping[str, object]) -> Provider:
    """Make the provider `name` from its options, secrets among them as plain text; what is None is left to it.

    Modules are imported when they are used: who writes to the outbox pays for no HTTP client. ConfigError for a name,
    or for options, that do not exist or are missing.
    """
    if name not in PROVIDERS:
        raise ConfigError(f"there is no provider {name!r}.", mend=f"Write one of: {', '.join(PROVIDERS)}.")
    made = getattr(import_module(f"digest.adapters.providers.{name}"), PROVIDERS[name])
    given = {option: value for option, value in options.items() if value is not None}
    try:
        provider: Provider = made(**given)
    except TypeError as error:  # its text names the arguments, never their values
        raise ConfigError(f"the options of provider {name!r}: {error}.", mend="Correct its table.") from None
    return provider

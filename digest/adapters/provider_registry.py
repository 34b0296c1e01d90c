"""The name of a provider -> the provider, ready for use. To add one, add its line here."""

from collections.abc import Callable, Mapping
from pathlib import Path

from digest.errors import ConfigError
from digest.ports.world import Provider

Options = Mapping[str, str]


def build(name: str, options: Options) -> Provider:
    """Make the provider `name` from its options (secrets among them, as plain text).

    Libraries are imported where they are used: who writes to the outbox pays for no HTTP client.
    ConfigError for a name, or for options, that do not exist or are missing.
    """
    if name not in PROVIDERS:
        raise ConfigError(f"there is no provider {name!r}.", mend=f"Write one of: {', '.join(PROVIDERS)}.")
    required, optional, builder = PROVIDERS[name]
    missing = sorted(each for each in required if not options.get(each))
    unknown = sorted(set(options) - set(required) - set(optional))
    if missing or unknown:
        wrong = [f"{each} is missing" for each in missing] + [f"{each} is unknown" for each in unknown]
        raise ConfigError(
            f"the options of provider {name!r}: {', '.join(wrong)}.",
            mend=f"Required: {', '.join(required)}; optional: {', '.join(optional) or 'none'}.",
        )
    return builder(options)


def _outbox(options: Options) -> Provider:
    from digest.adapters.providers.outbox import Outbox

    return Outbox(Path(options["directory"]))


def _mailgun(options: Options) -> Provider:
    from digest.adapters.providers.mailgun import Mailgun

    return Mailgun(
        domain=options["domain"],
        api_key=options["api_key"],
        region=options.get("region") or "eu",
        base_url=options.get("base_url") or None,
    )


def _postmark(options: Options) -> Provider:
    from digest.adapters.providers.postmark import BROADCAST, Postmark

    return Postmark(
        server_token=options["server_token"],
        stream=options.get("stream") or BROADCAST,
        base_url=options.get("base_url") or None,
    )


PROVIDERS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], Callable[[Options], Provider]]] = {
    "outbox": (("directory",), (), _outbox),
    "mailgun": (("domain", "api_key"), ("region", "base_url"), _mailgun),
    "postmark": (("server_token",), ("stream", "base_url"), _postmark),
}
"""Name -> (required options, optional options, builder)."""

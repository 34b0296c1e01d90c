"""DIGEST_* variables, or the files they name -> secrets that never print themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

SECRET_OPTIONS: Mapping[str, str] = {"mailgun": "api_key", "postmark": "server_token"}
"""By provider, the option that is a secret: DIGEST_MAILGUN_API_KEY."""

NAMES = ("secret_key", *(f"{provider}_{option}" for provider, option in SECRET_OPTIONS.items()))
"""Each is read from DIGEST_NAME, or from the file that DIGEST_NAME_FILE names, as Docker and systemd hand it over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What never stands in a file that is shared; left out of every repr."""

    secret_key: str = field(default="", repr=False)
    mailgun_api_key: str = field(default="", repr=False)
    postmark_server_token: str = field(default="", repr=False)

    def of(self, provider: str) -> str:
        """The secret of a provider that has one; empty where it is not given."""
        return str(getattr(self, f"{provider}_{SECRET_OPTIONS[provider]}"))


def read(environment: Mapping[str, str], mistakes: list[str]) -> Secrets:
    """Return the secrets in `environment`; a file that cannot be read becomes a line in `mistakes`."""
    return Secrets(**{name: _value(name, environment, mistakes) for name in NAMES})


def _value(name: str, environment: Mapping[str, str], mistakes: list[str]) -> str:
    variable = f"DIGEST_{name.upper()}"
    path = environment.get(f"{variable}_FILE")
    if not path:
        return environment.get(variable, "").strip()
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        mistakes.append(f"{variable}_FILE: {path} cannot be read ({error}); name a readable text file")
        return ""

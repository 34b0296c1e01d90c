"""DIGEST_* variables, or the files they name -> secrets that never print themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from digest.config.providers import TABLES

NAMES = ("secret_key", *(f"{provider}_{option}" for provider, table in TABLES.items() for option in table.secrets))
"""Each is read from DIGEST_NAME, or from the file that DIGEST_NAME_FILE names, as Docker and systemd hand it over."""


_MANY_LINES = frozenset({"smtp_dkim_key"})
_ANY_LETTERS = frozenset({"secret_key"})
"""All others go into headers and log-ins as they are: what is not printable ASCII was copied wrongly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What never stands in a file that is shared; left out of every repr. `by_name` has every one of NAMES."""

    by_name: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def secret_key(self) -> str:
        """What links are signed with; empty where it is not given."""
        return self.by_name.get("secret_key", "")

    def of(self, provider: str) -> dict[str, str]:
        """The secrets of a provider that are given, by option."""
        given = {option: self.by_name.get(f"{provider}_{option}", "") for option in TABLES[provider].secrets}
        return {option: secret for option, secret in given.items() if secret}


def variable(provider: str, option: str) -> str:
    """The variable in which a provider's secret stands."""
    return f"DIGEST_{provider}_{option}".upper()


def read(environment: Mapping[str, str], mistakes: list[str]) -> Secrets:
    """Return the secrets in `environment`; a file that cannot be read, or no secret at all, is a line in `mistakes`."""
    by_name = {name: _value(name, environment, mistakes) for name in NAMES}
    for name, value in by_name.items():
        line = value.replace("\n", "") if name in _MANY_LINES else value
        if name not in _ANY_LETTERS and not (line.isascii() and line.isprintable()):
            mistakes.append(f"DIGEST_{name.upper()}: a letter or line break that cannot stand in it; copy it again")
    return Secrets(by_name=by_name)


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

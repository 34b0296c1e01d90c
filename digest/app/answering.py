"""Whether the public address has been seen to answer as ours: real mail goes out only then."""

from digest.app.app import App
from digest.errors import ConfigError

SEEN = "public_url seen"
"""The fact that is noted once the public address has been seen to answer; its value names the address and the key."""


def refuse_unready(app: App) -> None:
    """Refuse to run with a real provider until the unsubscribe page has been seen to answer.

    Raises:
        ConfigError: saying what is missing.

    """
    url = app.settings.file.newsroom.public_url
    if app.line.provider.is_real and app.line.facts.value(SEEN) != _identity(app, url):
        raise ConfigError(
            f"the unsubscribe page at {url} has not been seen to answer yet",
            mend="start `digest serve` behind that address, then run `digest doctor`.",
        )


def note_answer(app: App, url: str) -> None:
    """Remember that `url` answered as ours just now."""
    app.line.facts.note(SEEN, _identity(app, url), at=app.line.clock())


def _identity(app: App, url: str) -> str:
    """Return the address and what our key makes of it: with another key its links would be nobody's."""
    return f"{url} {app.proof_of_identity(url)[:16]}"

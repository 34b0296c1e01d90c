"""An alert -> a command or a webhook that tells somebody."""

import json
import subprocess
from collections.abc import Sequence

from digest.model.mail import Alert

TIMEOUT_SECONDS = 10
LONGEST_COMPLAINT = 300


class CommandNotifier:
    """`ports.Notifier` that runs a command, without a shell, with the alert as JSON on its standard input."""

    def __init__(self, argv: Sequence[str]) -> None:
        """`argv` is the command and its arguments."""
        self._argv = tuple(argv)

    def notify(self, alert: Alert) -> str:
        """Returns an empty string, or what went wrong in telling."""
        try:
            done = subprocess.run(  # noqa: S603 - the operator's own command, from the configuration
                self._argv, input=_json(alert), capture_output=True, timeout=TIMEOUT_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return f"{self._argv[0]} did not end within {TIMEOUT_SECONDS} seconds"
        except OSError as error:
            return f"{self._argv[0]} could not be run: {error}"
        if done.returncode == 0:
            return ""
        complaint = done.stderr.decode(errors="replace").strip()[:LONGEST_COMPLAINT]
        return f"{self._argv[0]} ended with {done.returncode}: {complaint}"


class WebhookNotifier:
    """`ports.Notifier` that posts the alert as JSON."""

    def __init__(self, url: str) -> None:
        """`url` takes a POST and answers 2xx."""
        self._url = url

    def notify(self, alert: Alert) -> str:
        """Returns an empty string, or what went wrong in telling. The address is not repeated: it may hold a secret."""
        import requests

        from digest.adapters.answers import open_session

        try:
            with open_session() as session:
                answer = session.post(
                    self._url,
                    data=_json(alert),
                    headers={"Content-Type": "application/json"},
                    timeout=TIMEOUT_SECONDS,
                    allow_redirects=False,
                )
        except requests.RequestException as error:
            return f"the webhook could not be reached ({type(error).__name__})"
        return "" if answer.ok and not answer.is_redirect else f"the webhook answered HTTP {answer.status_code}"


class NoNotifier:
    """`ports.Notifier` for those who read the log."""

    def notify(self, alert: Alert) -> str:
        """Tells nobody, and that is as it was wished."""
        del alert
        return ""


def _json(alert: Alert) -> bytes:
    """The alert as the receiver gets it; the instant in ISO 8601."""
    told = {"key": alert.key, "kind": alert.kind, "message": alert.message, "at": alert.at.isoformat()}
    return json.dumps(told, ensure_ascii=False).encode()

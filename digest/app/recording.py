"""The address of a recorded stream -> its list of feeds, and its clock, which can be turned."""

from datetime import UTC, datetime

import requests

from digest.errors import Unreachable

PATIENCE_SECONDS = 20


def turn(stream: str, moment: datetime) -> None:
    """Move the stream's server to an instant: `POST /clock` with it in ISO 8601, UTC.

    Raises:
        Unreachable: when nobody answers there, or not with a success.

    """
    url = f"{stream.rstrip('/')}/clock"
    try:
        answer = requests.post(url, data=f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", timeout=PATIENCE_SECONDS)
        answer.raise_for_status()
    except requests.RequestException as error:
        raise Unreachable(
            f"{url}: {error}", mend="start the server of the recorded stream, or correct --stream."
        ) from error


def list_of(stream: str) -> str:
    """Return the address of the stream's list of feeds (OPML)."""
    return f"{stream.rstrip('/')}/opml"

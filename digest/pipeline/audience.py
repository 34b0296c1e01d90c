"""Whether there is anybody to send to."""

from digest.pipeline.line import Line


def has_readers(newsletter: str, line: Line) -> bool:
    """Say whether anybody is subscribed."""
    return line.readers.counts().get(newsletter, {}).get("active", 0) > 0

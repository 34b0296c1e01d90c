"""Readers come and go: an import of a list, and the one click that ends a subscription."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from digest.deliver.readers_csv import read
from digest.model.reader import BadRow, Subscriber
from digest.pipeline.line import Line

PROOF_DELIVERY = 0
"""The delivery id in the links of proofs: no reader stands behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What an import would do: the good rows, what they would change, and the rows that cannot be taken."""

    good: tuple[Subscriber, ...]
    bad: tuple[BadRow, ...]
    changes: Mapping[str, int]


class Standing(StrEnum):
    """What stands behind an unsubscribe link."""

    SUBSCRIBED = "subscribed"
    GONE = "gone"
    PROOF = "proof"
    UNKNOWN = "unknown"


def plan_import(text: str, line: Line) -> ImportPlan:
    """Read a CSV of readers and say what taking it would do; nothing is written.

    Raises:
        DigestError: when the header is not the one asked for.

    """
    newsletters = [schedule.newsletter for schedule in line.newsroom.schedules]
    good, bad = read(text, newsletters=newsletters)
    return ImportPlan(good=good, bad=bad, changes=line.readers.preview_import(good))


def carry_out_import(plan: ImportPlan, line: Line) -> Mapping[str, int]:
    """Take the good rows of a plan."""
    return line.readers.import_subscribers(plan.good, at=line.clock())


def standing(delivery_id: int, line: Line) -> tuple[Standing, str]:
    """Return what stands behind a link, and the newsletter's title; reading it changes nothing."""
    if delivery_id == PROOF_DELIVERY:
        return Standing.PROOF, ""
    found = line.readers.subscription(delivery_id)
    if found is None:
        return Standing.UNKNOWN, ""
    newsletter, state = found
    return (Standing.SUBSCRIBED if state == "active" else Standing.GONE), _title(newsletter, line)


def unsubscribe(delivery_id: int, line: Line) -> tuple[Standing, str]:
    """End the subscription behind a link; doing it twice is the same as once."""
    before, title = standing(delivery_id, line)
    if before is Standing.SUBSCRIBED:
        line.readers.unsubscribe(delivery_id, at=line.clock())
        return Standing.GONE, title
    return before, title


def _title(newsletter: str, line: Line) -> str:
    titles = {schedule.newsletter: schedule.title for schedule in line.newsroom.schedules}
    return titles.get(newsletter, line.newsroom.brand.name)

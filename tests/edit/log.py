"""Decisions for tests: about a story, with its number, by somebody, at some time."""

from datetime import timedelta
from typing import Any

from digest.model.decision import Act, Decided, Decision
from digest.model.story import Ranked
from tests.builders import NOW


def logged(number: int, decision: Decision, *, by: str = "Ada") -> Decided:
    return Decided(number=number, at=NOW + timedelta(minutes=number), by=by, decision=decision)


def about(act: Act, story: Ranked, **given: Any) -> Decision:
    values: dict[str, Any] = {
        "story": story.story.id,
        "headline": story.story.items[0].title,
        "items": tuple(item.id for item in story.story.items),
    }
    return Decision(act=act, **(values | given))


def undoing(number: int) -> Decision:
    return Decision(act=Act.UNDO, undoes=number)

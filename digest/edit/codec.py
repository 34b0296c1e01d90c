"""A judgement, a decision about it, and the case it makes <-> JSON, for the store and for files."""

from functools import lru_cache
from typing import TYPE_CHECKING

from digest.model.case import Case
from digest.model.decision import Decision
from digest.model.edition import Judgement

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def dump(judgement: Judgement) -> str:
    """Return the judgement as JSON; `load` gives back an equal value."""
    return _adapter().dump_json(judgement).decode()


def load(text: str) -> Judgement:
    """Return the judgement that `dump` wrote; pydantic.ValidationError when the text is something else."""
    return _adapter().validate_json(text)


def dump_decision(decision: Decision) -> str:
    """Return the decision as JSON, without what is empty in it; `load_decision` gives back an equal value."""
    return _decisions().dump_json(decision, exclude_defaults=True).decode()


def load_decision(text: str) -> Decision:
    """Return the decision that `dump_decision` wrote; pydantic.ValidationError when the text is something else."""
    return _decisions().validate_json(text)


def dump_case(case: Case) -> str:
    """Return the case as one line of JSON, without what is empty in it; `load_case` gives back an equal value."""
    return _cases().dump_json(case, exclude_defaults=True).decode()


def load_case(text: str) -> Case:
    """Return the case that `dump_case` wrote; pydantic.ValidationError when the text is something else."""
    return _cases().validate_json(text)


@lru_cache(maxsize=1)
def _adapter() -> "TypeAdapter[Judgement]":
    from pydantic import TypeAdapter

    return TypeAdapter(Judgement)


@lru_cache(maxsize=1)
def _decisions() -> "TypeAdapter[Decision]":
    from pydantic import TypeAdapter

    return TypeAdapter(Decision)


@lru_cache(maxsize=1)
def _cases() -> "TypeAdapter[Case]":
    from pydantic import TypeAdapter

    return TypeAdapter(Case)

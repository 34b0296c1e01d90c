"""A judgement <-> JSON, for the store."""

from functools import lru_cache
from typing import TYPE_CHECKING

from digest.model.edition import Judgement

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def dump(judgement: Judgement) -> str:
    """Return the judgement as JSON; `load` gives back an equal value."""
    return _adapter().dump_json(judgement).decode()


def load(text: str) -> Judgement:
    """Return the judgement that `dump` wrote; pydantic.ValidationError when the text is something else."""
    return _adapter().validate_json(text)


@lru_cache(maxsize=1)
def _adapter() -> "TypeAdapter[Judgement]":
    from pydantic import TypeAdapter

    return TypeAdapter(Judgement)

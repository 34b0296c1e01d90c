"""A text with variables -> a function that fills them in, read once for all the readers of a call."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from digest.simulator.exchange import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Literal text and names of variables, in turn: the odd ones are names."""

    parts: tuple[str, ...]

    def filled(self, variables: Mapping[str, object], *, whose: str) -> str:
        """The text for one reader; Refused for a variable he has not got."""
        if len(self.parts) == 1:
            return self.parts[0]
        try:
            if len(self.parts) == 3 and self.parts[0] == self.parts[2] == "":
                return str(variables[self.parts[1]])  # a variable and nothing else: most are
            return "".join(str(variables[part]) if number % 2 else part for number, part in enumerate(self.parts))
        except KeyError as error:
            raise Refused(f"the variable {error} is used, and {whose} has none") from error


def template(text: str, variable: re.Pattern[str]) -> Template:
    """Read a text; the pattern has one group, the variable's name."""
    return Template(parts=tuple(variable.split(text)))

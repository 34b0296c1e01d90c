"""A script and the calls as they come -> the rule for each."""

from collections.abc import Callable

from digest.simulator.script import Do, Rule, Script


class Faults:
    """Keeps count of how often each rule was used. One thread at a time."""

    def __init__(self, script: Script) -> None:
        """A new script begins with rules that are all unused."""
        self.script = script
        self._uses = [0] * len(script.rules)
        self._refused = 0

    def refusal(self, call: int) -> Rule | None:
        """The rule by which the call that comes next finds nobody listening; asked twice of a number, there is none."""
        if call <= self._refused:
            return None
        self._refused = call
        return self._used(call, lambda rule: rule.do is Do.REFUSE)

    def unread(self, call: int) -> Rule | None:
        """The rule that ends a call before it is read."""
        return self._used(call, lambda rule: rule.do is Do.RESET_UNREAD)

    def read(self, call: int, addresses: tuple[str, ...], tags: tuple[str, ...]) -> Rule | None:
        """The first rule that fits a call."""
        return self._used(call, lambda rule: not rule.do.is_unread and rule.fits_content(addresses, tags))

    def _used(self, call: int, fits: Callable[[Rule], bool]) -> Rule | None:
        for place, rule in enumerate(self.script.rules):
            if rule.times and self._uses[place] >= rule.times:
                continue
            if fits(rule) and rule.fits_number(call, seed=self.script.seed, place=place):
                self._uses[place] += 1
                return rule
        return None

"""What editors are told above a proof: when it goes, what happens then, what the checks found, what to do."""

from collections import Counter
from dataclasses import dataclass

from digest.model.mail import Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The banner of a proof mail.

    `deadline` and `then` are sentences. `findings` are the errors and warnings; advice is for the
    desk. `commands` pairs what an editor may want with the command that does it. `decisions` is what
    editors have decided about the edition, a line each.
    """

    deadline: str
    then: str
    findings: tuple[Finding, ...]
    commands: tuple[tuple[str, str], ...]
    decisions: tuple[str, ...] = ()

    @property
    def tally(self) -> str:
        """The findings by number: «1 error and 2 warnings»."""
        counts = Counter(finding.severity for finding in self.findings)
        graver = (severity for severity in (Severity.ERROR, Severity.WARNING) if counts[severity])
        return " and ".join(f"{counts[one]} {one.value}{'s' if counts[one] > 1 else ''}" for one in graver)

"""What the doctor says of one thing it looked at."""

from dataclasses import dataclass

from digest.model.mail import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One thing looked at: fine (no severity), or wrong with what to do."""

    what: str
    found: str
    severity: Severity | None = None
    mend: str = ""

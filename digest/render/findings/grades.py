"""What a check found -> a finding of one grade; the model says what each grade does to an edition."""

from digest.model.mail import Finding, Severity


def error(check: str, what: str, *, where: str, mend: str, line: int = 0) -> Finding:
    """What must not go out: it blocks approval and sending."""
    return Finding(severity=Severity.ERROR, check=check, what=what, where=where, mend=mend, line=line)


def warning(check: str, what: str, *, where: str, mend: str, line: int = 0) -> Finding:
    """What may go out for a reason that is kept."""
    return Finding(severity=Severity.WARNING, check=check, what=what, where=where, mend=mend, line=line)


def advice(check: str, what: str, *, where: str, mend: str, line: int = 0) -> Finding:
    """What a good editor would look at again."""
    return Finding(severity=Severity.ADVICE, check=check, what=what, where=where, mend=mend, line=line)

"""What happened -> log lines: readable in a terminal, JSON under cron."""

import sys
from typing import Any

import structlog

from digest.errors import DigestError
from digest.pipeline.report import TickReport


def logger() -> Any:
    """Return a logger to standard error: coloured lines for a person, one JSON object a line for a machine."""
    is_person = sys.stderr.isatty()
    renderer: Any = structlog.dev.ConsoleRenderer() if is_person else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
    return structlog.get_logger()


def log_failure(error: DigestError) -> None:
    """Write that a tick could not be made at all; the next one tries again."""
    logger().error("failed", what=str(error))


def log_tick(report: TickReport) -> None:
    """Write what one tick did: a line for the collection, one for each newsletter, one for each trouble."""
    log = logger()
    if report.collected:
        failed = {line.source_id: "; ".join(line.problems) for line in report.collected.failed}
        log.info("collected", sources=len(report.collected.sources), new=report.collected.new_items, failed=failed)
    for outcome in report.outcomes:
        state = outcome.edition.state.value if outcome.edition else "none"
        log.info("newsletter", id=outcome.newsletter, day=str(outcome.day), state=state, done=list(outcome.done))
        for trouble in outcome.troubles:
            log.warning("trouble", id=outcome.newsletter, day=str(outcome.day), what=trouble)
    for trouble in report.troubles:
        log.warning("trouble", what=trouble)

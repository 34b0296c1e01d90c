"""What happened -> log lines: readable in a terminal, JSON under cron."""

import sys
from collections.abc import MutableMapping
from dataclasses import asdict
from typing import Any

import structlog

from digest.cli.terminal import harmless
from digest.errors import DigestError
from digest.model.feed import CollectReport
from digest.pipeline.report import TickReport


def logger() -> Any:
    """Return a logger to standard error: coloured lines for a person, one JSON object a line for a machine."""
    is_person = sys.stderr.isatty()
    renderer: Any = structlog.dev.ConsoleRenderer() if is_person else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            _harmless,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
    return structlog.get_logger()


def _harmless(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take control characters out of what is said; what stands in lists and tables is escaped where it is printed."""
    return {name: harmless(value) if isinstance(value, str) else value for name, value in event.items()}


def log_failure(error: DigestError) -> None:
    """Write that a tick could not be made at all; the next one tries again."""
    logger().error("failed", what=str(error))


def log_tick(report: TickReport) -> None:
    """Write what one tick did: a line for the collection, one for each newsletter, one for each trouble."""
    log = logger()
    if report.collected:
        log.info("collected", **_collection(report.collected))
    for outcome in report.outcomes:
        state = outcome.edition.state.value if outcome.edition else "none"
        log.info("newsletter", id=outcome.newsletter, day=str(outcome.day), state=state, done=list(outcome.done))
        for trouble in outcome.troubles:
            log.warning("trouble", id=outcome.newsletter, day=str(outcome.day), what=trouble)
    for trouble in report.troubles:
        log.warning("trouble", what=trouble)


def _collection(report: CollectReport) -> dict[str, Any]:
    """Return the figures of a collection, and each source that gave nothing with the reason, by outcome."""
    reasons = {
        outcome: {line.source_id: "; ".join(line.problems) for line in report.sources if line.outcome == outcome}
        for outcome in ("failed", "waiting", "gone")
    }
    named = {outcome: lines for outcome, lines in reasons.items() if lines or outcome == "failed"}
    forgotten = {"forgotten": list(report.forgotten)} if report.forgotten else {}
    articles = {line.source_id: asdict(line) for line in report.articles.lines}
    read = {"articles": articles} if articles else {}
    return {"sources": len(report.sources), "new": report.new_items, **named, **read, **forgotten}

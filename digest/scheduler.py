"""APScheduler for those without cron: the same idempotent tick, every minute, forever."""

from typing import TYPE_CHECKING

from digest.app.answering import refuse_unready
from digest.app.app import opened
from digest.app.clock import clock
from digest.app.failure import ringing
from digest.errors import DigestError
from digest.pipeline.report import TickReport
from digest.pipeline.tick import tick

if TYPE_CHECKING:
    from collections.abc import Callable

    from apscheduler.schedulers.blocking import BlockingScheduler

    from digest.config.load import Settings

EVERY_SECONDS = 60
GRACE_SECONDS = 3600
"""A tick that could not start in time (a sleeping laptop) still runs; the tick itself knows what is too late."""


def run_forever(
    settings: "Settings", *, told: "Callable[[TickReport], None]", failed: "Callable[[DigestError], None]"
) -> None:
    """Tick every minute until the process is stopped; ticks never overlap, and missed ones become one.

    Raises:
        DigestError: before the first tick, when the program cannot be opened or is not ready for real mail.
        What fails later is told to `failed`, and the next tick tries again.

    """
    with opened(settings, clock=clock(), progress=lambda *_: None, create=True) as app:
        refuse_unready(app)
    scheduler(settings, told=told, failed=failed).start()


def scheduler(
    settings: "Settings", *, told: "Callable[[TickReport], None]", failed: "Callable[[DigestError], None]"
) -> "BlockingScheduler":
    """Return a scheduler that has not been started, with the tick as its one job, due at once."""
    from apscheduler.schedulers.blocking import BlockingScheduler

    made = BlockingScheduler(timezone="UTC")
    made.add_job(
        lambda: _tell(settings, told, failed),
        "interval",
        seconds=EVERY_SECONDS,
        id="tick",
        max_instances=1,
        coalesce=True,
        misfire_grace_time=GRACE_SECONDS,
        next_run_time=clock()(),
    )
    return made


def one_tick(settings: "Settings") -> TickReport:
    """Open the program, tick once and close it again: nothing is kept between ticks but the store."""
    with (
        ringing(settings, clock=clock()),
        opened(settings, clock=clock(), progress=lambda *_: None, create=True) as app,
    ):
        refuse_unready(app)
        return tick(app.line)


def _tell(settings: "Settings", told: "Callable[[TickReport], None]", failed: "Callable[[DigestError], None]") -> None:
    try:
        told(one_tick(settings))
    except DigestError as error:
        failed(error)

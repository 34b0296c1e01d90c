"""APScheduler for those without cron: the same idempotent tick, every minute, forever."""

from typing import TYPE_CHECKING

from digest.app.app import opened
from digest.app.clock import clock
from digest.app.doctor import refuse_unready
from digest.pipeline.tick import TickReport, tick

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.config.load import Settings

EVERY_SECONDS = 60
GRACE_SECONDS = 3600
"""A tick that could not start in time (a sleeping laptop) still runs; the tick itself knows what is too late."""


def run_forever(settings: "Settings", *, told: "Callable[[TickReport], None]") -> None:
    """Tick every minute until the process is stopped; ticks never overlap, and missed ones become one."""
    from apscheduler.schedulers.blocking import BlockingScheduler  # noqa: PLC0415 - only this command needs it

    scheduler = BlockingScheduler(timezone="UTC")
    scheduler.add_job(
        lambda: told(one_tick(settings)),
        "interval",
        seconds=EVERY_SECONDS,
        id="tick",
        max_instances=1,
        coalesce=True,
        misfire_grace_time=GRACE_SECONDS,
        next_run_time=clock()(),
    )
    scheduler.start()


def one_tick(settings: "Settings") -> TickReport:
    """Open the program, tick once and close it again: nothing is kept between ticks but the store."""
    with opened(settings, clock=clock(), progress=lambda *_: None, create=True) as app:
        refuse_unready(app)
        return tick(app.line)

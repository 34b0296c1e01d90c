"""A newsroom with the sample day's sources, on the disk."""

import shutil
from datetime import datetime
from pathlib import Path

from digest.app.app import opened
from digest.app.clock import clock
from digest.app.shipped import shipped
from digest.config.load import load
from digest.config.sources import as_toml
from digest.pipeline.approve import approve
from digest.pipeline.draft import draft as write
from digest.pipeline.gather import collect_now
from digest.pipeline.subscribe import carry_out_import, plan_import
from digest.sample.day import readers_csv
from digest.sample.server import SampleServer
from digest.schedule import local_day

MOMENT = "2026-05-15T05:30:00Z"
"""A Friday, 06:30 in London: the hour of drafting."""

NOW = datetime.fromisoformat(MOMENT)
DAY = "2026-05-15"
EDITOR = "editor@example.org"
CONFIG = f"""\
[newsroom]
name = "The Newsroom"
sender = "The Newsroom <news@example.org>"
editors = ["{EDITOR}"]
"""


def furnish(folder: Path, server: SampleServer, *, readers: str = "") -> Path:
    """Write the files of a newsroom, take in its readers (the sample day's by default); return its config's path."""
    config = folder / "config.toml"
    (folder / "schedules").mkdir(parents=True)
    for path in shipped("schedules").glob("*.toml"):
        shutil.copyfile(path, folder / "schedules" / path.name)
    config.write_text(CONFIG, encoding="utf-8")
    (folder / "sources.toml").write_text(as_toml(server.sources()), encoding="utf-8")
    with opened(load(config), clock=clock(NOW), progress=lambda *_: None, create=True) as app:
        carry_out_import(plan_import(readers or readers_csv(), app.line), app.line)
    return config


def collect(config: Path) -> None:
    """Fetch every source once, as at MOMENT."""
    with opened(load(config), clock=clock(NOW), progress=lambda *_: None) as app:
        collect_now(app.line, NOW)


def draft(config: Path) -> None:
    """Draft the daily edition of MOMENT."""
    with opened(load(config), clock=clock(NOW), progress=lambda *_: None) as app:
        daily = next(one for one in app.line.newsroom.schedules if one.newsletter == "daily")
        write(daily, day=local_day(daily, NOW), now=NOW, line=app.line, may_replace=False)


def sign(config: Path) -> None:
    """Approve the draft."""
    with opened(load(config), clock=clock(NOW), progress=lambda *_: None) as app:
        record = app.line.editions.latest("daily")
        assert record is not None
        approve(record, by="Ada", now=NOW, line=app.line)

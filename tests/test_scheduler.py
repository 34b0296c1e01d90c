"""The scheduler for those without cron: the same tick, never twice at once, missed ones made into one."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from digest.app.shipped import shipped
from digest.cli.log import log_failure
from digest.config.load import Settings, load
from digest.errors import ConfigError, DigestError, StoreError
from digest.pipeline.report import TickReport
from digest.scheduler import EVERY_SECONDS, one_tick, run_forever, scheduler

CONFIG = '[newsroom]\nname = "The Newsroom"\nsender = "news@example.org"\n'
REAL = 'public_url = "https://x.example"\n[provider]\nname = "mailgun"\n[provider.mailgun]\ndomain = "mg.example"\n'


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Settings]:
    """A newsroom without sources, in which a tick has nothing to fetch."""
    monkeypatch.setenv("DIGEST_MAILGUN_API_KEY", "key")
    (tmp_path / "schedules").mkdir()
    for path in shipped("schedules").glob("*.toml"):
        (tmp_path / "schedules" / path.name).write_bytes(path.read_bytes())

    def made(more: str = "") -> Settings:
        (tmp_path / "config.toml").write_text(CONFIG + more, encoding="utf-8")
        return load(tmp_path / "config.toml")

    return made


def test_one_tick_opens_the_program_ticks_and_closes_it(newsroom: Callable[..., Settings]) -> None:
    settings = newsroom()
    report = one_tick(settings)
    assert {outcome.newsletter for outcome in report.outcomes} == {"daily", "weekly"}
    assert list((settings.root / "var" / "workers").glob("*.worker")) == []


def test_ticks_never_overlap_and_missed_ones_become_one(newsroom: Callable[..., Settings]) -> None:
    (job,) = scheduler(newsroom(), told=lambda _: None, failed=lambda _: None).get_jobs()
    assert (job.id, job.max_instances, job.coalesce) == ("tick", 1, True)
    assert job.trigger.interval == timedelta(seconds=EVERY_SECONDS)
    assert job.misfire_grace_time >= 3600


def test_the_first_tick_comes_at_once_and_is_told(newsroom: Callable[..., Settings]) -> None:
    ticks: list[TickReport] = []

    def told(report: TickReport) -> None:
        ticks.append(report)
        running.shutdown(wait=False)

    running = scheduler(newsroom(), told=told, failed=lambda error: pytest.fail(str(error)))
    running.start()
    assert [outcome.newsletter for report in ticks for outcome in report.outcomes] == ["daily", "weekly"]


def test_a_tick_that_cannot_be_made_is_told_and_does_not_stop_the_scheduler(newsroom: Callable[..., Settings]) -> None:
    failures: list[DigestError] = []

    def failed(error: DigestError) -> None:
        failures.append(error)
        assert [job.id for job in running.get_jobs()] == ["tick"]
        running.shutdown(wait=False)

    settings = newsroom()
    (settings.root / "var" / "digest.db").mkdir(parents=True)
    running = scheduler(settings, told=lambda _: pytest.fail("it ticked"), failed=failed)
    running.start()
    assert [type(error) for error in failures] == [StoreError]


def test_nothing_is_scheduled_before_the_unsubscribe_page_has_answered(newsroom: Callable[..., Settings]) -> None:
    with pytest.raises(ConfigError, match="has not been seen to answer yet"):
        run_forever(newsroom(REAL), told=lambda _: pytest.fail("it ticked"), failed=lambda _: None)


def test_a_failure_is_one_line_of_json_in_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    log_failure(StoreError("digest.db is locked"))
    told = json.loads(capsys.readouterr().err)
    assert (told["event"], told["level"]) == ("failed", "error")
    assert told["what"] == "The database cannot be used: digest.db is locked."

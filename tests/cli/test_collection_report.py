"""What a collection did, for whoever reads it in a terminal or in a log."""

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from digest.cli.log import log_tick
from digest.cli.report import show_collection
from digest.model.feed import CollectReport, SourceReport
from digest.model.page import ArticlesLine, ArticlesReport
from digest.pipeline.report import TickReport
from tests.builders import NOW

LINES = (
    SourceReport(source_id="lantern", outcome="read", entries=40, new_items=2),
    SourceReport(source_id="courier", outcome="failed", problems=("answered 404 Not Found",)),
    SourceReport(source_id="post", outcome="waiting", problems=("asked to be left alone until 07:10 UTC",)),
    SourceReport(source_id="herald", outcome="gone", problems=("answered 410 Gone and is not asked any more",)),
)
REPORT = CollectReport(at=NOW, sources=LINES, new_items=2, changed_items=1, forgotten=("12 items", "3 pages"))
PLAIN = CollectReport(at=NOW, sources=LINES[:1], new_items=2, changed_items=1)


def shown(report: CollectReport) -> str:
    told = io.StringIO()
    show_collection(report, Console(file=told, width=100))
    return told.getvalue()


def logged(report: CollectReport, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    log_tick(TickReport(collected=report, outcomes=()))
    line = json.loads(capsys.readouterr().err)
    return {name: value for name, value in line.items() if name not in {"timestamp", "level"}}


def test_a_person_reads_why_each_source_gave_nothing_and_what_was_forgotten() -> None:
    said = " ".join(shown(REPORT).replace("│", "").split())
    assert "courier failed 0 0 answered 404 Not Found" in said
    assert "post waiting 0 0 asked to be left alone until 07:10 UTC" in said
    assert "herald gone 0 0 answered 410 Gone and is not asked any more" in said
    assert said.endswith("2 new items, 1 changed. Forgotten because they were too old: 12 items, 3 pages.")


def test_what_became_of_articles_is_a_line_for_each_source_and_a_field_of_the_log(
    capsys: pytest.CaptureFixture[str],
) -> None:
    read = ArticlesLine(source_id="lantern", read=2, forbidden=1, problems=("https://l.example/1: its robots.txt…",))
    report = replace(PLAIN, articles=ArticlesReport(lines=(read, ArticlesLine(source_id="post"))))
    said = " ".join(shown(report).split())
    assert (
        "Articles of lantern: 2 read, 1 forbidden by robots.txt (https://l.example/1: its robots.txt…). "
        "Articles of post: none." in said
    )
    articles = logged(report, capsys)["articles"]
    assert articles["lantern"]["read"] == 2  # type: ignore[index]


def test_where_nothing_was_forgotten_nothing_is_said_of_it() -> None:
    assert shown(PLAIN).endswith("2 new items, 1 changed.\n\n")


def test_a_machine_reads_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert logged(REPORT, capsys) == {
        "event": "collected",
        "sources": 4,
        "new": 2,
        "failed": {"courier": "answered 404 Not Found"},
        "waiting": {"post": "asked to be left alone until 07:10 UTC"},
        "gone": {"herald": "answered 410 Gone and is not asked any more"},
        "forgotten": ["12 items", "3 pages"],
    }
    assert logged(PLAIN, capsys) == {"event": "collected", "sources": 1, "new": 2, "failed": {}}

"""The report of a replay, as editors meet it: axe-core finds nothing, and nothing runs over the edge."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import axe
from tests.browser.chromium import Chromium
from tests.browser.screen import WIDTHS, Browser, Scheme

ROOT = Path(__file__).parents[2]
DAYS = ("--from", "2026-05-15", "--to", "2026-05-15")
OPENED = "[...document.querySelectorAll('details')].slice(0, 3).forEach(each => { each.open = true })"
"""The table beside the chart and two ledgers; axe looks at every cell, and the others are built like them."""


@pytest.fixture(scope="module")
def report(drafted_room: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report on the sample day’s newsroom, whose past is one Friday."""
    folder = tmp_path_factory.mktemp("replay") / "folder"
    command = [sys.executable, "-m", "digest", "--config", str(drafted_room), "replay", *DAYS, "--folder", str(folder)]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, capture_output=True)
    return (folder / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", Scheme)
def test_the_report_breaks_no_rule_and_keeps_within_a_phone(chromium: Chromium, scheme: Scheme, report: str) -> None:
    chromium.open(report, scheme)
    chromium.evaluate(OPENED)
    chromium.resize(WIDTHS[0])
    axe.load(chromium)
    assert [one for one in axe.complaints(chromium) if one.is_certain] == []
    assert chromium.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_report_shows_its_edition_and_a_chart_with_its_lead(browser: Browser, report: str) -> None:
    browser.open(report, Scheme.LIGHT)
    counts = [
        browser.evaluate(f"document.querySelectorAll('{what}').length") for what in ("section.edition", "svg .lead")
    ]
    assert counts == [1, 1]

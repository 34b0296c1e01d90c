"""One Chromium and one Firefox for all tests; pages that are opened in them again and again."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import Chromium, chromium
from tests.browser.firefox import Firefox, find_firefox, firefox
from tests.browser.letters import every_letter
from tests.browser.screen import HEIGHT, WIDTHS, Browser
from tests.corpora.browser import find_browser
from tests.web.previewing import copied, drafted, served

NODE_MODULES = Path(sys.prefix) / "node" / "node_modules"


@pytest.fixture(scope="package", name="chromium")
def started_chromium() -> Iterator[Chromium]:
    """Chromium by Playwright, of which there may be only one in a process."""
    with chromium(_present(find_browser(), "Chromium")) as started:
        yield started


@pytest.fixture(scope="package", name="firefox")
def started_firefox() -> Iterator[Firefox]:
    """Firefox over WebDriver BiDi."""
    with firefox(_present(find_firefox(), "Firefox")) as started:
        yield started


@pytest.fixture(params=["chromium", "firefox"])
def browser(request: pytest.FixtureRequest) -> Browser:
    """Each of the two in turn."""
    found: Browser = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def page(chromium: Chromium) -> Iterator[Page]:
    """A page of the test's own in Chromium, in a profile of its own; it reaches this machine and nobody else."""
    context = chromium.started.new_context(viewport={"width": WIDTHS[-1], "height": HEIGHT})
    try:
        yield context.new_page()
    finally:
        context.close()


@pytest.fixture(scope="package")
def letters() -> Mapping[str, str]:
    """The HTML of every mail the program sends, by its name."""
    return {name: email.html for name, email in every_letter().items()}


@pytest.fixture(scope="package")
def drafted_room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The config of a newsroom whose daily edition is drafted; `config` is a copy that a test may change."""
    return drafted(tmp_path_factory.mktemp("desk") / "room")


@pytest.fixture
def config(drafted_room: Path, tmp_path: Path) -> Path:
    """The config of a drafted newsroom of the test's own."""
    return copied(drafted_room, tmp_path / "room")


@pytest.fixture
def address(config: Path) -> Iterator[str]:
    """Where its preview is served."""
    with served(config) as found:
        yield found


@pytest.fixture(scope="package")
def html_validate() -> tuple[str, ...]:
    """The command that judges HTML; `make test` installs it where there is npm."""
    program = NODE_MODULES / "html-validate" / "bin" / "html-validate.mjs"
    node = shutil.which("node") if program.exists() else None
    words = (_present(node, "html-validate (node and `make .venv/.node`)"), str(program))
    subprocess.run([*words, "--version"], check=True, capture_output=True)
    return words


def _present(program: str | None, what: str) -> str:
    """Skipped (and counted) where it is absent, required in CI."""
    if program is None:
        if os.environ.get("CI"):
            pytest.fail(f"{what} is absent: in CI every letter must be judged by it")
        pytest.skip(f"there is no {what} on this machine")
    return program

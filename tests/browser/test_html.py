"""html-validate finds nothing in any letter but what mail programs need, each with its reason."""

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True, kw_only=True)
class Excuse:
    """A rule whose complaint is wrong for mail, where its message says `said` (a regular expression), and why."""

    rule: str
    said: str = ""
    why: str


EXCUSES = (
    Excuse(rule="no-inline-style", why="many mail programs read style attributes only; inline() puts them there"),
    Excuse(
        rule="no-conditional-comment",
        why="Outlook on Windows takes its width and resolution from them; everybody else reads a comment",
    ),
    Excuse(
        rule="no-deprecated-attr",
        said=r'^Attribute "(width|border|cellpadding|cellspacing|align)" is deprecated on <(table|td)> element$',
        why="the Word engine of Outlook on Windows reads a table's measures from these attributes",
    ),
    Excuse(
        rule="prefer-tbody",
        why="tables of layout (role=presentation) have no body of data, and parsers add the element by themselves",
    ),
    Excuse(
        rule="prefer-native-element",
        said="<article>",
        why="Outlook on Windows and Gmail drop elements of HTML 5; a div with the role survives everywhere",
    ),
)
PRESETS = ("html-validate:recommended", "html-validate:document", "html-validate:a11y")


@pytest.fixture(scope="module")
def judged(
    html_validate: tuple[str, ...], letters: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> list[dict[str, str]]:
    """Every complaint about every letter, in one start of html-validate."""
    return complaints(html_validate, letters, tmp_path_factory.mktemp("html"))


def test_html_validate_has_nothing_else_to_say(judged: list[dict[str, str]]) -> None:
    assert [one for one in judged if not any(covers(excuse, one) for excuse in EXCUSES)] == []


@pytest.mark.parametrize("excuse", EXCUSES, ids=lambda excuse: excuse.rule)
def test_no_excuse_outlives_its_cause(excuse: Excuse, judged: list[dict[str, str]]) -> None:
    assert any(covers(excuse, one) for one in judged)


def test_a_fault_in_a_page_is_heard_of(html_validate: tuple[str, ...], tmp_path: Path) -> None:
    wrong = "<!doctype html><html><head><title></title></head><body><p><div>x</div></p><img src='a.png'></body></html>"
    rules = {one["ruleId"] for one in complaints(html_validate, {"wrong": wrong}, tmp_path)}
    assert {"element-required-attributes", "empty-title", "element-permitted-parent"} & rules
    assert "wcag/h37" in rules


def complaints(command: Sequence[str], pages: Mapping[str, str], folder: Path) -> list[dict[str, str]]:
    """What html-validate says of the pages, each complaint with the name of its page."""
    config = folder / "htmlvalidate.json"
    config.write_text(json.dumps({"root": True, "extends": PRESETS}))
    files = []
    for number, page in enumerate(pages.values()):
        files.append(folder / f"{number}.html")
        files[-1].write_text(page, encoding="utf-8")
    found = folder / "found.json"  # a file: on a pipe it ends before it has written more than 64 KB
    words = (*command, "--config", str(config), "--formatter", f"json={found}", *map(str, files))
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode in {0, 1}, done.stderr
    named = dict(zip(map(str, files), pages, strict=True))
    return [
        {"page": named[page["filePath"]], **{key: str(one[key]) for key in ("ruleId", "message", "line")}}
        for page in json.loads(found.read_text(encoding="utf-8"))
        for one in page["messages"]
    ]


def covers(excuse: Excuse, complaint: Mapping[str, str]) -> bool:
    """Whether the complaint is one of those that the excuse is about."""
    return complaint["ruleId"] == excuse.rule and bool(re.search(excuse.said, complaint["message"]))

"""Scripts: two notations, and errors that name the input and the mend."""

import json
import re
from pathlib import Path
from textwrap import dedent

import pytest

from digest.errors import ScriptError
from digest.simulator.exchange import Kind
from digest.simulator.names import DIALECTS
from digest.simulator.script import Do, Fortune, Rule, Script, WebhookHabits, script
from digest.simulator.server import simulator

PAGE = (Path(__file__).parents[2] / "docs" / "simulator.md").read_text(encoding="utf-8")
TOML = """
seed = 7
listed_after = 60
[[rules]]
do = "status"
status = 429
retry_after = 30
calls = [2]
[[rules]]
do = "hang"
probability = 0.1
[[fortunes]]
address = "*@full.example"
events = ["bounced-soft"]
code = "4.2.2"
[webhooks]
times = 2
shuffle = true
"""


def test_toml_and_json_say_the_same() -> None:
    read = script(TOML, name="script.toml")
    assert read.rules[0] == Rule(do=Do.STATUS, status=429, retry_after=30, calls=(2,))
    assert (read.seed, read.listed_after, read.webhooks.times) == (7, 60, 2)
    assert script(json.dumps(read.model_dump(mode="json")), name="script.json") == read


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ('rules = [{do = "explode"}]', r"rules\[1\]\.do: .*'hang'"),
        ('rules = [{do = "reset"}, {do = "hang", second = 1}]', r"rules\[2\]\.second: there is no such word"),
        ('rules = [{do = "status"}]', r"rules\[1\]: status needs a status from 400"),
        ('rules = [{do = "status-after", status = 404}]', r"rules\[1\]: status-after needs a status from 500"),
        ('rules = [{do = "refuse"}]', r"rules\[1\]: refuse needs seconds"),
        ('rules = [{do = "slow"}]', r"rules\[1\]: slow needs seconds"),
        ('rules = [{do = "refuse", seconds = 1, tag = "x"}]', "before the call is read"),
        ('rules = [{do = "hang", entries = [1]}]', "only partial has entries"),
        ('rules = [{do = "hang", calls = [0]}]', r"rules\[1\]\.calls\[1\]: .*greater than or equal to 1"),
        ('rules = [{do = "hang", probability = 2}]', r"rules\[1\]\.probability"),
        ('fortunes = [{address = "*", events = ["lost"]}]', r"fortunes\[1\]\.events\[1\]"),
        ('fortunes = [{address = "*", events = [], code = "9"}]', r"fortunes\[1\]\.code"),
        ("rules = 1", r"rules: "),
        ("[webhooks]\nalter = 'all'", r"webhooks\.alter"),
        ("rules = [", "script.toml: "),
        ("{", "script.toml: "),
    ],
)
def test_a_mistake_is_named_with_its_place_and_the_page_that_helps(written: str, why: str) -> None:
    with pytest.raises(ScriptError, match=why) as caught:
        script(written, name="script.toml")
    assert "docs/simulator.md" in str(caught.value)


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(ScriptError, match=r"rules\[1\]\.do.*rules\[2\]\.do"):
        script('rules = [{do = "a"}, {do = "b"}]', name="script.toml")


@pytest.mark.parametrize("name", ["mailgun", "resend", "brevo", "sendgrid"])
def test_partial_success_is_refused_where_the_provider_has_none(name: str) -> None:
    given = script('rules = [{do = "partial"}]', name="script.toml")
    with pytest.raises(ScriptError, match=f"{name} takes a call as a whole"), simulator(name, script=given):
        pass


WORDS = [
    *Do,
    *Kind,
    *DIALECTS,
    *(word for table in (Rule, Fortune, WebhookHabits, Script) for word in table.model_fields),
]


@pytest.mark.parametrize("word", sorted({str(word) for word in WORDS}))
def test_every_word_of_a_script_is_on_its_page(word: str) -> None:
    assert re.search(rf"(?<![\w-]){word}(?![\w-])", PAGE)


def test_the_script_on_the_page_is_one() -> None:
    indented = [line for line in PAGE.partition("## Scripts")[2].splitlines() if not line or line.startswith("    ")]
    given = script(dedent("\n".join(indented)), name="the page's script")
    assert [rule.do for rule in given.rules] == [Do.STATUS, Do.HANG]
    assert (given.seed, given.webhooks.alter) == (7, "signature")

"""Configured text that goes into a header or into one line holds no line feed and no control character."""

import pytest

from digest.config.load import load
from tests.config.conftest import CONFIG, DAILY, Write, mistakes_of

CONTROLS = {
    "a line feed": ("\\n", "U+000A"),
    "a carriage return": ("\\r", "U+000D"),
    "a tab": ("\\t", "U+0009"),
    "a null": ("\\u0000", "U+0000"),
    "an escape": ("\\u001b", "U+001B"),
    "a delete": ("\\u007f", "U+007F"),
    "a next line": ("\\u0085", "U+0085"),
    "a line separator": ("\\u2028", "U+2028"),
}
"""As TOML writes them, and as a mistake names them."""

NEWSROOM = {
    "newsroom.name": ('name = "The Daily"', 'name = "The{}Daily"'),
    "newsroom.strapline": ("", 'strapline = "All{}of it"'),
    "newsroom.sender": ('"The Daily <news@example.org>"', '"The Daily <news@example.org>{}Bcc: b"'),
    "newsroom.reply_to": ("", 'reply_to = "a@example.org{}Bcc: b"'),
    "newsroom.editors.0": ("", 'editors = ["a@example.org{}Bcc: b"]'),
    "newsroom.contact": ("", 'contact = "Ring{}us"'),
    "newsroom.public_url": ("", 'public_url = "https://a.example/{}b"'),
    "newsroom.archive_url": ("", 'archive_url = "https://a.example/{}b"'),
    "collect.contact": ("", '[collect]\ncontact = "a{}b"'),
    "ask.label": ("", '[ask]\ntext = "Give"\nurl = "https://a.example/"\nlabel = "Give{}now"'),
    "provider.mailgun.domain": ("", '[provider]\nname = "mailgun"\n[provider.mailgun]\ndomain = "mg{}.example"'),
    "serve.host": ("", '[serve]\nhost = "a{}b"'),
}
SCHEDULE = {
    "title": ('title = "The Daily"', 'title = "The Daily{}Bcc: b@example.org"'),
    "strapline": ("", 'strapline = "All{}of it"'),
    "recess.0.name": ("", '[[recess]]\nname = "a{}b"\nfirst = 2026-12-20\nlast = 2026-12-21'),
}


def spoilt(text: str, change: tuple[str, str], control: str) -> str:
    old, new = change
    written = new.format(control)
    return text.replace(old, written) if old else f"{text}{written}\n"


@pytest.mark.parametrize("control", CONTROLS)
@pytest.mark.parametrize("key", SCHEDULE)
def test_a_line_of_a_schedule_that_holds_one_is_refused(write: Write, key: str, control: str) -> None:
    written, named = CONTROLS[control]
    (mistake,) = mistakes_of(write(daily=spoilt(DAILY, SCHEDULE[key], written)))
    assert mistake.startswith(f"daily.toml: {key}: ")
    assert f"must stand on one line, without control characters; take out {named} at place " in mistake


@pytest.mark.parametrize("key", NEWSROOM)
def test_a_line_of_the_config_that_holds_one_is_refused(write: Write, key: str) -> None:
    (mistake,) = mistakes_of(write(spoilt(CONFIG, NEWSROOM[key], "\\u001b")))
    assert mistake.startswith(f"config.toml: {key}: ")
    assert "take out U+001B at place " in mistake


def test_the_mistake_itself_is_harmless_to_a_terminal(write: Write) -> None:
    (mistake,) = mistakes_of(write(daily=spoilt(DAILY, SCHEDULE["title"], "\\u001b[31m")))
    assert mistake.isprintable()


ASK = '[ask]\nlabel = "Give"\nurl = "https://a.example/"\ntext = "First.\\n\\nThen{}."\n'


def test_what_is_printed_in_paragraphs_may_have_lines(write: Write) -> None:
    file = load(write(CONFIG + 'imprint = """The Daily\n1 Row"""\n' + ASK.format(""))).file
    assert file.ask is not None
    assert (file.ask.text, file.newsroom.imprint) == ("First.\n\nThen.", "The Daily\n1 Row")


@pytest.mark.parametrize("control", ["\\u001b", "\\r", "\\u0085", "\\u2029"])
def test_what_is_printed_in_paragraphs_holds_no_other_control(write: Write, control: str) -> None:
    (mistake,) = mistakes_of(write(CONFIG + ASK.format(control)))
    assert mistake.startswith("config.toml: ask.text: ")
    assert "no control characters but line feeds and tabs; take out U+" in mistake

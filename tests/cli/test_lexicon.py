"""digest lexicon: an office by its day, what a text mentions, and what the checker finds."""

import json
from functools import partial
from pathlib import Path

import pytest

from tests.cli.conftest import Digest

OWN = """
about = "our patch"
as_of = 2026-05-01
source = "the newsroom"
[[office]]
name = "Mayor of Wensley"
[[person]]
name = "Ada Example"
holds = [{ office = "Mayor of Wensley", from = 2026-01-01, to = 2026-03-01 }]
"""


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, digest: Digest) -> Digest:
    """Carry out a command where no newsroom lies."""
    monkeypatch.chdir(tmp_path)
    return partial(digest, config=Path("config.toml"))


def test_an_office_names_its_holder_on_the_day_and_where_that_is_from(ask: Digest) -> None:
    said = ask("lexicon", "--office", "the chancellor", "--on", "2026-05-14")
    assert said.code == 0
    for part in ("Chancellor of the Exchequer", "Rachel Reeves", "2024-07-05", "gov.uk, Ministers: Rachel Reeves"):
        assert part in said.out
    assert "Known up to 2025-10-31" in said.out
    before = json.loads(ask("lexicon", "--office", "the chancellor", "--on", "2024-07-04", "--json").out)
    assert [(row["holder"], row["category"], row["before"]) for row in before] == [
        ("Jeremy Hunt", "opponent", "2024-07-05")
    ]


def test_an_office_nobody_is_known_to_hold_is_told_without_a_holder(ask: Digest) -> None:
    (row,) = json.loads(ask("lexicon", "--office", "Welsh secretary", "--on", "2023-01-01", "--json").out)
    assert (row["holder"], row["since"], row["source"]) == ("", "", "gov.uk, Ministers")


def test_a_text_is_taken_apart_with_weights_and_sources(ask: Digest) -> None:
    question = ("lexicon", "Starmer,", "Starmer", "and the chancellor meet Trump", "--on", "2026-05-14")
    said = ask(*question)
    for part in ("Keir Starmer", "foreign_person", "Rachel Reeves", "whitehouse.gov", "Relevance 0.9"):
        assert part in said.out
    found = json.loads(ask(*question, "--json").out)
    assert [row["words"] for row in found["mentions"]] == ["Starmer", "the chancellor", "Trump"]
    assert found["mentions"][0]["weight"] > 0 > found["mentions"][2]["weight"]
    assert 0.9 < found["relevance"] < 1


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Labour council opens a library", "Labour news by itself"),
        ("Council opens a library", "politics that a round-up could carry"),
        ("Peru opens a library", "none of ours"),
    ],
)
def test_a_text_is_judged_in_words(text: str, verdict: str, ask: Digest) -> None:
    assert verdict in ask("lexicon", text).out


def test_without_a_question_every_office_is_listed_as_of_today(ask: Digest) -> None:
    names = [row["office"] for row in json.loads(ask("lexicon", "--json").out)]
    assert {"Prime Minister", "Mayor of London", "First Minister of Wales"} <= set(names)
    assert "Mayor of London" in ask("lexicon").out


def test_our_lexicon_has_gaps_that_are_told_and_no_mistakes(ask: Digest) -> None:
    said = ask("lexicon", "--check")
    assert said.code == 0
    assert "gap: Deputy Leader of the Labour Party: nobody is known from 2025-09-05 to 2025-10-24" in said.out
    assert said.out.splitlines()[-1].startswith("0 mistakes, ")
    assert json.loads(ask("lexicon", "--check", "--json").out)["mistakes"] == []


@pytest.mark.parametrize(
    ("options", "mend"),
    [
        (("--on", "soon"), "write one such as 2026-05-14"),
        (("Starmer", "--check"), "give a text, or --office, or --check"),
        (("--office", "Prime Minster"), "did you mean «Prime Minister»?"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(options: tuple[str, ...], mend: str, ask: Digest) -> None:
    said = ask("lexicon", *options)
    assert said.code == 2
    assert mend in said.err


def test_the_newsrooms_own_names_are_known(newsroom: Path, digest: Digest) -> None:
    (newsroom / "lexicon").mkdir()
    (newsroom / "lexicon" / "oz.toml").write_text(OWN, encoding="utf-8")
    assert "Ada Example" in digest("lexicon", "--office", "Mayor of Wensley", "--on", "2026-02-01").out
    assert "Mayor of Wensley: nobody is known since 2026-03-01" in digest("lexicon", "--check").out
    assert "Ada Example" in digest("lexicon", "Ada Example speaks").out
    assert digest("draft", "--dry-run").code == 0


def test_a_mistake_in_the_newsrooms_own_names_is_named_and_keeps_everything_from_running(
    newsroom: Path, digest: Digest
) -> None:
    (newsroom / "lexicon").mkdir()
    (newsroom / "lexicon" / "oz.toml").write_text(OWN.replace("person", "per\x1bson"), encoding="utf-8")
    said = digest("lexicon", "--check")
    assert (said.code, "mistake: oz.toml: not TOML" in said.out, "\x1b[31mmistake" in said.out) == (2, True, False)
    assert digest("lexicon").code == digest("draft").code == 2


def test_a_config_that_was_named_must_be_there(tmp_path: Path, digest: Digest) -> None:
    assert digest("lexicon", config=tmp_path / "none.toml").code == 2

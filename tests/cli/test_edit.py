"""`digest edit`: decisions from the command line, what they print, and what stands of them everywhere else."""

import json
from pathlib import Path
from typing import Any

import pytest

from digest.cli.deciding import brought
from digest.edit.codec import load_case
from digest.model.mail import Finding, Severity
from tests.cli.conftest import Digest
from tests.cli.newsroom import DAY, EDITOR, MOMENT

RETITLED = "A headline of the desk’s own that says what has happened"


@pytest.fixture(autouse=True)
def ada(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_EDITOR", "Ada")


def edition(digest: Digest) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(digest("show", "--format", "json").out)
    return found


def headlines(digest: Digest) -> list[str]:
    found = edition(digest)
    wire = [piece for section in found["sections"] for piece in section["pieces"]]
    return [piece["headline"] for piece in (found["lead"], *found["five"], *wire)]


def test_a_decision_says_what_it_did_and_how_to_take_it_back(drafted: Path, digest: Digest) -> None:
    before = headlines(digest)
    said = digest("edit", "spike", "3", "--reason", "not about the party")
    assert said.code == 0
    assert f"daily {DAY}: spiked “{before[2]}”." in said.out
    assert "is now left out: spiked by Ada: not about the party." in said.out
    assert "`digest edit undo 1` takes it back" in said.out
    assert before[2] not in headlines(digest)
    assert digest("edit", "undo").code == 0
    assert headlines(digest) == before


def test_every_act_has_a_command(drafted: Path, digest: Digest) -> None:
    before = headlines(digest)
    left_out = edition(digest)["left_out"][0]["story_id"]
    for words in (
        ("pin", left_out, "--reason", "our readers asked"),
        ("lead", "2"),
        ("move", "1", "--to", "3"),
        ("move", "5", "--to", "unions"),
        ("retitle", "lead", RETITLED),
        ("summary", "lead", "It is done."),
        ("kicker", "lead", "Done"),
        ("note", "Good morning to you all. " * 10, "--signed", "Ada Okonkwo"),
        ("diary", "12:00 PMQs", "19:00 Votes"),
        ("correction", "It was Wetherby, not Weatherby.", "--of", "2026-05-14"),
    ):
        said = digest("edit", *words)
        assert said.code == 0, said.err
    found = edition(digest)
    assert found["lead"]["headline"] == found["subject"] == RETITLED
    assert found["lead"]["original"] in before
    assert found["lead"]["kicker"] == "Done"
    assert found["note"]["signed"] == "Ada Okonkwo"
    assert found["diary"] == ["12:00 PMQs", "19:00 Votes"]
    assert found["corrections"] == [{"day": "2026-05-14", "text": "It was Wetherby, not Weatherby."}]
    text = digest("show", "--format", "text").out
    for word in ("It is done.", "12:00 PMQs", "Wetherby, not Weatherby", "Ada Okonkwo"):
        assert word in text


def test_a_note_is_signed_by_who_decides_unless_it_says_otherwise(drafted: Path, digest: Digest) -> None:
    said = digest("edit", "note", "Good morning.", "--by", "Ben Harker")
    assert "The note has 2 words; readers expect 40 to 90." in said.err
    assert edition(digest)["note"] == {"text": "Good morning.", "signed": "Ben Harker"}


def test_a_diary_can_be_emptied(drafted: Path, digest: Digest) -> None:
    digest("edit", "diary", "12:00 PMQs")
    digest("edit", "diary")
    assert edition(digest)["diary"] == []


def test_a_merge_and_a_split_show_in_what_explains_the_story(drafted: Path, digest: Digest) -> None:
    first, second = edition(digest)["lead"]["story_id"], edition(digest)["five"][0]["story_id"]
    assert digest("edit", "merge", "lead", "2").code == 0
    whole = json.loads(digest("explain", first, "--json").out)
    assert any("merged" in line for line in whole["decisions"])
    leaving = whole["story"]["items"][0]["id"]
    assert digest("edit", "split", first, leaving[:8]).code == 0
    parted = json.loads(digest("explain", first, "--json").out)
    assert leaving not in {item["id"] for item in parted["story"]["items"]}
    assert digest("explain", second).code == 2


def test_what_was_decided_is_told_wherever_it_matters(drafted: Path, digest: Digest) -> None:
    original = headlines(digest)[0]
    digest("edit", "retitle", "lead", RETITLED)
    digest("edit", "summary", "2", "It is done.")
    story = edition(digest)["lead"]["story_id"]
    shown = " ".join(digest("show").out.split())
    assert "headline by Ada; the publisher’s:" in shown
    assert "summary by Ada" in shown
    explained = " ".join(digest("explain", story).out.split())
    assert f"Editors: 1. retitled “{original}”: {RETITLED} (Ada," in explained
    assert f"The publisher’s own headline is “{original}”" in explained
    assert f"retitled “{original}” by Ada: {RETITLED}" in digest("status").out
    assert digest("send", "--test", EDITOR).code == 0
    (proof,) = (drafted / "var" / "outbox").rglob("*.eml")
    assert b"Editors have decided:" in proof.read_bytes()


def test_the_history_numbers_who_decided_what_and_marks_what_was_undone(drafted: Path, digest: Digest) -> None:
    assert digest("edit", "history").out == f"daily {DAY}: no editor has decided anything.\n"
    digest("edit", "lead", "2", "--by", "Ben")
    digest("edit", "spike", "4", "--reason", "old")
    digest("edit", "undo", "1")
    lines = digest("edit", "history").out.splitlines()
    assert [line.split(".")[0] for line in lines] == ["1", "2", "3"]
    assert "(Ben, " in lines[0]
    assert lines[0].endswith(" – undone")
    assert ": old (Ada, " in lines[1]
    assert "undid decision 1" in lines[2]
    log = json.loads(digest("edit", "history", "--json").out)
    assert [(one["number"], one["by"], one["act"], one["stands"]) for one in log] == [
        (1, "Ben", "lead", False),
        (2, "Ada", "spike", True),
        (3, "Ada", "undo", False),
    ]


def test_a_new_draft_keeps_what_was_decided(drafted: Path, digest: Digest) -> None:
    digest("edit", "retitle", "lead", RETITLED)
    assert digest("draft", "--now", MOMENT).code == 0
    assert headlines(digest)[0] == RETITLED


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("spike", "zzz", "--reason", "x"), "no story is called 'zzz'"),
        (("spike", "lead"), "--reason"),
        (("lead", "77"), "no place 77"),
        (("move", "lead", "--to", "Unoins"), "did you mean Unions"),
        (("split", "lead", "zz"), "no item of story"),
        (("merge", "lead"), "a merge needs two stories"),
        (("undo",), "no decision of Ada stands"),
        (("undo", "4"), "decision 4 does not exist"),
        (("correction", "x", "--of", "yesterday"), "'yesterday' is no date"),
        (("correction", "x", "--of", DAY), "is not before"),
        (("diary", *"123456"), "6 lines are more"),
        (("pin", "lead", "--by", " "), "--by is empty"),
    ],
)
def test_what_cannot_be_decided_says_why_and_changes_nothing(
    drafted: Path, digest: Digest, words: tuple[str, ...], said: str
) -> None:
    refused = digest("edit", *words)
    assert refused.code == 2
    assert said in " ".join(refused.err.split())
    assert "no editor has decided anything" in digest("edit", "history").out


def test_a_signed_edition_is_closed(approved: Path, digest: Digest) -> None:
    refused = digest("edit", "lead", "2")
    assert refused.code == 3
    assert "`digest hold --by NAME` takes the signature back" in refused.err
    assert digest("hold", "--by", "Ada").code == 0
    assert digest("edit", "lead", "2").code == 0


def test_findings_that_a_decision_brings_are_told_at_once(drafted: Path, digest: Digest) -> None:
    said = digest("edit", "retitle", "lead", "Too short")
    assert "advice: 9 characters;" in said.err
    assert "advice" not in digest("edit", "kicker", "lead", "Care").err


def finding(what: str, where: str = "text", mend: str = "print more.") -> Finding:
    return Finding(severity=Severity.ADVICE, check="words", what=what, where=where, mend=mend)


def test_what_was_found_before_is_not_told_again_because_its_figure_has_changed() -> None:
    before = [finding("398 words; readers expect 600 to 900."), finding("two links", "html")]
    after = [finding("1,402 words; readers expect 600 to 900."), finding("two links", "html")]
    assert brought(before, after) == []
    assert brought(before, [*after, after[1]]) == [after[1]]
    assert brought([], after) == after
    too_many = finding("1,402 words; readers expect 600 to 900.", mend="print fewer.")
    assert brought(before, [too_many]) == [too_many]


def test_a_story_keeps_its_name_when_it_is_spiked_and_brought_back(drafted: Path, digest: Digest) -> None:
    name, story = headlines(digest)[0], edition(digest)["lead"]["story_id"]
    assert f"spiked “{name}”" in digest("edit", "spike", "1", "--reason", "x").out
    assert digest("explain", story).out.startswith(name[:60])
    assert f"{story} (“{name[:40]}" in digest("explain", f"{story}0").err.replace("\n", " ")
    assert f"pinned “{name}”" in digest("edit", "pin", story).out


def test_an_emptied_edition_says_so(drafted: Path, digest: Digest) -> None:
    config = drafted / "config.toml"
    config.write_text(
        config.read_text(encoding="utf-8") + "[edition]\nfive = 0\nwire = 0\ncomment = 0\n", encoding="utf-8"
    )
    digest("draft", "--now", MOMENT)
    said = digest("edit", "spike", "lead", "--reason", "x")
    assert "The edition is empty: every story was spiked" in said.out


def test_decisions_are_exported_as_cases(drafted: Path, digest: Digest, tmp_path: Path) -> None:
    digest("edit", "lead", "2")
    digest("edit", "spike", "3", "--reason", "x")
    digest("edit", "retitle", "lead", RETITLED)
    out = tmp_path / "cases.jsonl"
    said = digest("edit", "export", "--out", out)
    assert said.out.startswith(f"wrote 2 cases to {out}; ")
    cases = [load_case(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [case.decided.decision.act for case in cases] == ["lead", "spike"]
    assert digest("edit", "export").out == digest("edit", "export", "--all").out == out.read_text(encoding="utf-8")


def test_an_export_of_nothing_says_so(drafted: Path, digest: Digest, tmp_path: Path) -> None:
    for words in ((), ("--newsletter", "weekly", "--all"), ("--out", tmp_path / "cases.jsonl")):
        said = digest("edit", "export", *words)
        assert said.code == 0
        assert said.err == "No split, merge, spike or lead stands: there is nothing to export.\n"
    assert digest("edit", "export").out == ""
    digest("edit", "lead", "2")
    assert digest("edit", "export", "--out", tmp_path / "cases.jsonl").out.startswith("wrote 1 case to ")


def test_the_help_shows_what_to_type(digest: Digest) -> None:
    said = digest("edit", "--help").out
    for line in ('digest edit spike 7 --reason "not about the party"', "digest edit undo", "DIGEST_EDITOR"):
        assert line in said
    for command in ("spike", "move", "merge", "undo", "export"):
        assert "Usage:" in digest("edit", command, "--help").out

"""`digest draft --dry-run --set` and `digest explain` without a story, as a person types them."""

import json
import re
from pathlib import Path

import pytest

from digest.cli.trial import tried_weights
from digest.config.tables import RankSettings
from digest.errors import UsageError
from digest.rank.causes import Weights
from tests.cli.conftest import Digest
from tests.cli.folders import contents
from tests.cli.newsroom import MOMENT


def test_other_weights_say_who_would_stand_elsewhere_and_why_and_keep_nothing(newsroom: Path, digest: Digest) -> None:
    before = contents(newsroom)
    said = digest("draft", "--dry-run", "--now", MOMENT, "--set", "rank.publishers=0", "--set", "rank.freshness=90")
    assert (said.code, said.err) == (0, "")
    assert "Stories that would stand elsewhere" in said.out
    assert re.search(r"\d+ of \d+ printed stories would stand elsewhere", said.out)
    assert "no. " in said.out
    assert "→" in said.out
    assert contents(newsroom) == before


def test_the_weights_of_the_config_move_nobody(newsroom: Path, digest: Digest) -> None:
    said = digest("draft", "--dry-run", "--now", MOMENT, "--set", f"rank.publishers={Weights().publishers}")
    assert said.code == 0
    assert re.search(r"^0 of \d+ printed stories would stand elsewhere", said.out, re.MULTILINE)
    assert "Stories that would stand elsewhere" not in said.out


@pytest.mark.parametrize(
    ("given", "mend"),
    [
        ("rank.publisher=3", "did you mean rank.publishers?"),
        ("publishers=3", "did you mean rank.publishers?"),
        ("edition.five=3", "write one of rank.{publishers, weight"),
        ("rank.freshness=x", "'x' is no whole number"),
        ("rank.freshness", "'' is no whole number"),
        ("rank.comment=5", "comment: 5: Input should be less than or equal to 0"),
        ("rank.weight=2000", "weight: 2000: Input should be less than or equal to 1000"),
    ],
)
def test_a_weight_that_is_none_or_cannot_be_is_refused(newsroom: Path, digest: Digest, given: str, mend: str) -> None:
    said = digest("draft", "--dry-run", "--set", given)
    assert said.code == 2
    assert mend in said.err


def test_weights_are_only_tried_in_a_dry_run(newsroom: Path, digest: Digest) -> None:
    said = digest("draft", "--set", "rank.weight=3")
    assert said.code == 2
    assert "--set without --dry-run" in said.err


def test_what_is_not_tried_is_the_configs_and_the_last_word_counts() -> None:
    base = RankSettings(weight=7)
    tried = tried_weights(["rank.freshness=1", "rank.freshness = 2"], base, dry_run=True)
    assert tried is not None
    assert (tried.weight, tried.freshness, tried.publishers) == (7, 2, Weights().publishers)
    assert tried_weights((), base, dry_run=False) is None
    with pytest.raises(UsageError):
        tried_weights(["rank.weight=1.5"], base, dry_run=True)


def test_the_defaults_of_the_config_are_those_of_the_stage() -> None:
    assert Weights(**RankSettings().model_dump()) == Weights()


def test_without_a_story_every_one_that_was_left_out_is_explained(drafted: Path, digest: Digest) -> None:
    left_out = json.loads(digest("show", "-f", "json").out)["left_out"]
    said = digest("explain")
    assert (said.code, said.err) == (0, "")
    assert f"Left out: {len(left_out)} of" in said.out
    assert all(one["story_id"] in said.out for one in left_out)
    for_machines = json.loads(digest("explain", "--json").out)
    assert for_machines == {"moved": [], "left_out": left_out}

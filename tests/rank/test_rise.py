"""What would move a story up one place is true: do it, and it stands there."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from digest.model.news import Item, Kind, Source
from digest.model.story import Ranked, Story
from digest.rank.causes import Weights
from digest.rank.rank import rank
from digest.rank.rise import ONLY_AN_EDITOR
from tests.builders import LEXICON, NOW, hours_ago, item, source, story

ABOVE = story(
    item("Mayor quits over the harbour", publisher="A", published=NOW),
    item("Harbour mayor gone by teatime", publisher="B"),
    id="above",
)
WEIGHTS = Weights(
    publishers=40,
    weight=20,
    centrality=0,
    reporting=8,
    consequence=4,
    prominence=10,
    freshness=18,
    comment=-20,
    analysis=-10,
    crowding=0,
)
NOBODY: Mapping[str, Source] = MappingProxyType({})


def below(
    *items: Item, weights: Weights = WEIGHTS, above: Story = ABOVE, sources: Mapping[str, Source] = NOBODY
) -> Ranked:
    one = Story(id="below", items=items)
    found = rank([above, one], sources=sources, lexicon=LEXICON, told=(), now=NOW, weights=weights)
    assert [each.story.id for each in found] == ["above", "below"]
    return found[1]


def test_so_many_more_publishers_lift_it_and_one_fewer_do_not() -> None:
    base = item("A new bridge for the town", publisher="X", published=NOW)
    said = below(base).rise
    assert "2 more independent publishers" in said
    for more, place in ((1, 1), (2, 0)):
        fresh = [item(f"Bridge report number {n}", publisher=f"Paper {n}", position=99) for n in range(more)]
        found = rank(
            [ABOVE, Story(id="below", items=(base, *fresh))],
            sources={},
            lexicon=LEXICON,
            told=(),
            now=NOW,
            weights=WEIGHTS,
        )
        assert [one.story.id for one in found].index("below") == place


def test_each_cause_that_has_enough_left_to_give_is_named() -> None:
    weights = replace(WEIGHTS, reporting=80, consequence=80, freshness=80, prominence=80)
    close = story(item("A harbour", publisher="A", published=hours_ago(19), position=99), id="above")
    later = item("A new bridge", publisher="X", published=hours_ago(20), position=99)
    edited = {"a": source("A"), "x": source("X", by_weight=True)}
    assert below(later, weights=weights, above=close, sources=edited).rise == (
        "1 more independent publisher",
        "a credit by another publisher",
        "a report of something done",
        "a new report now",
        "the first place in three feeds in order of weight",
    )
    by_the_clock = {"a": source("A"), "x": source("X")}
    assert below(later, weights=weights, above=close, sources=by_the_clock).rise[-1] == "a new report now"


def test_where_nothing_is_enough_only_an_editor_is() -> None:
    weights = Weights(publishers=0, weight=0, reporting=0, consequence=0, prominence=0, freshness=0, centrality=0)
    tied = below(item("A new bridge", publisher="X"), weights=weights)
    assert tied.rise == (ONLY_AN_EDITOR,)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (item("On bridges", publisher="X", kind=Kind.COMMENT), "4 plain news reports"),
        (item("On bridges", publisher="X", kind=Kind.ANALYSIS), "4 plain news reports"),
        (item("Why a bridge?", publisher="X", position=9), "4 plain news reports"),
    ],
)
def test_a_story_without_a_plain_report_rises_by_such(one: Item, said: str) -> None:
    assert said in below(one).rise


def test_one_plain_report_may_be_enough() -> None:
    close = story(item("A harbour", publisher="A", published=hours_ago(19), kind=Kind.ANALYSIS), id="above")
    assert (
        below(item("Why a bridge?", publisher="X", published=hours_ago(20)), above=close).rise[0]
        == "1 plain news report"
    )

"""An item of several headlines is as relevant as the best of them, and says which that was."""

import math
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.app.shipped import lexicon_texts
from digest.lexicon.load import load
from digest.model.news import Item, Kind
from digest.model.story import Cause, Relevance, Story
from digest.rank.causes import Weights
from digest.rank.rank import rank
from digest.rank.relevance import BIAS, relevance

LEXICON = load(lexicon_texts())
NOON = datetime(2025, 10, 1, 12, tzinfo=UTC)
NEC = "Labour’s NEC opens selections for Marlbury"


def headed(*titles: str) -> Item:
    """An item that came under these headlines, the last of which stands."""
    return Item(
        id="i1",
        publisher="Paper",
        url="https://paper.example/a",
        title=titles[-1],
        summary="",
        author="",
        kind=Kind.NEWS,
        published=NOON,
        first_seen=NOON,
        last_seen=NOON,
        position=0,
        sources=(),
        titles=titles,
        urls=("https://paper.example/a",),
        guids=("g1",),
    )


def judge(one: Item) -> Relevance:
    return relevance(one, sources={}, lexicon=LEXICON)


def test_an_item_keeps_the_relevance_that_an_earlier_headline_gave_it() -> None:
    judged = judge(headed(NEC, "Row over shortlist deepens"))
    assert judged == replace(judge(headed(NEC)), headline=NEC)
    assert judged.score == pytest.approx(1 / (1 + math.exp(-(BIAS + sum(one.weight for one in judged.mentions)))))


def test_the_reasons_of_a_story_name_an_earlier_headline_that_carried_it() -> None:
    story = Story(id="s1", items=(headed(NEC, "Row over shortlist deepens"),))
    (ranked,) = rank((story,), sources={}, lexicon=LEXICON, told=(), now=NOON, weights=Weights())
    (why,) = (reason.why for reason in ranked.reasons if reason.cause is Cause.CENTRALITY)
    assert f"by the headline «{NEC}»" in why


def test_the_last_headline_speaks_where_earlier_ones_say_no_more() -> None:
    assert judge(headed("Row over shortlist deepens", "Starmer speaks")) == judge(headed("Starmer speaks"))
    assert judge(headed("Starmer speaks", "Starmer spoke")).headline == ""


@given(st.lists(st.sampled_from(["Labour wins", "Peru wins", "MPs vote", "Tea"]), min_size=1, max_size=4))
def test_a_new_headline_never_makes_an_item_less_relevant(titles: list[str]) -> None:
    assert judge(headed(*titles)).score == max(judge(headed(title)).score for title in titles)

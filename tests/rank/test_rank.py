"""Points add up, more of a cause never lowers a story, twins and copies count once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.news import Item, Kind
from digest.model.story import Cause, Continuity, Novelty, Ranked, Relevance, Story, Told
from digest.rank.causes import Around, Weights
from digest.rank.citations import credited
from digest.rank.continuity import continuity
from digest.rank.rank import rank
from digest.rank.rank import score as score_story
from digest.rank.voices import voices
from tests.builders import LEXICON, NOW, hours_ago, item, source, sources, story, told

COPY = "Rail fares will be frozen for a second year, the Transport Secretary told MPs on Thursday afternoon."


def around(**given: object) -> Around:
    values: dict[str, object] = {
        "voices": (),
        "relevance": Relevance(score=0.5, mentions=()),
        "continuity": Continuity(novelty=Novelty.NEW),
        "sources": sources("The Lantern", "The Courier", "Northern Post"),
        "now": NOW,
        "weights": Weights(),
    }
    return Around(**(values | given))  # type: ignore[arg-type]


def scored(what: Story, **given: object) -> Ranked:
    return score_story(what, around(voices=voices(what.reports), **given), lexicon=LEXICON)


def points(ranked: Ranked, cause: Cause) -> int:
    return sum(reason.points for reason in ranked.reasons if reason.cause is cause)


reports = st.builds(
    item,
    st.sampled_from(["Labour wins the vote", "Council votes on the library", "Minister told to resign over fares"]),
    publisher=st.sampled_from(["The Lantern", "The Courier", "Northern Post", "Concord"]),
    position=st.integers(0, 30),
    kind=st.sampled_from(list(Kind)),
    published=st.floats(0, 60).map(hours_ago),
)


@given(st.lists(reports, min_size=1, max_size=6), st.booleans())
def test_the_points_add_up_to_the_score_exactly(items: list[Item], is_pinned: bool) -> None:
    ranked = scored(story(*items), is_pinned=is_pinned)
    assert ranked.score == sum(reason.points for reason in ranked.reasons)
    assert all(reason.why for reason in ranked.reasons)


@given(st.lists(reports, min_size=1, max_size=5), st.integers(4, 9))
def test_one_more_independent_publisher_never_lowers_a_story(items: list[Item], more: int) -> None:
    before = scored(story(*items))
    newcomer = item("A different report altogether of the same thing", publisher=f"Paper {more}", kind=Kind.NEWS)
    after = scored(story(*items, newcomer))
    assert after.score >= before.score


def test_three_feeds_of_one_publisher_are_one_voice() -> None:
    items = [item(f"Report {n}", name=str(n), publisher="The Lantern") for n in range(3)]
    assert len(voices(items)) == 1


def test_wire_copy_in_four_papers_is_one_voice_and_says_who_carries_it() -> None:
    items = [item("Rail fares frozen for a second year", publisher=name, summary=COPY) for name in "ABCD"]
    assert [voice.publishers for voice in voices(items)] == [("A", "B", "C", "D")]
    reason = next(reason for reason in scored(story(*items)).reasons if reason.cause is Cause.PUBLISHERS)
    assert reason.why == "1 independent publisher (3 more carry the same copy)"


def test_reports_credited_to_the_same_agency_are_one_voice() -> None:
    one = item("Fares frozen", publisher="A", author="Press Association", summary="The fares are frozen.")
    other = item(
        "Freeze on fares for rail users", publisher="B", summary="Users of rail gain, PA reports.", author="PA"
    )
    same = item("Rail freeze", publisher="C", summary="What it means in short, PA reported.", author="PA")
    assert len(voices([other, same])) == 1
    assert len(voices([one, other])) == 2


def test_a_publisher_with_a_report_of_its_own_besides_the_copy_is_a_voice_of_its_own() -> None:
    items = [
        item("Rail fares frozen for a second year", publisher="A", summary=COPY),
        item("Rail fares frozen for a second year", publisher="B", summary=COPY),
        item("Inside the Treasury row over the fares freeze", publisher="B", summary="Officials warned of the cost."),
    ]
    assert len(voices(items)) == 2


def test_a_column_about_a_report_is_no_second_source() -> None:
    one = story(item("Minister accused over the fares deal"), item("Shame on them", publisher="B", kind=Kind.COMMENT))
    assert scored(one).voices == 1
    assert next(reason for reason in scored(one).reasons).why == "1 independent publisher"


def test_headlines_too_short_to_prove_a_common_origin_are_two_voices() -> None:
    assert len(voices([item("Fares frozen", publisher="A"), item("Fares frozen", publisher="B")])) == 2


@pytest.mark.parametrize(
    "text",
    ["The Mirror reported that the vote was close.", "He told the Mirror he would go.", "According to The Mirror, no."],
)
def test_a_named_source_gets_the_credit(text: str) -> None:
    items = [item("A", publisher="The Mirror"), item("B", publisher="The Courier", summary=text)]
    assert credited(items) == ("The Mirror",)
    assert points(scored(story(*items)), Cause.REPORTING) == Weights().reporting


def test_nobody_credits_himself_nor_a_paper_that_is_only_named() -> None:
    items = [
        item("A", publisher="The Mirror", summary="The Mirror reported it first."),
        item("B", publisher="The Courier", summary="Readers of the Mirror will know."),
    ]
    assert credited(items) == ()


def test_a_heavier_source_gives_more_points_and_an_unknown_one_none() -> None:
    heavy = {"the-lantern": source("The Lantern", weight=2.0)}
    light = {"the-lantern": source("The Lantern", weight=0.5)}
    one = story(item(publisher="The Lantern"))
    assert points(scored(one, sources=heavy), Cause.WEIGHT) > points(scored(one, sources=light), Cause.WEIGHT)
    assert points(scored(one, sources={}), Cause.WEIGHT) == 0


def test_an_old_story_low_in_its_feeds_has_neither_freshness_nor_prominence() -> None:
    ranked = scored(story(item(published=hours_ago(60), position=50)))
    assert {reason.cause for reason in ranked.reasons}.isdisjoint({Cause.FRESHNESS, Cause.PROMINENCE})


def test_comment_and_analysis_alone_are_no_news() -> None:
    comment = scored(story(item(kind=Kind.COMMENT)))
    analysis = scored(story(item(kind=Kind.ANALYSIS), item("More", kind=Kind.COMMENT)))
    assert points(comment, Cause.KIND) == Weights().comment
    assert points(analysis, Cause.KIND) == Weights().analysis
    assert points(scored(story(item(kind=Kind.COMMENT), item("News"))), Cause.KIND) == 0


def test_a_pin_lifts_a_story_over_everything() -> None:
    stories = [story(item(publisher=name)) for name in ("The Lantern", "The Courier")]
    weakest = stories[1].id
    ranked = rank(stories, sources={}, lexicon=LEXICON, told=(), now=NOW, weights=Weights(), pinned=[weakest])
    assert ranked[0].story.id == weakest
    assert points(ranked[0], Cause.PIN) == Weights().pin


def test_equal_scores_are_ordered_by_id_whatever_came_first() -> None:
    stories = [story(item(publisher="A"), id="b"), story(item(publisher="B"), id="a")]
    orders = [
        [one.story.id for one in rank(given, sources={}, lexicon=LEXICON, told=(), now=NOW, weights=Weights())]
        for given in (stories, stories[::-1])
    ]
    assert orders == [["a", "b"], ["a", "b"]]


MEMORY: list[Told] = [told("Labour council saves the library after a long night", items=["known"])]


def test_a_story_nobody_was_told_is_new() -> None:
    assert continuity(story(item("Chancellor sets budget date")), MEMORY).novelty is Novelty.NEW


@pytest.mark.parametrize(
    "again",
    [
        item("Library saved", id="known"),
        item("Labour council saves the library after long night", id="new guid"),
        item("Labour council saves library", kind=Kind.COMMENT, id="known"),
    ],
)
def test_the_same_story_under_a_new_guid_or_headline_is_a_repeat(again: Item) -> None:
    found = continuity(story(again), MEMORY)
    assert (found.novelty, found.told_on) == (Novelty.REPEAT, "2026-05-14")
    assert points(scored(story(again), continuity=found), Cause.DEVELOPMENT) == Weights().repeat


def test_a_story_with_something_new_is_developing_and_says_what() -> None:
    found = continuity(
        story(item("Library saved", id="known"), item("Judge quashes the Stannerby closure in High Court ruling")),
        MEMORY,
    )
    assert found.novelty is Novelty.DEVELOPING
    assert found.since == "Judge quashes the Stannerby closure in High Court ruling"
    assert points(scored(story(), continuity=found), Cause.DEVELOPMENT) == Weights().developing


def test_comment_and_mere_rewording_are_no_development() -> None:
    items = [
        item("Library saved", id="known"),
        item("Why this ruling shames every minister in the land", kind=Kind.COMMENT, id="c"),
        item("Council saves the library after long Labour night", id="d"),
        item("Library night", id="e"),
    ]
    assert continuity(story(*items), MEMORY).novelty is Novelty.REPEAT

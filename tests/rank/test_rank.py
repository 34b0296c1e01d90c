"""Points add up, more of a cause never lowers a story, ties are broken by id."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.news import Item, Kind
from digest.model.story import Cause, Continuity, Novelty, Ranked, Reason, Relevance, Story
from digest.rank.causes import Around, Weights, for_voices, plain_reports
from digest.rank.neighbours import Neighbours
from digest.rank.rank import rank, story_relevance
from digest.rank.rank import score as score_story
from digest.rank.voices import voices
from tests.builders import LEXICON, NOW, hours_ago, item, source, sources, story

SINCE = NOW - timedelta(hours=24)


def around(what: Story, **given: object) -> Around:
    values: dict[str, object] = {
        "voices": voices(plain_reports(what, SINCE)),
        "relevance": Relevance(score=0.5, mentions=()),
        "continuity": Continuity(novelty=Novelty.NEW),
        "sources": sources("The Lantern", "The Courier", "Northern Post"),
        "since": SINCE,
        "now": NOW,
        "weights": Weights(),
    }
    return Around(**(values | given))  # type: ignore[arg-type]


def scored(what: Story, **given: object) -> Ranked:
    return score_story(what, around(what, **given), lexicon=LEXICON)


def points(ranked: Ranked, cause: Cause) -> int:
    return sum(reason.points for reason in ranked.reasons if reason.cause is cause)


def why(ranked: Ranked, cause: Cause) -> str:
    return next((reason.why for reason in ranked.reasons if reason.cause is cause), "")


headlines = st.sampled_from(
    [
        "Labour wins the vote",
        "Council votes on the library",
        "Minister told to resign over fares",
        "How the council lost its library",
        "Can the library be saved?",
        "A quiet town by the river",
    ]
)
reports = st.builds(
    item,
    headlines,
    publisher=st.sampled_from(["The Lantern", "The Courier", "Northern Post", "Concord"]),
    position=st.integers(0, 30),
    kind=st.sampled_from(list(Kind)),
    published=st.floats(0, 60).map(hours_ago),
)


@given(st.lists(reports, min_size=1, max_size=6))
def test_the_points_add_up_to_the_score_exactly(items: list[Item]) -> None:
    ranked = scored(story(*items))
    assert ranked.score == sum(reason.points for reason in ranked.reasons)
    assert all(reason.why for reason in ranked.reasons)


@given(st.lists(st.integers(-90, 90), max_size=12))
def test_a_score_is_every_point_for_and_against_however_many_and_below_nothing_too(given_points: list[int]) -> None:
    total = 0
    reasons = []
    for number in given_points:
        total += number
        reasons.append(Reason(cause=Cause.WEIGHT, points=number, why="so"))
    assert replace(scored(story(item())), reasons=tuple(reasons)).score == total


def test_a_story_is_as_relevant_as_its_most_relevant_report_wherever_that_stands() -> None:
    labour, other = item("Labour conference votes for care service", name="a"), item("A quiet town", name="b")
    found = [
        story_relevance(story(*items), sources={}, lexicon=LEXICON).score
        for items in ([labour], [other], [labour, other], [other, labour])
    ]
    assert found[0] > found[1]
    assert found[2] == found[3] == found[0]


@given(st.lists(reports, min_size=1, max_size=5), st.integers(4, 9), headlines)
def test_one_more_independent_publisher_never_lowers_a_story(items: list[Item], more: int, title: str) -> None:
    newcomer = item(f"{title}, says report {more} of quite another sort", publisher=f"Paper {more}", kind=Kind.NEWS)
    assert scored(story(*items, newcomer)).score >= scored(story(*items)).score


@given(st.lists(reports, min_size=1, max_size=5), st.data())
def test_a_newer_or_higher_placed_report_never_lowers_a_story(items: list[Item], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(items) - 1))
    one = items[place]
    if one.kind is Kind.COMMENT:  # a newer column is no newer report
        return
    newer = max(one.published, hours_ago(data.draw(st.floats(0, 20))))
    raised = replace(one, published=newer, position=data.draw(st.integers(0, one.position)))
    others = [each for at, each in enumerate(items) if at != place]
    assert scored(story(raised, *others)).score >= scored(story(one, *others)).score


@given(st.lists(reports, min_size=1, max_size=5), st.floats(0, 1), st.floats(0, 1))
def test_more_relevance_never_lowers_a_story(items: list[Item], one: float, other: float) -> None:
    less, more = sorted((one, other))
    what = story(*items)
    low, high = (scored(what, relevance=Relevance(score=score, mentions=())) for score in (less, more))
    assert high.score >= low.score


@given(st.lists(reports, min_size=1, max_size=5), st.floats(0, 2), st.floats(0, 2))
def test_a_heavier_source_never_lowers_a_story(items: list[Item], one: float, other: float) -> None:
    less, more = sorted((one, other))
    what = story(*items)
    low, high = (
        scored(what, sources={"the-lantern": source("The Lantern", weight=weight)}).score for weight in (less, more)
    )
    assert high >= low


@given(st.lists(reports, min_size=2, max_size=5))
def test_a_credit_never_lowers_a_story(items: list[Item]) -> None:
    what = story(*items)
    crediting = replace(items[0], summary="As the Lantern reported, and according to The Courier.")
    assert scored(story(crediting, *items[1:])).score >= scored(what).score


@given(st.lists(reports, min_size=1, max_size=5))
def test_a_headline_that_tells_a_deed_never_lowers_a_story(items: list[Item]) -> None:
    told = replace(items[0], title="Minister resigns")
    assert scored(story(told, *items[1:])).score >= scored(story(*items)).score


@given(st.lists(reports, min_size=1, max_size=5), st.sampled_from([field.name for field in fields(Weights)]))
def test_a_greater_weight_never_lowers_a_story(items: list[Item], name: str) -> None:
    what = story(*items)
    greater = replace(Weights(), **{name: getattr(Weights(), name) + 5})
    assert scored(what, weights=greater).score >= scored(what).score


def test_a_story_told_by_wire_copy_says_who_carries_it() -> None:
    copy = "Rail fares will be frozen for a second year, the Transport Secretary told MPs on Thursday afternoon."
    items = [item("Rail fares frozen for a second year", publisher=name, summary=copy) for name in "ABCD"]
    assert why(scored(story(*items)), Cause.PUBLISHERS) == "1 independent publisher (3 more carry the same copy)"


def test_only_plain_reports_since_the_last_edition_count_as_publishers() -> None:
    items = [
        item("Minister quits over the fares deal", publisher="A"),
        item("Shame on them all", publisher="B", kind=Kind.COMMENT),
        item("What the resignation means", publisher="C", kind=Kind.ANALYSIS),
        item("Why did the minister quit?", publisher="D"),
        item("Minister under pressure over fares", publisher="E", published=hours_ago(30)),
    ]
    ranked = scored(story(*items))
    assert why(ranked, Cause.PUBLISHERS) == "1 independent publisher"
    assert ranked.voices == 4


def test_from_twelve_publishers_on_there_are_no_more_points() -> None:
    assert [for_voices(count, Weights()) for count in (0, 8, 12, 20)] == [0, 40, 47, 47]
    assert for_voices(1, Weights()) > for_voices(2, Weights()) - for_voices(1, Weights())


def test_a_credited_publisher_brings_points_and_the_words_that_credit_it() -> None:
    items = [
        item("A", publisher="The Mirror"),
        item("B", publisher="The Courier", summary="The Mirror reported that the vote was close."),
    ]
    ranked = scored(story(*items))
    assert points(ranked, Cause.REPORTING) == Weights().reporting
    assert why(ranked, Cause.REPORTING) == "The Mirror is credited by others (The Courier: «The Mirror reported»)"


def test_a_heavier_source_gives_more_points_and_a_known_publisher_what_it_is_known_for() -> None:
    heavy = {"the-lantern": source("The Lantern", weight=2.0)}
    one = story(item(publisher="The Lantern"))
    assert points(scored(one, sources=heavy), Cause.WEIGHT) == Weights().weight
    assert points(scored(one, sources={}), Cause.WEIGHT) == Weights().weight / 2
    assert points(scored(story(item(publisher="BBC")), sources={}), Cause.WEIGHT) > Weights().weight / 2
    nothing = {"the-lantern": source("The Lantern", weight=0.0)}
    assert Cause.WEIGHT not in {reason.cause for reason in scored(one, sources=nothing).reasons}


def test_something_done_counts_twice_what_something_said_does() -> None:
    done, said, neither = (scored(story(item(title))) for title in ("Mayor quits", "Mayor warns", "A mayor at home"))
    assert points(done, Cause.CONSEQUENCE) == 2 * points(said, Cause.CONSEQUENCE) == Weights().consequence
    assert why(said, Cause.CONSEQUENCE) == "something said: «Mayor warns»"
    assert points(neither, Cause.CONSEQUENCE) == 0
    assert points(scored(story(item("Mayor quits", kind=Kind.COMMENT))), Cause.CONSEQUENCE) == 0


def test_an_old_story_low_in_its_feeds_has_neither_freshness_nor_prominence() -> None:
    ranked = scored(story(item(published=hours_ago(60), position=50)))
    assert {reason.cause for reason in ranked.reasons}.isdisjoint({Cause.FRESHNESS, Cause.PROMINENCE})
    edited = {"the-lantern": source("The Lantern", by_weight=True), "b": source("B", by_weight=True)}
    placed = story(item("Report", position=0, published=NOW), item("More", position=2, publisher="B"))
    first = scored(placed, sources=edited)
    assert why(first, Cause.PROMINENCE) == "placed no. 1, no. 3 in its feeds"
    assert points(first, Cause.FRESHNESS) == Weights().freshness


@pytest.mark.parametrize("hours", [1, 0.6, 3])
def test_an_hour_is_one_hour(hours: float) -> None:
    said = why(scored(story(item(published=hours_ago(hours)))), Cause.FRESHNESS)
    assert said == ("newest report 3 hours old" if hours == 3 else "newest report 1 hour old")


@pytest.mark.parametrize("by_weight", [("lantern-front",), ("lantern-latest",), ()])
def test_a_place_in_a_feed_counts_only_where_every_feed_that_has_it_is_in_order_of_weight(
    by_weight: tuple[str, ...],
) -> None:
    feeds = ("lantern-front", "lantern-latest")
    known = {name: source("The Lantern", id=name, by_weight=name in by_weight) for name in feeds}
    assert points(scored(story(item(sources=feeds)), sources=known), Cause.PROMINENCE) == 0
    alone = story(item(sources=("lantern-front",)))
    assert bool(points(scored(alone, sources=known), Cause.PROMINENCE)) == ("lantern-front" in by_weight)


def test_who_tells_nearly_the_same_elsewhere_counts_in_part_and_is_named() -> None:
    alone, beside = scored(story()), scored(story(), near=Neighbours(publishers=3, count=1.5))
    assert points(alone, Cause.PUBLISHERS) < points(beside, Cause.PUBLISHERS) == for_voices(2.5, Weights())
    assert why(beside, Cause.PUBLISHERS) == (
        "1 independent publisher; 3 more tell nearly the same elsewhere, worth 1.5"
    )
    one = scored(story(), near=Neighbours(publishers=1, count=0.4))
    assert "1 more tells nearly the same elsewhere, worth 0.4" in why(one, Cause.PUBLISHERS)
    column = scored(story(item(kind=Kind.COMMENT)), near=Neighbours(publishers=3, count=1.5))
    assert points(column, Cause.PUBLISHERS) == 0


@given(st.lists(reports, min_size=1, max_size=5), st.floats(0, 9), st.floats(0, 9))
def test_more_neighbours_never_lower_a_story(items: list[Item], one: float, other: float) -> None:
    less, more = (Neighbours(publishers=3, count=count) for count in sorted((one, other)))
    assert scored(story(*items), near=more).score >= scored(story(*items), near=less).score


def test_comment_analysis_and_questions_alone_are_no_news() -> None:
    comment = scored(story(item(kind=Kind.COMMENT)))
    analysis = scored(story(item(kind=Kind.ANALYSIS), item("More", kind=Kind.COMMENT)))
    question = scored(story(item("Will the council save its library?")))
    assert points(comment, Cause.KIND) == Weights().comment
    assert points(analysis, Cause.KIND) == points(question, Cause.KIND) == Weights().analysis
    assert points(scored(story(item(kind=Kind.COMMENT), item("News"))), Cause.KIND) == 0


def test_a_report_that_is_no_longer_new_is_told_from_none_and_a_column_does_not_lower_it() -> None:
    old = item("Council saves library", published=hours_ago(30))
    alone, beside = scored(story(old)), scored(story(old, item("Hooray", kind=Kind.COMMENT, published=hours_ago(1))))
    assert why(alone, Cause.KIND) == why(beside, Cause.KIND) == "no new report"
    assert beside.score >= alone.score


@pytest.mark.parametrize(
    ("novelty", "expected"),
    [(Novelty.NEW, 0), (Novelty.DEVELOPING, Weights().developing), (Novelty.REPEAT, Weights().repeat)],
)
def test_what_readers_know_counts(novelty: Novelty, expected: int) -> None:
    known = Continuity(novelty=novelty, since="Judge quashes it", told_on="2026-05-14")
    assert points(scored(story(), continuity=known), Cause.DEVELOPMENT) == expected


def test_equal_scores_are_ordered_by_id_whatever_came_first() -> None:
    stories = [story(item("One", publisher="A"), id="b"), story(item("Two", publisher="B"), id="a")]
    orders = [
        [one.story.id for one in rank(given, sources={}, lexicon=LEXICON, told=(), now=NOW, weights=Weights())]
        for given in (stories, stories[::-1])
    ]
    assert orders == [["a", "b"], ["a", "b"]]


def test_every_story_but_the_first_says_what_would_lift_it() -> None:
    stories = [story(item(f"Report {name}", publisher=name), id=name) for name in "ABC"]
    ranked = rank(stories, sources={}, lexicon=LEXICON, told=(), now=NOW, weights=Weights())
    assert [bool(one.rise) for one in ranked] == [False, True, True]


def test_news_counts_from_the_last_edition_or_from_a_day_ago() -> None:
    one = story(item("Minister quits", published=hours_ago(30)))
    given = {"sources": {}, "lexicon": LEXICON, "told": (), "now": NOW, "weights": Weights()}
    within = rank([one], since=hours_ago(72), **given)  # type: ignore[arg-type]
    without = rank([one], **given)  # type: ignore[arg-type]
    assert why(within[0], Cause.PUBLISHERS) == "1 independent publisher"
    assert why(without[0], Cause.PUBLISHERS) == "no plain report since the last edition"

import math
from datetime import UTC, datetime
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.lexicon.load import load
from digest.model.news import Item, Kind, Source, SourceKind
from digest.model.story import Relevance
from digest.rank.relevance import BIAS, DEFAULT_THRESHOLD, relevance

LEXICON = load(
    {file.name: file.read_text("utf-8") for file in files("digest.lexicon").iterdir() if file.name.endswith(".toml")}
)
NOON = datetime(2025, 10, 1, 12, tzinfo=UTC)


def item(title: str, *, summary: str = "", url: str = "https://paper.example/a", sources: tuple[str, ...] = ()) -> Item:
    return Item(
        id="i1",
        publisher="Paper",
        url=url,
        title=title,
        summary=summary,
        author="",
        kind=Kind.NEWS,
        published=NOON,
        first_seen=NOON,
        last_seen=NOON,
        position=0,
        sources=sources,
        titles=(title,),
        urls=(url,),
        guids=("g1",),
    )


def source(name: str, *, kind: SourceKind = SourceKind.NATIONAL, labour: bool = False) -> Source:
    return Source(id=name, name=name, url="https://x.example", publisher=name, kind=kind, labour=labour)


def judge(one: Item, *sources: Source) -> Relevance:
    return relevance(one, sources={source.id: source for source in sources}, lexicon=LEXICON)


def score(title: str) -> float:
    return judge(item(title)).score


@pytest.mark.parametrize(
    "title",
    [
        "Labour MP Ottoline Marsh quits frontbench",
        "Labour council scraps bin charge in Little Wittering",
        "Health secretary promises 4,000 more nurses",
        "Trade unions and ministers reach deal",
        "Chancellor rules out wealth tax",
        "Labour’s NEC opens selections for Marlbury",
    ],
)
def test_labour_news_about_invented_people_is_above_the_threshold(title: str) -> None:
    assert score(title) >= DEFAULT_THRESHOLD


@pytest.mark.parametrize(
    "title",
    [
        "Labor sweeps Queensland as Albanese celebrates",
        "Labour market cools as vacancies fall",
        "Child labour found in cocoa supply chain",
        "Latvian prime minister resigns",
        "Arsenal go top of the Premier League",
        "Strictly star announces engagement",
        "Heatwave to last until Sunday, says Met Office",
        "Ten ways with courgettes",
    ],
)
def test_what_is_plainly_else_is_below_the_threshold(title: str) -> None:
    assert score(title) < DEFAULT_THRESHOLD


def test_general_politics_lies_between_labour_news_and_the_rest() -> None:
    assert score("Courgette shortage") < score("Tories split over polls") < score("Labour split over polls")


def test_the_score_is_the_logistic_of_the_bias_and_the_weights() -> None:
    judged = judge(item("Labour and Unite clash over pay deal", summary="The TUC met ministers."))
    total = BIAS + sum(mention.weight for mention in judged.mentions)
    assert judged.score == pytest.approx(1 / (1 + math.exp(-total)))
    assert [abs(one.weight) for one in judged.mentions] == sorted(
        (abs(one.weight) for one in judged.mentions), reverse=True
    )


def test_a_name_counts_once_and_a_headline_counts_more_than_a_summary() -> None:
    alone = judge(item("Starmer speaks"))
    twice = judge(item("Starmer speaks", summary="Sir Keir Starmer spoke."))
    below = judge(item("He speaks", summary="Sir Keir Starmer spoke."))
    assert alone.score == twice.score > below.score


def test_a_labour_outlet_is_relevant_by_itself_but_not_with_foreign_news() -> None:
    outlet = source("Red Herald", labour=True)
    assert judge(item("Ten ways with courgettes", sources=("Red Herald",)), outlet).score >= DEFAULT_THRESHOLD
    foreign = item("Bolivia and Peru play in World Cup", sources=("Red Herald",))
    assert judge(foreign, outlet).score < DEFAULT_THRESHOLD


def test_the_source_that_says_most_speaks_once() -> None:
    one = item("Ten ways with courgettes", sources=("Red Herald", "Daily Politics", "Union News", "unknown"))
    judged = judge(
        one,
        source("Red Herald", labour=True),
        source("Daily Politics"),
        source("Union News", kind=SourceKind.UNION),
    )
    assert [(mention.name, mention.category) for mention in judged.mentions] == [("Red Herald", "source")]


@pytest.mark.parametrize("name", ["Daily Politics", "Daily politics RSS"])
def test_a_politics_feed_says_a_little(name: str) -> None:
    one = item("Ten ways with courgettes", sources=(name,))
    assert judge(one).score < judge(one, source(name)).score < DEFAULT_THRESHOLD


def test_a_general_feed_says_nothing() -> None:
    one = item("Ten ways with courgettes", sources=("Paper",))
    assert judge(one, source("Paper")).mentions == ()


def test_the_address_speaks_for_politics_and_against_sport() -> None:
    politics = judge(item("A week to remember", url="https://paper.example/uk/politics/2025/a"))
    sport = judge(item("A week to remember", url="https://paper.example/politics/sport/a"))
    assert [mention.name for mention in politics.mentions] == ["/politics/"]
    assert [mention.name for mention in sport.mentions] == ["/sport/"]
    assert sport.score < score("A week to remember") < politics.score


def test_further_mentions_of_a_category_count_less_each() -> None:
    one, two = score("Peru in talks"), score("Peru and Bolivia in talks")
    first, second = judge(item("Peru and Bolivia in talks")).mentions
    assert two < one
    assert abs(second.weight) < abs(first.weight)


def test_what_is_foreign_weighs_less_beside_labour() -> None:
    weights = {mention.name: mention.weight for mention in judge(item("Starmer flies to Peru")).mentions}
    alone = {mention.name: mention.weight for mention in judge(item("Tories fly to Peru")).mentions}
    assert alone["Peru"] < weights["Peru"] < 0


WORDS = st.lists(st.sampled_from(["Labour", "Peru", "MPs", "Farage", "snow", "Starmer", "tea", "poll"]), max_size=8)


@given(WORDS, WORDS)
def test_every_score_lies_between_nought_and_one_and_names_whatever_moved_it(
    title: list[str], summary: list[str]
) -> None:
    judged = judge(item(" ".join(title), summary=" ".join(summary)))
    assert 0 < judged.score < 1
    assert len({mention.name for mention in judged.mentions}) == len(judged.mentions)


@given(WORDS)
def test_naming_the_party_never_makes_a_headline_less_relevant(words: list[str]) -> None:
    assert score(" ".join(words)) <= score(" ".join([*words, "Labour"])) + 1e-12


def test_another_partys_reshuffle_is_no_labour_news_and_labours_is() -> None:
    theirs = score("Conservative leader drops two from shadow cabinet in reshuffle")
    assert theirs < DEFAULT_THRESHOLD < score("Labour leader drops two from cabinet in reshuffle")

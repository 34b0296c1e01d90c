import math
from datetime import UTC, datetime
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config.tables import EditionSettings
from digest.lexicon.load import load
from digest.model.news import Item, Kind, Source, SourceKind
from digest.model.story import Relevance
from digest.rank.relevance import BIAS, DEFAULT_THRESHOLD, LABOUR_NEWS, relevance

LEXICON = load(
    {file.name: file.read_text("utf-8") for file in files("digest.lexicon").iterdir() if file.name.endswith(".toml")}
)
PRINTED = EditionSettings().threshold
"""From this relevance on an edition prints a story, unless its newsroom says otherwise."""

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


def weights(title: str, url: str = "https://paper.example/a") -> dict[str, float]:
    return {mention.name: mention.weight for mention in judge(item(title, url=url)).mentions}


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
def test_labour_news_about_invented_people_is_labour_news_by_itself(title: str) -> None:
    assert score(title) >= LABOUR_NEWS


@pytest.mark.parametrize(
    "title",
    [
        "Labor sweeps Queensland as Albanese celebrates",
        "Labor leader in New South Wales quits before state election",
        "New Zealand Labour picks Hipkins to fight election",
        "Norway’s Labour party wins a second term",
        "US Labor Department cuts its forecast",
        "Labour market cools as vacancies fall",
        "Child labour found in cocoa supply chain",
        "Woman in labour waits nine hours for ambulance",
        "A labour of love: the man who rebuilt a tram",
        "Latvian prime minister resigns",
        "Brazilian minister promises new fuel subsidy",
        "Japan’s cabinet approves record budget",
        "Canadian opposition leader calls for inquiry",
        "EU ministers to meet over Ukraine",
        "Trump sacks his attorney general",
        "German chancellor faces revolt in his coalition",
        "Arsenal go top of the Premier League",
        "Six Nations squad named before Twickenham match",
        "Strictly star announces engagement",
        "Taylor Swift adds a night at Wembley",
        "Prince Harry returns for charity dinner",
        "Heatwave to last until Sunday, says Met Office",
        "Strictly speaking: a grammarian’s complaint",
        "Ten ways with courgettes",
    ],
)
def test_what_is_plainly_else_does_not_pass(title: str) -> None:
    assert score(title) < DEFAULT_THRESHOLD


@pytest.mark.parametrize(
    "title",
    [
        "MPs vote on badger bill",
        "Tories split over polls",
        "Farage opens Reform’s conference",
        "Lib Dems promise free bus passes",
        "Council tax to rise in Little Wittering",
        "First minister of Scotland opens a bridge",
        "Commons Speaker opens a library",
        "Westminster awaits the census",
    ],
)
def test_general_politics_passes_but_is_no_labour_news_by_itself(title: str) -> None:
    assert DEFAULT_THRESHOLD <= score(title) < LABOUR_NEWS


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
def test_a_politics_feed_says_that_it_is_politics_and_no_more(name: str) -> None:
    one = item("Ten ways with courgettes", sources=(name,))
    assert judge(one).score < DEFAULT_THRESHOLD <= judge(one, source(name)).score < PRINTED


def test_a_politics_feed_does_not_carry_what_is_foreign() -> None:
    one = item("Peru’s president resigns", sources=("Daily Politics",))
    assert judge(one, source("Daily Politics")).score < DEFAULT_THRESHOLD


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


@pytest.mark.parametrize(
    ("beside", "alone", "name"),
    [
        ("Starmer flies to Peru", "Tories fly to Peru", "Peru"),
        ("Starmer wants the Premier League on free television", "Premier League on free television", "Football"),
        ("Labour plans for the labour market", "Plans for the labour market", "labour (work)"),
    ],
)
def test_what_speaks_against_weighs_less_beside_labour(beside: str, alone: str, name: str) -> None:
    assert weights(alone)[name] < weights(beside)[name] < 0


def test_a_sports_page_weighs_less_against_a_headline_that_names_labour() -> None:
    page = "https://paper.example/sport/a"
    assert weights("A week to remember", page)["/sport/"] < weights("Starmer at the match", page)["/sport/"] < 0


def test_another_party_speaks_for_politics_alone_and_against_beside_labour() -> None:
    assert weights("Farage speaks")["Nigel Farage"] > 0 > weights("Farage on Starmer")["Nigel Farage"]


def test_a_prime_minister_elsewhere_is_not_ours() -> None:
    elsewhere, here = "Prime minister of Peru speaks", "Prime minister speaks of Peru in London"
    assert 0 < weights(elsewhere)["Prime Minister"] < weights(here)["Prime Minister"]
    assert (
        weights("Chancellor speaks of Peru")["Chancellor of the Exchequer"]
        == weights("Chancellor speaks")["Chancellor of the Exchequer"]
    )


def test_a_prime_minister_who_opens_a_headline_alone_is_ours_wherever_he_goes() -> None:
    assert score("Prime minister to visit Kyiv") >= DEFAULT_THRESHOLD
    assert score("The prime minister to visit Kyiv") == score("Prime minister to visit Kyiv")
    for elsewhere in ("Prime minister of Peru speaks", "Prime minister in Peru speaks", "Peru’s prime minister speaks"):
        assert score(elsewhere) < DEFAULT_THRESHOLD


@pytest.mark.parametrize(
    "title",
    [
        "Unite suspends affiliation fees",
        "Unison elects leftwinger as general secretary",
        "Selection row in Marlbury",
    ],
)
def test_the_partys_own_trade_is_ours(title: str) -> None:
    assert score(title) >= DEFAULT_THRESHOLD


@pytest.mark.parametrize(
    "title",
    [
        "Leadership contest at Barclays",
        "Selection row in Marlbury",
    ],
)
def test_what_any_body_may_have_is_not_printed_unless_more_speaks_for_it(title: str) -> None:
    assert score(title) < PRINTED < score(f"{title}, Labour MP says")


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
    assert theirs < LABOUR_NEWS < score("Labour leader drops two from cabinet in reshuffle")


THEIRS = [
    "Tories pick new chair before by-election",
    "Farage sacks two MPs from Reform’s front bench after council vote",
    "Lib Dems call Commons vote on pothole fund",
    "Aldenham brings three newcomers to Conservative front bench",
    "Badenoch promotes three MPs in shadow cabinet reshuffle before election",
]


@pytest.mark.parametrize("title", THEIRS)
def test_another_partys_news_alone_is_politics_and_never_reaches_an_edition(title: str) -> None:
    page = "https://paper.example/politics/a"
    one = item(title, url=page, summary="MPs expect a general election.", sources=("Daily Politics",))
    assert DEFAULT_THRESHOLD <= judge(one).score < judge(one, source("Daily Politics")).score < PRINTED
    assert weights(title, page)["nothing of Labour’s"] < 0


@pytest.mark.parametrize("title", THEIRS)
def test_another_partys_news_is_ours_where_labour_is_named_or_tells_it(title: str) -> None:
    assert judge(item(f"{title}, to Starmer’s relief")).score >= PRINTED
    told = item(title, sources=("Red Herald",))
    assert judge(told, source("Red Herald", labour=True)).score >= PRINTED

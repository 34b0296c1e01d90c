"""subject(): the fittest of the lead's headlines, whole or cut where nothing is taken back, and why."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.edit.bait import faults, in_title_case, is_rubric
from digest.edit.clause import clauses
from digest.edit.subject import MOST, subject
from digest.model.news import Item, Kind
from tests.builders import hours_ago, item

FIT = "Reed resigns as care minister over the estates levy"


def line(*titles: str | Item) -> str:
    items = [one if isinstance(one, Item) else item(one, publisher=f"Paper {n}") for n, one in enumerate(titles)]
    return subject(items, sources={}).text


@pytest.mark.parametrize(
    "worse",
    [
        "Why did Reed resign as minister over the estates levy?",
        "Reed’s resignation: here’s what we know about the levy",
        "Inside Reed’s last day as care minister of the levy",
        "REED QUITS AS CARE MINISTER OVER THE ESTATES LEVY",
        "‘It is over’: tears and cheers as the care levy falls",
        "Reed resigns",
        "Reed resigns as care minister over the estates levy that he had himself announced",
        "You won’t believe why Reed resigned over the estates levy",
        "Watch: Reed resigns as care minister over estates levy",
        "Five things that Reed said as he resigned as minister",
    ],
)
def test_a_plain_headline_of_the_right_length_wins(worse: str) -> None:
    assert line(worse, FIT) == line(FIT, worse) == FIT


def test_news_comes_before_comment() -> None:
    column = item("Reed was right to resign over the estates levy", kind=Kind.COMMENT)
    assert line(column, FIT) == FIT
    assert line(column) == column.title


@pytest.mark.parametrize(
    ("title", "told"),
    [
        (f"{FIT} – UK politics live", FIT),
        (f"{FIT} – as it happened", FIT),
        (f"{FIT} | The Lantern", FIT),
        (f"Politics latest: {FIT}", FIT),
        (f"EXCLUSIVE: {FIT} – video", FIT),
    ],
)
def test_tags_of_the_page_are_cut(title: str, told: str) -> None:
    assert line(title) == told


@pytest.mark.parametrize(
    ("title", "told"),
    [
        (f"{FIT}, paving the way for a contest this summer", FIT),
        (f"{FIT} after a week of talks with Labour’s unions", FIT),
        (f"{FIT} as Lowe prepares to stand for the leadership", FIT),
        (f"{FIT} – and the whole of the Treasury stands by", FIT),
    ],
)
def test_of_a_long_headline_the_main_clause_stands(title: str, told: str) -> None:
    assert line(title) == told


@pytest.mark.parametrize(
    "title",
    [
        f"{FIT} after revolt, the Mirror reports today",
        f"{FIT}, setting up a contest unless Lowe steps aside",
        f"{FIT} as poll puts Labour in the lead at last",
        "‘Reed resigns as care minister over levy – and others will follow him’ say Labour unions",
    ],
)
def test_no_clause_is_cut_that_takes_something_back(title: str) -> None:
    assert list(clauses(title)) == []


def test_a_clause_is_not_cut_in_the_middle_of_a_phrase() -> None:
    assert list(clauses("Councillor who left quits two days after the count")) == []
    assert list(clauses("Reed to resign as leader of the council")) == []


LONG = "Reed sets out plans for a national care service that every council in the land will have to run"


def test_a_long_headline_without_clauses_stays_whole_rather_than_end_in_an_ellipsis() -> None:
    assert line(LONG) == LONG


def test_only_what_no_inbox_would_show_is_cut_between_words_and_ends_in_none_that_hangs() -> None:
    assert line(f"{LONG} for longer than a year and the") == f"{LONG} for longer…"


def test_a_headline_that_gives_every_word_a_capital_comes_after_one_that_does_not() -> None:
    shouting = "Reed Resigns as Care Minister Over the Estates Levy"
    assert line(shouting, FIT) == line(FIT, shouting) == FIT
    assert line(shouting, f"{FIT}, paving the way for a contest this summer") == FIT
    assert line(shouting, "Reed resigns over the estates levy") == shouting


@pytest.mark.parametrize(
    ("title", "is_so"),
    [
        ("Reed Resigns With Anger Over the Estates Levy", True),
        ("Ada Reed and Tom Lowe set for a showdown", False),
        ("Labour MP Ada Reed quits Marlbury Council Today", False),
        ("Reed Quits", False),
    ],
)
def test_capitals_on_every_longer_word_are_title_case(title: str, is_so: bool) -> None:
    assert in_title_case(title) is is_so


@pytest.mark.parametrize(
    ("title", "is_so"),
    [
        ("Watch: the day that Reed resigned", True),
        ("Watch Reed Resign Over the Estates Levy", True),
        ("Reed’s last levy – podcast", True),
        ("Podcast", True),
        ("Watchdog finds levy unlawful", False),
        ("Watch committee quits over levy", False),
        ("Letters to Reed go unanswered", False),
        ("Reed resigns – and Lowe wins", False),
    ],
)
def test_a_rubric_only_labels_something_to_watch_or_to_hear(title: str, is_so: bool) -> None:
    assert is_rubric(title) is is_so


def test_a_headline_stays_long_rather_than_lose_who_says_so() -> None:
    long = "Reed will have to go before the summer if the levy falls in the Lords vote, Lowe says"
    assert line(long) == long
    endless = f"{long} in the longest speech that anybody in the chamber can remember, says one of them"
    assert line(endless).endswith("…")
    assert len(line(endless)) <= MOST


def test_a_readable_short_headline_beats_a_cut_one_and_a_very_short_one_does_not() -> None:
    assert line(LONG, "Reed sets out national care service") == "Reed sets out national care service"
    assert line(LONG, "Reed’s plan") == LONG


def test_the_reason_names_whose_it_is_and_what_the_others_lacked() -> None:
    items = [
        item(FIT, publisher="The Lantern"),
        item("Why did he go?", publisher="B"),
        item("Reed goes", publisher="C"),
        item(f"{FIT} of his own free will and nobody else’s", publisher="D"),
        item("Care minister Reed resigns over the estates levy", publisher="E", published=hours_ago(1)),
    ]
    assert subject(items, sources={}).why == (
        "The Lantern’s headline, whole, 51 characters; others: a question (1), less fit (1), too long (1),"
        " too short (1)."
    )


def test_where_every_headline_has_a_fault_the_reason_says_so() -> None:
    assert subject([item("Why did Reed resign as minister over the estates levy?")], sources={}).why == (
        "The Lantern’s headline, whole, 54 characters (a question, a teaser or a label: there is none without a fault)."
    )


@pytest.mark.parametrize(
    "title",
    [
        "‘I will go on,’ says Reed after the vote",
        "‘I will go on’: Ada Reed on her last day",
        "Reed: ‘I will go on’",
        "Reed’s plans to cut the levy in Who’s Who",
        "Watchdog finds levy unlawful",
    ],
)
def test_plain_headlines_have_no_fault(title: str) -> None:
    assert faults(title) == ()


@pytest.mark.parametrize(
    ("title", "fault"),
    [
        ("‘Labour chaos to blame’ for the levy", "a quotation without its speaker"),
        ("‘Just a down to earth man’: Aldermere receptive to Reed", "a quotation without its speaker"),
        ("Reed said ‘I will go", "a quotation without its speaker"),
        ("Reed will go on and…", "cut off"),
        ("Reed quits, rates rise, more", "a teaser or a label"),
        ("Reed’s letter – what he said and what he meant", "a teaser or a label"),
        ("Four key excerpts from Reed’s letter", "a teaser or a label"),
        ("In full: Reed’s letter to the council", "a teaser or a label"),
        ("King’s Speech: A guide to the council’s new laws", "a teaser or a label"),
    ],
)
def test_faults_are_named(title: str, fault: str) -> None:
    assert fault in faults(title)


WORDS = ("Reed", "Labour", "levy", "after", "as", "resigns", "amid", "‘chaos’", "says", "the", "of", "?", "–", "live")
TITLES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=24).map(" ".join)


@given(st.lists(TITLES, min_size=1, max_size=5, unique=True), st.randoms(use_true_random=False))
def test_the_laws_of_subjects(titles: list[str], random: object) -> None:
    items = [item(title, name=str(n), publisher=f"P{n}") for n, title in enumerate(titles)]
    found = subject(items, sources={})
    kept = found.text.removesuffix("…")
    assert len(found.text) <= MOST
    assert any(re.search(rf"(?:^|[\s–:|]){re.escape(kept)}(?:$|[\s,;:–])", title) for title in titles)
    random.shuffle(items)  # type: ignore[attr-defined]
    assert subject(items, sources={}) == found

"""Summaries: whole sentences with spans, from whoever tells the story best, within every publisher's cap."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.edit.summary import Summary, summary
from digest.model.edition import Field, Sentence
from digest.model.news import Item, Kind
from digest.text.verify import fault
from tests.builders import hours_ago, item, source

LEVY = "The levy starts in April and will raise £2bn a year."
UNIONS = "Unions have welcomed the levy as a victory for carers."
VOTE = "Peers voted for the bill by 210 to 140 late on Wednesday."


def made(*items: Item, most: int = 3, words: int = 50, **given: object) -> Summary:
    return summary(items, headline=items[0], most=most, words=words, **given)  # type: ignore[arg-type]


def texts(found: Summary) -> list[str]:
    return [sentence.text for sentence in found.sentences]


def test_sentences_are_taken_whole_with_their_span_and_publisher() -> None:
    one = item("Care levy announced", summary=f"{LEVY} {UNIONS}")
    (first, second) = made(one).sentences
    assert (first.text, second.text) == (LEVY, UNIONS)
    assert one.summary[second.start : second.end] == UNIONS
    assert {first.item_id, second.item_id} == {one.id}
    assert (second.publisher, second.field, second.words) == ("The Lantern", Field.SUMMARY, 10)


def test_a_feed_that_gave_only_headlines_gives_no_sentence() -> None:
    assert made(item("Care levy announced"), item("Levy", publisher="B")) == Summary(sentences=(), passed_over=())


def test_what_is_refused_is_kept_with_its_span_and_the_reason() -> None:
    one = item("Care levy announced", summary=f"Read more here. {LEVY} But is it fair? It may never be paid in full.")
    found = made(one)
    assert texts(found) == [LEVY]
    said = {one.summary[passed.start : passed.end]: passed.why for passed in found.passed_over}
    assert said == {
        "Read more here.": "a teaser",
        "But is it fair?": "a question",
        "It may never be paid in full.": "needs the sentence before it",
    }


def test_another_report_speaks_where_the_headline_s_own_says_nothing_but_never_a_column() -> None:
    one = item("Care levy announced", publisher="A", summary="What does it mean?")
    column = item("My view", publisher="B", kind=Kind.COMMENT, summary="The levy is folly and will fail.")
    report = item("Levy", publisher="C", summary=LEVY)
    assert [part.publisher for part in made(one, column, report).sentences] == ["C"]


def test_a_column_may_speak_under_its_own_headline() -> None:
    column = item("My view", kind=Kind.COMMENT, summary="The levy is folly and will fail.")
    assert texts(made(column, most=1)) == ["The levy is folly and will fail."]


def test_what_the_reports_agree_on_is_told_before_what_one_of_them_adds() -> None:
    odd = item("Care levy announced", publisher="A", summary="A dog barked through most of the long debate.")
    others = [item(f"Levy {n}", publisher=n, summary=f"{LEVY} {UNIONS}") for n in ("B", "C", "D")]
    assert texts(made(odd, *others, most=1)) == [LEVY]


def test_a_heavier_publisher_is_heard_first_among_equals() -> None:
    one = item("Care levy announced", publisher="A")
    light = item("Levy X", publisher="B", summary="The levy will start in the spring of next year, ministers say.")
    heavy = item("Levy Y", publisher="C", summary="The levy will start in the spring of next year, peers say.")
    sources = {"b": source("B", weight=0.2), "c": source("C", weight=1.9)}
    assert [part.publisher for part in made(one, light, heavy, most=1, sources=sources).sentences] == ["C"]


def test_two_reports_do_not_tell_the_same_twice() -> None:
    one = item("Care levy announced", publisher="A", summary=LEVY)
    other = item("Levy", publisher="B", summary=f"Starting in April, the levy will raise £2bn a year. {VOTE}")
    assert texts(made(one, other)) == [LEVY, VOTE]


def test_a_report_is_told_on_rather_than_opened_again_by_another() -> None:
    one = item("Care levy announced", publisher="A", summary=f"{LEVY} It was agreed with the unions on Monday.")
    other = item("Care levy announced by Reed", publisher="B", summary=VOTE)
    assert texts(made(one, other, most=2)) == [LEVY, "It was agreed with the unions on Monday."]


def test_a_sentence_that_leans_is_printed_only_behind_the_one_it_leans_on() -> None:
    broken = item("Care levy announced", summary="Who will pay for it? But he said that councils would gain.")
    assert texts(made(broken)) == []
    whole = item("Care levy announced", summary="Reed named the levy’s price. But he said that councils would gain.")
    assert texts(made(whole)) == ["Reed named the levy’s price.", "But he said that councils would gain."]


def test_sentences_of_one_report_stand_in_its_own_order() -> None:
    one = item(
        "Care levy announced",
        summary="Sir Ada Quill was there. The care levy announced to raise £2bn will start in April next year.",
        text="Peers have until Friday to object.",
    )
    assert texts(made(one)) == [
        "Sir Ada Quill was there.",
        "The care levy announced to raise £2bn will start in April next year.",
        "Peers have until Friday to object.",
    ]


def test_the_article_speaks_where_it_was_read() -> None:
    one = item("Care levy announced", text=f"By Ada Quill\n{LEVY}\n{UNIONS}")
    (first, *_) = made(one).sentences
    assert (first.text, first.field) == (LEVY, Field.TEXT)
    assert one.text[first.start : first.end] == LEVY


def test_what_is_said_of_today_waits_behind_words_that_hold_tomorrow() -> None:
    bare = item("Care levy announced", publisher="C")
    one = item("Levy announced", summary="Ministers will publish today the levy’s price.", publisher="A")
    other = item("Levy announced", summary="Ministers will publish in May the levy’s price.", publisher="B")
    assert [part.publisher for part in made(bare, one, other, most=1).sentences] == ["B"]


def test_a_publisher_lends_no_more_words_than_it_has_left_and_another_goes_on() -> None:
    one = item("Care levy announced", publisher="A", summary=f"{LEVY} {UNIONS}")
    other = item("Levy", publisher="B", summary=VOTE)
    assert texts(made(one, other, words=12)) == [LEVY, VOTE]
    assert texts(made(one, other, words=12, spent={"A": 2})) == [VOTE, UNIONS]
    assert texts(made(one, other, words=12, spent={"A": 12, "B": 12})) == []


def test_no_report_opens_with_what_is_left_over_when_its_news_is_over_the_cap() -> None:
    one = item("Care levy announced", summary=f"{LEVY} Few peers objected to it.")
    assert texts(made(one, words=11)) == [LEVY]
    assert texts(made(one, words=50, spent={"The Lantern": 42})) == []


def test_a_sentence_longer_than_any_excerpt_is_refused_as_such() -> None:
    found = made(item("Care levy announced", summary=LEVY), words=9)
    assert [passed.why for passed in found.passed_over] == ["longer than the excerpt allowed"]


@pytest.mark.parametrize(
    ("said", "is_alone", "printed"),
    [
        ("Reed is expected to resign within days.", True, "Reed is expected to resign within days. (The Lantern)"),
        ("Reed is expected to resign within days.", False, "Reed is expected to resign within days."),
        ("Reed said that the levy would fail.", True, "Reed said that the levy would fail."),
    ],
)
def test_what_one_publisher_claims_without_a_name_is_credited_to_it(said: str, is_alone: bool, printed: str) -> None:
    (sentence,) = made(item("Care levy announced", summary=said), is_alone=is_alone).sentences
    assert sentence.printed == printed
    assert sentence.text == said


PARTS = (
    LEVY,
    UNIONS,
    VOTE,
    "But he said no.",
    "Read more here.",
    "What next?",
    "“We will win. We always do,” Reed told the BBC.",
    "• LONDON (Reuters) – Ministers met at No. 10 on Friday.",
    "The minister said that the levy would…",
    "Mr. Reed, M.P. for St. Ives, paid £1.5bn to U.S. lawyers at 4 p.m. Friday.",
    "cut off at both",
    "\n",
)
SUMMARIES = st.lists(st.sampled_from(PARTS), max_size=5).map(" ".join)
STORIES = st.lists(
    st.builds(
        lambda n, publisher, said, text: item(
            f"Care levy report {n}", name=str(n), publisher=publisher, summary=said, text=text, published=hours_ago(n)
        ),
        st.integers(0, 3),
        st.sampled_from("ABC"),
        SUMMARIES,
        SUMMARIES,
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda one: one.id,
)


@given(STORIES, st.integers(0, 3), st.integers(10, 60), st.randoms(use_true_random=False))
def test_the_laws_of_summaries(items: list[Item], most: int, words: int, random: object) -> None:
    first, by_id = items[0], {one.id: one for one in items}
    found = summary(items, headline=first, most=most, words=words)
    lent: Counter[str] = Counter()
    for sentence in found.sentences:
        assert fault(sentence, by_id[sentence.item_id]) == ""
        assert sentence.text[-1] in ".”"
        lent[sentence.publisher] += sentence.words
    assert len(found.sentences) <= most
    assert max(lent.values(), default=0) <= words
    assert len(set(found.sentences)) == len(found.sentences)
    shuffled = list(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert summary(shuffled, headline=first, most=most, words=words) == found


@given(st.text(max_size=200), st.text(max_size=60))
def test_whatever_a_feed_says_each_printed_sentence_is_its_own(said: str, title: str) -> None:
    one = item(title, name="x", summary=said)
    assert all(fault(sentence, one) == "" for sentence in made(one).sentences)


def test_a_sentence_knows_how_it_is_printed() -> None:
    plain = Sentence(text="Reed quits.", item_id="1", start=0, end=11, publisher="A")
    assert (plain.printed, plain.words) == ("Reed quits.", 2)

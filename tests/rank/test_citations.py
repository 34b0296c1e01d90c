"""Who is credited, by name or by a link, and who is merely named."""

import pytest

from digest.rank.citations import Credit, citations, credited
from tests.builders import item

MIRROR = item("A", publisher="The Mirror")


@pytest.mark.parametrize(
    ("publisher", "text"),
    [
        ("The Mirror", "The Mirror reported that the vote was close."),
        ("The Mirror", "He told the Mirror he would go."),
        ("The Mirror", "It was so, according to The Mirror."),
        ("The Mirror", "The story was first reported by the Mirror."),
        ("The Mirror", "The letter, seen by the Mirror, is short."),
        ("The Mirror", "In an interview with the Daily Mirror she said no."),
        ("BBC", "She told BBC Radio 4 that she would stand."),
        ("BBC", "She told the BBC that she would stand."),
        ("The Guardian", "PM to go within days, Guardian understands"),
        ("Financial Times", "The FT has learned that he will go."),
        ("LabourList", "LabourList can reveal who is on the list."),
        ("Politico", "POLITICO first reported it."),
        ("The Sun", "Writing in the Sun, she said no."),
        ("The Times", "A report in The Times says so."),
    ],
)
def test_a_named_source_gets_the_credit(publisher: str, text: str) -> None:
    items = [item("A", publisher=publisher), item("B", publisher="The Courier", summary=text)]
    assert credited(citations(items)) == (publisher,)


@pytest.mark.parametrize(
    ("publisher", "text"),
    [
        ("The Mirror", "Readers of the Mirror will know."),
        ("The Times", "Interest rates rose in times of trouble."),
        ("The Sun", "They sat in Sunderland, told Sunday walkers and left."),
        ("The i Paper", "He told i and others."),
        ("Labour Hub", "She told Labour members to vote."),
        ("The Sun", "They bask in the Sun."),
        ("The Independent", "It is so, according to the Independent Office for Police Conduct."),
        ("Metro", "Speaking to Metro Mayor Andy Burnham, she said no."),
        ("The Observer", "He told the Observer Corps to stand down."),
    ],
)
def test_a_paper_that_is_only_named_or_a_mere_word_gets_none(publisher: str, text: str) -> None:
    items = [item("A", publisher=publisher), item("B", publisher="The Courier", summary=text)]
    assert credited(citations(items)) == ()


def test_nobody_credits_himself_nor_somebody_who_is_not_there() -> None:
    items = [
        item("A", publisher="The Mirror", summary="The Mirror reported it first."),
        item("B", publisher="The Courier", summary="The Lantern reported it."),
    ]
    assert credited(citations(items)) == ()


def test_a_link_to_a_report_credits_it_however_the_address_is_written() -> None:
    text = f"It began with https://www.{MIRROR.url.partition('://')[2]}/ on Monday."
    crediting = item("B", publisher="The Courier", text=text)
    assert citations([MIRROR, crediting]) == (
        Credit(origin="The Mirror", by="The Courier", words=MIRROR.url.partition("://")[2]),
    )


def test_whom_most_credit_comes_first() -> None:
    items = [
        MIRROR,
        item("B", publisher="The Courier", summary="The Mirror reported it."),
        item("C", publisher="BBC", summary="The Mirror revealed it, and The Courier reported more."),
    ]
    assert credited(citations(items)) == ("The Mirror", "The Courier")
    assert [(one.origin, one.by) for one in citations(items)] == [
        ("The Courier", "BBC"),
        ("The Mirror", "BBC"),
        ("The Mirror", "The Courier"),
    ]


def test_of_two_items_that_credit_the_first_by_id_is_quoted() -> None:
    items = [
        MIRROR,
        item("C", publisher="BBC", summary="The Mirror revealed it."),
        item("B", publisher="BBC", summary="The Mirror reported it."),
    ]
    assert [one.words for one in citations(items)] == ["The Mirror reported"]

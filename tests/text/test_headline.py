"""Headlines: publisher and columnist cut, keys to compare by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.headline import (
    near_headline_key,
    same_headline_key,
    split_author,
    split_publisher,
    without_kind_label,
    without_tags,
)

NAMES = ("The Times", "BBC", "BBC News", "Wensley.example")


@pytest.mark.parametrize(
    ("title", "headline", "publisher"),
    [
        ("Reed quits - The Times", "Reed quits", "The Times"),
        ("Reed quits | the times", "Reed quits", "the times"),
        ("Reed quits – BBC News", "Reed quits", "BBC News"),
        ("Reed quits - and so does Lowe - Times", "Reed quits - and so does Lowe", "Times"),
        ("Reed quits - Wensley Example", "Reed quits", "Wensley Example"),
        ("Reed quits — as it happened - The Times", "Reed quits — as it happened", "The Times"),
        ("Reed is back - but one big hurdle remains", "Reed is back - but one big hurdle remains", ""),
        ("Reed quits - as it happened", "Reed quits - as it happened", ""),
        ("Reed quits - The Guardian", "Reed quits - The Guardian", ""),
        ("The Times - The Times", "The Times", "The Times"),
        ("- The Times", "- The Times", ""),
        ("Reed quits", "Reed quits", ""),
    ],
)
def test_the_publisher_s_own_names_are_cut(title: str, headline: str, publisher: str) -> None:
    assert split_publisher(title, NAMES) == (headline, publisher)


@pytest.mark.parametrize(
    ("title", "headline", "publisher"),
    [
        ("Reed quits - The Wensley Gazette", "Reed quits", "The Wensley Gazette"),
        ("Reed quits - wensley-gazette.example.co.uk", "Reed quits", "wensley-gazette.example.co.uk"),
        ("Reed quits - The Latest - The Wensley Gazette", "Reed quits - The Latest", "The Wensley Gazette"),
        ("Reed quits - Bureau of the North and Wales", "Reed quits", "Bureau of the North and Wales"),
        ("Reed is back - but one big hurdle remains", "Reed is back - but one big hurdle remains", ""),
        ("Reed quits - As it happened", "Reed quits - As it happened", ""),
        ("Reed quits - Who Is Next?", "Reed quits - Who Is Next?", ""),
        ("Reed quits - and", "Reed quits - and", ""),
        ("Reed quits - One Two Three Four Five Six Seven", "Reed quits - One Two Three Four Five Six Seven", ""),
    ],
)
def test_an_aggregator_s_last_piece_is_cut_when_it_reads_like_a_name(title: str, headline: str, publisher: str) -> None:
    assert split_publisher(title, (), aggregated=True) == (headline, publisher)


@pytest.mark.parametrize(
    ("title", "headline", "author"),
    [
        ("Reed has nowhere to go | Jo Dale", "Reed has nowhere to go", "Jo Dale"),
        (
            "Reed has nowhere to go | Jo Dale and Ann O’Neill-Smith",
            "Reed has nowhere to go",
            "Jo Dale and Ann O’Neill-Smith",
        ),
        ("What next for Reed? | Letters", "What next for Reed? | Letters", ""),
        ("The Post view on Reed | Editorial", "The Post view on Reed | Editorial", ""),
        ("Reed quits | Labour Party", "Reed quits | Labour Party", ""),
        ("Reed quits | what it means for you", "Reed quits | what it means for you", ""),
        (" | Jo Dale", " | Jo Dale", ""),
        ("Reed quits", "Reed quits", ""),
    ],
)
def test_a_columnist_behind_a_bar_is_the_author(title: str, headline: str, author: str) -> None:
    assert split_author(title) == (headline, author)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Reed’s ‘Plan’: £1,500 for all", "reeds plan 1500 for all!"),
        ("Exclusive: Reed quits over row", "Reed quits over row"),
        ("The Post view on Reed | Editorial", "The Post view on Reed"),
        ("Reed quits – and Lowe stays", "Reed quits - and Lowe stays"),
    ],
)
def test_case_punctuation_and_labels_do_not_make_another_headline(one: str, other: str) -> None:
    assert same_headline_key(one) == same_headline_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Reed offers £1.5bn to councils", "Reed offers £15bn to councils"),
        ("92 MPs want Reed to go", "96 MPs want Reed to go"),
        ("Reed will stand in Wensley", "Reed will not stand in Wensley"),
    ],
)
def test_numbers_and_negations_make_another_headline(one: str, other: str) -> None:
    assert same_headline_key(one) != same_headline_key(other)
    assert near_headline_key(one) != near_headline_key(other)


def test_light_words_and_plurals_do_not_matter_to_the_near_key_and_order_does() -> None:
    assert near_headline_key("Reed cleared of debts, paving way for bid") == near_headline_key(
        "Reed is cleared of debt paving the way for a bid"
    )
    assert near_headline_key("Reed backs Lowe for leader") != near_headline_key("Lowe backs Reed for leader")
    assert near_headline_key("press") == "press"


@given(st.text(max_size=60))
def test_cutting_never_empties_a_headline_and_never_adds_to_it(title: str) -> None:
    for headline, cut in (split_publisher(title, NAMES, aggregated=True), split_author(title)):
        assert title.startswith(headline)
        assert cut in title
        assert bool(headline.strip()) or headline == title


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        ("Analysis: What the levy means", "What the levy means"),
        ("Voices: This levy was always folly", "This levy was always folly"),
        ("Politics live: Wetherby faces MPs", "Wetherby faces MPs"),
        ("Comment is free, facts are sacred", "Comment is free, facts are sacred"),
        ("Analysis:", "Analysis:"),
        ("Opinion – ", "Opinion – "),
    ],
)
def test_a_label_of_kind_is_cut_off_the_front(title: str, cut: str) -> None:
    assert without_kind_label(title) == cut


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Reed resigns over levy – UK politics live", "Reed resigns over levy"),
        ("Reed resigns over levy – as it happened", "Reed resigns over levy"),
        ("Reed resigns over levy – live!", "Reed resigns over levy"),
        ("Politics latest: Reed resigns over levy - The Latest", "Reed resigns over levy"),
        ("Reed leadership latest: Lowe stands aside | ITV News", "Lowe stands aside"),
        ("EXCLUSIVE: Reed resigns over levy", "Reed resigns over levy"),
        ("Reed resigns – and Lowe lives", "Reed resigns – and Lowe lives"),
        ("Reed: I will not resign", "Reed: I will not resign"),
        ("Reed | The Lantern", "Reed | The Lantern"),
        ("Levy row as it happened: minister resigns after vote", "Minister resigns after vote"),
        ("The latest headlines - as Reed resigns over levy - Latest From ITV News", "Reed resigns over levy"),
        ("Talking Politics: Reed resigns over levy", "Reed resigns over levy"),
        ("In The Room | Reed resigns over levy", "Reed resigns over levy"),
        ("Reed talking politics with Lowe: a diary", "Reed talking politics with Lowe: a diary"),
        ("Reed learns the latest from Marlbury", "Reed learns the latest from Marlbury"),
    ],
)
def test_tags_of_the_page_are_cut_where_enough_is_left(title: str, bare: str) -> None:
    assert without_tags(title) == bare


PIECES = ("Live:", "Politics latest:", "reed resigns over", "levy", " – live", " | Sky", "as it happened", "–")


@given(st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join))
def test_cutting_tags_ends_and_a_second_time_cuts_nothing(title: str) -> None:
    bare = without_tags(title)
    assert without_tags(bare) == bare
    assert bare.casefold() in title.casefold()

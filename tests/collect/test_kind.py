"""kind_of(): news, analysis, comment or live."""

import pytest

from digest.collect.kind import kind_of
from digest.model.news import Kind, Medium

PAGE = "https://post.example/politics/2031/may/14/reed"


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (Kind.NEWS, "Reed quits the cabinet"),
        (Kind.NEWS, "Reed to live in Wensley"),
        (Kind.LIVE, "Reed quits – as it happened"),
        (Kind.LIVE, "Reed crisis as it happened: Lowe steps in"),
        (Kind.LIVE, "Reed quits - UK politics live"),
        (Kind.LIVE, "Budget live: what Reed said"),
        (Kind.LIVE, "Live: Reed speaks"),
        (Kind.LIVE, "Reed-Lowe latest: the PM speaks"),
        (Kind.LIVE, "Reed pays his debts - latest updates"),
        (Kind.NEWS, "The latest: Reed speaks"),
        (Kind.COMMENT, "The Post view on Reed | Editorial"),
        (Kind.COMMENT, "What next for Reed? | Letters"),
        (Kind.COMMENT, "Opinion: Reed must go"),
        (Kind.COMMENT, "The Guardian view on Reed: a sorry end"),
        (Kind.COMMENT, "Jo Dale on Reed – cartoon"),
        (Kind.ANALYSIS, "Analysis: Reed’s road back"),
        (Kind.ANALYSIS, "Chris Mason: Reed’s road back"),
    ],
)
def test_a_title_says_what_sort_of_piece_it_is(kind: Kind, title: str) -> None:
    assert kind_of(title, PAGE) is kind


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        (Kind.COMMENT, "https://post.example/commentisfree/2031/may/14/reed"),
        (Kind.COMMENT, "https://post.example/news/columnists/reed"),
        (Kind.LIVE, "https://post.example/politics/live/2031/may/14/reed"),
        (Kind.LIVE, "https://post.example/politics/reed-live-latest-updates-19-4448725"),
        (Kind.LIVE, "https://post.example/politics/reed-speech-as-it-happened"),
        (Kind.NEWS, "https://post.example/politics/where-reed-will-live"),
        (Kind.ANALYSIS, "https://post.example/analysis/reed"),
        (Kind.NEWS, "https://post.example/politics/reed?from=/opinion/"),
        (Kind.NEWS, "https://opinion.example/politics/reed"),
    ],
)
def test_an_address_says_it_where_the_title_does_not(kind: Kind, url: str) -> None:
    assert kind_of("Reed quits", url) is kind


def test_a_category_says_it_where_nothing_else_does() -> None:
    assert kind_of("Reed quits", PAGE, ["Politics", " Comment "]) is Kind.COMMENT
    assert kind_of("Reed quits", PAGE, ["Analysis"]) is Kind.ANALYSIS
    assert kind_of("Reed quits", PAGE, ["Live blog"]) is Kind.LIVE
    assert kind_of("Reed quits", PAGE, ["LiveBlogPosting"]) is Kind.LIVE


def test_an_episode_is_analysis_unless_something_says_more() -> None:
    assert kind_of("Reed quits", PAGE, medium=Medium.AUDIO) is Kind.ANALYSIS
    assert kind_of("Opinion: Reed must go", PAGE, medium=Medium.AUDIO) is Kind.COMMENT
    assert kind_of("Reed quits", PAGE, medium=Medium.VIDEO) is Kind.NEWS


def test_a_signed_column_is_comment_unless_it_is_live() -> None:
    assert kind_of("Reed has nowhere to go", PAGE, signed=True) is Kind.COMMENT
    assert kind_of("Reed quits", "https://post.example/politics/live/reed", signed=True) is Kind.LIVE

"""target(): the publisher's own page, also behind an aggregator."""

import pytest

from digest.collect.target import target
from tests.collect.raws import raw

GOOGLE = "https://news.google.com/rss/articles/CBMiAAAAAAAAAAAAAAAAAAAA"
OWN = "https://post.example/politics/reed-quits"


def found(title: str = "Reed quits the cabinet", markup: str = "", **given: object) -> str:
    return target(raw(**{"links": (GOOGLE,), **given}), title=title, markup=markup)[0]


def test_a_link_of_the_publisher_is_taken_as_it_is() -> None:
    assert target(raw(), title="x", markup=f'<a href="{OWN}">x</a>') == ("https://post.example/1", "")
    assert target(raw(links=("mailto:x", "/2")), title="x", markup="") == ("https://post.example/2", "")
    assert target(raw(links=()), title="x", markup="") == ("", "")


def test_an_aggregators_link_gives_way_to_another_link_and_the_entry_says_so() -> None:
    burner = "https://feedproxy.google.com/~r/post/~3/1/"
    assert target(raw(links=(burner, OWN)), title="x", markup="") == (OWN, f"aggregator’s link replaced: {burner}")
    assert target(raw(links=(GOOGLE,)), title="x", markup="") == (GOOGLE, "")


@pytest.mark.parametrize(
    "markup",
    [
        f'<a href="{OWN}?utm_source=x" target="_blank">Reed quits the cabinet</a> Post',
        f"<p>&nbsp;<A HREF='{OWN}'>Reed quits</A></p>",
        f'&lt;a href="{OWN}"&gt;Reed quits the cabinet&lt;/a&gt;',
        f'<a href="{GOOGLE}">Reed quits the cabinet</a><a href="{OWN}">Reed quits the cabinet</a>',
    ],
)
def test_the_link_that_stands_on_the_headline_is_the_target(markup: str) -> None:
    assert found("<b>Reed quits the cabinet</b>", markup) == OWN


def test_a_link_to_the_named_publishers_site_is_the_target_whatever_stands_on_it() -> None:
    markup = f'<a href="https://else.example/a">View</a> <a href="{OWN}">View</a>'
    assert found(markup=markup, publisher_url="https://www.post.example") == OWN


@pytest.mark.parametrize(
    "markup", ['<a href="https://else.example/a">the report</a>', f'<a href="{OWN}"></a>', "no link", '<a href="x">']
)
def test_any_other_link_of_a_summary_is_not(markup: str) -> None:
    assert found(markup=markup) == GOOGLE


@pytest.mark.parametrize(
    ("source", "is_target"),
    [
        ("https://post.example/politics/reed-quits-the-cabinet", True),
        ("https://post.example/news/uk-politics-12345678", True),
        ("https://post.example/", False),
        ("https://post.example/politics", False),
        ("https://post.example/feeds/all-the-news-today.xml", False),
        ("https://post.example/reed-quits-the-cabinet/feed/", False),
        (GOOGLE, False),
        ("", False),
    ],
)
def test_a_source_that_is_an_article_is_the_target_and_a_home_page_or_feed_is_not(
    source: str, *, is_target: bool
) -> None:
    assert found(publisher_url=source) == (source if is_target else GOOGLE)

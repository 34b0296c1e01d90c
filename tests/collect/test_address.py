"""canonical(): one way to write a page's address."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.collect.address import absolute, canonical, is_aggregator, same_page_key, same_site

PARTS = st.sampled_from(
    [
        *"http:// https:// HTTP:\\\\ // / www. example.org www.google.com /url?url= /amp/s/ m.bbc.com .amp".split(),
        *"www.mirror.co.uk labourlist.org /amp/ :80 :443 :8080 ? & = # utm_source=x a=1 % %7e %2F %zz { }".split(),
        *".. . é [ ] @ x .cdn.ampproject.org/c/s/ \u2100".split(),
        " ",
        "\t",
    ]
)


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("HTTPS://Example.ORG:443/News?b=2&a=1#top", "https://example.org/News?b=2&a=1"),
        ("http://example.org:80", "http://example.org/"),
        ("http://example.org:8099/x.xml", "http://example.org:8099/x.xml"),
        ("https://www.bbc.com/news/articles/c1?at_medium=RSS&at_campaign=rss", "https://www.bbc.com/news/articles/c1"),
        ("https://example.org/a?utm_source=x&id=7&fbclid=y&CMP=share&ito=1", "https://example.org/a?id=7"),
        ("https://example.org/a?ns_mchannel=rss&gclid=1", "https://example.org/a"),
        ("https://news.google.com/rss/articles/CBM?oc=5", "https://news.google.com/rss/articles/CBM"),
        ("https://example.org/a?oc=5", "https://example.org/a?oc=5"),
        ("https://example.org/a//", "https://example.org/a/"),
        ("https://example.org/a/./b/../c", "https://example.org/a/c"),
        ("https://example.org/{id}/%7ejo/100%/%2f", "https://example.org/%7Bid%7D/~jo/100%25/%2F"),
        ("https://example.org/caf\u00e9?q=\u00e9 x", "https://example.org/caf%C3%A9?q=%C3%A9%20x"),
        ("https://b\u00fccher.example/", "https://xn--bcher-kva.example/"),
        ("  https:\\\\example.org\\a\n", "https://example.org/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
        ("https://amp.theguardian.com/politics/x", "https://www.theguardian.com/politics/x"),
        ("https://m.bbc.co.uk/news/1", "https://www.bbc.co.uk/news/1"),
        ("https://www.mirror.co.uk/news/x-1.amp", "https://www.mirror.co.uk/news/x-1"),
        ("https://labourlist.org/2031/x/amp/", "https://labourlist.org/2031/x/"),
        ("https://www.google.com/amp/s/example.org/a?b=1", "https://example.org/a?b=1"),
        ("https://example-org.cdn.ampproject.org/c/example.org/a", "http://example.org/a"),
        (
            "https://www.google.com/url?rct=j&url=https%3A%2F%2Fexample.org%2Fa%3Futm_x%3D1&ct=ga",
            "https://example.org/a",
        ),
        ("https://www.google.com/search?q=x", "https://www.google.com/search?q=x"),
        (
            "http://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fexample.org%2fa&c=1",
            "https://example.org/a",
        ),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/a?b=1&&c=2&utm_x=3&", "https://example.org/a?b=1&c=2"),
    ],
)
def test_an_address_has_one_canonical_form(url: str, written: str) -> None:
    assert canonical(url) == written


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/a",
        "https://",
        "mailto:a@example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "https://user:pw@example.org/",
        "http://[::1/",
        "http://example.org:99999/",
        "http://example.org:0/",
        "https://a b.org/",
        "https://-/",
        "http://472.314.470.462/",
        "http://127.1/",
        "http://0x7f.0.0.1/",
        "http://010.0.0.1/",
        "http://paper.example.09/",
        "https://xn--a\u0080.example/",
        "https://example.org/" + "a" * 5000,
        "https://example.org/" + "é" * 1000,
        "https://www.google.com/url?url=javascript:alert(1)",
    ],
)
def test_what_is_no_web_address_is_nothing(url: str) -> None:
    assert canonical(url) == ""


def test_a_relative_link_is_resolved_against_the_feed() -> None:
    assert canonical("../b?x=1", base="https://example.org/feeds/a.xml") == "https://example.org/b?x=1"
    assert canonical("//cdn.example/x", base="https://example.org/") == "https://cdn.example/x"


def test_two_hosts_are_one_site_where_one_lies_below_the_other() -> None:
    assert same_site("https://www.example.org/a", "https://news.example.org/b")
    assert same_site("https://example.org/", "https://www.example.org/")
    assert not same_site("https://badexample.org/", "https://example.org/")


def test_two_ways_to_one_page_have_one_key() -> None:
    assert same_page_key("https://www.bbc.com/news/1/") == same_page_key("http://bbc.co.uk/news/1")
    assert same_page_key("https://example.org/a?id=1") != same_page_key("https://example.org/a?id=2")


def test_a_link_is_made_absolute_or_is_nothing() -> None:
    assert absolute("b", base="https://example.org/a/") == "https://example.org/a/b"
    assert absolute("\\\\cdn.example\\x?a=\\", base="https://example.org/") == "https://cdn.example/x?a=\\"
    assert absolute("http://[::1", base="https://example.org/") == ""


def test_an_aggregator_is_known_by_its_host() -> None:
    assert is_aggregator("https://news.google.com/rss/articles/CBM")
    assert not is_aggregator("https://www.theguardian.com/news.google.com")


@given(st.lists(PARTS, max_size=9).map("".join) | st.text(max_size=40).map("https://example.org/".__add__))
@example("https://www.mirror.co.uk/a.amp.amp")
@example("https://example.org/%25%7B%")
def test_the_canonical_form_of_a_canonical_form_is_itself(url: str) -> None:
    once = canonical(url)
    assert canonical(once) == once
    assert once == "" or once.isascii()


TIDY = st.sampled_from(
    "https:// http:// example.org www.bbc.co.uk m.bbc.com a-b.example / // /a /b-c. /.. /~x ? & a=1 utm_x=1 . -".split()
)


@given(st.lists(TIDY, min_size=2, max_size=8).map("".join))
def test_a_clean_address_is_written_as_the_long_way_round_would_write_it(url: str) -> None:
    assert canonical(url) == canonical(f"{url}#")

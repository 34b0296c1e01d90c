"""Which addresses are printed, how they are written, and why others are refused."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER
from digest.render.links import contact_link, link, source_link


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://post.example/a?b=c&d=e#f", "https://post.example/a?b=c&d=e#f"),
        ("https://post.example", "https://post.example"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
        ("https://[2001:db8::1]:8443/a", "https://[2001:db8::1]:8443/a"),
        ("https://bücher.example/straße", "https://xn--bcher-kva.example/stra%C3%9Fe"),
        ("https://post.example/100%", "https://post.example/100%25"),
        ("https://post.example/a%20b", "https://post.example/a%20b"),
        ('https://post.example/"<x>', "https://post.example/%22%3Cx%3E"),
        ("https://post.example/{{x}}", "https://post.example/%7B%7Bx%7D%7D"),
        ("HTTPS://Post.Example/A", "https://post.example/A"),
    ],
)
def test_an_address_is_written_so_that_every_parser_reads_the_same(url: str, written: str) -> None:
    assert link(url) == written
    assert link(written) == written


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("javascript:alert(1)", "does not begin with http"),
        ("//post.example/a", "does not begin with http"),
        ("/a", "does not begin with http"),
        ("", "does not begin with http"),
        ("ftp://post.example/", "does not begin with http"),
        ("https://post.example/a b", "blank"),
        ("https://post.example\\@evil.example/", "backslash"),
        ("https://post.example/a\nb", "blank"),
        ("https://user:word@post.example/", "user name"),
        ("https:///a", "cannot be the name of a machine"),
        ("https://-post.example/", "cannot be the name of a machine"),
        ("https://po_st..example/", "cannot be the name of a machine"),
        ("https://post.example:99999/", "out of range"),
        ("https://[::1/", "Invalid IPv6"),
        ("https://" + "ü" * 80 + ".example/", "label"),
        ("https://post.example/" + "a" * 2000, "longer than 2,000"),
    ],
)
def test_an_address_that_cannot_be_printed_says_why(url: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        link(url)


def test_a_feed_cannot_name_the_readers_own_link() -> None:
    assert link(UNSUBSCRIBE_PLACEHOLDER) == UNSUBSCRIBE_PLACEHOLDER
    with pytest.raises(ValueError, match="placeholder"):
        source_link(UNSUBSCRIBE_PLACEHOLDER.upper().replace("HTTPS", "https") + "x")
    assert source_link("https://post.example/a") == "https://post.example/a"


@pytest.mark.parametrize(
    ("contact", "written"),
    [
        ("desk@rose.example", "mailto:desk@rose.example"),
        ("https://rose.example/contact", "https://rose.example/contact"),
        ("4 Weavers Row", ""),
        ("a@b@c.example", ""),
        ("", ""),
    ],
)
def test_a_contact_is_linked_when_it_is_an_address(contact: str, written: str) -> None:
    assert contact_link(contact) == written


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_whatever_is_printed_is_ascii_without_blanks_quotes_or_brackets(path: str) -> None:
    try:
        written = link("https://post.example/" + path)
    except ValueError:
        return
    assert written.isascii()
    assert not set(written) & set(' \t\n"<>{}|\\^`')
    assert link(written) == written


@pytest.mark.shared
def test_no_hostile_address_of_the_corpora_leaves_http(shared: Path) -> None:
    tried = printed = 0
    for name in ("patt_open_redirect", "patt_ssrf_urls", "blns"):
        for row in (shared / f"data/corpora/{name}.jsonl").read_text(encoding="utf-8").splitlines():
            tried += 1
            try:
                written = link(str(json.loads(row)["text"]))
            except ValueError:
                continue
            printed += 1
            assert written.startswith(("http://", "https://"))
            assert link(written) == written
    assert tried > 300
    assert printed < tried

"""plain(): markup in, one line of text out."""

import html

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.clean import plain

PIECES = (
    "<|>|&|;|amp;|lt;|gt;|#60;|&#x3c;|<b>|</p>|<script>|</script>|<!--|-->|<td|img src=x onerror=a()|&nbsp;|\u202e"
    "|\u0338|\u037e|a| |'|\x00|\ud800|é"
).split("|")
MARKUP = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Labour <b>wins</b></p><p>again</p>", "Labour wins again"),
        ("mid<b>word</b>s and <i>more</i>", "midwords and more"),
        ("one<br>two<br/>three", "one two three"),
        ("<td>left</td><td>right</td>", "left right"),
        ("<script>alert(1)</script>safe<style>p{}</style>", "safe"),
        ("<svg><text>picture</text></svg>news", "news"),
        ("P&amp;O &pound;5 &#8217;s", "P&O £5 ’s"),
        ("AT&amp;amp;T", "AT&T"),
        ("&amp;lt;b&amp;gt;bold&amp;lt;/b&amp;gt;", "bold"),
        ("5 &lt; 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("It\x92s a \x93quote\x94", "It’s a “quote”"),
        ("cafe\u0301", "café"),
        ("evil\u202etxt\u200b.exe\ufeff", "eviltxt.exe"),
        ("soft\u00adhyphen", "softhyphen"),
        ("  many \n\t spaces\u00a0here ", "many spaces here"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("unclosed <a href=", "unclosed"),
        ("", ""),
    ],
)
def test_markup_becomes_the_text_a_reader_would_see(markup: str, text: str) -> None:
    assert plain(markup) == text


def test_text_wrapped_in_endless_layers_of_entities_ends_without_a_tag_or_an_entity() -> None:
    text = plain("x" + "&" + "amp;" * 50 + "lt;script&" + "amp;" * 50 + "gt;")
    assert "<" not in text
    assert "&" not in text
    assert plain(text) == text


@given(MARKUP)
def test_cleaning_twice_is_cleaning_once(markup: str) -> None:
    once = plain(markup)
    assert plain(once) == once


@given(MARKUP)
def test_cleaned_text_holds_no_tag_no_control_and_no_line_break(markup: str) -> None:
    text = plain(markup)
    assert html.unescape(nh3.clean(text, tags=set())) == text
    assert text == " ".join(text.split())
    assert not set(text) & {"\x00", "\u202e", "\u200b", "\ud800"}

"""plain(): markup in, one line of text out."""

import html
import re
import unicodedata

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
        ("private\ue000 \U000f0000use", "private use"),
        ("  many \n\t spaces\u00a0here ", "many spaces here"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("unclosed <a href=", "unclosed"),
        ("", ""),
        (
            '<p class="a">one<br/>two</p><IMG SRC="x">three <a href="https://post.example/?a=1">four</a>five',
            "one two three fourfive",
        ),
        ("<<b>script>x</script>", ""),
        ("he said </", "he said"),
        ("he said </</", "he said"),
        ("e\u200b\u0301", "é"),
        ("AT&T &notit; &#8364;5 &unknown;", "AT&T ¬it; €5 &unknown;"),
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


WELL_FORMED = st.recursive(
    st.sampled_from(["word", " ", "a", "£5", "&amp;", "&lt;", "&eacute;", "<br/>", '<img src="x.jpg" alt="y"/>', "\n"]),
    lambda inner: st.builds(
        "<{0}{1}>{2}</{0}>".format,
        st.sampled_from("p b a em div li h2 span blockquote".split()),
        st.sampled_from(["", ' class="x"', ' href="https://post.example/?a=1"']),
        st.lists(inner, max_size=4).map("".join),
    ),
    max_leaves=12,
)


@given(WELL_FORMED)
def test_well_formed_markup_comes_out_as_a_browsers_parser_would_read_it(markup: str) -> None:
    spaced = re.sub(r"(?=</?(?:p|br|div|img|li|h2|blockquote)\b)", " ", markup)
    assert plain(markup) == plain(html.unescape(nh3.clean(spaced, tags=set())))


@given(MARKUP)
def test_cleaned_text_holds_no_tag_no_control_and_no_line_break(markup: str) -> None:
    text = plain(markup)
    assert html.unescape(nh3.clean(text, tags=set())) == text
    assert text == " ".join(text.split())
    assert not set(text) & {"\x00", "\u202e", "\u200b", "\ud800"}


def test_a_letter_bears_no_more_marks_than_a_language_writes() -> None:
    assert plain("กิ" + "\u0e49" * 20 + "น") == "กิ" + "\u0e49" * 3 + "น"
    assert plain("Z" + "\u0335\u0316" * 9 + "algo") == "Z" + "\u0335" * 4 + "algo"
    assert plain("Việt Nam, שָׁלוֹם, e\u0301") == unicodedata.normalize("NFC", "Việt Nam, שָׁלוֹם, é")

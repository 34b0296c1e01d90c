"""mended(): UTF-8 that was read as something else, put right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.mojibake import is_garbled, mended

MEANT = "‘’“”–—…£€é ô ŵ ŷ ü ½ ™ 😀 →".replace(" ", "")


@pytest.mark.parametrize(
    ("garbled", "meant"),
    [
        ("Itâ€™s over", "It’s over"),
        ("cafÃ© and Â£5", "café and £5"),
        ("â€œQuoteâ€\x9d", "“Quote”"),
        ("a â\x80\x93 b", "a – b"),
        ("TÅ· and dÅµr", "Tŷ and dŵr"),
        ("smile ðŸ˜€", "smile 😀"),
        ("Ãƒ\xa9", "é"),
        ("“Fine” and â€˜notâ€™ so", "“Fine” and ‘not’ so"),
    ],
)
def test_what_was_read_in_the_wrong_encoding_is_put_right(garbled: str, meant: str) -> None:
    assert mended(garbled) == meant


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "café",
        "c’est là”…",
        "É»",
        "Ü” 5",
        "Ó® S",
        "ÂÃ",
        "Â",
        "â€",
        "Tŷ",
        "Â\x85",
        "ð\x9f\x98",
        "ð\x80\x80\x80",
        "â€€",
    ],
)
def test_what_may_have_been_meant_stays_as_it_is(text: str) -> None:
    assert mended(text) == text


def test_letters_that_are_lost_for_good_are_known() -> None:
    assert is_garbled("he said \ufffd")
    assert is_garbled("It\xef\xbf\xbds")
    assert is_garbled("Itâ€ s")
    assert not is_garbled("It’s là, château")
    assert not is_garbled("plain")


@given(st.text(alphabet=MEANT + "ab ", max_size=40), st.sampled_from(["latin-1", "windows-1252"]))
def test_any_text_of_english_news_comes_back(text: str, encoding: str) -> None:
    shown = "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())
    assert mended(shown) == text


@given(st.text(max_size=60))
def test_mending_twice_is_mending_once(text: str) -> None:
    once = mended(mended(mended(text)))
    assert mended(once) == once

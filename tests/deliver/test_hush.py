"""What must not be repeated is not, however it is written; everything else is."""

import base64
import json
import re
from html import escape
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.hush import _ADDRESS, _IN_ADDRESS, HUSHED, hush, without_addresses

KEY = "key+7f/3a=9c&<é> \n x"
WRITTEN = {
    "as it is": KEY,
    "in one line": " ".join(KEY.split()),
    "in JSON": json.dumps(KEY)[1:-1],
    "in JSON of Unicode": json.dumps(KEY, ensure_ascii=False)[1:-1],
    "in HTML": escape(KEY),
    "in a query": quote_plus(KEY),
    "in a path": quote(KEY, safe=""),
    "in Python": repr(KEY)[1:-1],
    "in capitals": KEY.upper(),
    "in basic authentication": base64.b64encode(f"api:{KEY}".encode()).decode(),
    "in base64 for URLs": base64.urlsafe_b64encode(f"\0user\0{KEY}".encode()).decode().rstrip("="),
}


@pytest.mark.parametrize("way", WRITTEN)
def test_a_word_is_hushed_however_it_is_written(way: str) -> None:
    assert hush(f'You sent "{WRITTEN[way]}", which is wrong.', [KEY]) == f'You sent "{HUSHED}", which is wrong.'


def test_base64_that_holds_no_word_stays() -> None:
    said = "boundary=5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9 YXBpOm90aGVy"
    assert hush(said, [KEY]) == said


def test_names_are_hushed_as_whole_words_alone() -> None:
    assert hush("Ann cannot; ANN's mail, A. Ann", (), names=["Ann"]) == "[…] cannot; […]'s mail, A. […]"
    assert hush("A mail", (), names=["A", ""]) == "A mail"


def test_nothing_is_done_where_there_is_nothing_to_hush() -> None:
    assert hush("", [KEY], names=["Ann"]) == ""
    assert hush("550 5.1.1 no such user", ["", KEY], names=["Ann"]) == "550 5.1.1 no such user"


@given(before=st.text(), word=st.text(min_size=6, alphabet=st.characters(codec="utf-8")), after=st.text())
def test_no_word_survives_its_hushing(before: str, word: str, after: str) -> None:
    assert word not in hush(f"{before}{word}{after}", [word]).replace(HUSHED, "")


@pytest.mark.parametrize("address", ["a.b+c@news.example", "a%40news.example", "É@bücher.example", "o'neill@y.example"])
def test_what_looks_like_an_address_is_known_for_one(address: str) -> None:
    assert address not in without_addresses(f'{{"to": "{address}", "n": 1}}')
    assert without_addresses("HTTP 400: no such tag at all @ noon") == "HTTP 400: no such tag at all @ noon"


def test_an_address_is_looked_for_once_a_word_and_not_once_a_character() -> None:
    said = "no such reader: ada.lovelace@example.org, sorry"
    assert [place for place in range(len(said)) if _ADDRESS.match(said, place)] == [said.index("ada")]


@given(st.text(alphabet='aé@%40.-_ "/,<=', max_size=30))
def test_wherever_an_address_is_begun_the_same_is_hushed(said: str) -> None:
    anywhere = re.compile(_ADDRESS.pattern.removeprefix(f"(?<!{_IN_ADDRESS})"), re.IGNORECASE)
    assert anywhere != _ADDRESS
    assert without_addresses(said) == anywhere.sub(HUSHED, said)

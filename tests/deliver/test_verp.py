"""The envelope sender of a copy, and whose copy an address stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.token import LARGEST_ID, token
from digest.deliver.verp import LENGTH, bounce_address, delivery
from digest.errors import ConfigError, InvalidToken

KEY = b"0123456789abcdef"
BASE = "bounces@lists.example.org"
ids = st.integers(0, LARGEST_ID)


def address(number: int, base: str = BASE, key: bytes = KEY) -> str:
    return bounce_address(base, number, key=key, key_id=1)


def read(*texts: str, base: str = BASE, key: bytes = KEY) -> int:
    return delivery(texts, base=base, keys={1: key})


@given(ids)
def test_an_address_gives_its_delivery_back_in_whatever_case_it_comes(number: int) -> None:
    made = address(number)
    assert read(made) == read(made.upper()) == read(f"  <{made.title()}>, others@example.org") == number
    assert len(made.partition("@")[0]) <= 64


def test_the_token_stands_behind_a_plus_or_where_the_base_says() -> None:
    token_of_7 = address(7).removeprefix("bounces+").removesuffix("@lists.example.org")
    assert len(token_of_7) == LENGTH
    assert address(7, "bounces-TOKEN@example.org") == f"bounces-{token_of_7}@example.org"
    assert address(7, "b.TOKEN.x@example.org") == f"b.{token_of_7}.x@example.org"
    assert read(f"b.{token_of_7}.x@example.org", base="b.TOKEN.x@example.org") == 7


@given(ids, st.integers(0, LENGTH - 1), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_no_other_spelling_is_a_token(number: int, place: int, letter: str) -> None:
    made = address(number)
    start = made.index("+") + 1 + place
    other = made[:start] + letter + made[start + 1 :]
    if other != made:
        with pytest.raises(InvalidToken):
            read(other)


@given(ids)
def test_another_key_and_another_purpose_make_no_bounce_address(number: int) -> None:
    with pytest.raises(InvalidToken, match="does not match"):
        read(address(number, key=KEY[::-1]))
    with pytest.raises(InvalidToken, match="key 2"):
        read(bounce_address(BASE, number, key=KEY, key_id=2))
    with pytest.raises(InvalidToken, match="no bounce address"):
        read(f"bounces+{token(number, key=KEY, key_id=1, purpose='unsubscribe')}@lists.example.org")


def test_the_first_address_that_is_proven_counts() -> None:
    forged = address(8, key=KEY[::-1])
    assert read(forged, "nobody@example.org", f"{forged} {address(9)}", address(10)) == 9
    with pytest.raises(InvalidToken, match="does not match"):
        read(forged)
    with pytest.raises(InvalidToken, match="no bounce address"):
        read(BASE, "bounces+@lists.example.org")


@given(st.text(max_size=200))
def test_no_text_is_taken_for_a_proof(text: str) -> None:
    with pytest.raises(InvalidToken):
        read(text)


@pytest.mark.parametrize(
    "base", ["bounces", "@example.org", "a b@example.org", "b@", f"{'b' * 38}@e.org", "b@e.org\r\n"]
)
def test_a_base_that_leaves_no_room_or_is_no_address_is_refused(base: str) -> None:
    with pytest.raises(ConfigError, match="bounce address"):
        address(1, base)


def test_the_longest_base_there_is_fits() -> None:
    assert len(address(LARGEST_ID, f"{'b' * 37}@example.org").partition("@")[0]) == 64

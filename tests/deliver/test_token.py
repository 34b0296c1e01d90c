import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.token import LARGEST_ID, LENGTH, read, token
from digest.errors import ConfigError, InvalidToken

KEYS = {1: b"0123456789abcdef", 7: b"another key, as long as it likes"}
URL_SAFE = frozenset(string.ascii_letters + string.digits + "-_")

ids = st.integers(0, LARGEST_ID)
purposes = st.text(max_size=20)


@given(delivery_id=ids, key_id=st.sampled_from([1, 7]), purpose=purposes)
def test_a_token_is_22_url_safe_characters_and_leads_back(delivery_id: int, key_id: int, purpose: str) -> None:
    made = token(delivery_id, key=KEYS[key_id], key_id=key_id, purpose=purpose)
    assert len(made) == LENGTH
    assert set(made) <= URL_SAFE
    assert read(made, keys=KEYS, purpose=purpose) == delivery_id


def test_a_token_is_derived_so_a_retry_builds_the_same_bytes() -> None:
    assert token(42, key=KEYS[1], key_id=1, purpose="unsubscribe") == "AQAAAAAqRjq_3BtdbcavtA"


def test_every_byte_of_a_key_counts_however_long_it_is() -> None:
    long, other = b"k" * 200, b"k" * 199 + b"x"
    made = token(42, key=long, key_id=1, purpose="unsubscribe")
    assert read(made, keys={1: long}, purpose="unsubscribe") == 42
    with pytest.raises(InvalidToken, match="seal"):
        read(made, keys={1: other}, purpose="unsubscribe")


@given(delivery_id=ids, position=st.integers(0, LENGTH - 1), character=st.sampled_from(sorted(URL_SAFE)))
def test_any_other_character_anywhere_makes_it_worthless(delivery_id: int, position: int, character: str) -> None:
    made = token(delivery_id, key=KEYS[1], key_id=1, purpose="unsubscribe")
    forged = made[:position] + character + made[position + 1 :]
    if forged != made:
        with pytest.raises(InvalidToken):
            read(forged, keys=KEYS, purpose="unsubscribe")


@pytest.mark.parametrize("text", ["", "é" * LENGTH, "A" * (LENGTH - 1) + "!", "AAAA" * 5 + "!!"])
def test_characters_that_no_link_of_ours_has_are_refused(text: str) -> None:
    with pytest.raises(InvalidToken):
        read(text, keys=KEYS, purpose="unsubscribe")


@given(text=st.text(max_size=40))
def test_no_text_from_outside_is_taken_for_a_token(text: str) -> None:
    with pytest.raises(InvalidToken):
        read(text, keys=KEYS, purpose="unsubscribe")


@given(text=st.text(alphabet=sorted(URL_SAFE), min_size=LENGTH, max_size=LENGTH))
def test_no_guess_of_the_right_shape_is_taken_for_a_token(text: str) -> None:
    with pytest.raises(InvalidToken):
        read(text, keys=KEYS, purpose="unsubscribe")


def test_a_token_for_one_purpose_is_worthless_for_another() -> None:
    made = token(42, key=KEYS[1], key_id=1, purpose="unsubscribe")
    with pytest.raises(InvalidToken, match="seal"):
        read(made, keys=KEYS, purpose="archive")


def test_a_key_that_was_taken_out_opens_nothing_any_more() -> None:
    made = token(42, key=KEYS[1], key_id=1, purpose="unsubscribe")
    with pytest.raises(InvalidToken, match="key 1"):
        read(made, keys={7: KEYS[7]}, purpose="unsubscribe")


def test_the_error_does_not_repeat_a_reader_s_own_link() -> None:
    made = token(42, key=KEYS[1], key_id=1, purpose="unsubscribe")
    with pytest.raises(InvalidToken) as caught:
        read(made, keys=KEYS, purpose="archive")
    assert made not in str(caught.value)


def test_a_short_key_is_refused_with_the_mend() -> None:
    with pytest.raises(ConfigError, match="at least 16"):
        token(42, key=b"short", key_id=1, purpose="unsubscribe")


@pytest.mark.parametrize("delivery_id", [-1, LARGEST_ID + 1])
def test_an_id_that_does_not_fit_is_refused(delivery_id: int) -> None:
    with pytest.raises(ValueError, match="five bytes"):
        token(delivery_id, key=KEYS[1], key_id=1, purpose="unsubscribe")

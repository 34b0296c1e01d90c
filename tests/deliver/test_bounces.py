import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.bounces import bounce_class, enhanced_status
from digest.model.feedback import BounceClass

HARD, SOFT, OURS = BounceClass.HARD, BounceClass.SOFT, BounceClass.OURS


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("5.1.1", HARD),  # bad destination mailbox address
        ("5.1.2", HARD),  # bad destination system address
        ("5.1.8", OURS),  # bad sender's system address
        ("5.2.1", HARD),  # mailbox disabled
        ("5.2.2", SOFT),  # mailbox full
        ("5.2.3", OURS),  # message length exceeds administrative limit
        ("5.3.0", SOFT),
        ("5.3.4", OURS),  # message too big for system
        ("5.4.4", SOFT),  # unable to route
        ("5.5.0", OURS),
        ("5.6.1", OURS),  # media not supported
        ("5.7.1", OURS),  # delivery not authorized
        ("5.7.26", OURS),
        ("4.2.2", SOFT),
        ("4.7.0", SOFT),
    ],
)
@pytest.mark.parametrize("said", [HARD, SOFT, OURS])
def test_a_code_says_what_a_bounce_means_whatever_the_provider_calls_it(
    status: str, found: BounceClass, said: BounceClass
) -> None:
    assert bounce_class(status, said=said) is found


@pytest.mark.parametrize("status", ["", "5", "5.1", "550 5.1.1", "5.0.0", "5.9.1", "2.0.0", "6.1.1"])
def test_without_a_code_that_tells_more_the_providers_word_stands(status: str) -> None:
    assert [bounce_class(status, said=said) for said in BounceClass] == list(BounceClass)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("smtp; 550 5.1.1 <x@example.org>: Recipient address rejected", "5.1.1"),
        ("550-5.7.26 Unauthenticated", "5.7.26"),
        ("connect to 192.5.1.1[192.5.1.1]:25: refused", ""),
        ("5.1.1.9 is an address", ""),
        ("550 No such user", ""),
    ],
)
def test_a_code_is_found_in_what_a_server_said(text: str, code: str) -> None:
    assert enhanced_status(text) == code


@given(st.text())
def test_whatever_is_found_is_a_code_that_stands_in_the_text(text: str) -> None:
    found = enhanced_status(text)
    assert found in text
    assert not found or found.count(".") == 2

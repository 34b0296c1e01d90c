import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.deliver.address import address_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Reader@Example.ORG", "reader@example.org"),
        ("  reader@example.org ", "reader@example.org"),
        ("reader@example.org.", "reader@example.org"),
        ("reader@bücher.example.org", "reader@xn--bcher-kva.example.org"),
        ("reader@straße.org", "reader@xn--strae-oqa.org"),
        ("re\u0301mi@example.org", "RÉMI@example.org"),
    ],
)
def test_spellings_of_one_mailbox_have_one_key(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("a.b@gmail.com", "ab@gmail.com"), ("a+news@example.org", "a@example.org"), ("a@example.org", "a@example.com")],
)
def test_no_provider_s_own_rules_are_applied(one: str, other: str) -> None:
    assert address_key(one) != address_key(other)


def test_a_domain_that_cannot_be_is_folded_rather_than_refused() -> None:
    assert address_key("A@É é") == "a@é é"


@given(st.text())
@example("0 .")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert address_key(address_key(text)) == address_key(text)


@given(st.emails())
def test_case_never_makes_another_reader(address: str) -> None:
    assert address_key(address.upper()) == address_key(address.lower())

"""What no provider is asked to do."""

import pytest

from digest.adapters.handing import own, require_bytes, require_size
from digest.errors import ProviderMisused
from digest.model.mail import Recipient

READER = Recipient(delivery_id=1, address="a@example.org", name="", unsubscribe_url="https://example.org/u/1")


@pytest.mark.parametrize("count", [0, 3])
def test_nobody_and_one_too_many_are_refused(count: int) -> None:
    require_size([READER] * 2, most=2, provider="The Post")
    with pytest.raises(ProviderMisused, match=rf"{count} readers .* The Post takes from 1 to 2"):
        require_size([READER] * count, most=2, provider="The Post")


def test_one_byte_too_many_is_refused() -> None:
    require_bytes(b"1234", most=4, provider="The Post")
    with pytest.raises(ProviderMisused, match=r"5 bytes in one call.*The Post takes 4"):
        require_bytes(b"12345", most=4, provider="The Post")


def test_another_s_payload_is_refused_by_its_type_and_not_by_its_content() -> None:
    assert own(b"mine", bytes, provider="The Post") == b"mine"
    with pytest.raises(ProviderMisused, match="The Post was handed a str") as caught:
        own("a secret", bytes, provider="The Post")
    assert "a secret" not in str(caught.value)

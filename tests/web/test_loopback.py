"""The preview answers this machine, under its own names, and nobody else."""

import pytest

from digest.errors import UsageError
from digest.web.loopback import is_addressed_to_us, refuse_public


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "LOCALHOST"])
def test_loopback_may_be_listened_on(host: str) -> None:
    refuse_public(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "news.example", "", "localhost.news.example"])
def test_what_others_can_reach_is_refused(host: str) -> None:
    with pytest.raises(UsageError, match="no login") as refused:
        refuse_public(host)
    assert "127.0.0.1" in refused.value.mend


@pytest.mark.parametrize(
    "header", ["127.0.0.1:8090", "localhost:8090", "localhost", "[::1]:8090", "[::1]", "127.0.0.1"]
)
def test_our_own_names_are_answered(header: str) -> None:
    assert is_addressed_to_us(header)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "evil.example",
        "evil.example:8090",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8090",
        "192.168.1.4:8090",
    ],
)
def test_a_name_that_somebody_else_gave_our_address_is_not(header: str) -> None:
    assert not is_addressed_to_us(header)

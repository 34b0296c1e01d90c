"""The table of publishers: by name, and by the host of an address."""

import pytest

from digest.lexicon.publishers import PUBLISHERS, publisher_at, publisher_named


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.theguardian.com/politics/1", "The Guardian"),
        ("https://amp.theguardian.com/politics/1", "The Guardian"),
        ("https://news.sky.com/story/1", "Sky News"),
        ("https://news.stv.tv/politics", "STV News"),
        ("https://theguardian.com.evil.example/", ""),
        ("https://post.example/", ""),
        ("https://com/", ""),
    ],
)
def test_a_publisher_is_known_by_its_host_and_the_hosts_below_it(url: str, name: str) -> None:
    found = publisher_at(url)
    assert (found.name if found else "") == name


def test_every_name_of_a_publisher_leads_to_it() -> None:
    assert all(publisher_named(name) is one for one in PUBLISHERS for name in (one.name, *one.also))
    assert publisher_named("The Wensley Post") is None

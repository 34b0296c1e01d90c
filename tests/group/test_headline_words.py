"""The shipped table of words."""

from digest.group.headline_words import SHARE
from digest.text.tokens import content_words


def test_every_share_is_one_of_headlines() -> None:
    assert len(SHARE) > 500
    assert all(0 < share < 1 for share in SHARE.values())


def test_every_word_is_one_that_a_headline_can_give() -> None:
    assert [word for word in SHARE if len(content_words(word)) != 1] == []


def test_the_party_itself_weighs_more_than_what_befalls_it() -> None:
    assert SHARE["labour"] > SHARE["leadership"] > SHARE["strike"]

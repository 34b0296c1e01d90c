"""What a headline tells: something done, something said, or nothing."""

import pytest

from digest.rank.consequence import Tells, asks, tells


@pytest.mark.parametrize(
    "headline",
    [
        "Transport secretary resigns over fares",
        "Council scrapped plans for a bypass",
        "Mayor to publish the papers",
        "Minister denied entry as ports close",
        "Ballot of members over pay",
        "MPs backed the bill",
        "Party banned two donors",
        "Union wins by-election recount",
    ],
)
def test_a_deed_or_an_event_is_told(headline: str) -> None:
    assert tells(headline) is Tells.DEED


@pytest.mark.parametrize(
    "headline", ["Mayor warns of a hard winter", "‘I was wrong’, minister admitted", "Peers criticise the timetable"]
)
def test_words_are_told(headline: str) -> None:
    assert tells(headline) is Tells.WORDS


@pytest.mark.parametrize(
    "headline",
    [
        "Minister poised to cancel bypass",
        "Party could lose the county",
        "Peers may vote on Friday",
        "Mayor considering resignation",
        "Mayor denies she will quit",
        "Mayor would beat rival, poll finds",
        "Approval rating today: polls tracked",
    ],
)
def test_what_may_be_done_or_is_denied_is_words(headline: str) -> None:
    assert tells(headline) is not Tells.DEED


@pytest.mark.parametrize("headline", ["Mayor quits and may stand again", "Set to lose, mayor resigns over fares"])
def test_a_deed_beside_a_mere_chance_is_a_deed(headline: str) -> None:
    assert tells(headline) is Tells.DEED


@pytest.mark.parametrize("headline", ["A quiet town by the river", "", "The long road to the north"])
def test_nothing_is_told(headline: str) -> None:
    assert tells(headline) is Tells.NOTHING


@pytest.mark.parametrize(
    "headline",
    [
        "Will the mayor resign?",
        "‘Will the mayor resign?’",
        "Mayor resigns? Not yet",
        "How the mayor lost the vote",
        "What the budget means for you",
        "Why the minister quit",
    ],
)
def test_a_headline_that_asks_or_explains_tells_nothing(headline: str) -> None:
    assert asks(headline)
    assert tells(headline) is Tells.NOTHING

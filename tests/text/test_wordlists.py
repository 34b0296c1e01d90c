"""The lists by which sentences are judged: verbs, words of saying, and talk around the news."""

import pytest

from digest.text.chatter import is_call, is_live, is_teaser
from digest.text.speech import bears_words, speaks
from digest.text.verbs import has_verb


@pytest.mark.parametrize(
    "text",
    [
        "Reed quits.",
        "They agreed.",
        "It succeeded.",
        "It’s over.",
        "They don't know.",
        "Reed was ill.",
        "Peers rebelled.",
        "Sources close to her deny it.",
        "The whips know it.",
        "The inquiry resumes on Sept. 5.",
        "MPs back the levy.",
        "They still hold a majority.",
    ],
)
def test_a_sentence_has_a_verb(text: str) -> None:
    assert has_verb(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A red seed in May.",
        "The latest on the parties.",
        "1 May.",
        "Will Reed and the bed.",
        "A plan to keep the levy.",
        "Cuts in the plan.",
    ],
)
def test_a_label_has_none(text: str) -> None:
    assert not has_verb(text)


def test_words_of_saying_and_things_that_bear_words_are_known() -> None:
    assert speaks("Reed told MPs")
    assert speaks("It fell, according to Reed")
    assert not speaks("The stateless sat")
    assert bears_words("in a letter")
    assert not bears_words("in a boat")


@pytest.mark.parametrize(
    "text", ["Read more", "Reed explains why the levy fell", "Here are five charts", "A guide to the levy"]
)
def test_a_teaser_is_known(text: str) -> None:
    assert is_teaser(text)


@pytest.mark.parametrize(
    "text", ["Sign up here", "Email us", "See www.example.org", "Download the report", "Follow us", "Call 0800 555 111"]
)
def test_a_call_is_known(text: str) -> None:
    assert is_call(text)


@pytest.mark.parametrize(
    "text", ["Hello and welcome", "9.15am Reed rises", "Updates to follow", "The live blog is closed"]
)
def test_a_live_blog_is_known(text: str) -> None:
    assert is_live(text)


@pytest.mark.parametrize(
    "text",
    [
        "Reed read the bill more than once.",
        "Reed signed the treaty and followed his party.",
        "The welcome was warm at 9 on Friday.",
        "Ministers explained the plan to the committee.",
    ],
)
def test_news_is_none_of_them(text: str) -> None:
    assert not any(judge(text) for judge in (is_teaser, is_call, is_live))

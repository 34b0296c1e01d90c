"""without_boilerplate(): what asks and sells goes, what is news stays."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.boilerplate import without_boilerplate
from digest.text.noise import BY_PUBLISHER, SENTENCES

NEWS = "Ministers will publish the plan on Tuesday."

ASKS = [
    "DONATE HERE",
    "SUBSCRIBE TO OUR DAILY EMAIL",
    "Sign up to our free Westminster newsletter.",
    "Sign up here for the daily briefing.",
    "Subscribe here.",
    "Subscribe to our YouTube channel.",
    "Get the day’s politics straight to your inbox.",
    "Click here to read the full story.",
    "Follow us on Bluesky.",
    "Follow The Wensley Post on WhatsApp for more.",
    "Share this article on Facebook.",
    "Read more: Council votes on the tram",
    "Related: The tram in numbers",
    "Related articles",
    "We use cookies to improve your experience.",
    "By continuing to use this site you accept our terms.",
    "Support our independent journalism today.",
    "Become a supporter today.",
    "If you value our reporting, please consider subscribing.",
    "This article first appeared in The Wensley Post.",
    "Image: Jane Doe / The Wensley Post",
    "© 2031 Wensley Media Ltd",
    "All rights reserved.",
    "Download our free app.",
    "Have your say in the comments below.",
    "Do you have a story for us?",
    "More from Jane Doe",
    "More on the Budget.",
    "You can unsubscribe at any time.",
    "To view this content, you need to enable JavaScript.",
    "Advertisement",
    "Help support our independent journalism at theguardian.example/pod.",
    "Comment is Freed is a reader-supported publication.",
    "Thanks for reading The Post!",
    "This post is for paid subscribers.",
    "Upgrade to paid.",
    "Hosted on Acast.",
    "See omnystudio.com/listener for privacy information.",
    "Learn more about your ad choices.",
    "Photo by Jane Doe on Unsplash.",
    "Reed quits was originally published in The Post on Medium, where people are continuing the conversation.",
]

STAYS = [
    "The Mirror reported that the minister had resigned.",
    "As The Guardian first reported, the vote was close.",
    "Ministers urged pensioners to subscribe to the new scheme.",
    "Sign up for the army, the minister told young people.",
    "Share prices fell after the speech.",
    "Donations to the party rose by a third.",
    "More from the pot will go to councils, the chancellor said.",
    "Becoming a member of the cabinet was her dream.",
    "It was published by the Treasury on Monday.",
    "If you love Wensley, you should vote, she said.",
    "Related party transactions were examined by the committee.",
    "Cookies and cakes were sold to raise money for the campaign.",
    "Subscribers to the pension fund lost £4m.",
    "Support for the independent candidate grew.",
    "LabourList’s daily email reported that the selection was over.",
    "Follow the money, she told the inquiry.",
    "Join the queue, he told her.",
    "“Subscribe to that theory if you like,” he said.",
    "The Telegraph told its readers that the minister had gone.",
    "Thanks for the help, she said, and left.",
    "The bill was published in the spring, where people are poorest.",
]


@pytest.mark.parametrize("ask", ASKS)
def test_an_ask_goes_and_the_news_around_it_stays(ask: str) -> None:
    text, removed = without_boilerplate(f"{NEWS} {ask}")
    assert text == NEWS
    assert removed == (ask,)


@pytest.mark.parametrize("sentence", STAYS)
def test_news_about_subscriptions_and_attributions_stay(sentence: str) -> None:
    assert without_boilerplate(f"{NEWS} {sentence} {NEWS}", "LabourList") == (f"{NEWS} {sentence} {NEWS}", ())


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Avatar Jo Dale The council has voted.", "Jo Dale The council has voted."),
        ("Avatar technology came to Wensley.", "Avatar technology came to Wensley."),
        ("The vote was close. Continue reading…", "The vote was close."),
        ("The vote was close. Read more", "The vote was close."),
        ("The vote was close [...]", "The vote was close"),
        ("The vote was close. The post Vote? What vote! appeared first on LabourList.", "The vote was close."),
        ("The vote was close. Share this", "The vote was close."),
        ("Her Comments", "Her Comments"),
        ("The vote was close. Read more •", "The vote was close."),
        ("The vote was close. SIGN UP FOR FREE The count went on.", "The vote was close. The count went on."),
        ("3 min read The vote was close.", "The vote was close."),
        ("The vote was close. submitted by /u/jo [link] [comments]", "The vote was close."),
        ("The vote was close. Share this: Twitter Facebook Like this: Like Loading...", "The vote was close."),
        (
            "The post office closed. The vote was close. Loading.",
            "The post office closed. The vote was close. Loading.",
        ),
    ],
)
def test_what_hangs_on_either_end_or_is_shouted_between_goes(text: str, kept: str) -> None:
    assert without_boilerplate(text)[0] == kept


def test_a_publisher_s_own_ask_goes_only_where_that_publisher_makes_it() -> None:
    ask = "If you value what LabourList does, join those who give £10 a month."
    assert without_boilerplate(f"{NEWS} {ask}", "LabourList")[0] == NEWS
    assert without_boilerplate(f"{NEWS} {ask}", "The Wensley Post")[0] == f"{NEWS} {ask}"


def test_more_from_this_very_publisher_goes_whatever_follows() -> None:
    label = "More from the Wensley Post on the tram and its price"
    assert without_boilerplate(f"{NEWS} {label}", "the Wensley Post") == (NEWS, (label,))


def test_nothing_but_boilerplate_leaves_nothing() -> None:
    assert without_boilerplate("Avatar SUBSCRIBE TO OUR DAILY EMAIL") == (
        "",
        ("SUBSCRIBE TO OUR DAILY EMAIL", "Avatar"),
    )


@given(
    st.lists(
        st.sampled_from([*ASKS, *STAYS, NEWS, "Avatar", "Read more", "The post X appeared first on Y."]), max_size=6
    )
)
def test_a_second_pass_removes_nothing(parts: list[str]) -> None:
    once, _ = without_boilerplate(" ".join(parts), "LabourList")
    assert without_boilerplate(once, "LabourList") == (once, ())


@given(st.lists(st.sampled_from(STAYS), max_size=5))
def test_sentences_that_stay_are_word_for_word_as_they_were(parts: list[str]) -> None:
    assert without_boilerplate(" ".join(parts)) == (" ".join(parts), ())


@pytest.mark.parametrize("rules", [SENTENCES, *BY_PUBLISHER.values()], ids=["all", *BY_PUBLISHER])
def test_rules_for_sentences_are_written_in_lower_case_as_the_sentences_they_are_held_against(
    rules: re.Pattern[str],
) -> None:
    literal = re.sub(r"\\[A-Za-z]", "", rules.pattern)
    assert literal == literal.lower()

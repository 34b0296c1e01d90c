"""unfit(): what a round-up may not print, and that ordinary news is not caught."""

import pytest

from digest.edit.unfit import Unfit, unfit

HEADLINE = "Care levy announced"


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        (Unfit.CUT, "The minister said that the levy would…"),
        (Unfit.CUT, "The minister said that the levy would ..."),
        (Unfit.CUT, "The minister said that the levy would"),
        (Unfit.CUT, "Labour MPs have warned […]"),
        (Unfit.CUT, "isters have said that the levy will start."),
        (Unfit.CUT, "…and the levy was dropped."),
        (Unfit.CUT, "ET) the minister has said so."),
        (Unfit.BROKEN_QUOTATION, "“The levy is a mistake, said Reed."),
        (Unfit.BROKEN_QUOTATION, "The levy is a mistake,” said Reed."),
        (Unfit.GLUED, "Ministers back down after revolt The government has dropped its plan."),
        (Unfit.GLUED, "Teams pay tribute to veteran The New Orleans side has lost him."),
        (Unfit.BYLINE, "Reed to cut the levy By Ada Moss, Political Editor."),
        (Unfit.BYLINE, "Reed is to cut the levy By Ada Jane Moss."),
        (Unfit.BYLINE, "By Ada Moss Deputy Political Editor Reed is to cut the levy."),
        (Unfit.LIVE, "Correction: an earlier version of this article said that the levy was £400."),
        (Unfit.LIVE, "This story has been amended to name the right minister."),
        (Unfit.VERBLESS, "The latest on the parties in the autumn conference season."),
        (Unfit.VERBLESS, "May 2, 2013."),
        (Unfit.QUESTION, "Will the levy be paid?"),
        (Unfit.QUESTION, "Who said “it will be paid”?"),
        (Unfit.EXCLAMATION, "The levy is coming!"),
        (Unfit.TEASER, "Here’s what we know."),
        (Unfit.TEASER, "Find out why the levy was announced."),
        (Unfit.TEASER, "The committee asks why the levy was announced."),
        (Unfit.TEASER, "Everything you need to know about the levy is told."),
        (Unfit.CALL, "Subscribe to read on about the levy."),
        (Unfit.CALL, "Sign up for the daily email that Labour reads."),
        (Unfit.CALL, "The figures are at https://example.org/levy."),
        (Unfit.CALL, "The levy was mocked by @someone."),
        (Unfit.LIVE, "Good morning and welcome to the politics blog."),
        (Unfit.LIVE, "8.12pm GMT Reed has left the chamber."),
        (Unfit.LIVE, "At 10:45 BST the chamber was empty."),
        (Unfit.LIVE, "That’s all from the chamber."),
        (Unfit.PERSONAL, "I have seldom seen such a levy."),
        (Unfit.PERSONAL, "The levy tells us that ministers have no plan."),
        (Unfit.PERSONAL, "Ministers want your money."),
        (Unfit.SPEAKERLESS, "“The levy is a mistake that will cost us dear.”"),
        (Unfit.SPEAKERLESS, "It was “a levy on all that is decent and good”."),
        (Unfit.SHOUTED, "THE LEVY HAS COME and peers are angry."),
        (Unfit.EMPTY, "It was."),
        (Unfit.EMPTY, "They were so."),
        (Unfit.ECHO, "A care levy was announced."),
    ],
)
def test_each_fault_is_refused_under_its_name(why: Unfit, sentence: str) -> None:
    assert unfit(sentence, headline=HEADLINE) is why


@pytest.mark.parametrize(
    "sentence",
    [
        "The levy starts in April.",
        "Unions welcomed it.",
        "“We will not pay it,” Reed told the BBC.",
        "Reed said: “I will not pay it. Nobody I know will.”",
        "The leader says he is opposed to ‘sexist or misogynistic language in absolutely any form’.",
        "Ministers’ plans for “levelling up” were dropped by the Treasury.",
        "Reed wrote in The Times that the levy was dead.",
        "The Guardian reported that the levy was dead.",
        "It was told to The i Paper by two ministers.",
        "A letter with the words “never again will this house be so deceived” was sent.",
        "It isn’t over, and there’s no levy yet.",
        "iPhone owners will be taxed, the Treasury said.",
        "The King George VI Hall was rebuilt after World War I, the council said.",
        "MPs agreed the US trade deal (the first in years) on Friday.",
        "Households need not pay.",
        "By Lowe’s account, the levy was cut.",
        "The levy was cut by Ada Moss, the political editor’s sister.",
        "Sources close to her deny it.",
        "The last coal mine in Wensley is to close, the company said.",
        "The All In campaign has raised £2m for Labour.",
    ],
)
def test_plain_news_is_not_refused(sentence: str) -> None:
    assert unfit(sentence, headline=HEADLINE) is None

"""disowns(), takes_up_claim(): a claim is not parted from the sentence that says whose it is, or that it is not so."""

import pytest

from digest.edit.hearsay import disowns, takes_up_claim
from digest.edit.opening import leans


@pytest.mark.parametrize(
    ("claim", "following"),
    [
        ("Reed took money from builders.", "The claim was later found to be false."),
        ("Mr Lowe is a bully.", "That is the claim made by three former aides in a letter to the whips."),
        ("Reed will resign on Friday.", "That was the rumour on Tuesday."),
        ("Reed will resign on Friday.", "That, anyway, is the hope in the Treasury."),
        ("Labour will scrap the levy.", "At least, that is what campaigners hope."),
        ("Labour will scrap the levy.", "At least that’s how allies tell it."),
        ("Labour will scrap the levy.", "So the theory goes."),
        ("Lowe has the numbers.", "Or so his allies insist."),
        ("Ministers have given up on growth.", "This is the charge from the CBI."),
        ("Labour is finished in Wales.", "This, at least, was the verdict of Plaid’s leader."),
        ("Reed is to be sacked.", "It turned out to be wrong."),
        ("Reed is to be sacked.", "No 10 dismissed it as complete nonsense."),
        ("Reed is to be sacked.", "A spokesman said it was untrue."),
        ("Reed is to be sacked.", "“This is simply not true,” a spokesman said."),
        ("Reed is to be sacked.", "It isn’t true, his office said."),
        ("Reed is to be sacked.", "The story was denied by No 10."),
        ("Reed is to be sacked.", "Those reports are false, Labour said."),
        ("Reed is to be sacked.", "The latest rumours were dismissed by his allies."),
        ("Reed is to be sacked.", "There is no truth in it, his office said."),
        ("Reed is to be sacked.", "Labour denies this."),
        ("Reed is to be sacked.", "Labour has denied the story."),
        ("The government will cancel the line.", "None of this is true, a spokesman said."),
        ("The government will cancel the line.", "None of it happened."),
        ("The levy will cost £3bn.", "The allegation, in a letter seen by the Times, was put to police."),
        ("The levy will cost £3bn.", "That is according to the Institute for Fiscal Studies."),
        ("The levy will cost £3bn.", "That’s the view of the Treasury."),
        ("The levy will cost £3bn.", "So says the Treasury."),
        ("The levy will cost £3bn.", "Those are the words of Reed."),
        ("The levy will cost £3bn.", "According to the IFS."),
        ("The levy will cost £3bn.", "A cabinet minister said so privately on Tuesday."),
    ],
)
def test_the_next_sentence_says_whose_a_claim_is_or_that_it_is_not_so(claim: str, following: str) -> None:
    assert disowns(following, before=claim)


@pytest.mark.parametrize(
    ("sentence", "following"),
    [
        ("Reed has quit.", ""),
        ("Reed has quit.", "At least 40 MPs say that they will rebel."),
        ("Reed has quit.", "So far, ministers have said nothing."),
        ("Reed has quit.", "It is wrong that pensioners pay more, Lowe said."),
        ("Reed has quit.", "It is the view of ministers that he was right to go."),
        ("Reed has quit.", "It is denied that he was asked to."),
        ("Reed has quit.", "That is a lot."),
        ("Reed has quit.", "That is the second time he has done so."),
        ("Reed has quit.", "According to the IFS, it will fail."),
        ("The Moss family was made to leave.", "This is their story."),
        ("Ministers put forward a levy.", "It was rejected by peers."),
        ("Prices fell in April.", "It rose in May."),
        ("Councils are short of cash.", "The report says that none can borrow."),
        ("The fire began at night.", "There is no evidence that it was deliberate."),
        ("Lowe said that Reed took money.", "The claim was made in the Commons."),
        ("A court refused to deny it leave.", "The firm was glad that judges did not deny it further loans."),
    ],
)
def test_news_that_goes_on_is_not_mistaken_for_it(sentence: str, following: str) -> None:
    assert not disowns(following, before=sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "A cabinet minister said so privately on Tuesday.",
        "Most voters think so, a poll found.",
        "Lowe made the claim in a speech in Wigan.",
        "The allegation, in a letter seen by the Times, was put to police.",
        "Reed has denied the allegations.",
    ],
)
def test_a_claim_that_is_not_told_needs_the_sentence_before(sentence: str) -> None:
    assert takes_up_claim(sentence)
    assert leans(sentence, under_its_headline=True)


@pytest.mark.parametrize(
    "sentence",
    [
        "Lowe made the claim that ministers had given up.",
        "Reed, who was accused of bullying, denied the allegations.",
        "The allegations against Reed are to be looked into.",
        "The claim’s author has left the party.",
        "Ministers have rejected claims of bullying.",
        "Ministers have said so far that nothing has changed.",
        "Reed wants to go and says so often.",
    ],
)
def test_a_claim_that_is_told_stands_alone(sentence: str) -> None:
    assert not takes_up_claim(sentence)


def test_a_long_run_of_adverbs_is_judged_at_once() -> None:
    assert not disowns("It is" + " only" * 5_000 + " late.", before="Reed has quit.")

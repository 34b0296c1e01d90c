"""What a provider says of readers is kept without them."""

from digest.deliver.unnamed import unnamed
from digest.model.mail import Fate, Outcome, Receipt, Recipient

READERS = tuple(
    Recipient(delivery_id=n, address=f"r{n}@example.org", name=name, unsubscribe_url=f"https://example.org/u/{n}")
    for n, name in enumerate(("Ann O'Hara", "Bo", ""), 1)
)


def test_no_reader_is_left_in_what_is_said_of_the_whole_call() -> None:
    said = (
        '"Ann O\'Hara" <R1@EXAMPLE.ORG>, Bo r2%40example.org and https://example.org/u/3 are wrong for news@example.org'
    )
    receipt = unnamed(Receipt(outcome=Outcome.UNCERTAIN, detail=said), READERS)
    assert receipt.detail == '"[…]" <[…]>, […] […] and […] are wrong for news@example.org'


def test_no_reader_is_left_in_what_is_said_of_his_own_copy() -> None:
    fates = (
        Fate(delivery_id=1, outcome=Outcome.ACCEPTED, reference="m-1"),
        Fate(delivery_id=2, outcome=Outcome.REJECTED, detail="550 5.1.1 <r2@example.org>: Bo is unknown"),
    )
    receipt = unnamed(Receipt(outcome=Outcome.ACCEPTED, reference="m-1", fates=fates), READERS)
    assert receipt.fates == (
        fates[0],
        Fate(delivery_id=2, outcome=Outcome.REJECTED, detail="550 5.1.1 <[…]>: […] is unknown"),
    )


def test_an_answer_that_says_nothing_stays_as_it_is() -> None:
    taken = Receipt(outcome=Outcome.ACCEPTED, fates=(Fate(delivery_id=1, outcome=Outcome.ACCEPTED),))
    assert unnamed(taken, READERS) is taken

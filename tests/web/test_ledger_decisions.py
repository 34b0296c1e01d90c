"""The desk says under a story what editors decided about it, and whose the words are."""

from digest.edit.codec import dump, load
from digest.edit.edit import edit
from digest.edit.piece import Desk
from digest.edit.shape import Shape
from digest.model.decision import Act
from digest.model.edition import Judgement
from digest.pipeline.preview import Basis, Preview
from digest.web.ledger import entries
from digest.web.look import Look
from tests.builders import DAY, LEXICON, item, ranked, sources
from tests.edit.log import about, logged
from tests.pipeline.conftest import DAILY

ONE = ranked(item("Labour council votes to save its library after all", name="one"), score=9)
TWO = ranked(item("Labour conference is going back to Saltcombe this year", name="two"), score=5)


def shown(*decisions: str) -> Preview:
    log = tuple(logged(n, about(Act.RETITLE, TWO, text=text)) for n, text in enumerate(decisions, start=1))
    edition = edit(
        (ONE, TWO),
        newsletter="daily",
        day=DAY,
        desk=Desk(day=DAY, sources=sources("The Lantern"), lexicon=LEXICON, excerpt_words=50),
        shape=Shape(threshold=0.3),
        ask=None,
        decisions=log,
    )
    judgement = Judgement(edition=edition, ranked=(ONE, TWO), decisions=log)
    return Preview(schedule=DAILY, day=DAY, basis=Basis.NOW, record=None, judgement=judgement, email=None, findings=())


def test_a_story_that_was_retitled_says_by_whom_and_what_it_was() -> None:
    first, second = entries(shown("Back to Saltcombe"), Look.asked("/daily/2026-05-15", {}))
    assert first.decided == ()
    assert second.decided == (
        f"1. retitled “{TWO.story.items[0].title}”: Back to Saltcombe (Ada, 15 May 05:31 UTC)",
        f"The publisher’s own headline is “{TWO.story.items[0].title}”.",
    )


def test_a_judgement_is_kept_with_its_decisions_and_one_of_before_has_none() -> None:
    judgement = shown("Back to Saltcombe").judgement
    assert load(dump(judgement)) == judgement
    assert load(dump(shown().judgement).replace(',"decisions":[]', "")).decisions == ()

"""The sentences of an edition against the items they were taken from: none may say what its source did not."""

from collections.abc import Iterator, Sequence

from digest.model.edition import Edition
from digest.model.mail import Finding
from digest.model.story import Ranked
from digest.render.findings.grades import error
from digest.text.verify import fault


def spans(edition: Edition, *, ranked: Sequence[Ranked]) -> Iterator[Finding]:
    """An error for every printed sentence without a valid span; what an editor wrote is an editor's word."""
    items = {item.id: item for one in ranked for item in one.story.items}
    for piece in edition.pieces:
        for sentence in () if piece.summary_by else piece.sentences:
            if why := fault(sentence, items.get(sentence.item_id)):
                what = f"«{sentence.text}» is not its source’s: {why}."
                mend = "draft the edition anew, or write the summary with `digest edit summary`."
                yield error("spans", what, where=f"story {piece.story_id}", mend=mend)

"""spans(): no sentence goes out that its source did not say."""

from dataclasses import replace

from digest.model.edition import Edition, Sentence
from digest.render.findings.spans import spans
from tests.builders import item, ranked
from tests.render.letters import piece, small_edition

ITEM = item("Reed quits", summary="Ada Reed has quit.")
RANKED = (ranked(ITEM),)
TRUE = Sentence(text=ITEM.summary, item_id=ITEM.id, start=0, end=18, publisher=ITEM.publisher)


def printed(*sentences: Sentence, summary_by: str = "") -> Edition:
    one = replace(piece("Reed quits", story_id="s1"), sentences=sentences, summary_by=summary_by)
    return replace(small_edition(), lead=one, five=(), sections=(), comment=())


def test_a_sentence_in_its_span_is_in_order() -> None:
    assert list(spans(printed(TRUE), ranked=RANKED)) == []


def test_a_sentence_without_a_valid_span_is_an_error_under_its_story() -> None:
    (found,) = spans(printed(TRUE, replace(TRUE, text="Ada Reed has died.")), ranked=RANKED)
    assert (found.severity, found.check, found.where) == ("error", "spans", "story s1")
    assert found.what == "«Ada Reed has died.» is not its source’s: its span has other words."
    (lost,) = spans(printed(TRUE), ranked=())
    assert "not in the ranking" in lost.what


def test_what_an_editor_wrote_needs_no_span() -> None:
    own = Sentence(text="Reed is gone.", item_id="", start=0, end=13)
    assert list(spans(printed(own, summary_by="Ada"), ranked=RANKED)) == []

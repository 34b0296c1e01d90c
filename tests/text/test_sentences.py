"""sentences(): prose in, spans out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.sentences import sentences


@pytest.mark.parametrize(
    "parts",
    [
        ["Labour won.", "The Tories lost."],
        ["Mr. Reed met Dr. Lowe at No. 10 on Friday.", "Sir K. Moss left."],
        ["He said no.", "Then he went."],
        ["He said No.", "Nobody asked."],
        ["Growth was 1.5 per cent.", "It cost £1.5bn.", "£3m was lost."],
        ["The U.S. Senate met at 5 p.m. on Friday, e.g. in committee.", "It rose."],
        ["It was plan B.", "She and I.", "Then came J. K. Rowan."],
        ["“Go.”", "She went!", "‘Why?’ he asked.", "‘Who?’", "Nobody knew…", "Never."],
        ["Wait… and see.", "“Enough!” she cried."],
        ["On Sept. 5 they met.", "They parted in Sept.", "It rained."],
        ["Éowyn spoke.", "Ánd so on."],
        ["no full stop at the end"],
        ["One.", "• Two.", "– Three?!", "42 people came."],
        ["She lives in St. Ives.", "Cllr. Moss agrees."],
        ["Mr. Reed spoke of unemployment.", "And of inflation!?", "So it is."],
        ["“I will go. I mean it,” he said.", "Nobody wept."],
        ['"I will go. I mean it."', "Reed left."],
        ["“Why?” Reed asked.", "‘Did you go?’ the Lord Reed said.", "“No!”", "Reed left."],
        ["“I will go.", "“Nobody can stop me.", "“I mean it.”"],
        ["“I will go.", "And nobody wept."],
        ["They met at 4 p.m. Friday.", "They parted at 5 p.m.", "It rained on Mt. Snowdon."],
        ["A standfirst without a stop", "• The first paragraph.", "• “A list. Of two", "• things,” he said."],
    ],
)
def test_prose_is_cut_where_sentences_end(parts: list[str]) -> None:
    assert [span.text for span in sentences(" ".join(parts))] == parts


def test_empty_text_has_no_sentences() -> None:
    assert sentences("") == ()
    assert sentences("  \n ") == ()


def test_an_address_is_not_cut_at_its_dots() -> None:
    assert len(sentences("See labour.example.org for more")) == 1


@given(st.text(alphabet="aAB. !?…’”\n19£M", max_size=60) | st.text(max_size=60))
def test_every_span_is_its_place_in_the_source_and_nothing_but_white_space_is_lost(text: str) -> None:
    spans = sentences(text)
    assert all(span.text == text[span.start : span.end] == span.text.strip() for span in spans)
    assert "".join("".join(span.text for span in spans).split()) == "".join(text.split())
    assert list(spans) == sorted(spans, key=lambda span: span.start)


def test_the_end_of_a_line_ends_a_sentence_even_within_a_quotation() -> None:
    spans = sentences("By Ada Quill\nReed said: “I will go.\nI mean it.” He left.")
    assert [span.text for span in spans] == ["By Ada Quill", "Reed said: “I will go.", "I mean it.”", "He left."]


def test_a_quotation_that_is_never_closed_swallows_nothing() -> None:
    text = "Reed said: “I will go. " + "It rained that day. " * 40
    assert len(sentences(text)) == 41

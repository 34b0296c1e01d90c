"""A printed sentence and the item it is said to come from -> what is wrong with it, or nothing."""

from digest.model.edition import Field, Sentence
from digest.model.news import Item
from digest.text.facts import missing


def fault(sentence: Sentence, item: Item | None) -> str:
    """Say why a sentence must not be printed as that item's; an empty string where its span holds all it says.

    The span must lie in the field, begin and end between words, and hold these very words; where it has others, the
    numbers, names and quotations that it lacks are named. Whoever is credited must be who publishes the item.
    """
    if item is None:
        return "the item it was taken from is not in the ranking"
    source = words(item, sentence.field)
    start, end = sentence.start, sentence.end
    if not 0 <= start < end <= len(source):
        return f"its span {start}–{end} does not lie in the item's {sentence.field.value}"
    if _is_within_a_word(source, start) or _is_within_a_word(source, end):
        return "its span begins or ends within a word"
    if source[start:end] != sentence.text:
        lacking = missing(sentence.text, source[start:end])
        return f"its span does not have {', '.join(lacking)}" if lacking else "its span has other words"
    if sentence.publisher not in {"", item.publisher}:
        return f"it is credited to {sentence.publisher}, and {item.publisher} published it"
    return ""


def words(item: Item, field: Field) -> str:
    """Return the part of an item that a span counts in."""
    return {Field.SUMMARY: item.summary, Field.TEXT: item.text, Field.TITLE: item.title}[field]


def _is_within_a_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()

"""Plain text -> its first sentences, up to so many words."""

from digest.text.sentences import sentences

WORDS = 80
"""Three sentences to choose from; the edition prints 50 words at most, and a publisher's text is not ours to keep."""


def excerpt(text: str, *, words: int = WORDS) -> str:
    """The whole sentences within the first `words` words; a first sentence that is longer is cut in between words."""
    end, told = 0, 0
    for sentence in sentences(text):
        told += len(sentence.text.split())
        if told > words:
            break
        end = sentence.end
    return text[:end] if end or not text.strip() else " ".join(text.split()[:words]) + "…"

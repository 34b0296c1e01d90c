"""Plain text -> its first sentences, up to so many words."""

from digest.text.sentences import sentences

WORDS = 80
"""Three sentences to choose from; the edition prints 50 words at most, and a publisher's text is not ours to keep."""


def excerpt(text: str, *, words: int = WORDS) -> str:
    """The whole sentences in the first `words` words of a line; a first one that is longer is cut between words."""
    end, told = 0, 0
    for sentence in sentences(text):
        told += sentence.text.count(" ") + 1
        if told > words:
            break
        end = sentence.end
    return text[:end] if end or not text.strip() else " ".join(text.split()[:words]) + "…"

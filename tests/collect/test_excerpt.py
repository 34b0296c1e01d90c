"""excerpt(): whole sentences up to so many words."""

from digest.collect.excerpt import excerpt


def test_an_excerpt_ends_with_the_last_sentence_that_fits() -> None:
    assert excerpt("One two three. Four five. Six.", words=5) == "One two three. Four five."


def test_a_short_text_is_kept_as_it_is() -> None:
    assert excerpt("One two three. Four", words=80) == "One two three. Four"
    assert excerpt("") == ""


def test_a_first_sentence_that_is_too_long_is_cut_between_words_and_shows_it() -> None:
    assert excerpt("One two three four five.", words=3) == "One two three…"

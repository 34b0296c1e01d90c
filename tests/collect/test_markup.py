"""Bytes of pages -> markup that may be given to an extractor, whatever they are."""

import time

import pytest

from digest.collect.article import FEWEST_WORDS, ArticleText
from digest.collect.markup import MOST_TAGS
from tests.collect.pages import PARAGRAPHS, page, told


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("text/html; charset=windows-1252", "windows-1252"),
        ("text/html; charset=ISO-8859-1", "windows-1252"),
        ("text/html", "windows-1252"),
        ("text/html; charset=utf-7", "windows-1252"),
        ("text/html; charset=UTF-8", "utf-8"),
        ("text/html; charset=windows-1252", "utf-8"),
        ("text/html", "utf-16"),
        ("text/html", "utf-32"),
        ("text/html; charset=utf-16", "utf-8-sig"),
    ],
)
def test_pages_are_read_in_their_own_encoding(declared: str, encoding: str) -> None:
    body = page().replace('<meta charset="utf-8">', "").encode(encoding)
    assert told(body, content_type=declared).text == "\n".join(PARAGRAPHS)


def test_the_encoding_that_a_page_names_in_its_head_is_believed() -> None:
    polish = "Zażółć gęślą jaźń, powiedział burmistrz, a rada przyjęła budżet biblioteki po długiej dyskusji w nocy."
    body = (
        page(*[f"{polish} {n}." for n in range(5)]).replace('charset="utf-8"', 'charset="iso-8859-2"').replace("©", "")
    )
    assert polish in told(body.encode("iso-8859-2")).text


def test_a_control_character_says_nothing_of_the_encoding() -> None:
    assert told(page(PARAGRAPHS[0] + "\x1b\x00", *PARAGRAPHS[1:]), content_type="").text == "\n".join(PARAGRAPHS)


def test_a_page_that_is_utf_8_but_for_a_few_bytes_keeps_the_rest() -> None:
    body = page().encode().replace("£240".encode(), b"\xa3240", 1)
    assert told(body, content_type="text/html; charset=utf-8").text == "\n".join(PARAGRAPHS).replace("£", "\ufffd")


@pytest.mark.parametrize(
    ("body", "content_type", "missing"),
    [
        (page(), "application/pdf", "the page is no web page but «application/pdf»"),
        ("%PDF-1.7 and more", "", "the page is no web page but a PDF"),
        ("%PDF-1.7 and more", "text/html", "the page is no web page but a PDF"),
        (page(), "image/\x1b[2j\u202e<b>gif</b>\x07", "the page is no web page but «image/[2jgif»"),
        (page(), "\x1b", "the page is no web page but «»"),
        (page("It is open."), "text/html", f"the page has fewer than {FEWEST_WORDS} words of text"),
        ("", "text/html", f"the page has fewer than {FEWEST_WORDS} words of text"),
        (
            "<br>" * (MOST_TAGS + 1),
            "text/html",
            "the page has more markup than any article: 80,004 characters, 20,001 tags",
        ),
        ("a" * 2_000_001, "text/html", "the page has more markup than any article: 2,000,001 characters, 0 tags"),
    ],
    ids=[
        "a PDF",
        "a PDF that does not say so",
        "a PDF that denies it",
        "escapes",
        "nothing to show",
        "short",
        "empty",
        "tags",
        "characters",
    ],
)
def test_what_is_no_article_gives_no_text_and_a_reason(body: str, content_type: str, missing: str) -> None:
    assert told(body, content_type=content_type) == ArticleText(missing=missing)


@pytest.mark.alone
@pytest.mark.parametrize(
    "piece",
    [
        "<div>" * 200 + "a" + "</div>" * 200,
        "<p><i>a <b>b </i>c </b>",
        "<span>a <a>b </span>c </a>",
        "<a href=/x>a</a> b ",
        "<h2>ab</h2>",
        "<br>a",
        "<ul><li>a<table><tr><td>b",
        "<p class='comment share social' style='display:none'>abc</p>",
    ],
)
def test_no_page_takes_more_than_a_few_seconds(piece: str) -> None:
    body = "<html><body><article><p>" + piece * (MOST_TAGS // piece.count("<") - 5)
    started = time.process_time()
    told(body)
    assert time.process_time() - started < 5


def test_a_page_of_five_mebibytes_of_scripts_is_read_for_its_text() -> None:
    heavy = f"<script>{'var a = 1; ' * 400_000}</script>"
    assert told(page(head=heavy)).text == "\n".join(PARAGRAPHS)


def test_a_script_that_never_ends_leaves_nothing_to_read() -> None:
    missing = told("<html><body><script>" + "".join(f"<p>{one}</p>" for one in PARAGRAPHS)).missing
    assert missing == f"the page has fewer than {FEWEST_WORDS} words of text"


def test_a_paragraph_of_nothing_but_tags_keeps_its_words() -> None:
    linked = "".join(f'<a href="/{n}">word{n}</a> ' for n in range(300))
    assert "word0 word1 word2" in " ".join(
        told(page(after=f"<p>They said {linked} and left it at that.</p>")).text.split()
    )

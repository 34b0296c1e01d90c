"""Pages -> the text of their articles: plain paragraphs, or why there are none."""

import json
import logging
import pickle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.collect.article import LONGEST, LONGEST_PARAGRAPH, ArticleText, summary_of
from digest.text.boilerplate import without_boilerplate
from digest.text.clean import plain
from tests.collect.pages import LAYOUTS, PARAGRAPHS, page, told

SENTENCE = "The council of Stannerby kept its promise to the {n}th reader of the library and told everybody so. "
PROSE = "".join(SENTENCE.format(n=n) for n in range(200))


def test_the_text_is_the_paragraphs_of_the_article_and_nothing_around_it() -> None:
    assert told(page()) == ArticleText(text="\n".join(PARAGRAPHS))


def test_a_headline_that_is_said_again_is_no_part_of_the_text() -> None:
    assert told(page("LIBRARY STAYS OPEN", *PARAGRAPHS)).text == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_article_is_found_however_a_site_builds_its_pages(layout: str) -> None:
    body = f"<html><head><title>Library stays open</title></head><body>{LAYOUTS[layout]}</body></html>"
    assert told(body).text == "\n".join(PARAGRAPHS)


def test_the_same_page_gives_the_same_text_whatever_was_read_before() -> None:
    first = told(page())
    told(page(PROSE))
    assert told(page()) == first


def test_a_task_and_its_result_travel_between_processes() -> None:
    made = told(page())
    assert pickle.loads(pickle.dumps(made)) == made


def test_what_a_publisher_asks_for_between_its_paragraphs_is_taken_out() -> None:
    asks = ("Sign up to our morning email for all the news of the day.", "Read more: what the budget means for you")
    assert told(page(*PARAGRAPHS[:2], *asks, *PARAGRAPHS[2:])).text == "\n".join(PARAGRAPHS)


def test_tables_links_and_formatting_leave_only_their_words() -> None:
    markup = (
        '<p>The <b>vote</b> was <a href="https://x.example">38 to <i>twelve</i></a>, and nobody left the chamber.</p>'
        "<table><tr><td>Labour</td><td>38</td></tr></table>"
    )
    text = told(page(after=markup)).text
    assert text.endswith("\nThe vote was 38 to twelve, and nobody left the chamber.")
    assert "38 to" in text
    assert "Labour\t38" not in text


def test_a_hostile_page_gives_plain_text() -> None:
    hostile = (
        '<p onclick="alert(1)">The vote <img src=x onerror=alert(2)>was <svg onload=alert(3)>held at nine.</p>'
        "<p>It passed &lt;script&gt;alert(4)&lt;/script&gt;by 38 votes to 12, \u202ecnuona eht"
        " \u2066said \x07the clerk.</p>"
        '<p><a href="javascript:alert(5)">Nobody</a> knows &amp;lt;b&amp;gt;why&amp;lt;/b&amp;gt; it took'
        " so long to count."
        "</p><iframe srcdoc='<script>alert(6)</script>'></iframe><template><p>alert(7)</p></template>"
    )
    text = told(page(after=hostile)).text
    assert "alert" not in text
    assert "It passed by 38 votes to 12, cnuona eht said the clerk." in text
    assert "Nobody knows why it took so long to count." in text
    assert not set(text) & set("<>\u202e\u2066\x07")


@pytest.mark.parametrize(
    "ask",
    [
        "Subscribe to continue reading this article and everything else we publish.",
        "Already a subscriber? Log in.",
        "This article is for subscribers.",
        "To continue reading, please register for free.",
    ],
)
def test_what_a_paywall_shows_of_an_article_is_not_taken_for_it(ask: str) -> None:
    assert told(page(*PARAGRAPHS[:3], ask)).missing == "the page is behind a paywall"


def test_a_long_article_that_says_how_to_subscribe_is_an_article() -> None:
    made = told(page(*PARAGRAPHS, PROSE, "Already a subscriber? Log in to comment."))
    assert made.text.startswith(PARAGRAPHS[0])


def test_a_page_that_says_it_is_not_free_is_believed() -> None:
    mark = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
    assert told(page(head=mark)).missing == "the page is for subscribers, as it says itself"
    assert told(page(head=mark.replace('"False"', "true"))).text


def test_a_consent_wall_is_not_taken_for_an_article() -> None:
    first = (
        "We value your privacy. We and our 842 partners store and access information on a device, such as cookies,"
        " and process personal data, such as unique identifiers sent by it, for the advertisements and measurements."
    )
    then = "With your permission we may use precise locations. You can accept all, or reject all, or change your mind."
    assert told(page(first, then)).missing == "the page asks for consent to cookies instead of telling anything"


def test_an_article_about_cookies_is_an_article() -> None:
    made = told(page(*PARAGRAPHS, "Ministers want sites to offer a button that says reject all, next to accept all."))
    assert made.text.startswith(PARAGRAPHS[0])


def test_a_link_that_now_leads_to_the_front_page_gives_no_text() -> None:
    made = told(page(), url="https://lantern.example/")
    assert made.missing == "the page is not there any more: the link leads to a front page"


def test_a_page_that_moved_to_another_host_is_still_the_items_page() -> None:
    assert told(page(), url="https://www.lantern.example/news/2026/05/library").text == "\n".join(PARAGRAPHS)


def test_a_long_article_is_cut_after_a_whole_sentence() -> None:
    text = told(page(*(PROSE[start : start + 1000] for start in range(0, 9000, 1000)))).text
    assert LONGEST - 1000 < len(text) <= LONGEST
    assert text.endswith("told everybody so.")


def test_a_last_paragraph_without_an_end_of_a_sentence_that_fits_is_left_out() -> None:
    whole = [PROSE[start : start + 1400].strip() for start in range(0, 5600, 1400)]
    text = told(page(*whole, "and so on " * 90)).text
    assert "and so on" not in text
    assert len(text.split("\n")) == 4


@pytest.mark.parametrize(
    "paragraph",
    [PROSE[:5000], "word " * 1000, "x" * 5000],
    ids=["sentences", "words", "nothing to part at"],
)
def test_an_endless_paragraph_is_parted_and_loses_nothing(paragraph: str) -> None:
    text = told(page(PARAGRAPHS[0], PARAGRAPHS[1], PARAGRAPHS[2], paragraph)).text
    pieces = text.split("\n")[3:]
    assert len(pieces) == 3
    assert max(map(len, pieces)) <= LONGEST_PARAGRAPH
    assert "".join(pieces).replace(" ", "") == paragraph.replace(" ", "")


def test_the_extractor_says_nothing_of_its_own(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        told("")
    assert not caplog.records


TAGS = "<p> </p> <b> </b> <br> <div> </div> &lt;b&gt; &amp;lt; <a> </a> <li> <table> < > & . ™ Subscribe. Share"
PIECES = (*PARAGRAPHS, *TAGS.split(), "\u202e", "\u00ad", "e\u0301", "\r\n", "\x85", " ")
MARKUP = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@given(markup=MARKUP)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_paragraph_is_plain_short_and_free_of_boilerplate(markup: str) -> None:
    made = told(page(after=f"<p>{markup}</p>"))
    assert bool(made.text) != bool(made.missing)
    assert len(made.text) <= LONGEST
    for paragraph in made.text.split("\n") if made.text else []:
        assert paragraph
        assert plain(paragraph) == paragraph
        assert len(paragraph) <= LONGEST_PARAGRAPH
        assert without_boilerplate(paragraph, "The Lantern") == (paragraph, ())


def test_a_summary_of_two_sentences_stands() -> None:
    said = f"{PARAGRAPHS[0]} {PARAGRAPHS[1]}"
    assert summary_of(said, "\n".join(PARAGRAPHS)) == said


def test_a_summary_that_says_too_little_gives_way_to_the_first_sentences_of_the_article() -> None:
    made = summary_of("Library saved.", "Council news\n" + "\n".join(PARAGRAPHS))
    assert made == " ".join(PARAGRAPHS[:4])
    assert len(made.split()) <= 80


def test_a_text_without_sentences_leaves_the_summary_as_it_is() -> None:
    assert summary_of("Library saved.", "Council news\nAnd more") == "Library saved."


@pytest.mark.shared
@pytest.mark.parametrize(
    "corpus", ["blns", "dompurify_expect", "feedparser_sanitize", "html5lib_tokenizer", "owasp_xss_evasion", "patt_xss"]
)
def test_no_payload_in_an_article_leaves_anything_but_plain_paragraphs(corpus: str, shared: Path) -> None:
    rows = (shared / "data" / "corpora" / f"{corpus}.jsonl").read_text(encoding="utf-8").splitlines()
    payloads = [str(json.loads(row)["text"]) for row in rows if '"text"' in row]
    texts = [
        told(page(after="".join(f"<div><p>{payload}</p></div>" for payload in payloads[at : at + 10]))).text
        for at in range(0, len(payloads), 10)
    ]
    assert sum(map(bool, texts)) > len(texts) / 2
    for paragraph in {paragraph for text in texts if text for paragraph in text.split("\n")}:
        assert paragraph
        assert plain(paragraph) == paragraph

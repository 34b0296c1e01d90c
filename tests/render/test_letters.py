"""The mails of a subscription: one button, the address printed too, nothing a visitor typed."""

import re
from dataclasses import replace
from inspect import signature

import pytest

from digest.errors import TemplateError
from digest.model.mail import Email
from digest.render.letters import confirmation, goodbye
from digest.render.page import read
from tests.render.letters import BRAND, ENVIRONMENT, letters

URL = "https://dailyrose.example/c/k3v9Qz0a?x=1&y=2"


def confirming(url: str = URL) -> Email:
    return confirmation(BRAND, confirm_url=url, environment=ENVIRONMENT)


def parting(url: str = URL) -> Email:
    return goodbye(BRAND, subscribe_url=url, environment=ENVIRONMENT)


BOTH = pytest.mark.parametrize("email", [confirming(), parting()], ids=["confirmation", "goodbye"])


@BOTH
def test_there_is_one_button_and_its_address_is_printed_too(email: Email) -> None:
    buttons = re.findall(r'<a [^>]*href="(https:[^"]*)"', email.html)
    assert buttons == [URL.replace("&", "&amp;")]
    assert re.search(r"<br>https://dailyrose\.example/c/k3v9Qz0a\?x=1&amp;y=2</p>", email.html)
    assert f":\n<{URL}>\n" in email.text


@BOTH
def test_nobody_can_unsubscribe_from_what_is_no_subscription(email: Email) -> None:
    assert "unsubscribe.digest.invalid" not in email.html + email.text


@BOTH
def test_both_parts_say_the_same(email: Email) -> None:
    seen = " ".join(re.sub(r"<[^>]+>", " ", email.html[email.html.index("<h1") :]).split())
    for paragraph in email.text.split("\n\n"):
        words = " ".join(paragraph.split()).rstrip("=- ")
        if "<" not in paragraph and words:
            assert words.casefold() in seen.casefold()


@BOTH
def test_the_headings_are_those_of_a_page(email: Email) -> None:
    assert read(email.html).headings == (1, 2)


@BOTH
def test_lines_of_the_text_part_are_at_most_72_characters(email: Email) -> None:
    assert [line for line in email.text.splitlines() if len(line) > 72] == []


@pytest.mark.parametrize("letter", [confirmation, goodbye])
def test_nothing_a_visitor_typed_can_be_handed_in(letter: object) -> None:
    taken = set(signature(letter).parameters)  # type: ignore[arg-type]  # both are functions
    assert taken in ({"brand", "confirm_url", "environment"}, {"brand", "subscribe_url", "environment"})


@pytest.mark.parametrize("url", ["javascript:alert(1)", "mailto:x@example.org", "https://a b.example/"])
def test_an_address_that_leads_nowhere_is_refused(url: str) -> None:
    for write in (confirming, parting):
        with pytest.raises(TemplateError, match=r"\.j2, line \d+"):
            write(url)


def test_without_contact_and_imprint_there_is_no_footer() -> None:
    bare = replace(BRAND, contact="", imprint="")
    email = confirmation(bare, confirm_url=URL, environment=ENVIRONMENT)
    assert "Contact" not in email.html + email.text
    assert not email.text.rstrip().endswith("=")


def test_every_mail_is_listed() -> None:
    assert set(letters()) == {"daily", "weekly", "proof", "confirmation", "goodbye"}

"""What a newsroom says of itself in the letter: contact, archive, logo, and every fixed sentence."""

import re
from dataclasses import fields, replace

import pytest

from digest.model.brand import Brand, Logo, Words
from digest.render.checks import check
from digest.render.edition import render
from digest.render.letters import confirmation, goodbye
from tests.render.letters import (
    BRAND,
    ENVIRONMENT,
    PROOF,
    letter,
    retitled,
    rich_edition,
    small_edition,
    weekly_edition,
)


@pytest.mark.parametrize(
    ("contact", "in_html", "in_text"),
    [
        ("desk@rose.example", 'href="mailto:desk@rose.example"', "<mailto:desk@rose.example>"),
        ("https://rose.example/contact", 'href="https://rose.example/contact"', "<https://rose.example/contact>"),
        ("Ring the desk", "Contact: Ring the desk", "Contact: Ring the desk"),
    ],
)
def test_the_contact_is_a_link_where_it_can_be_one(contact: str, in_html: str, in_text: str) -> None:
    edition = small_edition()
    email = render(edition, brand=Brand(name="Rose", contact=contact), environment=ENVIRONMENT)
    assert in_html in email.html
    assert in_text in email.text
    assert [finding for finding in check(email, edition) if finding.severity == "error"] == []


def test_a_brand_of_a_name_alone_is_enough() -> None:
    email = render(small_edition(), brand=Brand(name="Rose"), environment=ENVIRONMENT)
    assert "Contact" not in email.html + email.text


def test_the_archive_is_a_link_where_there_is_one() -> None:
    url = "https://dailyrose.example/editions"
    email = render(small_edition(), brand=replace(BRAND, archive_url=url), environment=ENVIRONMENT)
    assert re.search(rf'<a [^>]*href="{url}"[^>]*>Earlier editions</a>', email.html)
    assert f"Earlier editions:\n<{url}>" in email.text
    assert "Earlier editions" not in letter().html + letter().text


def test_a_logo_stands_for_the_name_and_says_it() -> None:
    logo = Logo(url="https://dailyrose.example/rose.png", width=320, height=64, alt="The Daily Rose")
    email = render(small_edition(), brand=replace(BRAND, logo=logo), environment=ENVIRONMENT)
    (picture,) = re.findall(r"<img[^>]*>", email.html)
    for said in ('src="https://dailyrose.example/rose.png"', 'width="320"', 'height="64"', 'alt="The Daily Rose"'):
        assert said in picture
    assert "background-color:#ffffff" in picture  # a dark logo stays on light ground where the page is dark
    assert re.search(r"<h1[^>]*><img", email.html)
    assert "THE DAILY ROSE" in email.text
    assert [one for one in check(email, small_edition()) if one.severity == "error"] == []


def test_every_fixed_sentence_is_the_newsrooms_to_change() -> None:
    spoken = {
        one.name: f"W{number:03} {' '.join(re.findall(r'{[a-z]+}', str(one.default)))}"
        for number, one in enumerate(fields(Words))
    }
    brand = replace(BRAND, words=Words(**spoken), archive_url="https://dailyrose.example/editions")
    emails = (
        render(
            rich_edition(), brand=brand, environment=ENVIRONMENT, proof=PROOF, view_url="https://dailyrose.example/1"
        ),
        render(
            retitled(weekly_edition()),
            brand=brand,
            environment=ENVIRONMENT,
            template="weekly",
            proof=replace(PROOF, findings=(), decisions=("1. spiked “x”",)),
        ),
        confirmation(brand, confirm_url="https://dailyrose.example/c", environment=ENVIRONMENT),
        goodbye(brand, subscribe_url="https://dailyrose.example/s", environment=ENVIRONMENT),
    )
    printed = "".join(email.subject + email.html + email.text for email in emails)
    assert [name for name, word in spoken.items() if word.split()[0] not in printed] == []
    for sentence in (str(one.default) for one in fields(Words)):
        if len(sentence.split()) > 2 and "{" not in sentence:
            assert sentence.casefold() not in printed.casefold()

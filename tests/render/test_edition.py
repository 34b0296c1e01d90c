"""The whole letter: golden files, what stands where, and the same bytes every time."""

import os
import re
import subprocess
import sys
from dataclasses import fields, replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from digest.errors import EditionRefused, TemplateError
from digest.model.brand import Brand, Logo, Words
from digest.model.edition import AskPlace, Edition
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER
from digest.model.news import Kind, Medium
from digest.render.checks import check
from digest.render.edition import render
from digest.render.fingerprint import sha256
from digest.render.letters import confirmation, goodbye
from digest.render.page import read
from digest.render.templates import environment
from tests.render.letters import (
    BRAND,
    ENVIRONMENT,
    PROOF,
    SOURCES,
    at,
    letter,
    letters,
    long_edition,
    piece,
    rich_edition,
    small_edition,
    weekly_edition,
)

GOLDEN = Path(__file__).parent / "golden"
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("suffix", ["html", "txt"])
@pytest.mark.parametrize("name", letters())
def test_the_letter_is_the_one_that_was_looked_at(name: str, suffix: str) -> None:
    email = letters()[name]
    printed = email.html if suffix == "html" else email.text
    golden = GOLDEN / f"{name}.{suffix}"
    if os.environ.get("DIGEST_UPDATE_GOLDEN"):
        golden.write_text(printed, encoding="utf-8", newline="\n")
    assert printed == golden.read_text(encoding="utf-8"), (
        "the letter changed; DIGEST_UPDATE_GOLDEN=1 rewrites the files: look at them before you commit"
    )


def test_the_full_letter_passes_every_check() -> None:
    edition = rich_edition()
    assert check(letter(edition), edition) == ()


def test_forty_stories_stay_far_below_where_gmail_cuts() -> None:
    edition = long_edition(40)
    assert len(edition.pieces) == 40
    assert len(letter(edition).html.encode()) < 75_000


def test_every_piece_is_printed_in_both_parts() -> None:
    edition, email = rich_edition(), letter()
    text = " ".join(email.text.split())
    for each in edition.pieces:
        assert each.headline in email.html
        assert each.headline in text
        for source in each.sources:
            assert source.publisher in email.html
            assert f"<{source.url}>" in email.text


def test_blocks_stand_in_the_order_of_a_newspaper() -> None:
    email = letter()
    order = ["Good morning", "The lead", "Five to know", "Become a supporter", "On the wire", "Comment and analysis"]
    order += ["Today", "Corrections", "Unsubscribe from"]
    body = email.html[email.html.index("<h1") :]
    places = [body.index(name) for name in order]
    assert places == sorted(places)
    lines = [line.removesuffix(" · BUDGET").rstrip(":") for line in email.text.splitlines()]
    text_places = [
        lines.index(name if name in lines else name.upper())
        for name in (*order[:-1], "Unsubscribe from The Daily Rose")
    ]
    assert text_places == sorted(text_places)


def test_the_ask_can_stand_at_the_end() -> None:
    email = letter(replace(rich_edition(), ask_place=AskPlace.END))
    assert email.html.index("Become a supporter") > email.html.index("Corrections")
    assert email.text.index("Become a supporter") > email.text.index("CORRECTIONS")


def test_the_ask_is_not_printed_where_it_is_left_out() -> None:
    email = letter(replace(rich_edition(), ask_place=AskPlace.LEFT_OUT))
    assert "Become a supporter" not in email.html + email.text


def test_an_edition_of_one_story_has_no_empty_blocks() -> None:
    email = letter(small_edition())
    for name in ("to know", "On the wire", "Comment and analysis", "Corrections", "Good morning", "(£)"):
        assert name.casefold() not in (email.html + email.text).casefold()
    assert read(email.html).headings == (1, 2)


def test_the_heading_counts_what_is_under_it() -> None:
    edition = rich_edition()
    email = letter(replace(edition, five=edition.five[:3]))
    assert "Three to know" in email.html
    assert "THREE TO KNOW" in email.text


def test_comment_is_labelled_with_kind_and_author() -> None:
    email = letter()
    assert "Comment · Josephine Adair" in email.html
    assert "Analysis, Tom Wexley and Priya Nandakumar:" in " ".join(email.text.split())


def test_an_anonymous_comment_is_labelled_with_its_kind() -> None:
    edition = replace(small_edition(), comment=(piece("What it means", kind=Kind.ANALYSIS),))
    email = letter(edition)
    assert ">Analysis</p>" in email.html
    assert "* Analysis: What it means" in email.text


def test_a_live_page_among_the_news_is_labelled_once() -> None:
    lead = piece("Committee sits", kind=Kind.LIVE)
    email = letter(replace(small_edition(), lead=lead, five=(piece("Live: the vote", kind=Kind.LIVE),)))
    assert "Live: Committee sits" in email.text
    assert "1.  Live: the vote" in email.text
    assert "Live: Live" not in email.text
    assert "Live: Committee sits</a>" in email.html
    assert ">Live: the vote</a>" in email.html


def test_a_proof_says_so_in_both_parts_and_in_the_subject() -> None:
    proof, real = letter(proof=PROOF), letter()
    for printed in (proof.html, proof.text):
        assert "PROOF – not sent to readers" in printed
    assert proof.subject == f"Proof: {real.subject}"
    assert "PROOF" not in real.html + real.text + real.subject


def test_only_the_unsubscribe_link_is_personal() -> None:
    email = letter()
    assert email.html.count(UNSUBSCRIBE_PLACEHOLDER) == 1
    assert email.text.count(f"<{UNSUBSCRIBE_PLACEHOLDER}>") == 1
    assert email.text.count(UNSUBSCRIBE_PLACEHOLDER) == 1


def test_lines_of_the_text_part_are_at_most_72_characters_but_for_addresses() -> None:
    too_long = [line for line in letter().text.splitlines() if len(line) > 72 and "<http" not in line]
    assert too_long == []


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


def test_an_empty_edition_is_refused_with_its_reason() -> None:
    empty = Edition(newsletter="daily", day=date(2026, 11, 23), empty_because="nothing happened")
    with pytest.raises(EditionRefused, match="nothing happened"):
        letter(empty)


def test_a_link_that_cannot_be_printed_names_the_template_and_the_address() -> None:
    broken = replace(rich_edition().five[0].sources[0], url="javascript:alert(1)")
    edition = replace(small_edition(), five=(replace(rich_edition().five[0], sources=(broken,)),))
    with pytest.raises(TemplateError, match=r"partials/parts\.html\.j2, line \d+: 'javascript:alert\(1\)'"):
        letter(edition)


def test_the_same_edition_gives_the_same_bytes_a_hundred_times() -> None:
    edition = small_edition()
    assert len({sha256(letter(edition)) for _ in range(100)}) == 1


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_the_same_edition_gives_the_same_bytes_in_another_process(seed: str) -> None:
    program = "from tests.render.letters import letter\nfrom digest.render.fingerprint import sha256\n"
    program += "print(sha256(letter()))"
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == sha256(letter())


def test_every_class_left_in_the_page_is_used_by_the_head_sheet() -> None:
    html = letter().html
    head = html[: html.index("</head>")]
    classes = {name for names in re.findall(r' class="([^"]*)"', html) for name in names.split()}
    assert classes
    assert {name for name in classes if f".{name}" not in head} == set()


def test_colours_come_in_pairs() -> None:
    """A mail program that changes one of two colours must always meet the other."""
    for style in re.findall(r"""style=(?:"([^"]*)"|'([^']*)')""", letter().html):
        declared = {part.split(":")[0].strip() for part in "".join(style).split(";")}
        assert ("color" in declared) == ("background-color" in declared), style


def test_a_link_to_something_to_hear_says_so_in_both_parts() -> None:
    heard = replace(at("Channel Six", "sound"), medium=Medium.AUDIO, paywalled=True)
    edition = small_edition()
    assert edition.lead is not None
    email = letter(replace(edition, lead=replace(edition.lead, sources=(heard,))))
    assert "Channel Six</a> (audio)" in email.html
    assert "Channel Six (audio) (£):" in email.text


def test_the_week_is_said_where_the_day_was() -> None:
    email = letters()["weekly"]
    for printed in (email.html, email.text):
        assert "Week to Saturday 21 November 2026" in printed
        for name in ("The week’s lead", "The week ahead"):
            assert name.upper() in printed.upper()
        assert ">Today<" not in printed
        assert "\nTODAY\n" not in printed


def test_the_week_holds_what_the_day_holds() -> None:
    edition = weekly_edition()
    assert read(letters()["weekly"].html).headings == read(letter().html).headings
    assert [one for one in check(letter(edition, template="weekly"), edition) if one.severity != "advice"] == []


def test_a_letter_that_stands_on_the_web_says_where_in_both_parts() -> None:
    email, url = letter(view_url="https://dailyrose.example/2026-11-23"), "https://dailyrose.example/2026-11-23"
    assert f'href="{url}"' in email.html
    assert f"Read this edition on the web:\n<{url}>" in email.text
    assert "on the web" not in letter().html + letter().text


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


def test_a_proof_says_when_what_and_how_in_both_parts() -> None:
    email = letter(proof=PROOF)
    text = " ".join(email.text.split())
    html = " ".join(unescape(re.sub(r"<[^>]+>", " ", email.html)).split())
    for printed in (text, html):
        assert PROOF.deadline in printed
        assert PROOF.then in printed
        assert "The checks found 1 error and 1 warning:" in printed
        assert "digest approve --newsletter daily --day 2026-11-23 --by YOUR-NAME" in printed
        for finding in PROOF.findings:
            assert f"{finding.what} To mend it: {finding.mend}" in printed


def test_a_proof_without_findings_says_so() -> None:
    email = letter(proof=replace(PROOF, findings=()))
    assert "The checks found nothing to mend." in email.html
    assert "The checks found nothing to mend." in email.text
    assert "To mend it" not in email.html + email.text


BLOCKS = ("masthead", "dateline", "note", "lead", "five", "ask", "wire", "comment", "today", "corrections", "footer")


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("template", ["daily", "weekly"])
def test_every_block_of_the_letter_can_be_replaced_by_itself(template: str, block: str) -> None:
    own = {
        f"{template}.{part}.j2": f'{{% extends "shipped/{template}.{part}.j2" %}}'
        f"{{% block {block} %}}our own {{{{ edition.day.year }}}} block{{% endblock %}}"
        for part in ("html", "txt")
    }
    made = environment({**SOURCES, **own, **{f"shipped/{name}": text for name, text in SOURCES.items()}})
    email = render(rich_edition(), brand=BRAND, environment=made, template=template)
    others = {"five": "Six operators have until January", "wire": "Dockers’ union votes"}.get(block, "Dockers’ union")
    for printed in (email.html, email.text):
        assert printed.count("our own 2026 block") == 1
        assert others in printed


def test_the_ask_at_the_end_is_the_same_block() -> None:
    block = "{% block ask %}Give <{{ edition.ask.url|link }}>{% endblock %}"
    own = {"daily.txt.j2": '{% extends "shipped/daily.txt.j2" %}' + block}
    made = environment({**SOURCES, **own, "shipped/daily.txt.j2": SOURCES["daily.txt.j2"]})
    email = render(replace(rich_edition(), ask_place=AskPlace.END), brand=BRAND, environment=made)
    assert "Give <https://dailyrose.example/support?from=daily>" in email.text


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
            weekly_edition(), brand=brand, environment=ENVIRONMENT, template="weekly", proof=replace(PROOF, findings=())
        ),
        confirmation(brand, confirm_url="https://dailyrose.example/c", environment=ENVIRONMENT),
        goodbye(brand, subscribe_url="https://dailyrose.example/s", environment=ENVIRONMENT),
    )
    printed = "".join(email.subject + email.html + email.text for email in emails)
    assert [name for name, word in spoken.items() if word.split()[0] not in printed] == []
    for sentence in (str(one.default) for one in fields(Words)):
        if len(sentence.split()) > 2 and "{" not in sentence:
            assert sentence.casefold() not in printed.casefold()

"""What looks like merge syntax reads as it was written, and no provider's engine sees it."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.brand import Brand
from digest.model.edition import Note
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email
from digest.render.checks import check
from digest.render.edition import render
from digest.render.merge import WORD_JOINER, as_entities, as_joined, mark
from digest.render.sheet import unstyled
from tests.render.letters import ENVIRONMENT, piece, rich_edition, small_edition

SYNTAXES = [
    "%recipient.name%",
    "%recipient%",
    "%unsubscribe_url%",
    "%mailing_list_unsubscribe_url%",
    "%%first_name%%",
    "%[name]%",
    "{{x}}",
    "{{{FIRST_NAME}}}",
    "{{params.x}}",
    "{% if a %}b{% endif %}",
    "{# note #}",
    "{$smarty.version}",
    "{unsubscribe}",
    "${x}",
    "#{x}",
    "@{x}",
    "*{x}",
    "@(1+2)",
    "*|FNAME|*",
    "[[x]]",
    "[%x%]",
    "[#assign x=1]",
    "[unsubscribe]",
    "[Sender_Name]",
    "<% x %>",
    "<%= 7 * 7 %>",
    "<#if x>",
    "<?php x ?>",
    UNSUBSCRIBE_PLACEHOLDER,
]
ENGINES = re.compile(
    r"%[a-z_][\w.]*%|%%|%\[|\{\{|\}\}|\{%|%\}|\{#|\{\$|\{\w+\}|[$#@*]\{|@\(|\*\||\|\*|\[\[|\]\]|\[%|\[#|\[\w+\]|<[%#?]"
    r"|unsubscribe\.digest\.invalid",
    re.IGNORECASE,
)


class Shown(HTMLParser):
    """The text a browser shows."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.text += data


def everywhere(text: str) -> Email:
    """A letter with `text` in every field that prints text."""
    odd = piece(text, text, story_id="odd", kicker=text, author=text, why=text, since=text)
    odd = replace(odd, sources=tuple(replace(source, publisher=text) for source in odd.sources))
    edition = replace(
        rich_edition(),
        subject=text,
        preheader=text,
        lead=odd,
        five=(odd,),
        comment=(odd,),
        diary=(text,),
        note=Note(text=text, signed=text),
    )
    brand = Brand(name=text, strapline=text, imprint=text, why_you_get_this=text, how_often=text, contact=text)
    return render(edition, brand=brand, environment=ENVIRONMENT)


def without_our_own_link(text: str) -> str:
    return text.replace(f'"{UNSUBSCRIBE_PLACEHOLDER}"', "").replace(f"<{UNSUBSCRIBE_PLACEHOLDER}>", "")


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_no_engine_sees_merge_syntax_in_any_part(syntax: str) -> None:
    email = everywhere(syntax)
    for part in (email.subject, email.preheader, unstyled(email.html), email.text):
        assert ENGINES.search(without_our_own_link(part).replace("<![endif]", "").replace("[if mso]", "")) is None


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_a_reader_sees_merge_syntax_as_it_was_written(syntax: str) -> None:
    email = everywhere(syntax)
    assert syntax in Shown(email.html[email.html.index("<h1") :]).text
    for part in (email.subject, email.preheader, email.text):
        assert syntax in part.replace(WORD_JOINER, "")


def test_an_address_with_merge_syntax_is_percent_encoded() -> None:
    lead = small_edition().lead
    assert lead is not None
    url = "https://post.example/a?x=%recipient.name%&y={{z}}&w=*|A|*&v=[[b]]&u=https://unsubscribe.digest.invalid/"
    edition = replace(small_edition(), lead=replace(lead, sources=(replace(lead.sources[0], url=url),)))
    email = render(edition, brand=Brand(name="Rose"), environment=ENVIRONMENT)
    written = (
        "https://post.example/a?x=%25recipient.name%25&y=%7B%7Bz%7D%7D&w=*%7CA%7C*&v=%5B%5Bb%5D%5D"
        "&u=https://unsubscribe%2Edigest%2Einvalid/"
    )
    assert f"<{written}>" in email.text
    assert f'href="{written.replace("&", "&amp;")}"' in email.html
    assert [finding for finding in check(email, edition) if finding.severity == "error"] == []


@pytest.mark.parametrize(
    "prose",
    ["Turnout was 31.4% to 28%.", "It costs £5 (about $6) * tax", "He [the minister] left", "a#b @home a|b 50%-60%"],
)
def test_ordinary_prose_is_left_alone(prose: str) -> None:
    assert mark(prose) == prose


def test_what_cannot_be_printed_is_dropped_and_line_ends_are_newlines() -> None:
    assert mark("a\x00b\x1b[2J\u202ec\ud800\ufffe") == "ab[2Jc"
    assert mark("a\r\nb\rc\u2028d\u2029e\x85f") == "a\nb\nc\nd\ne\nf"


@given(st.text())
def test_marking_twice_marks_once(text: str) -> None:
    assert mark(mark(text)) == mark(text)


@given(st.lists(st.sampled_from(["{", "}", "%", "[", "]", "*", "|", "<", "$", "#", "a", "recipient", " "])))
def test_no_mixture_of_brackets_survives(pieces: list[str]) -> None:
    text = "".join(pieces)
    openers = re.compile(r"\{\{|\}\}|\{%|%\}|%recipient|\*\||\|\*|\[\[|\]\]|<%|\$\{|#\{")
    assert openers.search(as_joined(mark(text))) is None
    assert openers.search(as_entities(mark(text))) is None


@given(st.text())
def test_a_feed_that_writes_our_marks_gains_nothing(text: str) -> None:
    forged = "".join(chr(0xE000 + ord(each)) for each in "{{%recipient.x%}}") + text
    assert "{{" not in as_joined(mark(forged))
    assert "{{" not in as_entities(mark(forged))


@pytest.mark.shared
def test_the_corpus_of_template_injections_reads_literally(shared: Path) -> None:
    rows = (shared / "data/corpora/patt_ssti.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(rows) > 50
    for row in rows:
        text = json.loads(row)["text"]
        email = everywhere(text)
        html = unstyled(email.html).replace("<![endif]", "").replace("[if mso]", "")
        for part in (email.subject, html, email.text):
            assert ENGINES.search(without_our_own_link(part)) is None, text
        wanted = " ".join(text.split())
        assert wanted in " ".join(Shown(email.html[email.html.index("<h1") :]).text.split())
        assert "".join(wanted.split()) in "".join(email.text.replace(WORD_JOINER, "").split())

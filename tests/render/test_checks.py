"""All checks together: none idle, errors first; and what of an edition can be printed."""

from dataclasses import replace

import pytest

from digest.model.edition import Piece, Section
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email, Severity
from digest.model.news import Kind, SectionName
from digest.render.checks import LETTER, MAIL, STORIES, check, check_mail, check_parts, printable
from digest.render.findings.reading import reading
from tests.render.letters import at, letter, letters, piece, rich_edition, small_edition

RICH = rich_edition()
GOOD = letter(RICH)
EDITION = small_edition()
CALM = [piece(f"Committee asks question {n}") for n in range(4)]


def with_body(more: str) -> Email:
    """The good letter with something more at its end."""
    return replace(GOOD, html=GOOD.html.replace("</body>", f"{more}</body>"))


def without(part: str, what: str) -> Email:
    """The good letter with something missing in one part."""
    changed = getattr(GOOD, part).replace(what, "")
    assert changed != getattr(GOOD, part)
    return replace(GOOD, **{part: changed})


SPOILED = {
    "size": with_body("x" * 75_000),
    "style": with_body("<style>.a { }</style>"),
    "forbidden": with_body("<script></script>"),
    "syntax": replace(GOOD, text=GOOD.text + "{{ x }}"),
    "links": with_body('<a href="/relative">Away</a>'),
    "parity": with_body('<a href="https://dailyrose.example/more">More of us</a>'),
    "names": with_body('<a href="https://dailyrose.example/more">here</a>'),
    "bare": with_body("<p>https://dailyrose.example/more</p>"),
    "meta": without("html", '<meta charset="utf-8">'),
    "language": without("html", 'lang="en-GB"'),
    "title": without("html", RICH.subject),
    "headings": with_body("<h1>again</h1>"),
    "tables": with_body("<table><tr><td>x</td></tr></table>"),
    "pictures": with_body('<img src="a.png">'),
    "contrast": with_body('<p style="color:#777777; background-color:#ffffff">x</p>'),
    "hidden": with_body('<p style="display:none">x</p>'),
    "support": with_body('<p style="display:flex">x</p>'),
    "lines": replace(GOOD, text=GOOD.text + "many words " * 20),
    "unsubscribe": replace(GOOD, text=GOOD.text.replace(UNSUBSCRIBE_PLACEHOLDER, "https://dailyrose.example/")),
    "subject": replace(GOOD, subject=""),
    "preheader": replace(GOOD, preheader=""),
}
"""A letter for each check that it alone is there for."""


@pytest.mark.parametrize("name", SPOILED)
def test_every_check_finds_what_it_is_for_and_is_asked(name: str) -> None:
    assert name in {finding.check for finding in check(SPOILED[name], RICH)}


def test_no_check_is_without_a_letter_that_needs_it() -> None:
    assert [getattr(one, "__name__", "") for one in MAIL + LETTER] == list(SPOILED)


def test_what_a_check_says_comes_with_its_place_and_its_mend() -> None:
    for spoiled in SPOILED.values():
        for finding in check(spoiled, RICH):
            part = spoiled.text if finding.where == "text" else spoiled.html
            assert 0 <= finding.line <= part.count("\n") + 1
            assert finding.what.endswith(".")
            assert finding.mend.endswith(".")
            assert finding.where


@pytest.mark.parametrize("name", letters())
def test_every_mail_of_ours_passes_what_any_mail_must_stand(name: str) -> None:
    assert check_mail(letters()[name]) == ()


def test_the_full_letter_has_no_findings() -> None:
    assert check(GOOD, RICH) == ()


def test_a_mail_that_prints_no_edition_needs_no_subject_and_no_way_out() -> None:
    bare = replace(GOOD, subject="", preheader="")
    assert check_mail(bare) == ()
    assert {finding.check for finding in check_mail(SPOILED["contrast"])} == {"contrast"}


def test_the_parts_of_a_letter_are_asked_all_that_needs_no_edition() -> None:
    assert check_parts(GOOD.html, GOOD.text)[0] == ()
    for name, spoiled in SPOILED.items():
        found, unmade = check_parts(spoiled.html, spoiled.text)
        assert (name in {finding.check for finding in found}) != (name in unmade)


def test_without_the_text_part_nothing_is_said_of_it() -> None:
    found, unmade = check_parts(GOOD.html)
    assert found == ()
    assert unmade["parity"] == unmade["lines"] == "they need the text part"
    (lost,) = check_parts(GOOD.html.replace(UNSUBSCRIBE_PLACEHOLDER, "https://dailyrose.example/"))[0]
    assert (lost.check, lost.where) == ("unsubscribe", "html")


def test_every_check_is_made_of_files_or_said_not_to_be() -> None:
    _, unmade = check_parts(GOOD.html)
    named = {one.__name__ for one in (*MAIL, *LETTER, *STORIES)} | {"repeats", "spans", "count", "words"}
    assert set(unmade) <= named
    assert set(check_parts(GOOD.html, GOOD.text)[1]) < set(unmade)


def test_the_checks_of_stories_are_asked() -> None:
    bare = replace(RICH, five=(replace(CALM[0], sources=()), *RICH.five[1:]))
    assert [finding.check for finding in check(GOOD, bare)] == ["sources"]
    assert [one.__name__ for one in STORIES] == ["sources", "ask"]
    twice = replace(RICH, five=(*RICH.five[:-1], RICH.five[0]))
    assert [finding.check for finding in check(GOOD, twice)] == ["repeats"]


def test_news_that_an_earlier_edition_told_is_an_error() -> None:
    told = replace(RICH.five[0].told, day="2026-11-20")
    findings = check(GOOD, RICH, told=(told,))
    assert [(finding.severity, finding.check) for finding in findings] == [(Severity.ERROR, "repeats")]


def test_only_the_daily_is_measured_by_its_length() -> None:
    short = letter(EDITION)
    assert {finding.check for finding in check(short, EDITION)} >= {"count", "words"}
    assert {finding.check for finding in check(short, EDITION, template="weekly")} == {"preheader"}


def test_errors_come_first() -> None:
    email = replace(GOOD, subject="", html=with_body("x" * 50_000).html, preheader="")
    severities = [finding.severity for finding in check(email, RICH)]
    assert severities == [Severity.ERROR, Severity.WARNING, Severity.ADVICE]


def test_the_same_letter_has_the_same_findings() -> None:
    for spoiled in SPOILED.values():
        assert check(spoiled, RICH) == check(spoiled, RICH)
    assert reading(GOOD) == reading(GOOD)


def broken(headline: str, url: str = "javascript:alert(1)") -> Piece:
    return piece(headline, sources=(replace(at("Post", "x"), url=url),))


def test_an_edition_whose_links_are_sound_is_printed_as_it_is() -> None:
    edition = rich_edition()
    assert printable(edition) == (edition, ())


def test_a_broken_source_costs_itself_and_not_its_story() -> None:
    mixed = piece("Told twice", sources=(replace(at("Post", "x"), url="ftp://a.example"), at("Ledger", "y")))
    edition, lost = printable(replace(EDITION, five=(mixed,)))
    assert lost == ()
    assert [source.publisher for source in edition.five[0].sources] == ["Ledger"]


def test_a_story_without_a_sound_link_is_left_out_with_the_reason() -> None:
    section = Section(name=SectionName.PARTY, pieces=(broken("Third"),))
    whole = replace(EDITION, five=(broken("First"), CALM[0]), sections=(section,), comment=(broken("Second"),))
    edition, lost = printable(whole)
    assert [piece.headline for piece in edition.pieces] == [EDITION.pieces[0].headline, CALM[0].headline]
    assert edition.sections == ()
    assert [left.headline for left in lost] == ["First", "Third", "Second"]
    assert "'javascript:alert(1)' does not begin with http:// or https://" in lost[0].why


def test_a_feed_cannot_put_the_unsubscribe_link_behind_its_headline() -> None:
    edition, lost = printable(replace(EDITION, five=(broken("Trap", UNSUBSCRIBE_PLACEHOLDER),)))
    assert edition.five == ()
    assert "placeholder" in lost[0].why


def test_of_two_pieces_whose_headlines_lead_to_one_page_the_first_is_printed() -> None:
    page = at("Ledger", "y")
    first, second = piece("Told", sources=(page,)), piece("Told again", sources=(page, at("Post", "x")))
    mended = piece("Told by a broken link", sources=(replace(at("Post", "x"), url="ftp://a.example"), page))
    also = piece("Told elsewhere", sources=(at("Post", "x"), page))
    edition, lost = printable(replace(EDITION, five=(first, also), comment=(second, mended)))
    assert [one.headline for one in edition.pieces[1:]] == ["Told", "Told elsewhere"]
    assert [(one.headline, one.why) for one in lost] == [
        ("Told again", "a piece above leads to the same page"),
        ("Told by a broken link", "a piece above leads to the same page"),
    ]
    assert [finding.check for finding in check(letter(edition), edition) if finding.severity is Severity.ERROR] == []


def test_a_story_without_sources_is_left_out() -> None:
    _, lost = printable(replace(EDITION, five=(replace(CALM[0], sources=()),)))
    assert lost[0].why == "no link that can be printed: it has no source"


def test_a_lost_lead_is_replaced_by_the_next_of_the_five() -> None:
    edition, lost = printable(replace(EDITION, lead=broken("Gone"), five=(CALM[0], CALM[1])))
    assert edition.lead == CALM[0]
    assert edition.five == (CALM[1],)
    assert edition.subject == CALM[0].headline
    assert [left.headline for left in lost] == ["Gone"]


def test_a_lost_lead_is_replaced_from_the_wire_when_there_is_no_five() -> None:
    sections = (
        Section(name=SectionName.PARTY, pieces=(CALM[0],)),
        Section(name=SectionName.POLLS, pieces=(CALM[1],)),
    )
    edition, _ = printable(replace(EDITION, lead=broken("Gone"), sections=sections))
    assert edition.lead == CALM[0]
    assert [section.name for section in edition.sections] == [SectionName.POLLS]


def test_comment_never_leads() -> None:
    comment = piece("What I think", kind=Kind.COMMENT)
    edition, _ = printable(replace(EDITION, lead=broken("Gone"), comment=(comment,)))
    assert edition.lead is None
    assert edition.empty_because == "no story had a link that can be printed"


def test_an_empty_edition_stays_empty() -> None:
    empty = replace(EDITION, lead=None, empty_because="nothing happened")
    assert printable(empty) == (empty, ())

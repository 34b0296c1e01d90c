"""Each finding is found where it should be, and nowhere else."""

from dataclasses import replace

import pytest

from digest.model.edition import Ask, AskPlace, Edition, Piece, Section
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email, Finding, Severity
from digest.model.news import Kind, SectionName
from digest.render.checks import check, printable
from tests.render.letters import at, letter, piece, rich_edition, small_edition

EDITION = small_edition()
GOOD = letter(EDITION)


def found(email: Email, edition: Edition = EDITION) -> list[tuple[str, str, str]]:
    findings = check(email, edition)
    for finding in findings:
        assert finding.what
        assert finding.mend
    return [(finding.severity.value, finding.check, finding.where) for finding in findings]


def padded(size: int) -> Email:
    filler = "x" * (size - len(GOOD.html.encode()) - len("<p></p>"))
    return replace(GOOD, html=GOOD.html.replace("</body>", f"<p>{filler}</p></body>"))


def test_a_good_letter_has_no_findings() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize(
    ("size", "findings"),
    [
        (75_000, []),
        (75_001, [("warning", "size", "html")]),
        (102_000, [("warning", "size", "html")]),
        (102_001, [("error", "size", "html")]),
    ],
)
def test_size_is_measured_in_bytes(size: int, findings: list[tuple[str, str, str]]) -> None:
    email = padded(size)
    assert len(email.html.encode()) == size
    assert found(email) == findings


def test_style_sheets_over_the_limit_are_an_error() -> None:
    style = "/*" + "é" * 4_000 + "*/"
    assert found(replace(GOOD, html=GOOD.html.replace("<style>", f"<style>{style}"))) == [("error", "style", "head")]


@pytest.mark.parametrize(
    "left", ["{{ x }}", "{% if %}", "*|X|*", "%recipient.x%", "[[x]]", "<% x %>", "${x}", "\ue07b"]
)
def test_leftover_syntax_is_an_error_in_every_part(left: str) -> None:
    assert ("error", "syntax", "html") in found(replace(GOOD, html=GOOD.html.replace("<h1", f"<i>{left}</i><h1")))
    for part in ("subject", "preheader", "text"):
        changed = replace(GOOD, **{part: f"{getattr(GOOD, part)} {left}"})
        assert ("error", "syntax", part) in found(changed)


@pytest.mark.parametrize("part", ["html", "text"])
def test_a_missing_unsubscribe_link_is_an_error(part: str) -> None:
    without = getattr(GOOD, part).replace(UNSUBSCRIBE_PLACEHOLDER, "https://dailyrose.example/")
    assert ("error", "unsubscribe", part) in found(replace(GOOD, **{part: without}))


@pytest.mark.parametrize("part", ["html", "text"])
def test_the_unsubscribe_address_outside_a_link_is_an_error(part: str) -> None:
    shown = getattr(GOOD, part).replace("Unsubscribe from", f"{UNSUBSCRIBE_PLACEHOLDER} Unsubscribe from")
    assert found(replace(GOOD, **{part: shown})) == [("error", "unsubscribe", part)]


@pytest.mark.parametrize(
    "url", ["/relative", "javascript:alert(1)", "", "mailto:nobody", "https://a.example/ü", "https://a.example/a b"]
)
def test_a_broken_link_is_an_error_in_html(url: str) -> None:
    changed = replace(GOOD, html=GOOD.html.replace("</body>", f'<a href="{url}">x</a></body>'))
    assert ("error", "links", "html") in found(changed)


def test_a_broken_link_is_an_error_in_text() -> None:
    assert ("error", "links", "text") in found(replace(GOOD, text=GOOD.text + "<https://a..example/>\n"))


def test_the_parts_must_have_the_same_links() -> None:
    more = "https://dailyrose.example/more"
    assert found(replace(GOOD, text=GOOD.text + f"<{more}>\n")) == [("error", "parity", "html")]
    html = GOOD.html.replace("</body>", f'<a href="{more}">more</a></body>')
    assert found(replace(GOOD, html=html)) == [("error", "parity", "text")]


@pytest.mark.parametrize(
    ("subject", "findings"),
    [
        ("", [("error", "subject", "subject")]),
        (" ", [("error", "subject", "subject")]),
        ("x" * 44, [("advice", "subject", "subject")]),
        ("x" * 45, []),
        ("x" * 75, []),
        ("x" * 76, [("warning", "subject", "subject")]),
        ("x" * 120, [("warning", "subject", "subject")]),
        ("x" * 121, [("error", "subject", "subject")]),
        ("x" * 50 + "\n", [("error", "subject", "subject")]),
    ],
)
def test_the_subject_fits_an_inbox(subject: str, findings: list[tuple[str, str, str]]) -> None:
    assert found(replace(GOOD, subject=subject)) == findings


def test_an_empty_preheader_is_worth_advice() -> None:
    assert found(replace(GOOD, preheader="")) == [("advice", "preheader", "preheader")]


def test_a_page_without_a_language_is_an_error() -> None:
    changed = GOOD.html.replace('<html lang="en-GB"', "<html")
    assert found(replace(GOOD, html=changed)) == [("error", "language", "html")]


@pytest.mark.parametrize("html", ["<h1>again</h1>", "<h2>a</h2><h4>b</h4>"])
def test_headings_must_be_in_order(html: str) -> None:
    changed = GOOD.html.replace("</body>", f"{html}</body>")
    assert found(replace(GOOD, html=changed)) == [("error", "headings", "html")]


def test_a_picture_needs_words_unless_it_is_ornament() -> None:
    changed = GOOD.html.replace("</body>", '<img src="a.png"><img src="b.png" alt=""></body>')
    assert found(replace(GOOD, html=changed)) == [("error", "alt", "html")]


def test_errors_come_first() -> None:
    severities = [finding.severity for finding in check(replace(GOOD, preheader="", subject=""), EDITION)]
    assert severities == [Severity.ERROR, Severity.ADVICE]


def stories(edition: Edition) -> list[Finding]:
    return [finding for finding in check(GOOD, edition) if finding.check in {"sources", "repeats", "ask"}]


def test_a_story_without_a_source_is_an_error() -> None:
    bare = replace(piece("Nobody says so"), sources=())
    assert [finding.check for finding in stories(replace(EDITION, five=(bare, bare)))] == [
        "sources",
        "sources",
        "repeats",
    ]


def test_a_story_printed_twice_is_an_error() -> None:
    first = piece("One headline", story_id="s1", sources=(at("Post", "1"),))
    same_story = piece("Another headline", story_id="s1", sources=(at("Post", "2"),))
    same_page = piece("A third", story_id="s2", sources=(at("Post", "1"),))
    for second in (same_story, same_page):
        findings = stories(replace(EDITION, five=(first, second)))
        assert [(finding.check, finding.where) for finding in findings] == [("repeats", f"story {second.story_id}")]


def test_a_comment_may_be_about_a_story_that_is_printed() -> None:
    first = piece("One headline", story_id="s1", sources=(at("Post", "1"),))
    comment = piece("What I think", story_id="s1", sources=(at("Post", "2"),), kind=Kind.COMMENT)
    assert stories(replace(EDITION, five=(first,), comment=(comment,))) == []


ASK = Ask(text="Support us", label="Give", url="https://rose.example/give")
GRAVE = piece("Councillor stabbed outside town hall")
CALM = [piece(f"Committee asks question {n}") for n in range(4)]


@pytest.mark.parametrize(
    ("place", "lead", "five", "wire", "complaints"),
    [
        (AskPlace.AFTER_FIVE, CALM[0], CALM[1], CALM[2], 0),
        (AskPlace.AFTER_FIVE, GRAVE, CALM[1], CALM[2], 1),
        (AskPlace.AFTER_FIVE, CALM[0], GRAVE, CALM[2], 1),
        (AskPlace.AFTER_FIVE, CALM[0], CALM[1], GRAVE, 1),
        (AskPlace.END, GRAVE, CALM[1], CALM[2], 0),
        (AskPlace.END, CALM[0], CALM[1], GRAVE, 1),
        (AskPlace.LEFT_OUT, GRAVE, CALM[1], CALM[2], 0),
    ],
)
def test_the_ask_never_stands_beside_a_death(
    place: AskPlace, lead: Piece, five: Piece, wire: Piece, complaints: int
) -> None:
    section = Section(name=SectionName.PARTY, pieces=(wire,))
    edition = replace(EDITION, lead=lead, five=(five,), sections=(section,), ask=ASK, ask_place=place)
    assert [finding.check for finding in stories(edition)] == ["ask"] * complaints


def test_politicians_may_attack_each_other_beside_the_ask() -> None:
    calm = piece("Opposition attacks the budget as a bombshell")
    assert stories(replace(EDITION, five=(calm,), ask=ASK, ask_place=AskPlace.AFTER_FIVE)) == []


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
    assert [finding.check for finding in check(letter(edition), edition)] == []


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

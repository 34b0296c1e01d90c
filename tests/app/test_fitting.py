"""The doctor says of every own template, and of the brand, when it no longer fits."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from digest.app.diagnosis import Diagnosis
from digest.app.fitting import fitting
from digest.app.own_templates import Fault, OwnTemplates
from digest.app.templates import our_templates, version
from digest.model.brand import DARK, LIGHT, Logo
from digest.model.mail import Severity
from digest.pipeline.line import Newsroom
from tests.app.conftest import Open

OURS = our_templates()
EXTENDED = '{% extends "shipped/daily.html.j2" %}\n'


@pytest.fixture
def room(open_newsroom: Open) -> Newsroom:
    with open_newsroom() as app:
        return app.line.newsroom


def said(
    room: Newsroom,
    own: Mapping[str, str],
    *,
    ours: Mapping[str, str] = OURS,
    beside: tuple[str, ...] = (),
    faults: Mapping[str, Fault] | None = None,
) -> tuple[Diagnosis, ...]:
    return fitting(room, ours=ours, own=OwnTemplates(texts=own, faults=faults or {}, others=beside))


def test_where_all_fits_one_line_says_so(room: Newsroom) -> None:
    assert said(room, {}) == (Diagnosis(what="templates", found=f"all {len(OURS)} fit"),)
    own = {"daily.html.j2": EXTENDED, "partials/quiz.html.j2": "A quiz", "partials/note.txt.j2": "Hello"}
    own["daily.html.j2"] += '{% block footer %}{% include "partials/quiz.html.j2" %}{{ super() }}{% endblock %}'
    assert said(room, own) == (Diagnosis(what="templates", found=f"all {len(OURS) + 1} fit, 3 of them your own"),)


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("dialy.html.j2", "rename it to daily.html.j2"),
        ("zzz", "`digest templates list`"),
        ("daily.html", "daily.html.j2"),
    ],
)
def test_a_name_that_no_mail_is_printed_from_is_a_warning_with_the_nearest(
    room: Newsroom, name: str, mend: str
) -> None:
    own = {name: "x"} if name.endswith(".j2") else {}
    (one,) = said(room, own, beside=() if own else (name,))
    assert one.severity is Severity.WARNING
    assert f"{name} is never used" in one.found
    assert mend in one.mend


def test_a_letter_that_a_schedule_names_is_used(room: Newsroom) -> None:
    own = {f"sunday.{part}.j2": f'{{% extends "daily.{part}.j2" %}}' for part in ("html", "txt")}
    assert [one.severity for one in said(room, own)] == [Severity.WARNING] * 2
    named = replace(room, schedules=tuple(replace(one, template="sunday") for one in room.schedules))
    assert [one.severity for one in said(named, own)] == [None]


def test_a_template_that_does_not_compile_is_named_with_its_line(room: Newsroom) -> None:
    (one,) = said(room, {"daily.html.j2": EXTENDED + "\n{% block wire %}"})
    assert one.severity is Severity.ERROR
    assert "daily.html.j2, line 3" in one.found
    assert 'begin with {% extends "shipped/daily.html.j2" %}' in one.mend


def test_a_template_nobody_else_has_is_mended_where_it_stands(room: Newsroom) -> None:
    own = {"partials/quiz.html.j2": "{% if %}", "partials/note.html.j2": '{% include "partials/quiz.html.j2" %}'}
    (one,) = said(room, own)
    assert one.mend == "correct that line of the template."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ edition.editor }}", "daily.html.j2, line 2: "),
        ('{% include "partials/gone.html.j2" %}', "partials/gone.html.j2 is missing"),
    ],
)
def test_a_template_that_asks_for_what_is_not_there_is_named_with_its_line(
    room: Newsroom, text: str, found: str
) -> None:
    (one,) = said(room, {"daily.html.j2": f"{EXTENDED}{{% block wire %}}{text}{{% endblock %}}"})
    assert one.severity is Severity.ERROR
    assert one.found.startswith(f"yours no longer fits: {found}")


def test_a_copy_of_what_has_changed_since_is_a_warning(room: Newsroom) -> None:
    name = "partials/note.html.j2"
    copied = f"{{# Copied from digest’s {name}, version {version(OURS[name])}. #}}\n{OURS[name]}"
    assert [one.severity for one in said(room, {name: copied})] == [None]
    later = {**OURS, name: OURS[name] + "<!-- later -->"}
    (one,) = said(room, {name: copied}, ours=later)
    assert one.severity is Severity.WARNING
    assert f"{name}: ours has changed since you copied it" in one.found
    assert f"`digest templates diff {name}`" in one.mend
    assert version(later[name]) in one.mend


def test_a_letter_that_fails_the_checks_names_the_template_that_made_it_so(room: Newsroom) -> None:
    own = {
        "partials/footer.html.j2": "<tr><td>No way out</td></tr>",
        "partials/note.html.j2": OURS["partials/note.html.j2"],
    }
    found = said(room, own)
    assert {one.severity for one in found} == {Severity.ERROR}
    assert any("there is no unsubscribe link" in one.found for one in found)
    for one in found:
        assert one.found.startswith("partials/footer.html.j2 no longer fits: ")
        assert "`digest templates diff NAME`" in one.mend


def test_templates_that_only_fail_together_are_named_together(room: Newsroom) -> None:
    empty = "<tr><td>No way out</td></tr>"
    own = {
        "daily.html.j2": EXTENDED + '{% block footer %}{% include "partials/end.html.j2" %}{% endblock %}',
        "partials/end.html.j2": empty,
        "weekly.html.j2": '{% extends "shipped/weekly.html.j2" %}{% block footer %}' + empty + "{% endblock %}",
    }
    found = [one.found for one in said(room, own) if "unsubscribe link" in one.found]
    assert len(found) == 1
    assert found[0].startswith("your templates together no longer fit: ")


def test_colours_that_cannot_be_read_are_the_brands_fault_and_named_once_by_their_keys(room: Newsroom) -> None:
    faint = replace(room, brand=replace(room.brand, light=replace(LIGHT, quiet="#cccccc")))
    own = {"partials/note.html.j2": '<tr><td class="cell"><p class="signed">Faint as the rest</p></td></tr>'}
    for texts in ({}, own):
        (one,) = (each for each in said(faint, texts) if each.what == "brand")
        assert one.severity is Severity.ERROR
        assert one.found.startswith("[brand.light] quiet (#cccccc) on sheet (#ffffff) is 1.6")
        assert [each.what for each in said(faint, texts)] == ["brand"]


def test_the_schemes_have_their_own_findings(room: Newsroom) -> None:
    faint = replace(room.brand, dark=replace(DARK, accent="#333333"), light=replace(LIGHT, on_notice="#ffe08b"))
    found = [one.found.split(" is ")[0] for one in said(replace(room, brand=faint), {})]
    assert sorted(found) == [
        "[brand.dark] accent (#333333) on sheet (#1c1b1a)",
        "[brand.light] on_notice (#ffe08b) on notice (#ffe08a)",
    ]


def test_a_brand_that_spoils_more_than_colours_is_told_what(room: Newsroom) -> None:
    logo = Logo(url="https://a.example/m.png", width=100, height=20, alt="")
    found = said(replace(room, brand=replace(room.brand, logo=logo)), {})
    assert found
    assert {one.what for one in found} == {"brand"}
    assert not any(one.found.startswith("brand") for one in found)


def test_a_pair_of_the_brands_that_only_an_own_template_uses_is_that_templates_fault(room: Newsroom) -> None:
    accent = replace(room.brand, light=replace(LIGHT, accent="#faf1ef", panel="#faf1ee"))
    style = "color:#faf1ef;background-color:#faf1ee"
    own = {"partials/note.html.j2": f'<tr><td class="cell"><p style="{style}">Nobody reads this</p></td></tr>'}
    found = [one for one in said(replace(room, brand=accent), own) if one.what == "templates"]
    assert found
    for one in found:
        assert one.found.startswith("partials/note.html.j2 no longer fits: «Nobody reads this»")


def test_the_rest_is_tried_where_a_file_cannot_be_read(room: Newsroom) -> None:
    broken = {"daily.html.j2": Fault(found="/x/daily.html.j2 is not UTF-8 at byte 0", mend="save it.", stands=True)}
    own = {"partials/footer.txt.j2": "No way out"}
    found = [one.found for one in said(room, own, faults=broken)]
    assert found[0] == "/x/daily.html.j2 is not UTF-8 at byte 0"
    assert any(one.startswith("partials/footer.txt.j2 no longer fits: ") for one in found[1:])


def test_a_letter_that_cannot_be_read_is_named_and_not_tried(room: Newsroom) -> None:
    named = replace(room, schedules=tuple(replace(one, template="sunday") for one in room.schedules))
    own = {"sunday.txt.j2": '{% extends "daily.txt.j2" %}'}
    broken = {"sunday.html.j2": Fault(found="/x/sunday.html.j2 is a folder", mend="take it away.")}
    assert [one.found for one in said(named, own, faults=broken)] == ["/x/sunday.html.j2 is a folder"]

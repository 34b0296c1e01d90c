"""The newsroom's own templates stand over ours, and a copy knows what it was copied from."""

from pathlib import Path

import pytest

from digest.app.templates import (
    combined,
    copied_from,
    copy,
    diff,
    nearest,
    our_templates,
    version,
)
from digest.errors import TemplateError, UsageError
from digest.render.edition import render
from digest.render.showcase import showcase
from digest.render.templates import environment, fill
from tests.app.conftest import Open

FOOTER = "partials/footer.html.j2"


def test_an_own_template_stands_in_the_place_of_ours_and_ours_can_still_be_reached() -> None:
    ours = {"a.txt.j2": "{% block x %}ours{% endblock %}, the rest", "b.txt.j2": "b"}
    own = {"a.txt.j2": '{% extends "shipped/a.txt.j2" %}{% block x %}own{% endblock %}', "c.txt.j2": "c"}
    made = environment(combined(ours, own))
    assert [fill(made, name) for name in ("a.txt.j2", "shipped/a.txt.j2", "b.txt.j2", "c.txt.j2")] == [
        "own, the rest",
        "ours, the rest",
        "b",
        "c",
    ]


def test_no_own_file_can_stand_in_the_way_of_ours() -> None:
    texts = combined({"a.txt.j2": "ours"}, {"shipped/a.txt.j2": "own"})
    assert texts["shipped/a.txt.j2"] == "ours"


def test_the_newsroom_prints_with_its_own_templates(open_newsroom: Open, tmp_path: Path) -> None:
    own = tmp_path / "templates" / "partials" / "masthead.txt.j2"
    own.parent.mkdir(parents=True)
    own.write_text("The House", encoding="utf-8")
    with open_newsroom() as app:
        room = app.line.newsroom
        email = render(showcase(), brand=room.brand, environment=room.templates)
    assert email.text.startswith("The House")


def test_the_newsroom_prints_in_its_own_colours_and_words(open_newsroom: Open) -> None:
    brand = '[brand.light]\naccent = "#004488"\n[brand.words]\nlead = "First of all"\n'
    with open_newsroom(brand) as app:
        room = app.line.newsroom
        email = render(showcase(), brand=room.brand, environment=room.templates)
    assert "#004488" in email.html
    assert "#b3122a" in email.html  # the button keeps the colour that nobody changed
    assert "First of all · Budget" in email.html
    assert "FIRST OF ALL · BUDGET" in email.text


def test_pages_of_the_web_are_no_mails() -> None:
    assert {name.split("/")[0] for name in our_templates()}.isdisjoint({"pages", "preview"})
    assert {"daily.html.j2", "weekly.txt.j2", "layout.html.j2", "head.css.j2", FOOTER} <= set(our_templates())


def test_a_copy_says_which_version_it_was_copied_from_and_prints_the_same(tmp_path: Path) -> None:
    path = copy(FOOTER, tmp_path)
    text = path.read_text(encoding="utf-8")
    assert path == tmp_path / FOOTER
    assert text.splitlines()[0] == f"{{# Copied from digest’s {FOOTER}, version {version(our_templates()[FOOTER])}. #}}"
    assert text.split("\n", 1)[1] == our_templates()[FOOTER]
    assert copied_from(text) == version(our_templates()[FOOTER])
    assert copied_from(our_templates()[FOOTER]) == ""
    assert diff(FOOTER, tmp_path) == ""


@pytest.mark.parametrize("name", our_templates())
def test_every_template_still_works_as_a_copy(name: str) -> None:
    text = our_templates()[name]
    made = environment({**our_templates(), name: f"{{# Copied from digest’s {name}, version 0123456789ab. #}}\n{text}"})
    made.get_template(name)


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    copy(FOOTER, tmp_path)
    with pytest.raises(UsageError, match="is there already"):
        copy(FOOTER, tmp_path)


def test_nothing_is_written_through_a_link_or_over_a_folder(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "daily.html.j2").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "own" / "daily.txt.j2").mkdir()
    for name in ("daily.html.j2", "daily.txt.j2"):
        with pytest.raises(UsageError, match="is there already") as caught:
            copy(name, tmp_path / "own")
        assert caught.value.mend == "take it away first."
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(("name", "mend"), [("partials/foter.html.j2", FOOTER), ("zzz", "`digest templates list`")])
def test_a_name_that_is_none_is_refused_with_the_nearest(tmp_path: Path, name: str, mend: str) -> None:
    for command in (copy, diff):
        with pytest.raises(UsageError, match="there is no template") as caught:
            command(name, tmp_path)
        assert mend in caught.value.mend
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("footer.html.j2", FOOTER),
        ("foter.html.j2", FOOTER),
        ("partial/footer.html.j2", FOOTER),
        ("partials/daily.txt.j2", "daily.txt.j2"),
        ("footer", "partials/footer.txt.j2"),
        ("layout.html.j2", "layout.html.j2"),
        ("zzz", ""),
    ],
)
def test_the_nearest_name_is_found_whatever_folder_was_written_before_it(name: str, meant: str) -> None:
    assert nearest(name, our_templates().keys()) == meant


def test_of_two_files_of_one_name_the_one_in_the_nearer_folder_is_meant() -> None:
    names = ("a/note.html.j2", "partials/note.html.j2")
    assert nearest("partial/note.html.j2", names) == "partials/note.html.j2"


def test_a_name_without_its_folder_is_refused_with_its_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        copy("footer.html.j2", tmp_path)
    assert caught.value.mend == f"did you mean {FOOTER}?"


def test_a_name_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no template"):
        copy("../config.toml", tmp_path)


def test_a_difference_is_shown_line_by_line(tmp_path: Path) -> None:
    path = copy(FOOTER, tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace('class="footer"', 'class="cell"').rstrip("\n"))
    found = diff(FOOTER, tmp_path)
    assert f"--- shipped/{FOOTER}\n+++ {tmp_path.name}/{FOOTER}\n" in found
    assert '\n-<td class="footer">\n+<td class="cell">\n' in found
    assert found.endswith("\\ No newline at end of file\n")


def test_without_a_template_of_ones_own_there_is_nothing_to_compare(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not there") as caught:
        diff(FOOTER, tmp_path)
    assert f"`digest templates copy {FOOTER}`" in caught.value.mend


def test_what_cannot_be_read_cannot_be_compared_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "daily.html.j2").write_bytes(b"abc\xff")
    (tmp_path / "daily.txt.j2").mkdir()
    with pytest.raises(TemplateError, match=r"daily\.html\.j2 is not UTF-8 at byte 3"):
        diff("daily.html.j2", tmp_path)
    with pytest.raises(TemplateError, match=r"daily\.txt\.j2 is a folder"):
        diff("daily.txt.j2", tmp_path)


def test_a_file_that_cannot_be_read_fails_the_letters_printed_with_it_and_no_others(
    open_newsroom: Open, tmp_path: Path
) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "weekly.html.j2").write_bytes(b"\xff")
    with open_newsroom() as app:
        room = app.line.newsroom
        daily = render(showcase(), brand=room.brand, environment=room.templates)
        with pytest.raises(TemplateError, match=r"templates/weekly\.html\.j2 is not UTF-8 at byte 0") as caught:
            render(showcase(), brand=room.brand, environment=room.templates, template="weekly")
    assert "The lead" in daily.html
    assert caught.value.mend == "save the file as UTF-8."


@pytest.mark.parametrize("kind", ["a folder", "a dangling link", "an unused file", "a file called shipped"])
def test_where_there_is_no_file_to_print_with_ours_is_printed(open_newsroom: Open, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "templates"
    (folder / "shipped").mkdir(parents=True)
    match kind:
        case "a folder":
            (folder / "daily.html.j2").mkdir()
        case "a dangling link":
            (folder / "daily.html.j2").symlink_to("nowhere")
        case "an unused file":
            (folder / "zzz.j2").write_bytes(b"\xff")
        case _:
            (folder / "shipped" / "daily.html.j2").write_bytes(b"\xff")
    with open_newsroom() as app:
        room = app.line.newsroom
        email = render(showcase(), brand=room.brand, environment=room.templates)
    assert "The lead" in email.html

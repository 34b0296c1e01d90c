"""digest templates: list, copy, diff; and what the doctor then says."""

from pathlib import Path

from tests.cli.conftest import Digest

FOOTER = "partials/footer.html.j2"


def test_every_template_is_listed_and_ones_own_are_marked(newsroom: Path, digest: Digest) -> None:
    assert f"{FOOTER}\n" in digest("templates", "list").out
    assert digest("templates", "copy", FOOTER).code == 0
    (newsroom / "templates" / "quiz.html.j2").write_text("x", encoding="utf-8")
    old = newsroom / "templates" / "daily.txt.j2"
    old.write_text("{# Copied from digest’s daily.txt.j2, version 0123456789ab. #}\n", encoding="utf-8")
    lines = {line.split()[0]: line.split(maxsplit=1)[1:] for line in digest("templates", "list").out.splitlines()}
    assert lines[FOOTER] == ["yours"]
    assert lines["quiz.html.j2"] == ["only yours"]
    assert lines["daily.txt.j2"] == ["yours; ours has changed since you copied it"]
    assert lines["daily.html.j2"] == []


def test_a_copy_is_put_into_the_folder_and_fits(newsroom: Path, digest: Digest) -> None:
    said = digest("templates", "copy", FOOTER)
    assert said.out == f"wrote {newsroom / 'templates' / FOOTER}: change it, then look with `digest doctor`.\n"
    assert (newsroom / "templates" / FOOTER).read_text(encoding="utf-8").startswith("{# Copied from digest’s ")
    assert "1 of them your own" in digest("doctor").out
    assert digest("templates", "diff", FOOTER).out == "yours and ours are alike.\n"


def test_a_second_copy_is_refused(newsroom: Path, digest: Digest) -> None:
    digest("templates", "copy", FOOTER)
    said = digest("templates", "copy", FOOTER)
    assert (said.code, "is there already" in said.err) == (2, True)


def test_a_difference_is_printed(newsroom: Path, digest: Digest) -> None:
    digest("templates", "copy", FOOTER)
    path = newsroom / "templates" / FOOTER
    path.write_text(path.read_text(encoding="utf-8") + "<!-- \x1b[31mours -->\n", encoding="utf-8")
    assert "+<!-- \N{REPLACEMENT CHARACTER}[31mours -->" in digest("templates", "diff", FOOTER).out


def test_the_list_shows_what_cannot_be_read_and_lets_no_name_speak_to_the_terminal(
    newsroom: Path, digest: Digest
) -> None:
    (newsroom / "templates").mkdir()
    (newsroom / "templates" / "daily.html.j2").write_bytes(b"\xff")
    (newsroom / "templates" / "\x1b[31m\nquiz.html.j2").write_text("x", encoding="utf-8")
    said = digest("templates", "list")
    assert f"{'daily.html.j2':<36} yours cannot be read; `digest doctor` says why\n" in said.out
    assert "\N{REPLACEMENT CHARACTER}[31m quiz.html.j2" in said.out
    assert "\x1b" not in said.out


def test_a_name_without_its_folder_is_refused_with_its_folder(newsroom: Path, digest: Digest) -> None:
    said = digest("templates", "copy", "footer.html.j2")
    assert said.code == 2
    assert f"did you mean {FOOTER}?" in said.err


def test_an_unknown_name_is_a_usage_error_with_the_nearest(newsroom: Path, digest: Digest) -> None:
    said = digest("templates", "copy", "partials/foter.html.j2")
    assert said.code == 2
    assert f"did you mean {FOOTER}?" in said.err


def test_the_doctor_says_of_an_override_that_it_no_longer_fits(newsroom: Path, digest: Digest) -> None:
    (newsroom / "templates" / "partials").mkdir(parents=True)
    (newsroom / "templates" / FOOTER).write_text("<tr><td>Bye</td></tr>", encoding="utf-8")
    said = digest("doctor")
    assert said.code == 5
    assert f"WRONG  templates: {FOOTER} no longer fits: there is no unsubscribe link" in said.out

"""The preview over HTTP: everything is shown, nothing is changed, and nobody else is answered."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from digest.edit.codec import load as load_judgement
from digest.model.edition import Judgement
from digest.model.view import View
from digest.pipeline.approve import AT_ONCE, POLICY, approve
from digest.web.preview import preview_pages
from tests.cli.newsroom import NOW, sign
from tests.web.previewing import DESK, collected, copied, drafted, dump, empty, overridden, watched_room


@pytest.fixture(scope="module")
def drafted_room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return drafted(tmp_path_factory.mktemp("drafted") / "room")


@pytest.fixture
def config(drafted_room: Path, tmp_path: Path) -> Path:
    return copied(drafted_room, tmp_path / "room")


@pytest.fixture
def desk(config: Path) -> Iterator[FlaskClient]:
    with watched_room(config) as watched:
        yield preview_pages(watched, newsletter="daily").test_client()


def judgement(config: Path) -> Judgement:
    with watched_room(config) as watched:
        record = watched.app().line.editions.latest("daily")
        assert record is not None
        return load_judgement(record.edition_json)


def text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_it_begins_with_todays_edition_of_the_newsletter(desk: FlaskClient) -> None:
    answer = desk.get("/?view=dark&width=600")
    assert (answer.status_code, answer.location) == (302, f"{DESK}?view=dark&width=600")
    assert desk.get("/weekly/").location == "/weekly/2026-05-15?view=phone&width=320"


def test_nothing_can_be_asked_to_change_anything(desk: FlaskClient) -> None:
    for path in ("/", "/daily/", DESK, f"{DESK}/letter", "/state", "/preview.css", "/preview.js"):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert desk.open(path, method=method).status_code == 405


def test_looking_at_everything_leaves_the_database_as_it_is(desk: FlaskClient, config: Path) -> None:
    before = dump(config)
    for view in View:
        assert desk.get(f"{DESK}?view={view}").status_code == 200
        assert desk.get(f"{DESK}/letter?view={view}").status_code == 200
    desk.get("/weekly/2026-05-15")
    assert dump(config) == before


def test_a_name_that_somebody_else_gave_our_address_is_not_answered(desk: FlaskClient) -> None:
    for path in ("/", DESK, f"{DESK}/letter", "/state", "/nothing"):
        answer = desk.get(path, headers={"Host": "evil.example:8090"})
        assert answer.status_code == 421
        assert b"Round-up" not in answer.data


def test_every_answer_is_hardened_and_the_letter_is_sandboxed(desk: FlaskClient) -> None:
    for path in (DESK, "/preview.js", "/preview.css", "/state", "/nothing"):
        headers = desk.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    policy = desk.get(f"{DESK}/letter").headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src https: http:;")
    assert "frame-ancestors 'self'" in policy
    (frame,) = re.findall(r"<iframe[^>]*>", desk.get(DESK).text)
    assert ' sandbox="" ' in frame


def test_the_page_holds_no_script_and_no_style_of_its_own(desk: FlaskClient) -> None:
    page = desk.get(DESK).text
    assert re.findall(r"<script[^>]*>", page) == ['<script src="/preview.js" defer>']
    assert "<style" not in page
    assert not re.search(r"\s(?:style|on[a-z]+)=", page)


def test_every_view_shows_what_its_name_says(desk: FlaskClient) -> None:
    seen = {view: desk.get(f"{DESK}/letter?view={view}").text for view in View}
    assert "color-scheme: only light" in seen[View.PHONE]
    assert seen[View.PHONE] == seen[View.TABLET] == seen[View.DESKTOP]
    assert "color-scheme: only dark" in seen[View.DARK]
    assert len({seen[view] for view in (View.PHONE, View.DARK, View.INVERTED)}) == 3
    assert '<li id="L1">' in seen[View.TEXT]
    assert "&lt;!DOCTYPE html&gt;" in seen[View.SOURCE]
    assert all(name in seen[View.INBOX] for name in ("Gmail", "Apple Mail", "Outlook", "The Newsroom"))


@pytest.mark.parametrize(("view", "width"), [("phone", 320), ("tablet", 600), ("desktop", 1024)])
def test_the_frame_is_as_wide_as_the_screen_it_stands_for(desk: FlaskClient, view: str, width: int) -> None:
    assert f' width="{width}"></iframe>' in desk.get(f"{DESK}?view={view}").text


def test_points_add_up_for_every_story_that_is_printed(desk: FlaskClient, config: Path) -> None:
    page = desk.get(DESK).text
    stories = re.findall(r'<article id="story-.*?</article>', page, re.DOTALL)
    assert len(stories) == len(judgement(config).edition.pieces)
    for story in stories:
        points = [int(found) for found in re.findall(r'<td class="number">([+-]\d+)</td>', story)]
        assert f'In all</th><td class="number">{sum(points)}</td>' in story
        assert "Joined by" in story


def test_what_was_left_out_is_listed_with_the_reason_and_explained_on_demand(desk: FlaskClient, config: Path) -> None:
    left_out = judgement(config).edition.left_out
    page = desk.get(DESK).text
    assert left_out
    assert page.count('<article id="left-') == len(left_out)
    chosen = desk.get(f"{DESK}?story={left_out[0].story_id}").text
    article = chosen.partition(f'<article id="left-{left_out[0].story_id}" class="chosen"')[2].partition("</article>")[
        0
    ]
    assert left_out[0].headline in text(article)
    assert "In all" in article


def test_a_chosen_story_is_open_and_the_frame_begins_there(desk: FlaskClient, config: Path) -> None:
    lead = judgement(config).edition.pieces[0].story_id
    page = desk.get(f"{DESK}?story={lead}").text
    assert f'<details id="why-story-{lead}" open>' in page
    assert re.search(rf'<iframe[^>]* src="[^"]*#story-{lead}"', page)
    assert f'<span id="story-{lead}"></span><a' in desk.get(f"{DESK}/letter").text
    assert not re.search(r'<iframe[^>]* src="[^"]*#', desk.get(f"{DESK}?story=none").text)


def test_a_finding_leads_to_its_line_of_the_source(config: Path, desk: FlaskClient) -> None:
    overridden(
        config,
        "layout.html.j2",
        lambda layout: layout.replace("</body>", '<img src="https://p.example/x.png">\n</body>'),
    )
    page = desk.get(DESK).text
    found = re.search(r'<li class="error">.*?href="([^"]*view=source[^"]*line=(\d+))"', page, re.DOTALL)
    assert found
    source = desk.get(unescape(found[1])).text
    assert f'#L{found[2]}"' in source
    line = re.search(rf'<li id="L{found[2]}">(.*?)</li>', desk.get(f"{DESK}/letter?view=source").text)
    assert line
    assert "p.example" in line[1]


def test_a_finding_about_a_part_leads_to_the_view_of_that_part(config: Path, desk: FlaskClient) -> None:
    overridden(config, "partials/footer.txt.j2", lambda footer: footer + "word " * 30)
    page = desk.get(DESK).text
    assert re.search(r'class="finding" href="[^"]*view=text&amp;width=320&amp;line=\d+"', page)


def test_a_draft_follows_the_templates_and_says_so(config: Path, desk: FlaskClient) -> None:
    before, state = desk.get(f"{DESK}/letter").text, desk.get("/state").headers["ETag"]
    overridden(config, "layout.html.j2", lambda layout: layout.replace("<body>", '<body data-anew="1">'))
    assert desk.get("/state").headers["ETag"] != state
    assert 'data-anew="1"' in desk.get(f"{DESK}/letter").text.replace("'", '"')
    assert "data-anew" not in before
    assert "Draft. The stored draft, judged 15 May 2026, 05:30 UTC, printed anew" in text(desk.get(DESK).text)


def test_signed_bytes_are_frozen_and_say_whose_word_it_was(config: Path) -> None:
    sign(config)
    overridden(config, "layout.html.j2", lambda layout: layout.replace("<body>", '<body data-anew="1">'))
    with watched_room(config) as watched:
        desk = preview_pages(watched, newsletter="daily").test_client()
        assert "data-anew" not in desk.get(f"{DESK}/letter").text
        assert "Approved. These are the frozen bytes, approved by" in text(desk.get(DESK).text)


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("Ada", "approved by Ada on 15 May 2026"),
        (f"{POLICY}safe", "approved by the policy “safe” of its schedule, not by a person, on 15 May 2026"),
        (AT_ONCE, "approved by the command “digest run --at-once”, not by a person, on 15 May 2026"),
    ],
)
def test_whose_word_it_was_is_said_in_plain_words(config: Path, by: str, said: str) -> None:
    with watched_room(config) as watched:
        line = watched.app().line
        record = line.editions.latest("daily")
        assert record is not None
        approve(record, by=by, now=NOW, line=line)
        desk = preview_pages(watched, newsletter="daily").test_client()
        assert said in text(desk.get(DESK).text)


def test_before_the_draft_it_is_judged_on_the_spot_and_nothing_is_kept(tmp_path: Path) -> None:
    config = collected(tmp_path / "room")
    before = dump(config)
    with watched_room(config) as watched:
        desk = preview_pages(watched, newsletter="daily").test_client()
        page = text(desk.get(DESK).text)
        assert desk.get(f"{DESK}/letter").status_code == 200
    assert (
        "Not drafted yet. This is what a draft would be now; nothing is kept. It is due at 06:30 and goes out at 07:30."
        in page
    )
    assert dump(config) == before


def test_a_day_without_an_appointment_says_why(desk: FlaskClient) -> None:
    assert "No edition is due:" in text(desk.get("/weekly/2026-05-15").text)


def test_an_empty_edition_says_why_and_has_no_letter(tmp_path: Path) -> None:
    config = empty(tmp_path / "room")
    with watched_room(config) as watched:
        desk = preview_pages(watched, newsletter="daily").test_client()
        assert "There is nothing to print" in desk.get(DESK).text
        assert "<iframe" not in desk.get(DESK).text
        assert desk.get(f"{DESK}/letter").status_code == 404


@pytest.mark.parametrize("path", ["/daily/2026-05-14", "/daily/monday", "/monthly/2026-05-15", "/monthly/"])
def test_what_does_not_exist_is_said_on_a_page_with_a_way_out(desk: FlaskClient, path: str) -> None:
    answer = desk.get(path)
    assert answer.status_code == 404
    assert "The command cannot be carried out as given." in answer.text
    assert "Mend:" in answer.text


def test_other_days_and_newsletters_are_a_link_away(desk: FlaskClient) -> None:
    page = desk.get("/weekly/2026-05-15").text
    assert 'href="/daily/?view=phone&amp;width=320"' in page
    assert "not drafted yet" in page


def test_a_broken_template_is_told_in_the_letters_place_with_its_line(config: Path, desk: FlaskClient) -> None:
    own = overridden(config, "daily.html.j2", lambda daily: daily + "\n{{ nothing.of.the.sort }}\n")
    own.write_text("{% extends 'layout.html.j2' %}\n{% block content %}\n{{ edition.nothing.at_all }}\n{% endblock %}")
    page = text(desk.get(DESK).text)
    assert "A template cannot be rendered." in page
    assert "daily.html.j2, line 3" in page
    assert desk.get(f"{DESK}/letter").status_code == 503
    own.unlink()
    assert "<iframe" in desk.get(DESK).text


def test_a_broken_config_is_told_and_recovered_from(config: Path, desk: FlaskClient) -> None:
    whole = config.read_text("utf-8")
    config.write_text(whole.replace('name = "The Newsroom"', 'nome = "The Newsroom"'), encoding="utf-8")
    for path in (DESK, "/", "/daily/"):
        page = desk.get(path)
        assert page.status_code == 200
        assert "The configuration cannot be used." in page.text
        assert "nome" in page.text
    config.write_text(whole, encoding="utf-8")
    assert "<iframe" in desk.get(DESK).text


def test_the_state_is_asked_for_cheaply(desk: FlaskClient, config: Path) -> None:
    etag = desk.get("/state").headers["ETag"]
    assert desk.get("/state", headers={"If-None-Match": etag}).status_code == 304
    assert f"data-state={etag}" in desk.get(DESK).text
    (config.parent / "schedules" / "daily.toml").touch()
    answer = desk.get("/state", headers={"If-None-Match": etag})
    assert (answer.status_code, answer.data) == (204, b"")
    assert answer.headers["ETag"] != etag


def test_the_desks_own_files_are_served_as_what_they_are(desk: FlaskClient) -> None:
    assert desk.get("/preview.css").content_type == "text/css; charset=utf-8"
    assert desk.get("/preview.js").content_type == "text/javascript; charset=utf-8"
    assert desk.get("/favicon.ico").status_code == 204

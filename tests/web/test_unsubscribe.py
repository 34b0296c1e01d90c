"""The unsubscribe page against mails that were really sent, over HTTP: a GET shows, only a POST acts."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import pytest

from digest.deliver.token import KEY_ID, token
from tests.cli.folders import contents
from tests.web.conftest import Answer, Site


def dump(site: Site) -> list[str]:
    """Everything in the database, as SQL."""
    path = site.app.settings.at(site.app.settings.file.store.path)
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def assert_hardened(answer: Answer) -> None:
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert "waitress" not in str(answer.headers).lower()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_following_every_link_of_every_mail_changes_nothing(site: Site, method: str) -> None:
    before = dump(site)
    for link in site.links:
        answer = site.asks(method, link)
        assert answer.status == 200
        assert_hardened(answer)
    assert dump(site) == before
    assert site.active == 25


def test_the_page_has_a_language_a_title_and_a_button_that_posts_to_itself(site: Site) -> None:
    answer = site.asks("GET", site.links[0])
    page = _Page(answer.text)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.all("html") == [{"lang": "en-GB"}]
    assert "<title>Unsubscribe – The Sample Round-up</title>" in answer.text
    assert page.all("form") == [{"method": "post"}]
    assert page.all("button") == [{"type": "submit", "name": "List-Unsubscribe", "value": "One-Click"}]
    assert page.all("script") == []
    assert "Nothing has changed yet." in answer.text
    assert site.asks("GET", "/page.css").headers["Content-Type"].startswith("text/css")


def test_one_click_ends_that_subscription_and_no_other(site: Site) -> None:
    answer = site.clicks_once(site.links[0])
    assert answer.status == 200
    assert "You are unsubscribed" in answer.text
    assert_hardened(answer)
    assert site.app.line.readers.counts()["daily"] == {"active": 24, "unsubscribed": 1}
    assert site.app.line.readers.counts()["weekly"] == {"active": 8}
    assert "You are unsubscribed" in site.asks("GET", site.links[0]).text
    assert "Nothing has changed yet." in site.asks("GET", site.links[1]).text


def test_a_second_click_is_the_same_as_one(site: Site) -> None:
    first = site.clicks_once(site.links[0])
    before = dump(site)
    assert site.clicks_once(site.links[0]).text == first.text
    assert dump(site) == before


def test_a_browsers_form_in_another_encoding_is_a_click_too(site: Site) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    answer = site.asks("POST", site.links[0], body=body, Content_Type="multipart/form-data; boundary=x")
    assert answer.status == 200
    assert site.active == 24


def test_every_reader_can_leave(site: Site) -> None:
    assert {site.clicks_once(link).status for link in site.links} == {200}
    assert site.active == 0


def spoilt(link: str) -> dict[str, str]:
    """What a link may become on its way, or in an attacker's hands."""
    head, _, sealed = link.rpartition("/")
    other = "A" if sealed[-1] != "A" else "E"
    return {
        "cut short": link[:-1],
        "cut to nothing": f"{head}/",
        "made longer": f"{link}A",
        "last letter changed": link[:-1] + other,
        "first letter changed": f"{head}/B{sealed[1:]}",
        "another delivery's number": f"{head}/{sealed[:5]}{chr(ord(sealed[5]) ^ 1)}{sealed[6:]}",
        "not our letters": f"{head}/{'!' * 22}",
        "not ASCII": f"{head}/%C3%A9{'A' * 21}",
        "nothing but zeros": f"{head}/{'A' * 22}",
        "a path out": "/u/..%2F..%2Fetc%2Fpasswd",
        "upper case": f"{head}/{sealed.upper()}" if sealed.upper() != sealed else f"{head}/{sealed.lower()}",
    }


@pytest.mark.parametrize("fault", spoilt("/u/AQAAAAABnLay-g-Sbd5xZQ"))
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_is_not_ours_is_nobodys(site: Site, method: str, fault: str) -> None:
    before = dump(site)
    answer = site.asks(method, spoilt(site.links[0])[fault])
    assert answer.status == 404
    assert_hardened(answer)
    assert dump(site) == before


def test_a_token_for_another_purpose_key_or_delivery_is_worthless(site: Site) -> None:
    number = site.app.delivery(site.links[0].rpartition("/")[2])
    key = site.app.key
    for forged in (
        token(number, key=key, key_id=KEY_ID, purpose="confirm"),
        token(number, key=key[::-1], key_id=KEY_ID, purpose="unsubscribe"),
        token(number, key=key, key_id=KEY_ID + 1, purpose="unsubscribe"),
        token(10**6, key=key, key_id=KEY_ID, purpose="unsubscribe"),
    ):
        assert site.clicks_once(f"/u/{forged}").status == 404
    assert site.active == 25


def test_every_unknown_link_gets_the_same_page(site: Site) -> None:
    forged = [f"/u/{'A' * 21}{last}" for last in "AQgw"] + ["/u/x"]
    pages = {site.asks("GET", link).text for link in forged}
    assert len(pages) == 1
    assert "We do not recognise this link" in pages.pop()


def test_a_proofs_link_says_that_it_is_one_and_ends_nothing(site: Site) -> None:
    link = f"/u/{token(0, key=site.app.key, key_id=KEY_ID, purpose='unsubscribe')}"
    for answer in (site.asks("GET", link), site.clicks_once(link)):
        assert answer.status == 200
        assert "This link belongs to a proof" in answer.text
    assert site.active == 25


def test_a_body_of_more_than_sixteen_kilobytes_is_refused_and_nothing_is_done(site: Site) -> None:
    limit = 16 * 1024
    assert site.asks("POST", site.links[0], body=b"x" * (limit + 1)).status == 413
    assert site.active == 25
    assert site.asks("POST", site.links[0], body=b"x" * limit).status == 200
    assert site.active == 24


def test_a_body_in_pieces_is_measured_too(site: Site) -> None:
    pieces = b"".join(b"1000\r\n" + b"x" * 4096 + b"\r\n" for _ in range(5)) + b"0\r\n\r\n"
    answer = site.asks("POST", site.links[0], body=pieces, Transfer_Encoding="chunked")
    assert answer.status == 413
    assert site.active == 25


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_do_nothing(site: Site, method: str) -> None:
    answer = site.asks(method, site.links[0])
    assert answer.status == 405
    assert_hardened(answer)
    assert site.active == 25


@pytest.mark.parametrize("path", ["/", "/u", "/admin", "/u/a/b", "/%00", "/static/x"])
def test_there_are_no_other_pages(site: Site, path: str) -> None:
    assert site.asks("GET", path).status == 404


def test_a_name_from_the_config_cannot_write_markup(serves: Callable[..., Site]) -> None:
    site = serves(name="<script>alert(1)</script>")
    for path in (site.links[0], "/u/x"):
        text = site.asks("GET", path).text
        assert "<script>" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_a_database_that_cannot_be_used_is_no_yes(site: Site) -> None:
    path: Path = site.app.settings.at(site.app.settings.file.store.path)
    site.app.engine.dispose()
    path.rename(path.with_suffix(".away"))
    path.mkdir()
    answer = site.clicks_once(site.links[0])
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "300"
    assert "try again" in answer.text
    assert_hardened(answer)


def test_a_visit_leaves_nothing_on_the_disk(site: Site) -> None:
    folder = site.app.settings.root
    kept = {name for name in contents(folder) if not name.endswith(("-wal", "-shm"))}
    for link in site.links[:3]:
        site.asks("GET", link)
    assert {name for name in contents(folder) if not name.endswith(("-wal", "-shm"))} == kept

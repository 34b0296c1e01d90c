"""The doctor looks at everything that has to be right, and says how to mend what is not."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from digest.app.answering import refuse_unready
from digest.app.app import App
from digest.app.diagnosis import Diagnosis
from digest.app.doctor import examine, worst
from digest.app.templates import our_templates
from digest.errors import ConfigError
from digest.model.feed import FeedState
from digest.model.mail import Severity
from digest.model.reader import Subscriber
from tests.app.conftest import MAILGUN, SOURCE, Open

Reply = Callable[[str], tuple[int, str]]
LANTERN = "http://127.0.0.1:9/feed"
"""The address of the one source in the newsroom of these tests."""


@pytest.fixture
def answers() -> Iterator[Callable[[Reply], str]]:
    """Start a server on loopback that answers /healthz by the nonce it was asked; return its address."""
    with ExitStack() as stack:

        def serve(reply: Reply) -> str:
            class Handler(BaseHTTPRequestHandler):
                def do_GET(self) -> None:
                    asked = urlsplit(self.path)
                    status, text = reply(parse_qs(asked.query).get("nonce", [""])[0])
                    self.send_response(status if asked.path == "/healthz" else 404)
                    self.send_header("Content-Length", str(len(text.encode())))
                    self.end_headers()
                    self.wfile.write(text.encode())

                def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
                    pass

            server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
            thread = Thread(target=server.serve_forever, daemon=True)
            thread.start()
            stack.callback(server.server_close)
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}"

        yield serve


def at(url: str, more: str = "") -> str:
    return f'public_url = "{url}"\n{more}'


def as_ours(app: App) -> Reply:
    return lambda nonce: (200, json.dumps({"proof": app.proof_of_identity(nonce)}))


def found(app: App, what: str) -> Diagnosis:
    (one,) = (each for each in examine(app) if each.what == what)
    return one


def test_a_new_newsroom_lacks_readers_and_a_public_address_and_nothing_else(open_newsroom: Open) -> None:
    with open_newsroom() as app:
        diagnoses = examine(app)
    assert [(one.what, one.severity) for one in diagnoses] == [
        ("database", None),
        ("sources", None),
        ("schedules", None),
        ("templates", None),
        ("readers", Severity.WARNING),
        ("provider", None),
        ("public address", Severity.ADVICE),
    ]
    assert list(worst(diagnoses)) == []
    assert all(one.mend for one in diagnoses if one.severity)


def test_no_sources_are_an_error(open_newsroom: Open) -> None:
    with open_newsroom(sources="") as app:
        one = found(app, "sources")
        assert list(worst(examine(app))) == [one]
    assert (one.severity, one.found) == (Severity.ERROR, "there are none")
    assert "digest sources import" in one.mend


def test_a_failing_source_is_named(open_newsroom: Open) -> None:
    with open_newsroom() as app:
        assert found(app, "sources").found == "1, none failing"
        app.line.feeds.save_states([FeedState(source_id="lantern", url=LANTERN, failures=2)])
        one = found(app, "sources")
    assert (one.severity, one.found) == (Severity.WARNING, "1, of which failing now: lantern")


def test_a_source_that_is_gone_is_named_until_its_address_is_another(open_newsroom: Open) -> None:
    with open_newsroom() as app:
        gone = FeedState(source_id="lantern", url=LANTERN, failures=2, gone_at=app.line.clock())
        app.line.feeds.save_states([gone])
        one = found(app, "sources")
        app.line.feeds.save_states([replace(gone, url="http://127.0.0.1:9/old")])
        assert found(app, "sources").severity is None
    assert (one.severity, one.found) == (Severity.WARNING, "1, of which gone (410), not asked any more: lantern")


def test_a_source_that_moved_is_named_with_its_new_address(open_newsroom: Open) -> None:
    with open_newsroom() as app:
        app.line.feeds.save_states([FeedState(source_id="lantern", url=LANTERN, moved_to="https://new.example/feed")])
        one = found(app, "sources")
    assert (one.severity, one.found) == (
        Severity.ADVICE,
        "1, of which moved for good: lantern to https://new.example/feed",
    )


def test_readers_are_counted(open_newsroom: Open) -> None:
    with open_newsroom() as app:
        reader = Subscriber(address="a@example.org", name="", frequencies=("daily",), consent_source="form")
        app.line.readers.import_subscribers([reader], at=app.line.clock())
        assert found(app, "readers") == Diagnosis(what="readers", found="daily 1")


def test_the_hours_and_the_policy_of_every_newsletter_are_said(open_newsroom: Open) -> None:
    with open_newsroom() as app:
        assert found(app, "schedules").found == "daily: Monday to Friday at 07:30, policy send"


def test_a_damaged_database_is_an_error_with_its_mend(open_newsroom: Open, tmp_path: Path) -> None:
    with open_newsroom() as app:
        page = 4096
        content = bytearray((tmp_path / "var" / "digest.db").read_bytes())
        app.engine.dispose()
        content[2 * page : 12 * page] = b"\xff" * 10 * page
        (tmp_path / "var" / "digest.db").write_bytes(content)
        one = found(app, "database")
    assert one.severity is Severity.ERROR
    assert one.mend


def test_the_templates_are_counted_with_ones_own(open_newsroom: Open, tmp_path: Path) -> None:
    with open_newsroom() as app:
        all_ours = len(our_templates())
        assert found(app, "templates").found == f"all {all_ours} fit"
    own = tmp_path / "templates" / "partials" / "footer.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text('{% extends "shipped/partials/footer.html.j2" %}', encoding="utf-8")
    with open_newsroom() as app:
        assert found(app, "templates").found == f"all {all_ours} fit, 1 of them your own"


def test_an_own_template_that_cannot_be_read_is_an_error_that_names_it(open_newsroom: Open, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "daily.html.j2").write_text("\n{% nonsense", encoding="utf-8")
    with open_newsroom() as app:
        one = found(app, "templates")
    assert one.severity is Severity.ERROR
    assert "daily.html.j2, line 2" in one.found
    assert "correct that line" in one.mend


def test_an_own_template_that_is_no_text_is_an_error_that_names_it(open_newsroom: Open, tmp_path: Path) -> None:
    with open_newsroom() as app:
        (tmp_path / "templates").mkdir()
        (tmp_path / "templates" / "daily.html.j2").write_bytes(b"\xff")
        one = found(app, "templates")
    assert (one.severity, one.mend) == (Severity.ERROR, "save the file as UTF-8.")


def test_the_provider_says_whether_mail_leaves_the_machine(
    open_newsroom: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_newsroom() as app:
        assert found(app, "provider").found == "outbox (files on this machine, no mail leaves it)"
    monkeypatch.setenv("DIGEST_MAILGUN_API_KEY", "key")
    with open_newsroom(at("https://x.example", MAILGUN)) as app:
        assert found(app, "provider").found == "mailgun (real mail)"


def test_real_mail_without_its_key_does_not_start(open_newsroom: Open) -> None:
    with (
        pytest.raises(ConfigError, match="set DIGEST_MAILGUN_API_KEY"),
        open_newsroom(at("https://x.example", MAILGUN)),
    ):
        pass


def test_an_address_that_answers_as_ours_lets_real_mail_go_out(
    open_newsroom: Open, answers: Callable[[Reply], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_MAILGUN_API_KEY", "key")
    with open_newsroom() as ours:
        url = answers(as_ours(ours))
    with open_newsroom(at(url, MAILGUN)) as app:
        with pytest.raises(ConfigError, match="has not been seen to answer yet"):
            refuse_unready(app)
        one = found(app, "public address")
        refuse_unready(app)
    assert one.found == f"{url} answers as ours, without TLS"
    assert one.severity is Severity.WARNING
    assert "RFC 8058" in one.mend
    with open_newsroom(at(url, MAILGUN)) as later:
        refuse_unready(later)


def test_with_another_key_or_address_it_has_to_be_seen_again(
    open_newsroom: Open, answers: Callable[[Reply], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_MAILGUN_API_KEY", "key")
    with open_newsroom() as ours:
        url = answers(as_ours(ours))
    with open_newsroom(at(url, MAILGUN)) as app:
        examine(app)
    with open_newsroom(at("https://elsewhere.example", MAILGUN)) as moved, pytest.raises(ConfigError):
        refuse_unready(moved)
    monkeypatch.setenv("DIGEST_SECRET_KEY", "another key that is long enough")
    with open_newsroom(at(url, MAILGUN)) as rekeyed:
        with pytest.raises(ConfigError):
            refuse_unready(rekeyed)
        assert found(rekeyed, "public address").found.endswith("not as this newsroom's `digest serve`")


STRANGERS: dict[str, tuple[int, str]] = {
    "another program": (200, "<html>It works!</html>"),
    "other JSON": (200, '{"status": "ok"}'),
    "a list": (200, "[]"),
    "a wrong proof": (200, json.dumps({"proof": "0" * 64})),
    "no proof": (200, json.dumps({"proof": ""})),
}


@pytest.mark.parametrize("who", STRANGERS)
def test_an_address_that_answers_as_somebody_else_is_an_error(
    open_newsroom: Open, answers: Callable[[Reply], str], who: str
) -> None:
    url = answers(lambda _: STRANGERS[who])
    with open_newsroom(at(url)) as app:
        one = found(app, "public address")
    assert one.severity is Severity.ERROR
    assert one.found == f"{url} answers, but not as this newsroom's `digest serve`"
    assert "with this config (and this secret key)" in one.mend


def test_an_answer_to_another_question_is_no_proof(open_newsroom: Open, answers: Callable[[Reply], str]) -> None:
    with open_newsroom() as app:
        recorded = app.proof_of_identity("yesterday's question")
    url = answers(lambda _: (200, json.dumps({"proof": recorded})))
    with open_newsroom(at(url)) as app:
        assert found(app, "public address").severity is Severity.ERROR


def test_an_address_that_is_missing_its_page_is_an_error(open_newsroom: Open, answers: Callable[[Reply], str]) -> None:
    url = answers(lambda _: (503, ""))
    with open_newsroom(at(url)) as app:
        one = found(app, "public address")
    assert one.severity is Severity.ERROR
    assert "answered 503" in one.found


def test_an_address_that_does_not_answer_at_all_is_an_error(open_newsroom: Open) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with open_newsroom(at(url)) as app:
        one = found(app, "public address")
    assert one.severity is Severity.ERROR
    assert "refused the connection" in one.found


def test_the_outbox_is_ready_without_any_address(open_newsroom: Open) -> None:
    with open_newsroom(sources=SOURCE) as app:
        refuse_unready(app)
        assert app.line.provider.is_real is False

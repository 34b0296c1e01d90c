import json
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from digest.adapters.answers import ask, open_session, post, shortened
from digest.model.mail import Outcome, Receipt
from tests.adapters.certificates import certificate
from tests.adapters.tls_server import broken_proxy

Start = Callable[..., Any]
Answer = Callable[..., bytes]


def read(answer: requests.Response) -> Receipt:
    return Receipt(outcome=Outcome.ACCEPTED, reference=str(answer.json()["id"]))


def hand_over(url: str, *, read_timeout: float = 5.0) -> Receipt:
    with open_session() as session:
        return post(session, url, body=b"mail", headers={}, timeout=(2.0, read_timeout), read=read)


def test_an_accepted_mail_has_the_provider_s_reference(loopback: Start, answer: Answer) -> None:
    server = loopback(answer("200 OK", json.dumps({"id": "<1@x>"})))
    assert hand_over(server.url) == Receipt(outcome=Outcome.ACCEPTED, reference="<1@x>")
    assert server.requests[0].endswith(b"\r\n\r\nmail")


def test_a_refused_connection_was_never_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert hand_over(f"http://127.0.0.1:{port}").outcome is Outcome.RETRYABLE


def test_a_name_that_nobody_knows_was_never_sent() -> None:
    assert hand_over("http://provider.invalid").outcome is Outcome.RETRYABLE


def test_an_address_that_is_none_was_never_sent() -> None:
    assert hand_over("http://").outcome is Outcome.RETRYABLE


def test_a_server_without_tls_was_never_sent_the_mail(loopback: Start, answer: Answer) -> None:
    server = loopback(answer("200 OK"))
    assert hand_over(server.url.replace("http:", "https:")).outcome is Outcome.RETRYABLE
    assert b"mail" not in server.requests[0]


PLAIN = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"
NOT_DECRYPTED = b"\x17\x03\x03\x00\x20" + 32 * b"x"


@pytest.mark.parametrize("garbage", [PLAIN, NOT_DECRYPTED])
def test_a_failure_of_tls_after_the_mail_was_taken_is_uncertain(tmp_path: Path, garbage: bytes) -> None:
    own = certificate(tmp_path, "localhost")
    with broken_proxy(own, last=b"mail", garbage=garbage) as server, open_session() as session:
        session.verify = str(own[0])
        receipt = post(session, server.url, body=b"mail", headers={}, timeout=(2, 5), read=read)
    assert server.request.endswith(b"mail")
    assert "SSLError" in receipt.detail
    assert receipt.outcome is Outcome.UNCERTAIN


def test_a_server_whose_certificate_nobody_vouches_for_was_never_sent_the_mail(tmp_path: Path) -> None:
    with broken_proxy(certificate(tmp_path, "localhost"), last=b"mail", garbage=b"") as server:
        receipt = hand_over(server.url)
    assert server.request == b""
    assert "CERTIFICATE_VERIFY_FAILED" in receipt.detail
    assert receipt.outcome is Outcome.RETRYABLE


def test_accepted_then_reset_is_uncertain(loopback: Start) -> None:
    assert hand_over(loopback(b"reset").url).outcome is Outcome.UNCERTAIN


def test_accepted_then_silence_is_uncertain(loopback: Start) -> None:
    assert hand_over(loopback(b"hang").url, read_timeout=0.2).outcome is Outcome.UNCERTAIN


def test_an_answer_cut_short_is_uncertain(loopback: Start) -> None:
    assert hand_over(loopback(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{").url).outcome is Outcome.UNCERTAIN


@pytest.mark.parametrize("status", ["500 Oops", "502 Bad Gateway", "503 Busy", "504 Late"])
def test_every_5xx_is_uncertain(loopback: Start, answer: Answer, status: str) -> None:
    receipt = hand_over(loopback(answer(status, "an  essay\nabout it")).url)
    assert receipt == Receipt(outcome=Outcome.UNCERTAIN, detail=f"HTTP {status[:3]}: an essay about it")


@pytest.mark.parametrize("body", ["", "Queued. Thank you.", "{}", "[]", '{"id"'])
def test_an_accepting_answer_that_cannot_be_read_is_uncertain(loopback: Start, answer: Answer, body: str) -> None:
    assert hand_over(loopback(answer("200 OK", body)).url).outcome is Outcome.UNCERTAIN


@pytest.mark.parametrize("status", [400, 405, 413, 422])
def test_a_refusal_is_a_refusal(loopback: Start, answer: Answer, status: int) -> None:
    receipt = hand_over(loopback(answer(f"{status} No", "reason")).url)
    assert receipt == Receipt(outcome=Outcome.REJECTED, detail=f"HTTP {status}: reason")


@pytest.mark.parametrize("status", [401, 402, 403, 404])
def test_a_refusal_of_ourselves_halts_and_can_be_retried(loopback: Start, answer: Answer, status: int) -> None:
    receipt = hand_over(loopback(answer(f"{status} No", "reason")).url)
    assert receipt == Receipt(outcome=Outcome.RETRYABLE, detail=f"HTTP {status}: reason", halts=True)


def test_a_redirect_is_refused_and_not_followed(loopback: Start, answer: Answer) -> None:
    other = loopback(answer("200 OK", '{"id": "1"}'))
    assert hand_over(loopback(answer("307 Go", Location=other.url)).url).outcome is Outcome.REJECTED
    assert other.requests == []


def test_too_many_requests_is_retryable_after_the_time_asked_for(loopback: Start, answer: Answer) -> None:
    receipt = hand_over(loopback(answer("429 Slow down", Retry_After="120")).url)
    assert (receipt.outcome, receipt.retry_after) == (Outcome.RETRYABLE, 120.0)


def test_a_long_essay_is_shortened(loopback: Start, answer: Answer) -> None:
    detail = hand_over(loopback(answer("400 No", "every word of it " * 500)).url).detail
    assert 480 < len(detail) <= 500
    assert set(detail.removeprefix("HTTP 400: ").split()) == {"every", "word", "of", "it"}


def test_nesting_without_end_is_an_answer_that_cannot_be_read(loopback: Start, answer: Answer) -> None:
    assert hand_over(loopback(answer("200 OK", "[" * 100_000)).url).outcome is Outcome.UNCERTAIN


def test_a_detail_with_half_a_character_can_be_written_down() -> None:
    assert shortened("cut \ud83d") == "cut ?"


def test_nothing_is_taken_from_the_environment(
    loopback: Start, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "")
    assert hand_over(loopback(answer("200 OK", '{"id": "1"}')).url).outcome is Outcome.ACCEPTED


def test_where_there_is_no_retry_after_the_end_of_the_limit_counts(loopback: Start, answer: Answer) -> None:
    busy = answer("429 Slow", X_RateLimit_Reset="9")
    assert hand_over(loopback(busy).url).retry_after == 9.0
    assert hand_over(loopback(answer("429 Slow", Retry_After="2", X_RateLimit_Reset="9")).url).retry_after == 2.0


def reread(answer: requests.Response, refused: Receipt) -> Receipt:
    return replace(refused, outcome=Outcome.ACCEPTED) if answer.text == "known" else refused


@pytest.mark.parametrize(
    ("status", "said", "outcome"),
    [
        ("400 No", "known", Outcome.ACCEPTED),
        ("400 No", "another", Outcome.REJECTED),
        ("500 Oops", "known", Outcome.UNCERTAIN),
        ("200 OK", "known", Outcome.UNCERTAIN),
    ],
)
def test_a_provider_s_own_words_count_for_refusals_alone(
    loopback: Start, answer: Answer, status: str, said: str, outcome: Outcome
) -> None:
    with open_session() as session:
        url = loopback(answer(status, said)).url
        receipt = post(session, url, body=b"", headers={}, timeout=(2, 2), read=read, reread=reread)
    assert receipt.outcome is outcome


def test_a_question_may_be_asked_by_post_with_json(loopback: Start, answer: Answer) -> None:
    server = loopback(answer("200 OK", "[1]"), answer("200 OK", "[2]"))
    with open_session() as session:
        assert ask(session, server.url, params={}, timeout=(2, 2), query=b'{"limit":1}') == [1]
        assert ask(session, server.url, params={"a": "b"}, timeout=(2, 2)) == [2]
    by_post, by_get = server.requests
    assert by_post.startswith(b"POST / ")
    assert b"Content-Type: application/json" in by_post
    assert by_post.endswith(b'{"limit":1}')
    assert by_get.startswith(b"GET /?a=b ")
    assert b"Content-Type" not in by_get

"""Each fault as a plain socket sees it, and whether the copies were accepted."""

import http.client
import socket
import time
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest

from digest.simulator.script import Do, Rule, Script
from digest.simulator.server import Habits, Running, simulator
from tests.simulator.calls import CALLS, Sent, mailgun, postmark, readers, ses


def playing(*rules: Rule, seed: int = 0) -> Script:
    return Script(rules=rules, seed=seed)


def raw(sent: Sent) -> bytes:
    head = [f"POST {sent.path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(sent.content())}"]
    head += [f"{name}: {value}" for name, value in sent.headers.items()]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + sent.content()


def heard(running: Running, sent: Sent, *, patience: float = 5.0) -> bytes:
    """Everything the server says until it closes; OSError when it resets or falls silent."""
    with socket.create_connection(("127.0.0.1", running.port), timeout=patience) as connection:
        connection.sendall(raw(sent))
        said = b""
        while chunk := connection.recv(65536):
            said += chunk
            if b"\r\n\r\n" in said and is_whole(said):
                return said
        return said


def is_whole(said: bytes) -> bool:
    head, _, body = said.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    return len(body) >= length


@pytest.mark.parametrize("do", [Do.RESET, Do.RESET_BEFORE, Do.RESET_UNREAD])
def test_a_reset_is_a_reset(do: Do) -> None:
    with simulator("mailgun", script=playing(Rule(do=do))) as running:
        with pytest.raises(ConnectionResetError):
            heard(running, mailgun(readers(2)))
        assert len(running.copies()) == (2 if do is Do.RESET else 0)


def test_a_close_after_accepting_says_nothing() -> None:
    with simulator("mailgun", script=playing(Rule(do=Do.CLOSE))) as running:
        assert heard(running, mailgun(readers(2))) == b""
        assert len(running.copies()) == 2


@pytest.mark.parametrize(("do", "accepted"), [(Do.HANG, 2), (Do.HANG_BEFORE, 0)])
def test_a_hang_lasts_until_the_client_goes(do: Do, accepted: int) -> None:
    with simulator("mailgun", script=playing(Rule(do=do))) as running:
        with pytest.raises(TimeoutError):
            heard(running, mailgun(readers(2)), patience=0.3)
        assert len(running.copies()) == accepted


def test_a_hang_of_some_seconds_ends_with_the_answer() -> None:
    with simulator("mailgun", script=playing(Rule(do=Do.HANG, seconds=0.2))) as running:
        assert b"Queued. Thank you." in heard(running, mailgun(readers(1)))


def test_a_hang_does_not_keep_the_simulator_from_stopping() -> None:
    with simulator("mailgun", script=playing(Rule(do=Do.HANG))) as running:
        connection = socket.create_connection(("127.0.0.1", running.port))
        connection.sendall(raw(mailgun(readers(1))))
        while not running.copies():
            time.sleep(0.01)
    with connection:
        assert connection.recv(1) == b""


@pytest.mark.parametrize("where", ["head", "body"])
def test_a_slow_answer_comes_drop_by_drop(where: str) -> None:
    rule = Rule.model_validate({"do": "slow", "seconds": 0.2, "where": where})
    with simulator("mailgun", script=playing(rule)) as running:
        with socket.create_connection(("127.0.0.1", running.port), timeout=5) as connection:
            connection.sendall(raw(mailgun(readers(1))))
            first = connection.recv(65536)
        assert (b"\r\n\r\n" in first) == (where == "body")
        assert b"Queued. Thank you." in heard(running, mailgun(readers(1)))


def test_garbage_is_a_success_that_is_no_answer() -> None:
    with simulator("mailgun", script=playing(Rule(do=Do.GARBAGE))) as running:
        said = heard(running, mailgun(readers(1)))
        assert said.startswith(b"HTTP/1.1 200 OK")
        assert b"Queued" not in said
        assert len(running.copies()) == 1


def test_a_truncated_answer_ends_before_it_is_whole() -> None:
    with simulator("mailgun", script=playing(Rule(do=Do.TRUNCATE))) as running:
        said = heard(running, mailgun(readers(1)))
        assert said.startswith(b"HTTP/1.1 200 OK")
        assert not is_whole(said)
        assert len(running.copies()) == 1


def test_where_nobody_listens_the_connection_is_refused_and_later_it_is_not() -> None:
    with simulator("mailgun", script=playing(Rule(do=Do.REFUSE, calls=(2,), seconds=0.5))) as running:
        assert mailgun(readers(1)).to(running).headers["Connection"] == "close"
        with pytest.raises(ConnectionRefusedError):
            heard(running, mailgun(readers(1)))
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                assert b"Queued" in heard(running, mailgun(readers(1)))
                break
            except ConnectionError:
                time.sleep(0.02)
        assert [call.number for call in running.calls()] == [1, 2]


def test_a_script_can_refuse_the_very_first_call() -> None:
    with simulator("mailgun", script=playing(Rule(do=Do.REFUSE, calls=(1,), seconds=30))) as running:
        with pytest.raises(ConnectionRefusedError):
            heard(running, mailgun(readers(1)))
        assert running.calls() == []


@pytest.mark.parametrize("name", CALLS)
def test_a_status_before_accepting_has_the_providers_own_body(name: str) -> None:
    with simulator(name, script=playing(Rule(do=Do.STATUS, status=429, retry_after=7))) as running:
        answer = CALLS[name](readers(1)).to(running)
        assert running.copies() == []
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")
    expected = {
        "mailgun": "status 429",
        "ses": "status 429",
        "resend": "rate_limit_exceeded",
        "brevo": "too_many_requests",
        "postmark": '"ErrorCode":429',
        "sendgrid": '"errors":[',
    }
    assert expected[name] in answer.text
    if name == "ses":
        assert answer.headers["x-amzn-ErrorType"] == "TooManyRequestsException"


def test_a_retry_after_may_be_a_date_by_the_simulators_clock() -> None:
    rule = Rule(do=Do.STATUS, status=503, retry_after=120, retry_after_as="date")
    with simulator("postmark", script=playing(rule)) as running:
        running.move_clock(timedelta(days=10))
        answer = postmark(readers(1)).to(running)
        wait = parsedate_to_datetime(answer.headers["Retry-After"]) - running.now()
    assert timedelta(seconds=60) < wait <= timedelta(seconds=120)


def test_the_providers_own_name_for_an_error_can_be_given() -> None:
    rule = Rule(do=Do.STATUS, status=400, kind="MessageRejected", message="Email address is not verified.")
    with simulator("ses", script=playing(rule)) as running:
        answer = ses(readers(1)).to(running)
    assert answer.headers["x-amzn-ErrorType"] == "MessageRejected"
    assert answer.json() == {"message": "Email address is not verified."}


def test_an_error_after_accepting_hides_that_the_copies_went_out() -> None:
    with simulator("mailgun", script=playing(Rule(do=Do.STATUS_AFTER, status=502))) as running:
        assert mailgun(readers(3)).to(running).status_code == 502
        assert len(running.copies()) == 3


@pytest.mark.parametrize(("final", "code"), [(True, 406), (False, 100)])
def test_chosen_messages_of_postmark_fail(final: bool, code: int) -> None:
    with simulator("postmark", script=playing(Rule(do=Do.PARTIAL, entries=(0, 2), final=final))) as running:
        said = postmark(readers(4)).to(running).json()
        assert [copy["delivery"] for copy in running.copies()] == ["2", "4"]
    assert [each["ErrorCode"] for each in said] == [code, 0, code, 0]


@pytest.mark.parametrize(("final", "status"), [(True, "INVALID_PARAMETER"), (False, "TRANSIENT_FAILURE")])
def test_entries_of_amazon_fail_by_their_address(final: bool, status: str) -> None:
    with simulator("ses", script=playing(Rule(do=Do.PARTIAL, address="*2@*", final=final))) as running:
        said = ses(readers(3)).to(running).json()["BulkEmailEntryResults"]
        assert [copy["delivery"] for copy in running.copies()] == ["1", "3"]
    assert [each["Status"] for each in said] == ["SUCCESS", status, "SUCCESS"]
    assert "MessageId" not in said[1]


def statuses(*rules: Rule, calls: int = 6, seed: int = 0) -> list[int]:
    with simulator("mailgun", script=playing(*rules, seed=seed)) as running:
        return [mailgun(readers(1, prefix=f"call{n}-")).to(running).status_code for n in range(1, calls + 1)]


def test_rules_choose_calls_by_number_by_turn_by_times_and_by_address() -> None:
    assert statuses(Rule(do=Do.STATUS, status=500, calls=(2, 5))) == [200, 500, 200, 200, 500, 200]
    assert statuses(Rule(do=Do.STATUS, status=500, every=3)) == [200, 200, 500, 200, 200, 500]
    assert statuses(Rule(do=Do.STATUS, status=500, times=2)) == [500, 500, 200, 200, 200, 200]
    assert statuses(Rule(do=Do.STATUS, status=500, address="call4-*")) == [200, 200, 200, 500, 200, 200]
    assert statuses(Rule(do=Do.STATUS, status=500, tag="nobody's")) == [200] * 6


def test_the_first_rule_that_fits_is_played() -> None:
    rules = (Rule(do=Do.STATUS, status=500, calls=(1,)), Rule(do=Do.STATUS, status=503))
    assert statuses(*rules, calls=2) == [500, 503]


def test_the_same_seed_throws_the_same_dice() -> None:
    rule = Rule(do=Do.STATUS, status=500, probability=0.5)
    first = statuses(rule, calls=20, seed=1)
    assert statuses(rule, calls=20, seed=1) == first
    assert set(first) == {200, 500}
    assert statuses(rule, calls=20, seed=2) != first


def test_a_connection_takes_one_call_after_another() -> None:
    sent = mailgun(readers(1))
    with simulator("mailgun") as running:
        connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=10)
        for _ in range(3):
            connection.request("POST", sent.path, body=sent.content(), headers=dict(sent.headers))
            assert b"Queued" in connection.getresponse().read()
        connection.close()
        assert [call.status for call in running.calls()] == [200, 200, 200]


@pytest.mark.parametrize("header", ["Transfer-Encoding: chunked", "Content-Length: x", "Content-Length: 999999999999"])
def test_a_body_of_no_known_or_no_bearable_length_is_refused(header: str) -> None:
    with simulator("mailgun") as running, socket.create_connection(("127.0.0.1", running.port), timeout=5) as client:
        client.sendall(f"POST /v3/d/messages HTTP/1.1\r\nHost: x\r\n{header}\r\n\r\n".encode())
        assert client.recv(65536).split(b" ")[1] in {b"411", b"413"}


def test_a_call_that_breaks_off_is_never_accepted() -> None:
    with simulator("mailgun") as running:
        with socket.create_connection(("127.0.0.1", running.port), timeout=5) as client:
            client.sendall(raw(mailgun(readers(1)))[:-10])
        assert mailgun(readers(1, prefix="other")).to(running).ok
        assert [copy["address"] for copy in running.copies()] == ["other1@example.org"]


def test_a_call_takes_the_time_it_is_told_to() -> None:
    with simulator("mailgun", habits=Habits(delay=(0.3, 0.3))) as running:
        with pytest.raises(TimeoutError):
            heard(running, mailgun(readers(1)), patience=0.1)
        assert b"Queued" in heard(running, mailgun(readers(1, prefix="other")))

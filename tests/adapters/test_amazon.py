"""A call to Amazon SES is made once, wherever it goes wrong, and every answer has its class."""

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from botocore import exceptions

from digest.adapters.amazon import hand_over, open_client
from digest.adapters.providers.ses import Ses
from digest.model.mail import Fate, Outcome, Receipt, Recipient
from tests.adapters.certificates import certificate
from tests.adapters.providers.letter import ENVELOPE, TAG
from tests.adapters.providers.letter import PLAIN as EMAIL
from tests.adapters.tls_server import broken_proxy

Start = Callable[..., Any]
Answer = Callable[..., bytes]
READERS = tuple(
    Recipient(delivery_id=n, address=f"reader{n}@example.org", name="", unsubscribe_url=f"https://example.org/u/{n}")
    for n in (1, 2)
)


def ses(url: str, **options: Any) -> Ses:
    return Ses(region="eu-west-1", access_key_id="id", secret_access_key="canary", base_url=url, **options)


def submit(url: str, **options: Any) -> Receipt:
    return submitted(ses(url, **options))


def submitted(provider: Ses) -> Receipt:
    return provider.submit(provider.payload(EMAIL, ENVELOPE, READERS, tag=TAG))


def results(*statuses: str) -> str:
    made = [
        {"Status": status, "MessageId": f"m-{n}"} if status == "SUCCESS" else {"Status": status, "Error": "why"}
        for n, status in enumerate(statuses, start=1)
    ]
    return json.dumps({"BulkEmailEntryResults": made})


def refused(code: str) -> str:
    return json.dumps({"__type": code, "message": "why"})


def test_every_entry_has_an_answer_of_its_own(loopback: Start, answer: Answer) -> None:
    server = loopback(answer("200 OK", results("SUCCESS", "SUCCESS")))
    receipt = submit(server.url + "/")
    assert (receipt.outcome, receipt.reference, receipt.halts) == (Outcome.ACCEPTED, "m-1", False)
    assert receipt.fates == (
        Fate(delivery_id=1, outcome=Outcome.ACCEPTED, reference="m-1"),
        Fate(delivery_id=2, outcome=Outcome.ACCEPTED, reference="m-2"),
    )
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /v2/email/outbound-bulk-emails HTTP/1.1")
    assert b"Authorization: AWS4-HMAC-SHA256 Credential=id/" in head
    assert b"/eu-west-1/ses/aws4_request" in head
    assert b"canary" not in head
    provider = ses(server.url)
    assert body == provider.payload(EMAIL, ENVELOPE, READERS, tag=TAG).body


LATER = ("ACCOUNT_THROTTLED", "ACCOUNT_DAILY_QUOTA_EXCEEDED", "TRANSIENT_FAILURE")
REFUSED = ("INVALID_PARAMETER", "FAILED")
WE_ARE_REFUSED = (
    "ACCOUNT_SUSPENDED",
    "ACCOUNT_SENDING_PAUSED",
    "CONFIGURATION_SET_SENDING_PAUSED",
    "CONFIGURATION_SET_NOT_FOUND",
    "MAIL_FROM_DOMAIN_NOT_VERIFIED",
    "INVALID_SENDING_POOL_NAME",
    "MESSAGE_REJECTED",
    "TEMPLATE_NOT_FOUND",
)


@pytest.mark.parametrize(
    ("statuses", "outcome", "halts"),
    [
        (LATER, Outcome.RETRYABLE, False),
        (REFUSED, Outcome.REJECTED, False),
        (WE_ARE_REFUSED, Outcome.RETRYABLE, True),
    ],
)
def test_what_is_not_taken_has_a_fate_by_its_status(
    loopback: Start, answer: Answer, statuses: tuple[str, ...], outcome: Outcome, halts: bool
) -> None:
    provider = ses(loopback(*(answer("200 OK", results("SUCCESS", status)) for status in statuses)).url)
    for status in statuses:
        receipt = submitted(provider)
        assert (receipt.outcome, receipt.reference, receipt.halts) == (Outcome.ACCEPTED, "m-1", halts)
        assert receipt.fates[1] == Fate(delivery_id=2, outcome=outcome, detail=f"Amazon SES {status}: why")


def test_every_status_of_amazons_model_has_a_class() -> None:
    client = open_client(region="eu-west-1", keys=("", "", ""), base_url="", connections=1, timeout=(1, 1))
    model = client.meta.service_model.shape_for("BulkEmailStatus")
    assert set(model.enum) == {"SUCCESS", *LATER, *REFUSED, *WE_ARE_REFUSED}


def test_a_batch_of_which_nothing_was_taken_stays_whole(loopback: Start, answer: Answer) -> None:
    both = [("TRANSIENT_FAILURE", "ACCOUNT_THROTTLED"), ("MESSAGE_REJECTED", "MESSAGE_REJECTED")]
    provider = ses(loopback(*(answer("200 OK", results(*pair)) for pair in both)).url)
    later, halted = submitted(provider), submitted(provider)
    assert (later.outcome, later.fates, later.halts) == (Outcome.RETRYABLE, (), False)
    assert (halted.outcome, halted.fates, halted.halts) == (Outcome.RETRYABLE, (), True)


def test_what_halts_is_what_the_answer_is_remembered_by(loopback: Start, answer: Answer) -> None:
    receipt = submit(loopback(answer("200 OK", results("FAILED", "ACCOUNT_SUSPENDED"))).url)
    assert (receipt.halts, receipt.detail) == (True, "Amazon SES ACCOUNT_SUSPENDED: why")


def test_a_batch_that_is_refused_reader_by_reader_says_why(loopback: Start, answer: Answer) -> None:
    receipt = submit(loopback(answer("200 OK", results("FAILED", "INVALID_PARAMETER"))).url)
    assert (receipt.outcome, receipt.reference) == (Outcome.ACCEPTED, "")
    assert {fate.outcome for fate in receipt.fates} == {Outcome.REJECTED}
    assert "FAILED" in receipt.detail


NO_ANSWERS = (
    "",
    "Forbidden",
    "[]",
    "{}",
    '{"BulkEmailEntryResults": null}',
    '{"BulkEmailEntryResults": "SUCCESS"}',
    '{"BulkEmailEntryResults": [1, 2]}',
    '{"BulkEmailEntryResults": [{}, {}]}',
    '{"BulkEmailEntryResults": [{"Status": "SUCCESS"}, {"Status": "SUCCESS"}]}',
    results("SUCCESS"),
    results("SUCCESS", "SUCCESS", "SUCCESS"),
    results("SUCCESS", "NEW_IN_2027"),
)


def test_an_answer_that_is_not_one_for_each_entry_is_uncertain(loopback: Start, answer: Answer) -> None:
    provider = ses(loopback(*(answer("200 OK", body) for body in NO_ANSWERS)).url)
    for body in NO_ANSWERS:
        assert submitted(provider).outcome is Outcome.UNCERTAIN, body


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("500 Oops", "InternalFailure"),
        ("502 Bad Gateway", "RequestTimeout"),
        ("503 Busy", "ThrottlingException"),
        ("504 Late", "ServiceUnavailable"),
    ],
)
def test_every_5xx_is_uncertain_and_called_once(loopback: Start, answer: Answer, status: str, code: str) -> None:
    server = loopback(*[answer(status, refused(code))] * 3)
    assert submit(server.url).outcome is Outcome.UNCERTAIN
    assert len(server.requests) == 1


@pytest.mark.parametrize("given", [b"reset", b"hang", b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"])
def test_an_answer_that_is_lost_is_uncertain_and_called_once(loopback: Start, given: bytes) -> None:
    server = loopback(given, given, given)
    assert submit(server.url, timeout=0.3).outcome is Outcome.UNCERTAIN
    assert len(server.requests) == 1


@pytest.mark.parametrize("variable", ["AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE"])
def test_the_environment_cannot_make_it_two(
    loopback: Start, answer: Answer, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, {"AWS_MAX_ATTEMPTS": "5", "AWS_RETRY_MODE": "adaptive"}[variable])
    server = loopback(*[answer("429 Slow", refused("TooManyRequestsException"))] * 3)
    assert submit(server.url).outcome is Outcome.RETRYABLE
    assert len(server.requests) == 1


def test_nothing_is_taken_from_the_environment(
    loopback: Start, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SESV2"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "canary")
    server = loopback(answer("200 OK", results("SUCCESS", "SUCCESS")))
    assert submit(server.url).outcome is Outcome.ACCEPTED
    assert b"canary" not in server.requests[0]
    client = open_client(region="eu-west-1", keys=("a", "b", ""), base_url="", connections=1, timeout=(1, 1))
    assert client.meta.endpoint_url == "https://email.eu-west-1.amazonaws.com"


@pytest.mark.parametrize(
    ("status", "code", "outcome", "halts"),
    [
        ("429 Slow", "TooManyRequestsException", Outcome.RETRYABLE, False),
        ("400 No", "ThrottlingException", Outcome.RETRYABLE, False),
        ("400 No", "LimitExceededException", Outcome.RETRYABLE, False),
        ("400 No", "SendingPausedException", Outcome.RETRYABLE, True),
        ("400 No", "AccountSuspendedException", Outcome.RETRYABLE, True),
        ("400 No", "MailFromDomainNotVerifiedException", Outcome.RETRYABLE, True),
        ("400 No", "MessageRejected", Outcome.RETRYABLE, True),
        ("400 No", "ExpiredTokenException", Outcome.RETRYABLE, True),
        ("403 No", "AccessDeniedException", Outcome.RETRYABLE, True),
        ("403 No", "UnrecognizedClientException", Outcome.RETRYABLE, True),
        ("403 No", "InvalidSignatureException", Outcome.RETRYABLE, True),
        ("403 No", "NewIn2027", Outcome.RETRYABLE, True),
        ("404 No", "NotFoundException", Outcome.RETRYABLE, True),
        ("400 No", "BadRequestException", Outcome.REJECTED, False),
        ("413 No", "", Outcome.REJECTED, False),
        ("307 Go", "", Outcome.REJECTED, False),
    ],
)
def test_every_error_has_its_class(
    loopback: Start, answer: Answer, status: str, code: str, outcome: Outcome, halts: bool
) -> None:
    server = loopback(*[answer(status, refused(code), Location="http://127.0.0.1:1/")] * 2)
    receipt = submit(server.url)
    assert (receipt.outcome, receipt.halts) == (outcome, halts)
    assert receipt.detail.startswith(f"HTTP {status[:3]}: {code}")
    assert len(server.requests) == 1


def test_a_wait_that_is_asked_for_is_told(loopback: Start, answer: Answer) -> None:
    given = answer("429 Slow", refused("TooManyRequestsException"), retry_after="7")
    assert submit(loopback(given).url).retry_after == 7.0


def test_a_refused_connection_was_never_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert submit(f"http://127.0.0.1:{port}").outcome is Outcome.RETRYABLE


def test_a_name_that_nobody_knows_was_never_sent() -> None:
    assert submit("http://ses.invalid").outcome is Outcome.RETRYABLE


def test_a_server_without_tls_was_never_sent_the_mail(loopback: Start, answer: Answer) -> None:
    server = loopback(answer("200 OK"))
    assert submit(server.url.replace("http:", "https:")).outcome is Outcome.RETRYABLE
    assert b"reader1" not in server.requests[0]


def test_a_failure_of_tls_after_the_mail_was_taken_is_uncertain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = certificate(tmp_path, "localhost")
    monkeypatch.setenv("AWS_CA_BUNDLE", str(own[0]))
    with broken_proxy(own, last=b"}", garbage=b"HTTP/1.1 502 Bad Gateway\r\n\r\n") as server:
        receipt = submit(server.url)
    assert b"reader2" in server.request
    assert (receipt.outcome, receipt.detail[:8]) == (Outcome.UNCERTAIN, "SSLError")


class Raises:
    """A client that cannot even begin, or comes back with something of botocore's own."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def send_bulk_email(self, **_: object) -> None:
        raise self.error


@pytest.mark.parametrize(
    ("error", "outcome", "halts"),
    [
        (exceptions.NoCredentialsError(), Outcome.RETRYABLE, True),
        (exceptions.PartialCredentialsError(provider="env", cred_var="x"), Outcome.RETRYABLE, True),
        (exceptions.CredentialRetrievalError(provider="role", error_msg="gone"), Outcome.RETRYABLE, True),
        (exceptions.UnauthorizedSSOTokenError(), Outcome.RETRYABLE, True),
        (exceptions.ParamValidationError(report="Unknown parameter"), Outcome.REJECTED, False),
        (exceptions.ConnectTimeoutError(endpoint_url="x", error=TimeoutError()), Outcome.RETRYABLE, False),
        (exceptions.ReadTimeoutError(endpoint_url="x", error=TimeoutError()), Outcome.UNCERTAIN, False),
        (exceptions.HTTPClientError(error=OSError("reset")), Outcome.UNCERTAIN, False),
        (exceptions.SSLError(endpoint_url="x", error=OSError("broken in mid-stream")), Outcome.UNCERTAIN, False),
        (exceptions.BotoCoreError(), Outcome.UNCERTAIN, False),
        (RuntimeError("the refreshed credentials are still expired"), Outcome.UNCERTAIN, False),
    ],
)
def test_what_comes_instead_of_an_answer_has_its_class(error: Exception, outcome: Outcome, halts: bool) -> None:
    receipt = hand_over(Raises(error), {}, (1,))
    assert (receipt.outcome, receipt.halts) == (outcome, halts)
    assert type(error).__name__ in receipt.detail

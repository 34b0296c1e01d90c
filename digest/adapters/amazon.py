"""A call to Amazon SES by boto3, made once -> what is known of each copy.

boto3 repeats a failed call up to four times by itself, takes proxies and addresses from the environment, and has an
exception for everything. Here it makes one attempt, goes where it is told, and every exception is classed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from requests.structures import CaseInsensitiveDict

from digest.adapters.answers import of_fates, of_refusal, shortened, was_never_sent
from digest.adapters.retry_after import retry_after
from digest.errors import ConfigError
from digest.model.mail import Fate, Outcome, Receipt

INSTALL = "pip install digest[ses]"

_SERVER_FAULT = 500

_LATER = frozenset({"ACCOUNT_THROTTLED", "ACCOUNT_DAILY_QUOTA_EXCEEDED", "TRANSIENT_FAILURE"})
_REFUSED = frozenset({"FAILED", "INVALID_PARAMETER"})
_WE_ARE_REFUSED = frozenset(
    {
        "ACCOUNT_SENDING_PAUSED",
        "ACCOUNT_SUSPENDED",
        "CONFIGURATION_SET_NOT_FOUND",
        "CONFIGURATION_SET_SENDING_PAUSED",
        "INVALID_SENDING_POOL_NAME",
        "MAIL_FROM_DOMAIN_NOT_VERIFIED",
        "MESSAGE_REJECTED",
        "TEMPLATE_NOT_FOUND",
    }
)
"""The statuses of an entry (API reference, «BulkEmailEntryResult»). A message is rejected for a virus, or in the
sandbox for an address that is not verified: neither says anything of the reader."""

_SLOW_DOWN = frozenset(
    {"LimitExceededException", "RequestThrottled", "Throttling", "ThrottlingException", "TooManyRequestsException"}
)
_HALTS = frozenset(
    {
        "AccessDeniedException",
        "AccountSuspendedException",
        "ExpiredToken",
        "ExpiredTokenException",
        "IncompleteSignature",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "MailFromDomainNotVerifiedException",
        "MessageRejected",
        "MissingAuthenticationToken",
        "NotFoundException",
        "OptInRequired",
        "RequestExpired",
        "SendingPausedException",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    }
)
"""Errors of a whole call (API reference, «SendBulkEmail» and «Common Errors») that the next call would meet as well.
MessageRejected is one: all calls have the same letter and sender, and an address that is not verified goes by it."""


def open_client(
    *, region: str, keys: tuple[str, str, str], base_url: str, connections: int, timeout: tuple[float, float]
) -> Any:
    """A client of SES (boto3 makes its class as it goes) that tries every call once.

    `keys` are id, secret and session token, all empty for boto3's own chain.

    ConfigError without boto3, with one that is too old, or for what it does not take.
    """
    if bool(keys[0]) != bool(keys[1]) or (keys[2] and not keys[0]):
        raise ConfigError(
            "Amazon SES has one of its keys without the other.",
            mend="set DIGEST_SES_ACCESS_KEY_ID and DIGEST_SES_SECRET_ACCESS_KEY, or neither.",
        )
    try:
        import boto3.session
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError
    except ImportError as error:
        raise ConfigError(f"Amazon SES needs a library that is not here ({error.name}).", mend=INSTALL) from error
    config = Config(
        retries={"total_max_attempts": 1, "mode": "standard"},
        connect_timeout=timeout[0],
        read_timeout=timeout[1],
        max_pool_connections=connections,
        proxies={},
        ignore_configured_endpoint_urls=True,
    )
    key, secret, token = (each or None for each in keys)
    try:
        session = boto3.session.Session(
            aws_access_key_id=key, aws_secret_access_key=secret, aws_session_token=token, region_name=region
        )
        client = session.client("sesv2", config=config, endpoint_url=base_url.rstrip("/") or None)
    except (BotoCoreError, ValueError) as error:
        raise ConfigError(f"Amazon SES cannot be set up: {error}.", mend="correct [provider.ses].") from error
    if "ConfigurationOverrides" not in client.meta.service_model.operation_model("SendBulkEmail").input_shape.members:
        raise ConfigError("this boto3 cannot switch tracking off.", mend=f"{INSTALL} --upgrade")
    return client


def hand_over(client: Any, request: Mapping[str, Any], deliveries: Sequence[int]) -> Receipt:
    """Send the bulk once; never raises for what the network does."""
    from botocore.exceptions import BotoCoreError, ClientError
    from botocore.parsers import ResponseParserError

    try:
        return _receipt(client.send_bulk_email(**request), deliveries)
    except ClientError as error:
        return _refusal(error.response)
    except BotoCoreError as error:
        return _failure(error)
    except (ResponseParserError, AttributeError, LookupError, RuntimeError, TypeError, ValueError) as error:
        # botocore reads what SES wrote without a look at its shape
        return Receipt(
            outcome=Outcome.UNCERTAIN, detail=shortened(f"unreadable answer ({type(error).__name__}: {error})")
        )


def _receipt(said: Mapping[str, Any], deliveries: Sequence[int]) -> Receipt:
    """Read one result for each entry, in order; LookupError, TypeError or ValueError when they are not that."""
    results = said["BulkEmailEntryResults"]
    if len(results) != len(deliveries):
        raise ValueError(f"{len(results)} results for {len(deliveries)} entries")
    fates = tuple(_fate(number, result) for number, result in zip(deliveries, results, strict=True))
    halting = [fate for fate, result in zip(fates, results, strict=True) if result["Status"] in _WE_ARE_REFUSED]
    return of_fates(fates, halting=halting)


def _fate(delivery_id: int, result: Mapping[str, str]) -> Fate:
    """A status that no table knows is a ValueError: whether the copy went out cannot be told."""
    status = result["Status"]
    if status == "SUCCESS":
        return Fate(delivery_id=delivery_id, outcome=Outcome.ACCEPTED, reference=result["MessageId"])
    detail = shortened(f"Amazon SES {status}: {result.get('Error', '')}")
    if status in _LATER or status in _WE_ARE_REFUSED:
        return Fate(delivery_id=delivery_id, outcome=Outcome.RETRYABLE, detail=detail)
    if status in _REFUSED:
        return Fate(delivery_id=delivery_id, outcome=Outcome.REJECTED, detail=detail)
    raise ValueError(f"status {status}")


def _refusal(answer: Mapping[str, Any]) -> Receipt:
    """Class an error that SES answered: by its name, unless the server failed; else by its HTTP status."""
    named, about = answer.get("Error", {}), answer.get("ResponseMetadata", {})
    code, status = named.get("Code", ""), about.get("HTTPStatusCode", 0)
    given: Mapping[str, str] = CaseInsensitiveDict(about.get("HTTPHeaders", {}))
    said = shortened(f"HTTP {status}: {code}: {named.get('Message', '')}")
    if status < _SERVER_FAULT and code in _SLOW_DOWN:
        return Receipt(outcome=Outcome.RETRYABLE, detail=said, retry_after=retry_after(given))
    if status < _SERVER_FAULT and code in _HALTS:
        return Receipt(outcome=Outcome.RETRYABLE, detail=said, halts=True)
    return of_refusal(status, said, given)


def _failure(error: Exception) -> Receipt:
    """Class what came instead of an answer; botocore keeps the exception behind its own under «error»."""
    from botocore import exceptions

    said = shortened(f"{type(error).__name__}: {error}")
    unknown_to_amazon = (
        exceptions.CredentialRetrievalError,
        exceptions.NoCredentialsError,
        exceptions.PartialCredentialsError,
        exceptions.SSOError,
        exceptions.UnknownCredentialError,
    )
    if isinstance(error, unknown_to_amazon):
        return Receipt(outcome=Outcome.RETRYABLE, detail=said, halts=True)
    if isinstance(error, exceptions.ParamValidationError):
        return Receipt(outcome=Outcome.REJECTED, detail=said)
    behind = getattr(error, "kwargs", {}).get("error")
    never = isinstance(error, (exceptions.EndpointConnectionError, exceptions.ConnectTimeoutError))
    if never or (isinstance(behind, BaseException) and was_never_sent(behind)):
        return Receipt(outcome=Outcome.RETRYABLE, detail=said)
    return Receipt(outcome=Outcome.UNCERTAIN, detail=said)

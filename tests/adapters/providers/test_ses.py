import gzip
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.validate import ParamValidator
from hypothesis import given
from hypothesis import strategies as st

from digest.adapters.providers import ses as module
from digest.adapters.providers.ses import IN_HTML, IN_TEXT, Ses, SesPayload
from digest.errors import ConfigError, ProviderMisused
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email, Envelope, Recipient
from tests.adapters.providers.letter import ENVELOPE, HOSTILE, TAG
from tests.adapters.providers.letter import PLAIN as EMAIL

TOPIC = "arn:aws:sns:eu-west-1:123456789012:feedback"
KEYS: dict[str, Any] = {"access_key_id": "id", "secret_access_key": "secret"}
BRACES = ("{{name}}", "{{{name}}}", "{{#each x}}", "\\{{name}}", "{" * 7, "{{link}}", "{ {", "a {{> partial }} b")


@cache
def ses(**options: Any) -> Ses:
    return Ses(region="eu-west-1", **KEYS, **options)


def readers(count: int, name: str = "") -> tuple[Recipient, ...]:
    return tuple(
        Recipient(
            delivery_id=n, address=f"reader{n}@example.org", name=name, unsubscribe_url=f"https://example.org/u/{n}"
        )
        for n in range(1, count + 1)
    )


def payload(count: int = 2, email: Email = EMAIL, envelope: Envelope = ENVELOPE, name: str = "") -> SesPayload:
    return ses().payload(email, envelope, readers(count, name), tag=TAG)


def asked(made: SesPayload) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(made.body)
    return found


def content(email: Email) -> dict[str, str]:
    found: dict[str, str] = asked(payload(1, email))["DefaultContent"]["Template"]["TemplateContent"]
    return found


def test_the_call_says_what_ses_wants_to_know() -> None:
    said = asked(payload())
    entries = said.pop("BulkEmailEntries")
    assert said == {
        "FromEmailAddress": '"The Round-up" <news@example.org>',
        "ReplyToAddresses": ["desk@example.org"],
        "DefaultEmailTags": [{"Name": "batch", "Value": TAG}],
        "DefaultContent": {
            "Template": {
                "TemplateContent": {
                    "Subject": "Subject",
                    "Html": '<a href="{{link_html}}">x</a>',
                    "Text": "Text {{link}}\n",
                },
                "TemplateData": "{}",
                "Headers": [
                    {"Name": "List-Id", "Value": "<daily.example.org>"},
                    {"Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click"},
                    {"Name": "Precedence", "Value": "bulk"},
                    {"Name": "Feedback-ID", "Value": "20260515:daily.example.org:bulk:example.org"},
                ],
            }
        },
        "ConfigurationOverrides": {"Tracking": {"OpenTrackingEnabled": "DISABLED", "ClickTrackingEnabled": "DISABLED"}},
    }
    data = '{"link": "https://example.org/u/2", "link_html": "https://example.org/u/2"}'
    assert entries[1] == {
        "Destination": {"ToAddresses": ["reader2@example.org"]},
        "ReplacementTags": [{"Name": "delivery", "Value": "2"}],
        "ReplacementHeaders": [{"Name": "List-Unsubscribe", "Value": "<https://example.org/u/2>"}],
        "ReplacementEmailContent": {"ReplacementTemplate": {"ReplacementTemplateData": data}},
    }


def test_a_link_is_escaped_where_it_stands_in_html_alone() -> None:
    reader = readers(1)[0]._replace(unsubscribe_url="https://example.org/?u=1&x=2")
    entry = asked(ses().payload(EMAIL, ENVELOPE, [reader], tag=TAG))["BulkEmailEntries"][0]
    data = json.loads(entry["ReplacementEmailContent"]["ReplacementTemplate"]["ReplacementTemplateData"])
    assert data == {"link": "https://example.org/?u=1&x=2", "link_html": "https://example.org/?u=1&amp;x=2"}


def test_a_configuration_set_is_named_where_there_is_one_and_replies_where_they_are_taken() -> None:
    made = ses(configuration_set="letters").payload(EMAIL, replace(ENVELOPE, reply_to=""), readers(1), tag=TAG)
    assert asked(made)["ConfigurationSetName"] == "letters"
    assert "ReplyToAddresses" not in asked(made)


def test_names_beyond_ascii_are_encoded_words_in_one_line() -> None:
    envelope = replace(ENVELOPE, sender='"Der Rückblick" <news@example.org>')
    said = asked(payload(1, envelope=envelope, name="Réader, Ésq. " * 6))
    to = said["BulkEmailEntries"][0]["Destination"]["ToAddresses"][0]
    for mailbox in (said["FromEmailAddress"], to):
        assert mailbox.isascii()
        assert re.fullmatch(r"(=\?utf-8\?[bq]\?[^?]+\?= )+<[^<>]+>", mailbox)


@pytest.mark.parametrize("title", BRACES)
def test_braces_in_a_title_are_text_and_the_link_alone_is_a_variable(title: str) -> None:
    made = content(
        replace(
            EMAIL,
            subject=title,
            html=f'<p>{title}</p><a href="{UNSUBSCRIBE_PLACEHOLDER}">x</a>',
            text=f"{title} {UNSUBSCRIBE_PLACEHOLDER}",
        )
    )
    assert "{{" not in made["Subject"]
    assert re.findall(r"\\?\{\{.*?\}\}", made["Html"]) == [IN_HTML]
    assert re.findall(r"\\?\{\{.*?\}\}", made["Text"]) == [IN_TEXT]
    assert f"<p>{title}</p>" in unescape(made["Html"])
    assert made["Text"].replace("\u2060", "").startswith(title)
    assert made["Subject"].replace("\u2060", "") == title


@pytest.mark.parametrize("before", ["{", "\\", "{{", "\\{"])
def test_nothing_in_front_of_the_link_changes_what_it_is(before: str) -> None:
    letter = f"{before}{UNSUBSCRIBE_PLACEHOLDER}"
    made = content(replace(EMAIL, html=letter, text=letter))
    assert unescape(made["Html"]) == f"{before}{IN_HTML}"
    assert re.search(r"[{\\]\{\{", made["Html"] + made["Text"]) is None


LETTERS = st.lists(st.sampled_from(["{", "}", "\\", "{{", "a", " ", IN_TEXT, UNSUBSCRIBE_PLACEHOLDER])).map("".join)


@given(LETTERS)
def test_however_a_letter_is_written_its_links_are_the_variables_and_all_else_is_text(letter: str) -> None:
    made = content(replace(EMAIL, html=letter, text=letter))
    for part, ours, written in (
        (made["Html"], IN_HTML, unescape),
        (made["Text"], IN_TEXT, lambda text: text.replace("\u2060", "")),
    ):
        between = part.split(ours)
        assert len(between) == letter.count(UNSUBSCRIBE_PLACEHOLDER) + 1
        assert not any("{{" in each for each in between)
        assert not any(each.endswith(("{", "\\")) for each in between[:-1])
        assert UNSUBSCRIBE_PLACEHOLDER.join(map(written, between)) == letter


def test_single_braces_stay_as_they_are() -> None:
    sheet = "<style>@media (max-width: 1px){.a{color:red}}</style>"
    assert content(replace(EMAIL, html=sheet))["Html"] == sheet


@pytest.mark.parametrize("address", ["a@example.org,b@example.org", "a@example.org\r\nb", "<a@b.org>", "é@example.org"])
def test_an_address_that_would_be_two_or_is_beyond_ascii_is_refused(address: str) -> None:
    with pytest.raises(ProviderMisused, match="delivery 1"):
        ses().payload(EMAIL, ENVELOPE, [readers(1)[0]._replace(address=address)], tag=TAG)


@pytest.mark.parametrize("count", [0, 51])
def test_nobody_and_one_too_many_are_refused(count: int) -> None:
    with pytest.raises(ProviderMisused, match="from 1 to 50"):
        payload(count)


def test_a_call_beyond_the_bytes_of_ses_is_refused_before_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_CALL", len(payload(1).body))
    payload(1)
    with pytest.raises(ProviderMisused, match="bytes in one call"):
        payload(2)


@pytest.mark.parametrize(
    ("options", "size", "calls"),
    [
        ({}, 14, 1.0),
        ({"send_rate": 1.0}, 1, 1.0),
        ({"send_rate": 14.7}, 14, 1.05),
        ({"send_rate": 50.0}, 50, 1.0),
        ({"send_rate": 200.0}, 50, 4.0),
        ({"send_rate": 200.0, "per_second": 2.0}, 50, 2.0),
    ],
)
def test_no_call_and_no_second_has_more_readers_than_the_account_may_send_to(
    options: dict[str, float], size: int, calls: float
) -> None:
    made = ses(**options)
    assert made.batch_size == size
    assert made.per_second == pytest.approx(calls)
    assert made.batch_size * made.per_second <= options.get("send_rate", 14.0) + 1e-9


def test_a_batch_that_was_cut_at_a_faster_rate_is_still_sent() -> None:
    assert len(ses(send_rate=1.0).payload(EMAIL, ENVELOPE, readers(50), tag=TAG).deliveries) == 50


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"access_key_id": "id"}, "one of its keys"),
        ({"secret_access_key": "s"}, "one of its keys"),
        ({"session_token": "t"}, "one of its keys"),
        ({"topic_arn": "feedback"}, "no SNS topic"),
        ({"topic_arn": TOPIC + "\n"}, "no SNS topic"),
        ({"region": "not a region"}, "cannot be set up"),
        ({"base_url": "nowhere"}, "cannot be set up"),
    ],
)
def test_what_cannot_be_used_is_a_mistake_before_anything_is_sent(options: dict[str, Any], what: str) -> None:
    with pytest.raises(ConfigError, match=what):
        Ses(**{"region": "eu-west-1", **options})


def test_without_boto3_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3.session", None)
    with pytest.raises(ConfigError) as caught:
        Ses(region="eu-west-1")
    assert caught.value.mend == "pip install digest[ses]"


def test_a_boto3_that_cannot_switch_tracking_off_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    load = Loader.load_service_model

    def older(self: Loader, service: str, kind: str, *args: Any, **kwargs: Any) -> Any:
        found = load(self, service, kind, *args, **kwargs)
        if (service, kind) == ("sesv2", "service-2"):
            del found["shapes"]["SendBulkEmailRequest"]["members"]["ConfigurationOverrides"]
        return found

    monkeypatch.setattr(Loader, "load_service_model", older)
    with pytest.raises(ConfigError, match="tracking") as caught:
        Ses(region="eu-west-1")
    assert "--upgrade" in caught.value.mend


def test_nobody_can_be_asked_for_events() -> None:
    with pytest.raises(ProviderMisused, match="SNS"):
        ses().pull(since=ENVELOPE.sent_at)


@cache
def own_model() -> ServiceModel:
    return ServiceModel(Loader().load_service_model("sesv2", "service-2"), "sesv2")


@cache
def shared_model(path: Path) -> ServiceModel:
    return ServiceModel(json.loads(gzip.decompress(path.read_bytes())), "sesv2")


def breaches(model: ServiceModel, made: SesPayload) -> list[str]:
    """What Amazon's model says against the call: botocore's own checks, and the lengths and patterns it leaves."""
    shape = model.operation_model("SendBulkEmail").input_shape
    report = ParamValidator().validate(asked(made), shape)
    return [*filter(None, [report.generate_report()]), *limits(asked(made), shape, "call")]


def limits(value: Any, shape: Any, where: str) -> Iterator[str]:
    most = shape.metadata.get("max")
    if most is not None and len(value) > most:
        yield f"{where}: longer than {most}"
    if "pattern" in shape.metadata and not re.fullmatch(shape.metadata["pattern"], value):
        yield f"{where}: {value!r} is not {shape.metadata['pattern']}"
    if shape.type_name == "structure":
        for name, member in ((name, value[name]) for name in shape.members.keys() & value.keys()):
            yield from limits(member, shape.members[name], f"{where}.{name}")
    if shape.type_name == "list":
        for n, member in enumerate(value):
            yield from limits(member, shape.member, f"{where}[{n}]")


def hostile(title: str) -> SesPayload:
    return payload(2, replace(EMAIL, subject=title, html=title, text=title), name=title)


@pytest.mark.parametrize("count", [1, 2, 49, 50])
def test_the_call_is_one_that_amazons_model_allows(count: int) -> None:
    assert breaches(own_model(), payload(count)) == []


@pytest.mark.parametrize("title", [*HOSTILE, *BRACES])
def test_a_hostile_title_or_name_stays_in_its_own_field_and_within_the_model(title: str) -> None:
    made = hostile(title)
    assert breaches(own_model(), made) == []
    assert [entry.keys() for entry in asked(made)["BulkEmailEntries"]] == [
        entry.keys() for entry in asked(payload(2))["BulkEmailEntries"]
    ]
    assert all(len(entry["Destination"]["ToAddresses"]) == 1 for entry in asked(made)["BulkEmailEntries"])


@pytest.mark.parametrize(
    ("field", "value", "what"),
    [
        ("FromEmailAddress", 7, "Invalid type"),
        ("Sender", "x", "Unknown parameter"),
        ("BulkEmailEntries", [{"ReplacementTags": []}], "Missing required parameter"),
        ("BulkEmailEntries", [{"Destination": {}, "ReplacementHeaders": [{"Name": "a:b", "Value": "x"}]}], "is not"),
    ],
)
def test_the_model_can_refuse(field: str, value: object, what: str) -> None:
    broken = json.dumps(asked(payload(1)) | {field: value}).encode()
    assert any(what in said for said in breaches(own_model(), SesPayload(body=broken, deliveries=(1,))))


@pytest.mark.shared
@pytest.mark.parametrize("count", [1, 2, 49, 50])
def test_the_call_is_one_that_the_shared_model_allows(shared: Path, count: int) -> None:
    model = shared_model(shared / "data" / "specs" / "sesv2" / "service-2.json.gz")
    assert breaches(model, payload(count)) == []
    assert [breaches(model, hostile(title)) for title in HOSTILE] == [[]] * len(HOSTILE)


def test_no_tag_has_a_character_that_ses_does_not_take() -> None:
    said = asked(payload(3))
    tags = said["DefaultEmailTags"] + [tag for entry in said["BulkEmailEntries"] for tag in entry["ReplacementTags"]]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,256}", part) for tag in tags for part in tag.values())


DISALLOWED = {"BCC", "CC", "Content-Disposition", "Content-Type", "Date", "From", "Message-ID", "MIME-Version"}
DISALLOWED |= {"Reply-To", "Return-Path", "Subject", "To"}


def test_no_header_is_one_that_ses_sets_itself_and_none_stands_twice() -> None:
    said = asked(payload(1))
    named = [header["Name"] for header in said["DefaultContent"]["Template"]["Headers"]]
    named += [header["Name"] for header in said["BulkEmailEntries"][0]["ReplacementHeaders"]]
    assert DISALLOWED.isdisjoint(named)
    assert len(set(named)) == len(named) <= 15

"""What Amazon SES tells -> events, when it is SES that tells it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from digest.adapters.providers.ses import Ses
from digest.errors import Unproven
from digest.model.feedback import BounceClass, Event, EventKind
from tests.adapters.events.topic import CONFIRM, NOW, TOPIC, lookup, notification, signed, wish

MAIL: dict[str, Any] = {
    "timestamp": "2026-05-15T06:30:00.000Z",
    "messageId": "m-1",
    "destination": ['"Réader" <reader1@example.org>'],
    "headers": [{"name": "List-Unsubscribe", "value": "<https://example.org/u/secret>"}],
    "commonHeaders": {"subject": "Subject"},
    "tags": {"batch": ["b-1"], "delivery": ["7"], "ses:configuration-set": ["letters"]},
}
BOUNCE: dict[str, Any] = {
    "bounceType": "Permanent",
    "bounceSubType": "General",
    "bouncedRecipients": [
        {
            "emailAddress": "reader1@example.org",
            "action": "failed",
            "status": "5.1.1",
            "diagnosticCode": "smtp; 550 5.1.1 user unknown",
        }
    ],
    "timestamp": "2026-05-15T06:31:00.123Z",
    "feedbackId": "f-1",
}
ses = Ses(region="eu-west-1", topic_arn=TOPIC, certificate=lookup)


def hear(message: object, **changes: Any) -> tuple[Event, ...]:
    return ses.events({}, signed(notification(message, **changes)), now=NOW)


def read(word: str, **about: object) -> Event:
    (event,) = hear({"eventType": word, "mail": MAIL, **about})
    return event


def test_a_bounce_is_told_with_whose_copy_it_was_and_without_the_mail_s_headers() -> None:
    event = read("Bounce", bounce=BOUNCE)
    assert (event.kind, event.bounce, event.status) == (EventKind.BOUNCED, BounceClass.HARD, "5.1.1")
    assert (event.provider, event.batch_id, event.delivery_id) == ("ses", "b-1", 7)
    assert (event.address, event.detail) == ("reader1@example.org", "smtp; 550 5.1.1 user unknown")
    assert event.at == datetime(2026, 5, 15, 6, 31, 0, 123_000, tzinfo=UTC)
    assert json.loads(event.payload)["bounce"] == BOUNCE
    assert "secret" not in event.payload
    assert not event.speaks_for_batch


def test_an_event_speaks_for_its_own_copy_alone() -> None:
    assert not read("Delivery").speaks_for_batch


def bounced(kind: str, subtype: str, **recipient: object) -> dict[str, object]:
    who = {"emailAddress": "reader1@example.org", **recipient}
    return {"bounce": BOUNCE | {"bounceType": kind, "bounceSubType": subtype, "bouncedRecipients": [who]}}


HARD, SOFT, OURS = BounceClass.HARD, BounceClass.SOFT, BounceClass.OURS


@pytest.mark.parametrize(
    ("about", "bounce"),
    [
        (bounced("Permanent", "General"), HARD),
        (bounced("Permanent", "NoEmail"), HARD),
        (bounced("Permanent", "Suppressed"), HARD),
        (bounced("Permanent", "OnAccountSuppressionList"), HARD),
        (bounced("Permanent", "General", status="5.7.1"), OURS),
        (bounced("Permanent", "General", diagnosticCode="smtp; 552 5.2.2 full"), SOFT),
        (bounced("Permanent", "General", status="4.4.7"), SOFT),
        (bounced("Permanent", "New in 2027"), SOFT),
        (bounced("Transient", "General"), SOFT),
        (bounced("Transient", "General", status="5.1.1"), SOFT),
        (bounced("Transient", "General", status="5.7.1"), OURS),
        (bounced("Transient", "MailboxFull", status="5.2.2"), SOFT),
        (bounced("Transient", "CustomTimeoutExceeded"), SOFT),
        (bounced("Transient", "MessageTooLarge", status="5.3.4"), OURS),
        (bounced("Transient", "ContentRejected"), OURS),
        (bounced("Transient", "AttachmentRejected"), OURS),
        (bounced("Undetermined", "Undetermined"), SOFT),
        ({}, SOFT),
    ],
)
def test_a_bounce_is_classed_by_its_type_and_its_code_is_never_harder(
    about: dict[str, object], bounce: BounceClass
) -> None:
    event = read("Bounce", **about)
    assert (event.kind, event.bounce) == (EventKind.BOUNCED, bounce)


@pytest.mark.parametrize(
    ("word", "about", "kind", "detail"),
    [
        ("Send", {"send": {}}, EventKind.ACCEPTED, ""),
        ("Delivery", {"delivery": {"recipients": ["reader1@example.org"], "smtpResponse": "250 ok"}}, "", "250 ok"),
        (
            "DeliveryDelay",
            {
                "deliveryDelay": {
                    "delayType": "MailboxFull",
                    "delayedRecipients": [{"emailAddress": "reader1@example.org"}],
                }
            },
            EventKind.DEFERRED,
            "MailboxFull",
        ),
        (
            "Complaint",
            {"complaint": {"complainedRecipients": [{"emailAddress": "reader1@example.org"}]}},
            EventKind.COMPLAINED,
            "",
        ),
        ("Complaint", {"complaint": {"complaintFeedbackType": "abuse"}}, EventKind.COMPLAINED, "abuse"),
        ("Complaint", {"complaint": {"complaintFeedbackType": "not-spam"}}, EventKind.UNKNOWN, "not-spam"),
        (
            "Subscription",
            {"subscription": {"newTopicPreferences": {"unsubscribeAll": True}}},
            EventKind.UNSUBSCRIBED,
            "",
        ),
        ("Subscription", {"subscription": {"newTopicPreferences": {"unsubscribeAll": False}}}, EventKind.UNKNOWN, ""),
        ("Open", {"open": {}}, EventKind.UNKNOWN, ""),
        ("Click", {"click": {}}, EventKind.UNKNOWN, ""),
        ("New in 2027", {}, EventKind.UNKNOWN, ""),
    ],
)
def test_every_kind_has_its_word_and_what_is_not_known_is_kept_as_unknown(
    word: str, about: dict[str, object], kind: EventKind, detail: str
) -> None:
    event = read(word, **about)
    assert (event.kind, event.bounce, event.detail) == (kind or EventKind.DELIVERED, None, detail)
    assert (event.address, event.batch_id, event.delivery_id) == ("reader1@example.org", "b-1", 7)


@pytest.mark.parametrize(
    ("word", "about", "detail"),
    [
        ("Reject", {"reject": {"reason": "Bad content"}}, "Bad content"),
        ("Rendering Failure", {"failure": {"errorMessage": "Attribute 'link' is not present"}}, "Attribute 'link'"),
    ],
)
def test_a_mail_that_never_left_ses_is_ours(word: str, about: dict[str, object], detail: str) -> None:
    event = read(word, **about)
    assert (event.kind, event.bounce) == (EventKind.BOUNCED, BounceClass.OURS)
    assert event.detail.startswith(detail)


def test_every_reader_of_a_bounce_is_an_event() -> None:
    who = [{"emailAddress": f"reader{n}@example.org", "status": f"5.{n}.1"} for n in (1, 7)]
    events = hear({"eventType": "Bounce", "mail": MAIL, "bounce": BOUNCE | {"bouncedRecipients": who}})
    assert [(event.address, event.bounce) for event in events] == [
        ("reader1@example.org", BounceClass.HARD),
        ("reader7@example.org", BounceClass.OURS),
    ]
    assert len({event.id for event in events}) == 2


def test_the_same_event_by_another_road_has_the_same_name() -> None:
    by_set = read("Bounce", bounce=BOUNCE)
    bare = {name: value for name, value in MAIL.items() if name != "tags"}
    (by_identity,) = hear({"notificationType": "Bounce", "mail": bare, "bounce": BOUNCE}, MessageId="n-2")
    assert by_identity.id == by_set.id
    assert (by_identity.kind, by_identity.batch_id) == (EventKind.BOUNCED, "")
    assert read("Bounce", bounce=BOUNCE | {"feedbackId": "f-2"}).id != by_set.id
    assert read("Complaint", complaint={"feedbackId": "f-1"}).id != by_set.id


@pytest.mark.parametrize("mail", [None, [], {}, {"tags": [], "destination": None}, {"tags": {"delivery": []}}])
def test_an_event_of_nobody_is_an_event_all_the_same(mail: object) -> None:
    (event,) = hear({"eventType": "Send", "mail": mail})
    assert (event.kind, event.batch_id, event.delivery_id, event.address) == (EventKind.ACCEPTED, "", 0, "")
    assert event.at == datetime(2026, 5, 15, 6, 59, tzinfo=UTC)


@pytest.mark.parametrize("message", ["Successfully validated SNS topic for Amazon SES event publishing.", "[]"])
def test_what_is_no_event_of_ses_is_kept_as_unknown(message: str) -> None:
    (event,) = hear(message)
    assert (event.id, event.kind, event.detail) == ("n-1", EventKind.UNKNOWN, message)


def test_the_topic_s_wish_to_be_confirmed_says_where() -> None:
    (event,) = ses.events({}, signed(wish()), now=NOW)
    assert (event.id, event.kind, event.detail) == ("n-1", EventKind.UNKNOWN, CONFIRM)
    (other,) = ses.events({}, signed(wish("UnsubscribeConfirmation")), now=NOW)
    assert (other.kind, "https:" in other.detail) == (EventKind.UNKNOWN, False)


def test_without_the_topic_or_by_another_key_nothing_is_heard() -> None:
    body = signed(notification({"eventType": "Complaint", "mail": MAIL}))
    with pytest.raises(Unproven, match="no proof"):
        Ses(region="eu-west-1", certificate=lookup).events({}, body, now=NOW)
    with pytest.raises(Unproven, match="not by SNS's certificate"):
        ses.events({}, signed(notification({"eventType": "Complaint"}), by=1), now=NOW)

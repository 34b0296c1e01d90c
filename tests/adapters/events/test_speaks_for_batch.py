"""What proves that one copy was taken proves it of its batch only where a call is taken or refused as a whole."""

from datetime import UTC, datetime

from digest.adapters.events import brevo, postmark, resend

NOW = datetime(2026, 5, 15, 6, 30, tzinfo=UTC)


def test_a_message_of_a_call_whose_messages_fare_singly_speaks_for_itself() -> None:
    assert not postmark.event({"RecordType": "Delivery", "Tag": "t"}, now=NOW).speaks_for_batch
    heard = resend.of_webhook({"type": "email.delivered", "data": {"to": ["a@example.org"]}}, name="n", now=NOW)
    assert [event.speaks_for_batch for event in heard] == [False]


def test_a_message_of_a_call_that_is_taken_as_a_whole_speaks_for_all() -> None:
    assert brevo.event({"event": "delivered", "email": "a@example.org"}, now=NOW).speaks_for_batch

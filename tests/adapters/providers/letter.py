"""One email and envelope for the tests of every provider."""

from datetime import UTC, date, datetime

from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email, Envelope

EMAIL = Email(
    subject="Nurses’ pay: talks resume",
    preheader="",
    html=f'<p>Héllo</p><a href="{UNSUBSCRIBE_PLACEHOLDER}">Unsubscribe</a>',
    text=f"Héllo\nUnsubscribe: {UNSUBSCRIBE_PLACEHOLDER}\n",
)
PLAIN = Email(
    subject="Subject",
    preheader="",
    html=f'<a href="{UNSUBSCRIBE_PLACEHOLDER}">x</a>',
    text=f"Text {UNSUBSCRIBE_PLACEHOLDER}\n",
)
ENVELOPE = Envelope(
    newsletter="daily",
    day=date(2026, 5, 15),
    sender='"The Round-up" <news@example.org>',
    reply_to="desk@example.org",
    list_id="daily.example.org",
    sent_at=datetime(2026, 5, 15, 6, 30, tzinfo=UTC),
    message_domain="example.org",
)
TAG = "0b5f5b0e-58d2-5f8e-8d0c-6f6d1d0f7b11"
HOSTILE = (
    "A plain title",
    "Ünïcode “quotes” — and 🗳️",
    '"; name="to"\r\n\r\nevil@example.org',
    "--boundary--\r\n--boundary",
    "%recipient.unsubscribe% %unsubscribe_url% {{name}}",
    "\x00\x08\u202e",
    "'; DROP TABLE readers; --",
)
"""Titles that would be more than a title, if they could."""

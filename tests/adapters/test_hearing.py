"""What providers say is made fit for the books, whatever stands in their JSON."""

import json
from datetime import UTC, datetime

import pytest

from digest.adapters.events.postmark import event
from digest.adapters.hearing import kept, parsed, text

NOW = datetime(2026, 5, 15, 6, 30, tzinfo=UTC)
HALF = b'{"Details": "cut emoji \\ud83d"}'


def test_half_a_character_becomes_a_question_mark_and_a_whole_one_stays() -> None:
    assert text(json.loads('"\\ud83d cut, \\ud83d\\udc4d whole"')) == "? cut, 👍 whole"
    assert kept(parsed(HALF)) == '{"Details": "cut emoji ?"}'


@pytest.mark.parametrize("field", ["Details", "Email", "Tag"])
def test_no_field_of_an_event_has_half_a_character(field: str) -> None:
    said = json.loads(json.dumps({"RecordType": "Bounce", "Type": "HardBounce", field: "cut \ud83d"}))
    told = event(said, now=NOW)
    for value in (told.detail, told.address, told.batch_id, told.payload, told.id):
        assert value.isprintable()
        value.encode()

"""Requests against the providers' own specifications."""

from pathlib import Path

import pytest

from digest.errors import UsageError
from digest.simulator.server import simulator
from tests.simulator.calls import CALLS, Sent, readers

BROKEN = {
    "mailgun": ("o:tag", "o:gat"),
    "ses": ('"BulkEmailEntries"', '"Entries"'),
    "resend": ('"subject"', '"title"'),
    "brevo": ('"params": {', '"params": 1, "x": {'),
    "postmark": ('"Subject": "Copy 1"', '"Subject": 1'),
    "sendgrid": ('"from"', '"sender"'),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", CALLS)
def test_a_right_call_passes_and_a_wrong_one_is_told_where(shared: Path, name: str) -> None:
    sent = CALLS[name](readers(2))
    with simulator(name, specs=shared / "data" / "specs") as running:
        accepted = sent.to(running)
        assert accepted.ok, accepted.text
        if name == "mailgun":
            return  # its form has a name for everything, and takes any other
        old, new = BROKEN[name]
        wrong = sent.content().replace(old.encode(), new.encode())
        assert wrong != sent.content()
        refused = Sent(path=sent.path, headers=sent.headers, body=wrong).to(running)
        assert (refused.status_code, len(running.copies())) == (400, 2)
    assert "as " in refused.text
    assert "has it: $" in refused.text


def test_specifications_that_are_not_there_stop_the_start(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"openapi\.yaml"), simulator("mailgun", specs=tmp_path):
        pass

from dataclasses import replace
from email import policy
from email.parser import BytesParser
from pathlib import Path

from digest.adapters.providers.outbox import Outbox
from digest.model.mail import Outcome, Recipient
from digest.ports.world import Provider
from tests.adapters.providers.letter import ENVELOPE
from tests.adapters.providers.letter import PLAIN as EMAIL


def reader(n: int, address: str = "") -> Recipient:
    return Recipient(
        delivery_id=n,
        address=address or f"r{n}@example.org",
        name="",
        unsubscribe_url=f"https://example.org/u/{n}",
    )


def files(directory: Path) -> list[Path]:
    return sorted(path for path in directory.rglob("*") if path.is_file())


def test_every_reader_gets_one_file_with_a_link_of_their_own(tmp_path: Path) -> None:
    outbox: Provider = Outbox(tmp_path)
    assert outbox.submit(outbox.payload(EMAIL, ENVELOPE, [reader(1), reader(2)], tag="t")).outcome is Outcome.ACCEPTED
    found = files(tmp_path)
    assert [path.parent.name for path in found] == ["2026-05-15-daily"] * 2
    assert [path.name.split("-")[0] for path in found] == ["1", "2"]
    for n, path in enumerate(found, start=1):
        message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
        assert message["To"] == f"r{n}@example.org"
        assert message["List-Unsubscribe"] == f"<https://example.org/u/{n}>"
        body = message.get_body(("plain",))
        assert body is not None
        assert body.get_content() == f"Text https://example.org/u/{n}\r\n"


def test_a_file_that_is_there_is_never_written_again(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    payload = outbox.payload(EMAIL, ENVELOPE, [reader(1)], tag="t")
    outbox.submit(payload)
    (path,) = files(tmp_path)
    before = path.stat()
    path.write_bytes(b"somebody has read and marked it")
    assert outbox.submit(payload).outcome is Outcome.ACCEPTED
    assert path.read_bytes() == b"somebody has read and marked it"
    assert path.stat().st_ino == before.st_ino
    assert files(tmp_path) == [path]


def test_no_address_stands_in_a_file_s_name(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    outbox.submit(outbox.payload(EMAIL, ENVELOPE, [reader(1, "../../etc/passwd@example.org")], tag="t"))
    outbox.submit(outbox.payload(EMAIL, ENVELOPE, [reader(2, "secret@example.org")], tag="t"))
    assert all("secret" not in str(path) and ".." not in str(path) for path in files(tmp_path))


def test_a_newsletters_name_never_leads_out_of_the_outbox(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox")
    outbox.submit(outbox.payload(EMAIL, replace(ENVELOPE, newsletter="Saturday_Letter"), [reader(1)], tag="t"))
    assert [path.parent.name for path in files(tmp_path)] == ["2026-05-15-saturday-letter"]


def test_a_reader_for_whom_no_message_can_be_made_is_refused_alone(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    wrong = reader(2, "x@example.org\r\nBcc: all@example.org")
    receipt = outbox.submit(outbox.payload(EMAIL, ENVELOPE, [reader(1), wrong, reader(3), wrong], tag="t"))
    assert receipt.outcome is Outcome.ACCEPTED
    assert [(fate.delivery_id, fate.outcome) for fate in receipt.fates] == [(2, Outcome.REJECTED)] * 2
    assert all("address" in fate.detail for fate in receipt.fates)
    assert len(files(tmp_path)) == 2


def test_a_batch_without_a_single_possible_message_is_rejected(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    receipt = outbox.submit(outbox.payload(EMAIL, replace(ENVELOPE, sender="nobody"), [reader(1)], tag="t"))
    assert receipt.outcome is Outcome.REJECTED
    assert "nobody" in receipt.detail


def test_a_proof_that_changed_is_another_file(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    for email in (EMAIL, EMAIL, replace(EMAIL, subject="Better")):
        outbox.submit(outbox.payload(email, ENVELOPE, [reader(0)], tag="proof"))
    assert [path.name.split("-")[0] for path in files(tmp_path)] == ["proof", "proof"]


def test_a_disk_that_cannot_be_written_is_retryable(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file where the folder should be")
    outbox = Outbox(tmp_path / "outbox")
    receipt = outbox.submit(outbox.payload(EMAIL, ENVELOPE, [reader(1)], tag="t"))
    assert receipt.outcome is Outcome.RETRYABLE
    assert "cannot be written" in receipt.detail


def test_an_empty_batch_is_accepted_and_writes_nothing(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    assert outbox.submit(outbox.payload(EMAIL, ENVELOPE, [], tag="t")).outcome is Outcome.ACCEPTED
    assert files(tmp_path) == []

"""Our own adapters against the other side: every reader has one copy, of the right letter, with a link of his own."""

from collections.abc import Iterator
from contextlib import nullcontext
from html import escape, unescape
from pathlib import Path

import pytest

from digest.adapters.provider_registry import PROVIDERS
from digest.errors import ProviderMisused
from digest.model.mail import UNSUBSCRIBE_PLACEHOLDER, Email, Outcome, Recipient, Trace
from digest.render.header import header_text
from digest.render.merge import WORD_JOINER
from digest.render.mime import LONGEST_SUBJECT
from digest.simulator.names import DIALECTS
from digest.simulator.server import Habits, Running, simulator
from tests.adapters.providers.letter import EMAIL, ENVELOPE, HOSTILE, TAG
from tests.simulator.roads import ROADS, batches, letter, provider, readers


def test_every_simulator_has_its_road() -> None:
    assert set(ROADS) == set(DIALECTS) <= set(PROVIDERS)


@pytest.mark.parametrize("name", ROADS)
def test_each_reader_of_a_full_call_has_one_copy_with_a_link_of_his_own(name: str) -> None:
    with simulator(name) as running:
        road = provider(name, running.url)
        everybody = readers(road.batch_size)
        assert road.submit(road.payload(EMAIL, ENVELOPE, everybody, tag=TAG)).outcome is Outcome.ACCEPTED
        copies = running.copies()
    assert [copy["address"] for copy in copies] == [reader.address for reader in everybody]
    assert [copy["delivery"] for copy in copies] == [str(reader.delivery_id) for reader in everybody]
    assert [copy["list_unsubscribe"] for copy in copies] == [f"<{reader.unsubscribe_url}>" for reader in everybody]
    assert {copy["tag"] for copy in copies} == {TAG}
    assert {copy["subject"] for copy in copies} == {EMAIL.subject}


@pytest.fixture(scope="module", params=ROADS)
def checked(
    request: pytest.FixtureRequest, shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Running, Path]]:
    """A simulator that checks each request against the provider's own specification, and keeps the letters."""
    folder = tmp_path_factory.mktemp(request.param)
    with simulator(request.param, habits=Habits(letters=folder), specs=shared / "data" / "specs") as running:
        yield request.param, running, folder


@pytest.mark.shared
@pytest.mark.parametrize(("full_calls", "more"), [(0, 1), (0, 2), (1, -1), (1, 0), (1, 1)])
def test_whatever_the_number_of_readers_each_reads_the_letter_as_it_was_approved(
    checked: tuple[str, Running, Path], full_calls: int, more: int
) -> None:
    name, running, folder = checked
    running.reset()
    road, email = provider(name, running.url), letter()
    everybody = readers(full_calls * road.batch_size + more)
    for tag, batch in batches(everybody, road.batch_size):
        receipt = road.submit(road.payload(email, ENVELOPE, batch, tag=tag))
        assert receipt.outcome is Outcome.ACCEPTED, (receipt, running.calls()[-1].refused)
    copies = running.copies()
    assert [(copy["address"], copy["delivery"], copy["list_unsubscribe"], copy["tag"]) for copy in copies] == [
        (reader.address, str(reader.delivery_id), f"<{reader.unsubscribe_url}>", tag)
        for tag, batch in batches(everybody, road.batch_size)
        for reader in batch
    ]
    for place, (copy, reader) in enumerate(zip(copies, everybody, strict=True)):
        reads_as_approved(email, reader, copy, folder / f"{copy['call']}-{place % road.batch_size}")


@pytest.mark.shared
def test_every_hostile_title_is_the_subject_that_was_approved(checked: tuple[str, Running, Path]) -> None:
    name, running, folder = checked
    running.reset()
    road = provider(name, running.url)
    for number, title in enumerate(HOSTILE):
        email = letter(title)
        (reader,) = readers(1)
        receipt = road.submit(road.payload(email, ENVELOPE, [reader], tag=f"{TAG[:-1]}{number}"))
        assert receipt.outcome is Outcome.ACCEPTED, (title, receipt)
        (copy,) = running.copies(f"{TAG[:-1]}{number}")
        reads_as_approved(email, reader, copy, folder / f"{copy['call']}-0")


@pytest.mark.shared
def test_every_question_is_one_that_the_specification_allows(checked: tuple[str, Running, Path]) -> None:
    name, running, _ = checked
    running.reset()
    road = provider(name, running.url)
    assert road.search(TAG, since=ENVELOPE.sent_at) is (Trace.MISSING if road.search_after else Trace.UNKNOWN)
    with pytest.raises(ProviderMisused) if name == "ses" else nullcontext():
        assert list(road.pull(since=running.now())) == []


def reads_as_approved(email: Email, reader: Recipient, copy: dict[str, object], path: Path) -> None:
    """Both parts and the subject say what they should: no placeholder and no variable is left, no brace is gone."""
    html, text = path.with_suffix(".html").read_bytes().decode(), path.with_suffix(".txt").read_bytes().decode()
    assert unescape(html) == unescape(email.html.replace(UNSUBSCRIBE_PLACEHOLDER, escape(reader.unsubscribe_url)))
    assert as_read(text) == as_read(email.text.replace(UNSUBSCRIBE_PLACEHOLDER, reader.unsubscribe_url))
    assert as_read(str(copy["subject"])).strip() == as_read(header_text(email.subject, LONGEST_SUBJECT))


def as_read(text: str) -> str:
    """Without what has no width: it keeps braces apart, and nobody sees it."""
    return text.replace(WORD_JOINER, "")

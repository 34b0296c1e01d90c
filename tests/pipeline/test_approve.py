"""What was approved is what is sent; every word on an edition is in its history."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from digest.edit.codec import load
from digest.errors import ChecksFailed, EditionRefused, Overtaken, ProviderMisused, StoreError, UsageError
from digest.model.mail import EditionRecord, EditionState, Outcome, Receipt
from digest.model.schedule import Policy
from digest.pipeline.approve import apply_policy, approve
from digest.pipeline.draft import draft
from digest.pipeline.gather import collect_now
from digest.pipeline.proof import proof
from digest.pipeline.send import send
from digest.pipeline.tick import at_once, tick
from digest.pipeline.withhold import cancel, hold, resume
from digest.render.fingerprint import sha256
from tests.pipeline.conftest import DAILY, READERS, SOURCES, Room

FRIDAY = date(2026, 5, 15)


def test_the_approved_bytes_are_the_sent_bytes(room: Room) -> None:
    record = room.approved()
    assert record.state is EditionState.APPROVED
    send(record, line=room.line)
    assert {sha256(email) for email in room.provider.emails} == {record.sha256}


def test_a_draft_is_replaced_while_nobody_has_signed_it_and_never_after(room: Room) -> None:
    first = room.drafted()
    room.publishes(SOURCES[2], ("Labour MP calls for Wensley bypass inquiry in Commons", "She spoke on Thursday."))
    second = room.drafted()
    assert second.id == first.id
    assert "Wensley" in (second.email.text if second.email else "")
    signed = approve(second, by="Ada", now=room.clock.now, line=room.line)
    room.publishes(SOURCES[2], ("Labour peer quits Lords over Ditton bridge row", "He went on Thursday."))
    assert room.drafted() == signed


def test_what_was_held_stays_held_when_it_is_drafted_anew(room: Room) -> None:
    hold(room.drafted(), by="Ada", reason="a doubt", now=room.clock.now, line=room.line)
    again = room.drafted()
    assert (again.state, again.reason) == (EditionState.HELD, "a doubt")
    room.clock.moves_on(hours=1)
    tick(room.line)
    assert room.provider.copies == {}


def test_of_two_ticks_at_once_the_first_draft_stands(room: Room) -> None:
    first = room.drafted()
    room.publishes(SOURCES[2], ("Labour MP calls for Wensley bypass inquiry in Commons", "She spoke on Thursday."))
    collect_now(room.line, room.clock.now)
    second = draft(DAILY, day=FRIDAY, now=room.clock.now, line=room.line, may_replace=False)
    assert second.edition_json == first.edition_json


def test_nobody_signs_an_edition_twice_or_one_that_was_sent(room: Room) -> None:
    record = room.approved()
    for _ in range(2):
        with pytest.raises(EditionRefused, match="can be approved only while it is draft or held"):
            approve(room.line.editions.get(record.id), by="Eve", now=room.clock.now, line=room.line)
        send(room.line.editions.get(record.id), line=room.line)


def test_a_draft_that_changed_while_it_was_being_signed_is_not_signed(room: Room) -> None:
    seen = room.drafted()
    room.publishes(SOURCES[2], ("Labour MP calls for Wensley bypass inquiry in Commons", "She spoke on Thursday."))
    room.drafted()
    with pytest.raises(EditionRefused, match="moved or drafted anew while it was being signed"):
        approve(seen, by="Ada", now=room.clock.now, line=room.line)


def test_what_was_signed_in_spite_of_a_warning_says_so_in_the_history(room: Room) -> None:
    title = "Labour council in Stannerby will keep its library open after a night of votes, its leader says"
    room.publishes(SOURCES[0], (title, "Councillors voted late."))
    room.fetcher.falls_silent(SOURCES[1].url)
    record = room.approved()
    assert "in spite of:" in room.line.editions.history(record.id)[-1][3]


def test_an_empty_edition_cannot_be_signed(room: Room) -> None:
    for source in SOURCES:
        room.fetcher.falls_silent(source.url)
    with pytest.raises(EditionRefused, match="is empty"):
        room.approved()


def test_a_letter_that_fails_its_checks_cannot_be_signed_and_the_policy_holds_it(room: Room) -> None:
    record = room.drafted()
    assert record.email is not None
    broken = replace(record.email, html=record.email.html + "{{ forgotten }}")
    edition = load(record.edition_json).edition
    draft_state = EditionState.DRAFT
    content = (edition, record.edition_json, broken)
    room.line.editions.replace_draft(
        record.id, *content, expected=draft_state, state=draft_state, reason="", at=room.clock.now
    )
    record = room.line.editions.get(record.id)
    with pytest.raises(ChecksFailed, match=r"leftover|template|forgotten"):
        approve(record, by="Ada", now=room.clock.now, line=room.line)
    held = apply_policy(replace(DAILY, policy=Policy.SEND), record, now=room.clock.now, line=room.line)
    assert held.state is EditionState.HELD
    assert "{{" in held.reason or "template" in held.reason


def test_a_held_edition_can_be_signed_and_a_cancelled_one_not(room: Room) -> None:
    record = hold(room.drafted(), by="Ada", reason="a doubt", now=room.clock.now, line=room.line)
    signed = approve(record, by="Ben", now=room.clock.now, line=room.line)
    assert signed.approved_by == "Ben"
    gone = cancel(signed, by="Ben", reason="overtaken", now=room.clock.now, line=room.line)
    assert gone.state is EditionState.CANCELLED
    for act in (hold, cancel):
        with pytest.raises(EditionRefused, match="is cancelled"):
            act(gone, by="Ben", reason="", now=room.clock.now, line=room.line)
    history = room.line.editions.history(record.id)
    assert next((who, why) for _, who, _, why in history if who in {"Ada", "Ben"}) == ("Ada", "a doubt")


def test_sending_pauses_goes_on_and_reaches_everybody_once(room: Room) -> None:
    record = room.approved()
    room.provider.answers(Receipt(outcome=Outcome.RETRYABLE, detail="429", retry_after=60))
    send(record, line=room.line)
    paused = hold(room.line.editions.get(record.id), by="Ada", reason="a typo", now=room.clock.now, line=room.line)
    assert paused.state is EditionState.PAUSED
    room.clock.moves_on(minutes=5)
    send(paused, line=room.line)
    tick(room.line)
    assert len(room.provider.copies) == 3
    send(resume(paused, by="Ada", now=room.clock.now, line=room.line), line=room.line)
    assert room.provider.copies == dict.fromkeys(READERS, 1)
    with pytest.raises(EditionRefused, match="resumed only while it is paused"):
        resume(room.line.editions.get(record.id), by="Ada", now=room.clock.now, line=room.line)


def test_a_sender_that_is_paused_between_two_batches_stops_there(room: Room) -> None:
    record = room.approved()

    def pause(*_: object) -> None:
        if len(room.provider.accepted) == 2 and room.line.editions.get(record.id).state is EditionState.SENDING:
            hold(room.line.editions.get(record.id), by="Ada", reason="stop", now=room.clock.now, line=room.line)

    send(record, line=replace(room.line, progress=pause))
    assert len(room.provider.copies) == 2
    assert room.line.editions.get(record.id).state is EditionState.PAUSED


def test_a_call_we_cannot_build_is_cut_smaller_and_everybody_gets_a_copy(room: Room) -> None:
    record = room.approved()
    room.provider.refuses_to_build(ProviderMisused("two thousand recipients in one call", mend="cut smaller."))
    balance = send(record, line=room.line)
    assert (balance.rejected, balance.accepted, balance.is_exact) == (0, 5, True)


def test_bytes_that_changed_after_signing_are_never_sent(room: Room) -> None:
    record = room.approved()
    line = room.line

    class Tampered:
        def __getattr__(self, name: str) -> object:
            return getattr(line.editions, name)

        def get(self, edition_id: int) -> EditionRecord:
            found = line.editions.get(edition_id)
            assert found.email is not None
            return replace(found, email=replace(found.email, text="Vote for us"))

    with pytest.raises(EditionRefused, match="no longer have the hash"):
        send(record, line=replace(line, editions=Tampered()))  # type: ignore[arg-type]
    assert room.provider.copies == {}


def test_an_edition_prepared_for_one_provider_is_not_sent_by_another(room: Room) -> None:
    record = room.approved()
    room.provider.answers(Receipt(outcome=Outcome.RETRYABLE, detail="429", retry_after=60))
    send(record, line=room.line)
    room.provider.name = "another"
    with pytest.raises(EditionRefused, match="was prepared for fake"):
        send(room.line.editions.get(record.id), line=room.line)


def test_a_batch_of_a_dead_worker_is_taken_over_where_a_replay_is_safe(room: Room) -> None:
    record = room.approved()
    room.line.ledger.prepare(record.id, list_domain="example.org", provider="fake", batch_size=2, at=room.clock.now)
    room.line.ledger.claim(record.id, worker="dead", at=room.clock.now, lease_seconds=300)
    room.registry.buries("dead")
    room.provider.replay_for = timedelta.max
    balance = send(room.line.editions.get(record.id), line=room.line)
    assert balance.is_exact
    assert room.provider.copies == dict.fromkeys(READERS, 1)


def test_who_left_after_the_audience_was_frozen_gets_no_copy_and_is_counted(room: Room) -> None:
    record = room.approved()
    room.line.ledger.prepare(record.id, list_domain="example.org", provider="fake", batch_size=2, at=room.clock.now)
    first = next(iter(room.line.ledger.deliveries(record.id)))
    room.line.readers.unsubscribe(first.delivery_id, at=room.clock.now)
    balance = send(room.line.editions.get(record.id), line=room.line)
    assert (balance.accepted, balance.is_exact) == (4, True)
    assert first.address not in room.provider.copies


def test_proofs_go_to_editors_only(room: Room) -> None:
    record = room.drafted()
    with pytest.raises(UsageError, match=r"stranger@example\.org is not an editor"):
        proof(DAILY, record, ("stranger@example.org",), now=room.clock.now, line=room.line)
    room = room.with_newsroom(editors=("ada@example.org",))
    assert proof(DAILY, record, ("ada@example.org",), now=room.clock.now, line=room.line) == ()
    assert room.line.editions.get(record.id).state is EditionState.DRAFT


def test_there_is_no_proof_of_nothing(room: Room) -> None:
    for source in SOURCES:
        room.fetcher.falls_silent(source.url)
    with pytest.raises(EditionRefused, match="is empty"):
        proof(DAILY, room.drafted(), (), now=room.clock.now, line=room.line)


@pytest.mark.parametrize("policy", list(Policy))
@pytest.mark.parametrize("word", ["approve", "hold", "cancel"])
def test_what_a_person_did_while_the_policy_was_at_work_stands(room: Room, policy: Policy, word: str) -> None:
    seen = room.drafted()
    acts = {
        "approve": lambda: approve(seen, by="Ada", now=room.clock.now, line=room.line),
        "hold": lambda: hold(seen, by="Ada", reason="libel!", now=room.clock.now, line=room.line),
        "cancel": lambda: cancel(seen, by="Ada", reason="overtaken", now=room.clock.now, line=room.line),
    }
    standing = acts[word]()
    after = apply_policy(replace(DAILY, policy=policy), seen, now=room.clock.now, line=room.line)
    assert after == standing
    assert room.line.editions.history(seen.id)[-1][1] == "Ada"


def test_a_draft_that_was_held_while_it_was_being_signed_is_not_signed(room: Room) -> None:
    seen = room.drafted()
    hold(seen, by="Ada", reason="libel!", now=room.clock.now, line=room.line)
    with pytest.raises(Overtaken):
        approve(seen, by="Ben", now=room.clock.now, line=room.line)


def test_at_once_lets_stand_what_somebody_did_between_its_draft_and_its_signature(room: Room) -> None:
    def meddle(stage: str, done: int, total: int) -> None:
        record = room.line.editions.find("daily", FRIDAY)
        if stage == "render" and done and record is not None:
            hold(record, by="Ada", reason="libel!", now=room.clock.now, line=room.line)

    room.drafted()
    outcome = at_once(replace(room.line, progress=meddle), ["daily"]).outcomes[0]
    assert outcome.done[-1] == "nothing to send: the edition of 2026-05-15 is held (libel!)"
    assert room.provider.copies == {}


def test_at_once_beside_another_run_that_was_faster_sends_nothing_twice(room: Room) -> None:
    class Slow:
        def __getattr__(self, name: str) -> object:
            return getattr(room.line.editions, name)

        def approve(self, edition_id: int, *given: object, **named: object) -> bool:
            at_once(room.line, ["daily"])
            return room.line.editions.approve(edition_id, *given, **named)  # type: ignore[arg-type]

    outcome = at_once(replace(room.line, editions=Slow()), ["daily"]).outcomes[0]  # type: ignore[arg-type]
    assert outcome.done[-1] == "nothing to send: the edition of 2026-05-15 is sent"
    assert room.provider.copies == dict.fromkeys(READERS, 1)


def test_a_provider_that_refuses_us_pauses_the_edition_and_loses_nobody(room: Room) -> None:
    record = room.approved()
    room.provider.answers(Receipt(outcome=Outcome.RETRYABLE, detail="HTTP 401: wrong key", halts=True))
    balance = send(record, line=room.line)
    paused = room.line.editions.get(record.id)
    assert (paused.state, paused.reason) == (EditionState.PAUSED, "fake refuses us: HTTP 401: wrong key")
    assert (balance.accepted, balance.pending) == (0, len(READERS))
    room.clock.moves_on(minutes=10)
    send(resume(paused, by="Ada", now=room.clock.now, line=room.line), line=room.line)
    assert room.provider.copies == dict.fromkeys(READERS, 1)


def test_a_tick_at_the_moment_of_resuming_gives_up_nothing(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    record = room.approved()
    room.provider.answers(
        Receipt(outcome=Outcome.RETRYABLE, retry_after=9 * 3600.0),
        Receipt(outcome=Outcome.RETRYABLE, detail="HTTP 401", halts=True),
    )
    send(record, line=room.line)
    room.clock.moves_on(hours=7)
    move = room.line.editions.move

    def moved_and_seen(edition_id: int, **named: Any) -> bool:
        is_moved = move(edition_id, **named)
        send(room.line.editions.get(edition_id), line=room.line)
        return is_moved

    monkeypatch.setattr(room.line.editions, "move", moved_and_seen)
    resumed = resume(room.line.editions.get(record.id), by="Ada", now=room.clock.now, line=room.line)
    assert send(resumed, line=room.line).abandoned == 0


def test_an_edition_is_not_sent_to_nobody(room: Room) -> None:
    record = room.approved()
    for address in READERS:
        room.line.readers.suppress(address, reason="test", at=room.clock.now)
    with pytest.raises(EditionRefused, match="nobody is subscribed to daily"):
        send(record, line=room.line)
    assert room.line.editions.get(record.id).state is EditionState.APPROVED


def test_a_held_edition_is_approved_not_resumed(room: Room) -> None:
    held = hold(room.drafted(), by="Ada", reason="a doubt", now=room.clock.now, line=room.line)
    with pytest.raises(EditionRefused, match="held, not paused") as refused:
        resume(held, by="Ada", now=room.clock.now, line=room.line)
    assert "digest approve" in refused.value.mend


def test_a_replay_knows_nothing_of_its_future(room: Room) -> None:
    room.clock.moves_on(hours=5)
    collect_now(room.line, room.clock.now)
    room.clock.moves_on(hours=-5)
    record = draft(DAILY, day=FRIDAY, now=room.clock.now, line=room.line, may_replace=True)
    assert record.state is EditionState.EMPTY


def test_an_edition_that_is_gone_from_the_store_is_an_error_and_not_a_crash(room: Room) -> None:
    class Forgetful:
        def __getattr__(self, name: str) -> object:
            return getattr(room.line.editions, name)

        def find(self, newsletter: str, day: date) -> None:
            del newsletter, day

    line = replace(room.line, editions=Forgetful())  # type: ignore[arg-type]
    with pytest.raises(StoreError, match="is gone"):
        draft(DAILY, day=FRIDAY, now=room.clock.now, line=line, may_replace=True)

"""The exit code of a tick: the gravest of what happened to its newsletters."""

from dataclasses import replace
from datetime import date

import pytest

from digest.cli.exits import Exit, exit_code, is_whole
from digest.model.mail import Balance, EditionRecord, EditionState
from digest.pipeline.report import Outcome, TickReport

DAY = date(2026, 5, 15)
WHOLE = Balance(
    candidates=3,
    pending=0,
    accepted=3,
    rejected=0,
    suppressed=0,
    excluded=0,
    abandoned=0,
    batches=1,
    open_batches=0,
    uncertain_batches=0,
)


def record(state: EditionState) -> EditionRecord:
    return EditionRecord(
        id=1,
        newsletter="daily",
        day=DAY,
        state=state,
        reason="",
        email=None,
        sha256="",
        edition_json="{}",
        drafted_at=None,
        approved_at=None,
        approved_by="",
        provider="",
        prepared_at=None,
    )


def outcome(
    state: EditionState | None = None, *, balance: Balance | None = None, done: str = "looked", trouble: str = ""
) -> Outcome:
    return Outcome(
        newsletter="daily",
        day=DAY,
        edition=record(state) if state else None,
        balance=balance,
        done=(done,) if done else (),
        troubles=(trouble,) if trouble else (),
    )


def code(*outcomes: Outcome) -> Exit:
    return exit_code(TickReport(collected=None, outcomes=outcomes))


def test_a_tick_without_newsletters_is_done() -> None:
    assert code() is Exit.DONE


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (None, Exit.DONE),
        (EditionState.DRAFT, Exit.DONE),
        (EditionState.APPROVED, Exit.DONE),
        (EditionState.SENT, Exit.DONE),
        (EditionState.EMPTY, Exit.DONE),
        (EditionState.CANCELLED, Exit.DONE),
        (EditionState.HELD, Exit.HELD),
        (EditionState.PAUSED, Exit.HELD),
        (EditionState.FAILED, Exit.FAILED),
    ],
)
def test_the_state_of_the_edition_decides(state: EditionState | None, expected: Exit) -> None:
    assert code(outcome(state)) is expected


@pytest.mark.parametrize("part", ["pending", "rejected", "abandoned", "uncertain_batches"])
def test_copies_that_did_not_go_out_make_it_partial(part: str) -> None:
    balance = replace(WHOLE, **{part: 1})
    assert not is_whole(balance)
    assert code(outcome(EditionState.SENDING, balance=balance)) is Exit.PARTIAL


@pytest.mark.parametrize("part", ["suppressed", "excluded"])
def test_readers_who_are_not_to_be_written_to_are_no_failure(part: str) -> None:
    assert code(outcome(EditionState.SENT, balance=replace(WHOLE, **{part: 1}))) is Exit.DONE


@pytest.mark.parametrize("state", [None, EditionState.DRAFT, EditionState.APPROVED, EditionState.SENDING])
def test_an_error_is_a_failure_whether_there_is_an_edition_or_not(state: EditionState | None) -> None:
    assert code(outcome(state, done="", trouble="the database is locked")) is Exit.FAILED


def test_an_alert_that_reached_nobody_is_no_failure_of_the_edition() -> None:
    assert code(outcome(EditionState.DRAFT, trouble="the webhook answered HTTP 500")) is Exit.DONE


def test_of_several_newsletters_the_gravest_counts() -> None:
    assert code(outcome(EditionState.HELD), outcome(EditionState.SENT, balance=WHOLE)) is Exit.HELD
    partial = outcome(EditionState.SENDING, balance=replace(WHOLE, pending=1))
    assert code(partial, outcome(EditionState.HELD)) is Exit.PARTIAL
    assert code(partial, outcome(done="", trouble="x")) is Exit.FAILED

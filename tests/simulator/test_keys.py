"""Idempotency keys: how long they live, and what is said to one that was used before."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from digest.simulator.script import Do, Rule, Script
from digest.simulator.server import Habits, simulator
from tests.simulator.calls import CALLS, readers


def test_resend_gives_the_first_answer_again_for_the_same_key_and_body() -> None:
    with simulator("resend") as running:
        first, second = (CALLS["resend"](readers(2)).to(running) for _ in range(2))
        assert len(running.copies()) == 2
    assert (second.status_code, second.json()) == (200, first.json())


def test_resend_refuses_the_same_key_with_another_body() -> None:
    with simulator("resend") as running:
        CALLS["resend"](readers(2)).to(running)
        other = CALLS["resend"](readers(2), subject="Other").to(running)
        assert len(running.copies()) == 2
    assert (other.status_code, other.json()["name"]) == (409, "invalid_idempotent_request")


def test_brevo_says_that_a_key_was_used() -> None:
    with simulator("brevo") as running:
        CALLS["brevo"](readers(2)).to(running)
        again = CALLS["brevo"](readers(2)).to(running)
        assert len(running.copies()) == 2
    assert (again.status_code, again.json()["code"]) == (400, "duplicate_parameter")


@pytest.mark.parametrize(("name", "lives"), [("resend", timedelta(hours=24)), ("brevo", timedelta(minutes=30))])
def test_a_key_is_forgotten_when_its_time_is_over_and_not_before(name: str, lives: timedelta) -> None:
    with simulator(name) as running:
        CALLS[name](readers(1)).to(running)
        running.move_clock(lives - timedelta(minutes=1))
        CALLS[name](readers(1)).to(running)
        assert len(running.copies()) == 1
        running.move_clock(timedelta(minutes=1))
        CALLS[name](readers(1)).to(running)
        assert len(running.copies()) == 2


@pytest.mark.parametrize("name", ["resend", "brevo"])
def test_one_of_two_calls_at_once_under_a_key_is_accepted(name: str) -> None:
    with simulator(name, habits=Habits(delay=(0.2, 0.2))) as running, ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda _: CALLS[name](readers(1)).to(running), range(2)))
        assert len(running.copies()) == 1
    accepted, refused = sorted(answers, key=lambda answer: answer.status_code)
    assert accepted.ok
    said = refused.json()
    assert (said.get("name") or said.get("code")) in {"concurrent_idempotent_requests", "duplicate_parameter"}


@pytest.mark.parametrize("name", ["resend", "brevo"])
def test_a_call_that_failed_before_it_was_accepted_leaves_its_key_free(name: str) -> None:
    with simulator(name, script=Script(rules=(Rule(do=Do.STATUS, calls=(1,), status=503),))) as running:
        assert CALLS[name](readers(1)).to(running).status_code == 503
        assert CALLS[name](readers(1)).to(running).ok


def test_a_key_that_is_too_long_is_refused() -> None:
    with simulator("resend") as running:
        answer = CALLS["resend"](readers(1), key="k" * 257).to(running)
    assert (answer.status_code, answer.json()["name"]) == (400, "invalid_idempotency_key")


@pytest.mark.parametrize("name", ["resend", "brevo"])
def test_keys_outlive_the_simulator_in_its_log(name: str, tmp_path: Path) -> None:
    for _ in range(2):
        with simulator(name, log=tmp_path / "log") as running:
            CALLS[name](readers(2)).to(running)
            assert len(running.copies()) == 2
    assert len(json.loads((tmp_path / "log").read_text(encoding="utf-8"))["copies"]) == 2

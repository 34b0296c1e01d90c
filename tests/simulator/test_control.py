"""The simulator's own pages."""

import json
from datetime import datetime, timedelta
from typing import Any

import requests

from digest.simulator.server import Running, simulator
from tests.simulator.calls import TAG, mailgun, readers


def page(running: Running, name: str, *, method: str = "GET", body: Any = None) -> requests.Response:
    data = body if isinstance(body, str) else json.dumps(body) if body is not None else None
    return requests.request(method, f"{running.url}/_simulator/{name}", data=data, timeout=10)


def lines(answer: requests.Response) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.text.splitlines()]


def test_the_log_has_a_line_a_copy_with_what_its_call_says() -> None:
    with simulator("mailgun") as running:
        mailgun(readers(2)).to(running)
        logged = lines(page(running, "log"))
        assert lines(page(running, f"log?tag={TAG}")) == logged
        assert lines(page(running, "log?tag=another")) == []
        assert logged == running.copies()
    assert [line["address"] for line in logged] == readers(2)
    assert {line["call"] for line in logged} == {1}


def test_the_calls_are_listed_with_their_faults_and_refusals() -> None:
    rules = {"rules": [{"do": "status-after", "status": 500, "calls": [2]}, {"do": "reset-unread", "calls": [4]}]}
    with simulator("mailgun") as running:
        assert page(running, "script", method="PUT", body=rules).ok
        mailgun(readers(2)).to(running)
        mailgun(readers(3)).to(running)
        mailgun([]).to(running)
        try:
            mailgun(readers(1)).to(running)
        except requests.ConnectionError:
            said = lines(page(running, "calls"))
    assert [(call["number"], call["status"], call["accepted"], call["fault"]) for call in said] == [
        (1, 200, 2, ""),
        (2, 500, 3, "status-after"),
        (3, 400, 0, ""),
        (4, 0, 0, "reset-unread"),
    ]
    assert "0 recipients" in said[2]["refused"]


def test_a_script_that_is_wrong_changes_nothing_and_is_told() -> None:
    with simulator("mailgun") as running:
        before = page(running, "script").json()
        refused = page(running, "script", method="POST", body='rules = [{do = "explode"}]')
        assert refused.status_code == 400
        assert "rules[1].do" in refused.json()["error"]
        assert page(running, "script", method="POST", body='rules = [{do = "partial"}]').status_code == 400
        assert page(running, "script").json() == before


def test_the_clock_is_moved_and_told() -> None:
    with simulator("mailgun") as running:
        before = datetime.fromisoformat(page(running, "clock").json()["now"])
        after = datetime.fromisoformat(page(running, "clock", method="POST", body={"move": 86400}).json()["now"])
        assert timedelta(hours=23) < after - before < timedelta(hours=25)
        for wrong in ("{", "{}", '{"move": "x"}', "[]", '{"move": 1e300}'):
            assert page(running, "clock", method="POST", body=wrong).status_code == 400


def test_a_reset_forgets_all_and_plays_the_script_again() -> None:
    with simulator("mailgun") as running:
        page(running, "script", method="PUT", body={"rules": [{"do": "status", "status": 500, "calls": [1]}]})
        statuses = []
        for _ in range(2):
            statuses += [mailgun(readers(1)).to(running).status_code for _ in range(2)]
            assert page(running, "reset", method="POST").ok
            assert (running.copies(), running.calls()) == ([], [])
    assert statuses == [500, 200, 500, 200]


def test_the_events_are_listed_as_they_happen() -> None:
    with simulator("mailgun") as running:
        mailgun(["complaint@example.org"]).to(running)
        page(running, "clock", method="POST", body={"move": 60})
        kinds = [event["kind"] for event in lines(page(running, "events"))]
    assert kinds == ["accepted", "delivered", "complained"]


def test_a_page_that_is_none_names_those_there_are() -> None:
    with simulator("mailgun") as running:
        answer = page(running, "nothing")
        assert (answer.status_code, "GET /_simulator/log" in answer.json()["error"]) == (404, True)
        for name in ("sns/certificate.pem", "sns/confirm"):
            assert not page(running, name).ok

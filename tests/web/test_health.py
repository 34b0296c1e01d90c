"""/healthz: that we answer, and that it is we who answer."""

import json

import pytest

from digest import __version__
from digest.errors import UsageError
from digest.web.serve import listener, serve
from tests.web.conftest import Site


def told(site: Site, query: str) -> dict[str, str]:
    answer = site.asks("GET", f"/healthz{query}")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/json"
    found: dict[str, str] = json.loads(answer.text)
    return found


def test_the_proof_is_what_only_our_key_can_say_to_that_question(site: Site) -> None:
    assert told(site, "?nonce=abc") == {"digest": __version__, "proof": site.app.proof_of_identity("abc")}
    assert told(site, "?nonce=abd")["proof"] != told(site, "?nonce=abc")["proof"]


@pytest.mark.parametrize("query", ["", "?nonce="])
def test_without_a_question_there_is_no_proof(site: Site, query: str) -> None:
    assert told(site, query)["proof"] == ""


def test_a_long_question_is_cut_and_an_odd_one_answered(site: Site) -> None:
    assert told(site, f"?nonce={'a' * 1000}")["proof"] == site.app.proof_of_identity("a" * 64)
    assert len(told(site, "?nonce=%ff%00")["proof"]) == 64


def test_a_proof_is_no_token_whatever_is_asked(site: Site) -> None:
    proof = told(site, "?nonce=unsubscribe")["proof"]
    assert site.asks("POST", f"/u/{proof[:22]}").status == 404


def test_a_port_that_is_taken_is_said_and_nothing_is_announced(site: Site) -> None:
    announced: list[str] = []
    with pytest.raises(UsageError, match="cannot be listened on"):
        serve(site.app, host="127.0.0.1", port=site.port, told=announced.append)
    assert announced == []


def test_a_host_that_is_none_is_said(site: Site) -> None:
    with pytest.raises(UsageError, match=r"change \[serve\] host and port"):
        listener(site.app, host="no such host", port=0)

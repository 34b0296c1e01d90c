"""What the providers' own lists show of what was accepted, and when."""

import json
from datetime import timedelta
from typing import Any

import requests

from digest.simulator.script import Script
from digest.simulator.server import Habits, Running, simulator
from tests.simulator.calls import CALLS, TAG, readers

READERS = [
    "reader@example.org",
    "bounce-hard@example.org",
    "bounce-soft@example.org",
    "policy@example.org",
    "complaint@example.org",
    "unsubscribe@example.org",
]


def asked(running: Running, name: str, path: str, **parameters: str) -> Any:
    headers = {key: value for key, value in CALLS[name](readers(1)).headers.items() if key != "Content-Type"}
    return requests.get(running.url + path, params=parameters, headers=headers, timeout=10).json()


def sent(name: str, running: Running) -> None:
    assert CALLS[name](READERS).to(running).ok
    running.move_clock(timedelta(minutes=1))


def test_mailgun_lists_the_events_of_a_tag_page_by_page() -> None:
    with simulator("mailgun") as running:
        sent("mailgun", running)
        path = "/v3/mg.example.org/events"
        first = asked(running, "mailgun", path, tags=TAG, ascending="yes", begin="0", limit="4", event="accepted")
        second = asked(running, "mailgun", first["paging"]["next"].removeprefix(running.url))
        third = asked(running, "mailgun", second["paging"]["next"].removeprefix(running.url))
        failed = asked(running, "mailgun", path, tags=TAG, event="failed")["items"]
        assert asked(running, "mailgun", path, tags="another")["items"] == []
        assert asked(running, "mailgun", path, tags=TAG, begin="0", end="1", ascending="yes")["items"] == []
    items = first["items"] + second["items"]
    assert [item["recipient"] for item in items] == READERS
    assert [item["user-variables"]["delivery"] for item in items] == [str(n) for n in range(1, 7)]
    assert third["items"] == []
    found = {
        item["recipient"]: (item["severity"], item["delivery-status"]["enhanced-code"], item["delivery-status"]["code"])
        for item in failed
    }
    assert found == {
        "bounce-hard@example.org": ("permanent", "5.1.1", 550),
        "bounce-soft@example.org": ("temporary", "4.2.2", 450),
        "policy@example.org": ("permanent", "5.7.1", 550),
    }


def test_mailgun_says_what_it_does_not_understand() -> None:
    with simulator("mailgun") as running:
        for wrong in ({"limit": "301"}, {"limit": "x"}, {"begin": "whenever"}):
            assert "message" in asked(running, "mailgun", "/v3/mg.example.org/events", **wrong)


def test_postmark_lists_messages_and_bounces_newest_first() -> None:
    with simulator("postmark") as running:
        sent("postmark", running)
        found = asked(running, "postmark", "/messages/outbound", tag=TAG, count="2", offset="1")
        day = f"{running.now():%Y-%m-%d}"
        today = asked(running, "postmark", "/messages/outbound", count="500", offset="0", fromdate=day, todate=day)
        never = asked(running, "postmark", "/messages/outbound", count="1", offset="0", todate="2020-01-01")
        bounces = asked(running, "postmark", "/bounces", count="10", offset="0", tag=TAG)
        hard = asked(running, "postmark", "/bounces", count="10", offset="0", type="HardBounce")
        assert asked(running, "postmark", "/messages/outbound", offset="0")["ErrorCode"] == 300
    assert found["TotalCount"] == 6
    assert [each["Recipients"][0] for each in found["Messages"]] == READERS[-2:-4:-1]
    assert (today["TotalCount"], never["TotalCount"]) == (6, 0)
    assert {each["Email"]: each["Type"] for each in bounces["Bounces"]} == {
        "bounce-hard@example.org": "HardBounce",
        "bounce-soft@example.org": "SoftBounce",
        "policy@example.org": "Blocked",
        "complaint@example.org": "SpamComplaint",
    }
    assert [each["Metadata"] for each in hard["Bounces"]] == [{"delivery": "2"}]


def test_brevo_lists_events_by_tag_name_and_day() -> None:
    path = "/v3/smtp/statistics/events"
    with simulator("brevo") as running:
        sent("brevo", running)
        requested = asked(running, "brevo", path, tags=TAG, event="requests", sort="asc")["events"]
        bounces = asked(running, "brevo", path, tags=f'["{TAG}"]', event="bounces", days="1")["events"]
        assert asked(running, "brevo", path, tags="another") == {}
        assert asked(running, "brevo", path, endDate="2020-01-01") == {}
        assert asked(running, "brevo", path, startDate="yesterday")["code"] == "invalid_parameter"
    assert [each["email"] for each in requested] == READERS
    assert {each["email"]: each["event"] for each in bounces} == {
        "bounce-hard@example.org": "hardBounces",
        "bounce-soft@example.org": "softBounces",
        "policy@example.org": "softBounces",
    }


def test_resend_knows_a_mail_by_its_id_and_the_last_thing_that_became_of_it() -> None:
    with simulator("resend") as running:
        sent("resend", running)
        said = [asked(running, "resend", f"/emails/{copy['message_id']}") for copy in running.copies()]
        assert asked(running, "resend", "/emails/nothing")["name"] == "not_found"
    assert [(each["to"], each["last_event"]) for each in said] == [
        ([address], event)
        for address, event in zip(
            READERS, ["delivered", "bounced", "bounced", "bounced", "complained", "delivered"], strict=True
        )
    ]


def test_resend_lists_mails_page_by_page_the_newest_first_and_without_their_tags() -> None:
    with simulator("resend") as running:
        sent("resend", running)
        first = asked(running, "resend", "/emails", limit="4")
        second = asked(running, "resend", "/emails", limit="4", after=first["data"][-1]["id"])
        assert asked(running, "resend", "/emails", limit="101")["statusCode"] == 400
        assert asked(running, "resend", "/emails", after="nothing")["statusCode"] == 422
    assert [each["to"][0] for page in (first, second) for each in page["data"]] == READERS[::-1]
    assert [first["has_more"], second["has_more"]] == [True, False]
    assert not any("tags" in each for each in first["data"])


def test_sendgrid_s_suppression_lists_know_address_time_and_reason() -> None:
    with simulator("sendgrid") as running:
        sent("sendgrid", running)
        lists = ("bounces", "blocks", "invalid_emails", "spam_reports", "unsubscribes")
        found = {where: asked(running, "sendgrid", f"/v3/suppression/{where}") for where in lists}
        later = asked(running, "sendgrid", "/v3/suppression/blocks", start_time=f"{running.now().timestamp():.0f}")
        second = asked(running, "sendgrid", "/v3/suppression/blocks", limit="1", offset="1")
        assert "errors" in asked(running, "sendgrid", "/v3/suppression/moods")
    assert {where: [each["email"] for each in listed] for where, listed in found.items()} == {
        "bounces": READERS[1:2],
        "blocks": READERS[2:4],
        "invalid_emails": [],
        "spam_reports": READERS[4:5],
        "unsubscribes": READERS[5:6],
    }
    assert found["bounces"][0]["status"] == "5.1.1"
    assert (later, [each["email"] for each in second]) == ([], READERS[3:4])


def logs(running: Running, query: str, limit: int = 100) -> Any:
    headers = CALLS["sendgrid"](readers(1)).headers
    body = {"query": query, "limit": limit}
    return requests.post(f"{running.url}/v3/logs", json=body, headers=headers, timeout=10).json()


def test_sendgrid_finds_messages_by_category_status_and_time() -> None:
    with simulator("sendgrid") as running:
        sent("sendgrid", running)
        found = logs(running, f"categories IN ('{TAG}') AND sg_message_id_created_at > '2020-01-01T00:00:00Z'")
        bounced = logs(running, f"categories IN ('{TAG}') AND status IN ('bounced','blocked')")
        one = asked(running, "sendgrid", f"/v3/logs/{bounced['messages'][0]['sg_message_id']}")
        active = asked(running, "sendgrid", "/v3/messages", query=f'(Contains(categories,"{TAG}"))', limit="2")
        assert logs(running, "categories IN ('another')") == {"messages": []}
        assert "cannot be read" in logs(running, "categories LIKE 'x'")["errors"][0]["message"]
        assert "no field" in logs(running, "colour = 'red'")["errors"][0]["message"]
        assert "limit" in logs(running, "", limit=1001)["errors"][0]["message"]
    assert [each["to_email"] for each in found["messages"]] == READERS
    assert {each["to_email"] for each in bounced["messages"]} == {READERS[1], READERS[2], READERS[3]}
    assert [each["event"] for each in one["events"]] == ["processed", "bounce"]
    assert one["events"][1]["custom_args"] == {"delivery": "2"}
    assert len(active["messages"]) == 2


def test_what_is_not_listed_yet_is_listed_when_its_time_has_come() -> None:
    with simulator("mailgun", script=Script(listed_after=1800)) as running:
        sent("mailgun", running)
        assert asked(running, "mailgun", "/v3/d/events", tags=TAG)["items"] == []
        running.move_clock(timedelta(minutes=30))
        assert len(asked(running, "mailgun", "/v3/d/events", tags=TAG, event="accepted")["items"]) == 6


def test_a_script_says_what_becomes_of_copies_and_when() -> None:
    fortune = {"address": "reader@*", "events": ["bounced-soft", "bounced-hard"], "code": "5.2.2", "after": 3600}
    with simulator("mailgun", script=Script.model_validate({"fortunes": [fortune]})) as running:
        sent("mailgun", running)
        assert [each.kind for each in running.events() if each.copy.address == READERS[0]] == ["accepted"]
        running.move_clock(timedelta(hours=2))
        events = [each for each in running.events() if each.copy.address == READERS[0]]
    assert [(each.kind, each.code) for each in events] == [
        ("accepted", "2.0.0"),
        ("bounced-soft", "5.2.2"),
        ("bounced-hard", "5.2.2"),
    ]
    assert len({each.id for each in events}) == 3


def test_the_cheap_path_is_found_by_its_tag_too() -> None:
    for name in ("mailgun", "postmark"):
        with simulator(name, habits=Habits(thorough=False)) as running:
            sent(name, running)
            if name == "mailgun":
                items = asked(running, name, "/v3/d/events", tags=TAG, event="accepted", ascending="yes")["items"]
                assert [item["user-variables"] for item in items] == [{"delivery": str(n)} for n in range(1, 7)]
            else:
                found = asked(running, name, "/messages/outbound", tag=TAG, count="1", offset="0")
                assert found["TotalCount"] == 6
            assert json.dumps(running.copies())

"""The tick by the clock: what is due happens once, whatever the day, the hour and the accidents."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from digest.adapters.store.ledger import SqlLedger
from digest.errors import StoreError
from digest.model.mail import EditionState, Outcome, Receipt
from digest.model.schedule import Policy
from digest.pipeline.gather import collect_now
from digest.pipeline.report import TickReport
from digest.pipeline.send import send
from digest.pipeline.tick import at_once, tick
from digest.pipeline.withhold import resume, withhold
from tests.pipeline.conftest import DAILY, READERS, SOURCES, Room

FRIDAY = date(2026, 5, 15)
ONE_EACH = dict.fromkeys(READERS, 1)


def state(room: Room, day: date = FRIDAY) -> EditionState | None:
    record = room.line.editions.find("daily", day)
    return record.state if record else None


def ticks(room: Room, *moments: str) -> TickReport:
    """Tick at each moment of Friday (or at a whole instant) and return the last report."""
    report = None
    for moment in moments:
        room.clock.moves_to(moment if "T" in moment else f"2026-05-15T{moment}:00Z")
        report = tick(room.line)
    assert report is not None
    return report


def test_a_morning_by_the_clock_collects_drafts_and_sends_one_copy_each(room: Room) -> None:
    ticks(room, "05:25")
    assert state(room) is None
    ticks(room, "05:30")
    assert state(room) is EditionState.DRAFT
    ticks(room, "06:25")
    assert (state(room), room.provider.copies) == (EditionState.DRAFT, {})
    report = ticks(room, "06:30")
    assert (state(room), room.provider.copies) == (EditionState.SENT, ONE_EACH)
    balance = report.outcomes[0].balance
    assert balance is not None
    assert balance.is_exact
    ticks(room, "06:35", "12:00", "20:00")
    assert room.provider.copies == ONE_EACH


@pytest.mark.parametrize(
    ("day", "moments"),
    [
        (date(2026, 3, 29), ("2026-03-29T05:30:00Z", "2026-03-29T06:30:00Z")),
        (date(2026, 10, 25), ("2026-10-25T06:30:00Z", "2026-10-25T07:30:00Z")),
        (date(2028, 2, 29), ("2028-02-29T06:30:00Z", "2028-02-29T07:30:00Z")),
    ],
)
def test_clock_change_days_and_a_leap_day_have_exactly_one_edition(
    room: Room, day: date, moments: tuple[str, str]
) -> None:
    room = room.with_schedule(weekdays=tuple(range(7)), holidays="")
    room.clock.moves_to(moments[0])
    for source in SOURCES[:2]:
        room.publishes(source, ("Labour council in Stannerby votes to keep its library", "They voted late."))
    start = room.clock.now - timedelta(hours=6)
    for minutes in range(0, 16 * 60, 15):
        room.clock.now = start + timedelta(minutes=minutes)
        tick(room.line)
        if room.clock.now < room.clock.now.fromisoformat(moments[1]):
            assert room.provider.copies == {}
    assert state(room, day) is EditionState.SENT
    assert room.provider.copies == ONE_EACH


def test_a_bank_holiday_has_no_edition(room: Room) -> None:
    report = ticks(room, "2026-05-25T05:30:00Z", "2026-05-25T06:30:00Z")
    assert state(room, date(2026, 5, 25)) is None
    assert report.outcomes[0].done == ("no edition on 2026-05-25: bank holiday (Spring Bank Holiday)",)


def test_a_machine_that_was_off_until_eleven_drafts_holds_and_rings_once(room: Room) -> None:
    ticks(room, "10:00", "10:05")
    assert state(room) is EditionState.HELD
    assert room.provider.copies == {}
    assert room.notifier.kinds == ["held"]


def test_a_machine_that_died_before_the_deadline_sends_when_it_is_back_in_time(room: Room) -> None:
    ticks(room, "05:30", "08:45")
    assert room.provider.copies == ONE_EACH


def test_a_machine_that_was_off_for_days_rings_once_for_them_and_holds_the_old_draft(room: Room) -> None:
    ticks(room, "05:30", "2026-05-20T04:00:00Z", "2026-05-20T04:05:00Z")
    assert state(room) is EditionState.HELD
    missed = [alert.message for alert in room.notifier.heard if alert.kind == "missing edition"]
    assert missed == [
        "daily had no edition on 2 days from 2026-05-18 to 2026-05-19: no tick ran between its hours",
    ]


def test_a_machine_that_was_off_for_one_day_names_it(room: Room) -> None:
    ticks(room, "05:30", "2026-05-19T04:00:00Z")
    missed = [alert.message for alert in room.notifier.heard if alert.kind == "missing edition"]
    assert missed == ["daily had no edition on 2026-05-18: no tick ran between its hours"]


def test_the_policy_hold_waits_for_a_person(room: Room) -> None:
    room = room.with_schedule(policy=Policy.HOLD)
    report = ticks(room, "05:30", "06:30")
    assert state(room) is EditionState.HELD
    assert report.outcomes[0].edition is not None
    assert report.outcomes[0].edition.reason == "nobody approved it by the deadline"
    assert room.notifier.kinds == ["held"]


def test_the_policy_safe_sends_only_what_two_voices_tell(room: Room) -> None:
    room.publishes(SOURCES[2], ("Labour MP calls for Wensley bypass inquiry in Commons", "She spoke on Thursday."))
    room = room.with_schedule(policy=Policy.SAFE)
    ticks(room, "05:30", "06:30")
    assert state(room) is EditionState.SENT
    assert "Wensley" not in room.provider.emails[0].html
    assert "care service" in room.provider.emails[0].html


def test_the_policy_safe_holds_the_draft_when_nothing_is_safe(room: Room) -> None:
    room.publishes(SOURCES[0], ("Labour MP calls for Wensley bypass inquiry in Commons", "She spoke on Thursday."))
    room.fetcher.falls_silent(SOURCES[1].url)
    room = room.with_schedule(policy=Policy.SAFE)
    report = ticks(room, "05:30", "06:30", "06:35")
    assert state(room) is EditionState.HELD
    assert report.outcomes[0].done == ("the edition of 2026-05-15 is held (no story had two independent sources)",)
    assert room.provider.copies == {}


def test_feeds_that_come_back_before_it_is_late_make_an_edition_after_all(room: Room) -> None:
    for source in SOURCES:
        room.fetcher.falls_silent(source.url)
    room = room.with_newsroom(editors=("editor@example.org",))
    ticks(room, "05:30", "05:35")
    assert state(room) is EditionState.EMPTY
    room.fetcher.silent.clear()
    ticks(room, "06:05", "06:10")
    assert state(room) is EditionState.DRAFT
    assert len(room.provider.accepted) == 1
    ticks(room, "06:30")
    assert room.provider.copies == ONE_EACH


def test_an_edition_for_nobody_is_not_used_up(room: Room) -> None:
    for address in READERS:
        room.line.readers.suppress(address, reason="test", at=room.clock.now)
    first = at_once(room.line, ["daily"]).outcomes[0]
    assert first.done[1].startswith("nobody is subscribed yet")
    assert state(room) is EditionState.DRAFT
    room.subscribes("new@example.org")
    at_once(room.line, ["daily"])
    assert room.provider.copies == {"new@example.org": 1}


def test_a_deadline_without_readers_holds_and_rings(room: Room) -> None:
    for address in READERS:
        room.line.readers.suppress(address, reason="test", at=room.clock.now)
    ticks(room, "05:30", "06:30")
    assert state(room) is EditionState.HELD
    assert room.notifier.heard[-1].message.endswith("nobody is subscribed to it yet")


def test_a_day_without_news_is_empty_says_why_and_rings(room: Room) -> None:
    for source in SOURCES:
        room.fetcher.falls_silent(source.url)
    report = ticks(room, "05:30", "06:30")
    assert state(room) is EditionState.EMPTY
    assert room.notifier.kinds == ["empty edition"]
    edition = report.outcomes[0].edition
    assert edition is not None
    assert edition.reason.startswith("nothing has come in since the last edition; 3 of 3 sources failed at their last")


def test_editors_get_a_marked_proof_at_draft_time_and_readers_nothing(room: Room) -> None:
    room = room.with_newsroom(editors=("editor@example.org",))
    ticks(room, "05:30")
    assert [address for _, address in room.provider.accepted] == ["editor@example.org"]
    assert "Proof" in room.provider.emails[0].subject
    assert room.provider.copies == {}


def test_a_proof_that_is_not_accepted_is_a_trouble_in_the_report(room: Room) -> None:
    room = room.with_newsroom(editors=("editor@example.org",))
    room.provider.answers(Receipt(outcome=Outcome.REJECTED, detail="no such box"))
    report = ticks(room, "05:30")
    assert report.outcomes[0].troubles == ("proof not accepted: editor@example.org: rejected no such box",)


def test_the_next_days_edition_repeats_nothing_and_says_what_develops(room: Room) -> None:
    ticks(room, "05:30", "06:30")
    room.clock.moves_to("2026-05-18T05:30:00Z")
    room.publishes(
        SOURCES[0],
        ("Labour’s Health Secretary announces national care service", "The levy starts in April."),
        ("Chancellor rejects the estates levy behind the national care service", "He said so on Sunday."),
        hours_ago=9,
    )
    tick(room.line)
    record = room.line.editions.find("daily", date(2026, 5, 18))
    assert record is not None
    assert record.email is not None
    assert "Chancellor rejects the estates levy" in record.email.text
    assert "library" not in record.email.text


def test_collecting_is_asked_for_only_when_it_is_due_and_one_at_a_time(room: Room) -> None:
    ticks(room, "05:00", "05:10")
    assert len(room.fetcher.asked) == len(SOURCES)
    ticks(room, "05:30")
    assert len(room.fetcher.asked) == 2 * len(SOURCES)
    assert set(room.registry.turns) == {"collect"}


def test_a_collection_by_hand_asks_nobody_before_its_turn_has_come(room: Room) -> None:
    collect_now(room.line, room.clock.now)
    assert room.registry.turns == ["collect"]

    class Busy:
        def turn(self, what: str) -> AbstractContextManager[None]:
            raise StoreError(f"somebody else is at {what}")

    asked = len(room.fetcher.asked)
    with pytest.raises(StoreError, match="somebody else is at collect"):
        collect_now(replace(room.line, registry=Busy()), room.clock.now)  # type: ignore[arg-type]
    assert len(room.fetcher.asked) == asked


def test_a_newsroom_without_sources_ticks_and_collects_nothing(room: Room) -> None:
    report = ticks(room.with_newsroom(sources=()), "05:00")
    assert report.collected is None


def test_a_feed_that_fails_for_three_days_rings_once_and_again_after_it_came_back(room: Room) -> None:
    for day in range(11, 20):
        ticks(room, f"2026-05-{day}T12:00:00Z")
    dead = [alert.message for alert in room.notifier.heard if alert.kind == "dead feed"]
    assert dead == ["Northern Post has failed since 11 May 2026 12:00 UTC: answered 404 Not Found"]
    room.publishes(SOURCES[2], ("Labour wins", "It won."))
    ticks(room, "2026-05-20T12:00:00Z")
    room.fetcher.bodies.pop(SOURCES[2].url)
    for day in range(21, 26):
        ticks(room, f"2026-05-{day}T12:00:00Z")
    assert len([alert for alert in room.notifier.heard if alert.kind == "dead feed"]) == 2


def test_an_alert_that_could_not_be_told_is_a_trouble_and_is_told_at_the_next_tick(room: Room) -> None:
    room.notifier.fails("the webhook answered HTTP 500")
    room = room.with_schedule(policy=Policy.HOLD)
    report = ticks(room, "05:30", "06:30")
    assert "the webhook answered HTTP 500" in report.troubles[0]
    room.notifier.trouble = ""
    assert tick(room.line).troubles == ()
    assert tick(room.line).troubles == ()
    assert room.notifier.kinds == ["held", "held"]


def test_one_newsletter_in_trouble_does_not_keep_the_other_from_going_out(room: Room) -> None:
    class Broken:
        def __getattr__(self, name: str) -> object:
            return getattr(room.line.editions, name)

        def told(self, newsletter: str, **given: object) -> object:
            if newsletter == "daily":
                raise StoreError("the disk is full")
            return room.line.editions.told(newsletter, **given)  # type: ignore[arg-type]

    other = replace(DAILY, newsletter="second")
    broken = room.with_newsroom(schedules=(DAILY, other))
    line = replace(broken.line, editions=Broken())  # type: ignore[arg-type]
    room.clock.moves_to("2026-05-15T05:30:00Z")
    report = tick(line)
    assert "The database cannot be used: the disk is full" in report.outcomes[0].troubles[0]
    assert room.notifier.kinds == ["failure"]
    assert report.outcomes[1].edition is not None
    assert report.outcomes[1].edition.state is EditionState.DRAFT


def test_at_once_walks_the_whole_line_and_a_second_time_sends_nothing(room: Room) -> None:
    room.clock.moves_to("2026-05-16T02:00:00Z")  # the night to Saturday, when no edition is due
    first = at_once(room.line, ["daily"])
    assert room.provider.copies == ONE_EACH
    signed = "approved without a signature, as --at-once does"
    assert first.outcomes[0].done == ("drafted: draft", signed, "5 of 5 readers' copies accepted")
    second = at_once(room.line, ["daily"])
    assert room.provider.copies == ONE_EACH
    assert second.outcomes[0].done == ("nothing to send: the edition of 2026-05-16 is sent",)
    assert second.outcomes[0].balance == first.outcomes[0].balance


def test_at_once_leaves_alone_what_somebody_holds(room: Room) -> None:
    ticks(room.with_schedule(policy=Policy.HOLD), "05:30", "06:30")
    outcome = at_once(room.line, ["daily"]).outcomes[0]
    assert outcome.done == ("nothing to send: the edition of 2026-05-15 is held (nobody approved it by the deadline)",)
    assert room.provider.copies == {}


def test_at_once_on_a_day_without_news_says_so(room: Room) -> None:
    for source in SOURCES:
        room.fetcher.falls_silent(source.url)
    outcome = at_once(room.line, ["daily"]).outcomes[0]
    assert outcome.done[0].startswith(
        "drafted: empty, nothing has come in since the last edition; 3 of 3 sources failed"
    )
    assert outcome.balance is None


def test_an_uncertain_batch_rings_and_is_never_sent_again_by_itself(room: Room) -> None:
    room.provider.answers(Receipt(outcome=Outcome.UNCERTAIN, detail="read timed out"))
    report = at_once(room.line, ["daily"])
    assert room.provider.copies == dict.fromkeys(READERS[2:], 1)
    assert room.notifier.kinds == ["uncertain delivery"]
    assert "1 batches without an answer" in report.outcomes[0].troubles[0]
    at_once(room.line, ["daily"])
    assert room.provider.copies == dict.fromkeys(READERS[2:], 1)
    assert len(room.notifier.heard) == 1


def test_an_edition_of_yesterday_that_was_half_sent_is_finished_today(room: Room) -> None:
    room.provider.answers(Receipt(outcome=Outcome.RETRYABLE, detail="429", retry_after=60))
    report = ticks(room, "05:30", "06:30")
    assert state(room) is EditionState.SENDING
    assert report.outcomes[0].done[-1] == "3 of 5 readers' copies accepted, 2 still open, tried again from 06:31 UTC on"
    ticks(room, "2026-05-15T23:05:00Z")
    assert room.provider.copies == ONE_EACH
    assert state(room) is EditionState.SENT


def test_a_batch_nobody_could_hand_over_for_hours_is_given_up_counted_and_reported(room: Room) -> None:
    room.provider.answers(Receipt(outcome=Outcome.UNCERTAIN, detail="reset"))
    ticks(room, "05:30", "06:30", "13:00")
    record = room.line.editions.find("daily", FRIDAY)
    assert record is not None
    balance = room.line.ledger.balance(record.id)
    assert (balance.abandoned, balance.accepted, balance.is_exact) == (2, 3, True)
    assert record.state is EditionState.SENT
    assert "2 readers given up" in room.notifier.heard[-1].message


def test_a_draft_of_a_newsletter_that_is_no_longer_scheduled_is_left_alone(room: Room) -> None:
    ticks(room, "05:30")
    other = room.with_newsroom(schedules=(replace(DAILY, newsletter="second"),))
    ticks(other, "2026-05-16T06:30:00Z")
    assert state(room) is EditionState.DRAFT
    assert room.notifier.kinds == []


def test_readers_who_wait_for_an_edition_whose_schedule_is_gone_are_not_forgotten(room: Room) -> None:
    room.provider.answers(Receipt(outcome=Outcome.RETRYABLE, detail="429", retry_after=60))
    ticks(room, "05:30", "06:30")
    other = room.with_newsroom(schedules=(replace(DAILY, newsletter="second"),))
    report = ticks(other, "2026-05-16T06:30:00Z")
    assert "put schedules/daily.toml back" in report.outcomes[0].troubles[0]
    assert room.notifier.kinds == ["failure"]


def test_a_leftover_in_trouble_does_not_keep_todays_edition_from_going_out(room: Room) -> None:
    room.provider.answers(Receipt(outcome=Outcome.RETRYABLE, detail="429", retry_after=60))
    ticks(room, "05:30", "06:30")
    room.provider.name = "another"
    room.clock.moves_to("2026-05-18T05:30:00Z")
    room.publishes(SOURCES[0], ("Labour MP calls for Wensley bypass inquiry in Commons", "She spoke on Sunday."))
    room.clock.moves_to("2026-05-16T09:00:00Z")
    report = tick(room.line)
    assert "was prepared for fake" in report.outcomes[0].troubles[0]
    room.clock.moves_to("2026-05-18T05:30:00Z")
    tick(room.line)
    assert state(room, date(2026, 5, 18)) is EditionState.DRAFT


def test_what_is_left_of_a_half_sent_edition_is_not_sent_days_later(room: Room) -> None:
    room.provider.answers(Receipt(outcome=Outcome.RETRYABLE, detail="429", retry_after=60))
    ticks(room, "05:30", "06:30", "2026-05-18T05:00:00Z")
    assert state(room) is EditionState.PAUSED
    assert len(room.provider.copies) == 3
    assert room.notifier.kinds == ["paused"]


def test_copies_that_were_refused_ring(room: Room) -> None:
    room.provider.batch_size = 1
    refused = Receipt(outcome=Outcome.REJECTED, detail="HTTP 400: no")
    room.provider.answers(Receipt(outcome=Outcome.ACCEPTED), refused, refused)
    at_once(room.line, ["daily"])
    assert "2 refused" in room.notifier.heard[0].message


def test_two_ticks_at_the_hour_of_drafting_send_one_proof(room: Room) -> None:
    room = room.with_newsroom(editors=("editor@example.org",))
    ticks(room, "05:30", "05:30", "05:35")
    assert [address for _, address in room.provider.accepted] == ["editor@example.org"]


def test_twenty_ticks_at_the_deadline_of_a_draft_send_it_whoever_is_first(room: Room) -> None:
    ticks(room, "05:30")

    class Slow:
        def __getattr__(self, name: str) -> object:
            return getattr(room.line.editions, name)

        def approve(self, edition_id: int, *given: object, **named: object) -> bool:
            tick(room.line)
            return room.line.editions.approve(edition_id, *given, **named)  # type: ignore[arg-type]

    room.clock.moves_to("2026-05-15T06:30:00Z")
    report = tick(replace(room.line, editions=Slow()))  # type: ignore[arg-type]
    assert state(room) is EditionState.SENT
    assert room.provider.copies == ONE_EACH
    assert report.outcomes[0].troubles == ()


def test_a_collection_in_the_future_does_not_keep_todays_from_happening(room: Room) -> None:
    ticks(room, "2027-01-04T12:00:00Z")
    asked = len(room.fetcher.asked)
    ticks(room, "05:30")
    assert len(room.fetcher.asked) == asked + len(SOURCES)


def test_when_everybody_is_to_be_left_alone_nothing_is_collected(room: Room) -> None:
    for source in SOURCES:
        room.fetcher.asks_for_patience(source.url, 7200)
    ticks(room, "05:00")
    assert ticks(room, "05:30", "06:59").collected is None
    assert ticks(room, "07:00").collected is not None


def test_feeds_that_failed_all_night_because_the_line_was_down_are_back_for_the_morning(room: Room) -> None:
    for source in SOURCES:
        room.fetcher.falls_silent(source.url)
    ticks(room, *(f"2026-05-14T{hour}:{minute}:00Z" for hour in range(20, 24) for minute in ("00", "30")))
    ticks(room, *(f"0{hour}:{minute}" for hour in range(5) for minute in ("00", "30")))
    room.fetcher.silent.clear()
    report = ticks(room, "05:30")
    assert report.collected is not None
    assert [line.outcome for line in report.collected.sources] == ["read", "read", "failed"]
    assert state(room) is EditionState.DRAFT


def test_one_feed_that_failed_all_night_is_asked_less_and_less_often(room: Room) -> None:
    ticks(room, *(f"0{hour}:{minute}" for hour in range(10) for minute in ("00", "30")))
    asked = [request for request in room.fetcher.asked if request.source_id == "northern-post"]
    assert len(asked) == 6  # 00:00, 00:30, 01:00, 02:00, 04:00, 07:00


def test_a_tick_reads_the_articles_a_source_asks_for_and_says_what_came_of_them(room: Room) -> None:
    full = replace(SOURCES[0], full_text=True)
    reading = room.with_newsroom(sources=(full, *SOURCES[1:]))
    room.fetcher.serves(f"https://{full.id}.example/robots.txt", "User-agent: *\nDisallow:")
    collected = tick(reading.line).collected
    assert collected is not None
    assert [(line.source_id, line.read, line.failed) for line in collected.articles.lines] == [(full.id, 0, 2)]


def test_a_second_pause_rings_again(room: Room) -> None:
    halts = Receipt(outcome=Outcome.RETRYABLE, detail="HTTP 401", halts=True)
    room.provider.answers(halts, halts)
    ticks(room, "05:30", "06:30")
    assert room.notifier.kinds == ["paused"]
    record = room.line.editions.find("daily", room.clock.now.date())
    assert record is not None
    resume(record, by="Ada", now=room.clock.now, line=room.line)
    ticks(room, "06:35", "06:40")
    assert room.notifier.kinds == ["paused", "paused"]


def test_what_was_paused_over_the_weekend_and_is_resumed_goes_out_and_has_a_day_for_it(room: Room) -> None:
    halts = Receipt(outcome=Outcome.RETRYABLE, detail="HTTP 401", halts=True)
    room.provider.answers(Receipt(outcome=Outcome.ACCEPTED), halts, *[Receipt(outcome=Outcome.RETRYABLE)] * 2)
    ticks(room, "05:30", "06:30")
    record = room.line.editions.find("daily", room.clock.now.date())
    assert record is not None
    room.clock.moves_to("2026-05-18T04:00:00Z")
    resume(record, by="Ada", now=room.clock.now, line=room.line)
    ticks(room, "2026-05-18T04:05:00Z")
    assert state(room, record.day) is EditionState.SENDING
    ticks(room, "2026-05-19T04:01:00Z")
    assert state(room, record.day) is EditionState.PAUSED
    resume(record, by="Ada", now=room.clock.now, line=room.line)
    ticks(room, "2026-05-19T04:05:00Z")
    assert state(room, record.day) is EditionState.SENT


def test_a_pause_that_nobody_was_told_of_rings_at_the_next_tick(room: Room) -> None:
    room.provider.answers(Receipt(outcome=Outcome.RETRYABLE, detail="HTTP 401", halts=True))
    send(room.approved(), line=room.line)
    assert room.notifier.kinds == []
    ticks(room, "06:35")
    assert room.notifier.kinds == ["paused"]


def test_an_edition_that_was_held_by_one_who_died_at_once_rings_at_the_next_tick(room: Room) -> None:
    withhold(room.drafted(), by="tick", reason="it is late", now=room.clock.now, line=room.line)
    ticks(room, "06:35", "06:40")
    assert room.notifier.kinds == ["held"]


def test_readers_given_up_by_a_command_ring_at_the_next_tick(room: Room) -> None:
    room.provider.answers(Receipt(outcome=Outcome.UNCERTAIN, detail="reset"))
    record = room.approved()
    send(record, line=room.line)
    room.clock.moves_on(hours=7)
    send(room.line.editions.get(record.id), line=room.line)
    assert state(room) is EditionState.SENT
    ticks(room, "13:00")
    assert "2 readers given up" in room.notifier.heard[-1].message


def test_whoever_dies_at_the_closing_of_books_that_lack_somebody_has_rung_before(room: Room) -> None:
    room.provider.batch_size = 1
    room.provider.answers(Receipt(outcome=Outcome.ACCEPTED), Receipt(outcome=Outcome.REJECTED, detail="HTTP 400: no"))
    record = room.approved()

    class Dies(SqlLedger):
        def close(self, edition_id: int, *, at: datetime) -> bool:
            super().close(edition_id, at=at)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send(record, line=replace(room.line, ledger=Dies(room.line.ledger._engine)))  # type: ignore[attr-defined]
    assert state(room) is EditionState.SENT
    ticks(room, "06:40")
    assert "1 refused" in room.notifier.heard[0].message

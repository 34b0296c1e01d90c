"""Days that are past -> the editions they would have had, and what an editor asks of them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from digest.app.shipped import templates
from digest.model.feed import CollectReport
from digest.model.mail import EditionState
from digest.pipeline.draft import CONTEXT
from digest.pipeline.gather import collect_now
from digest.pipeline.replay import BY, Hands, Morning, replay
from digest.pipeline.retrospect import Look, chart, look_back
from digest.render.templates import environment
from tests.pipeline.conftest import SOURCES, Room

THURSDAY = date(2026, 5, 14)
DAYS = [THURSDAY + timedelta(days=number) for number in range(6)]
"""Thursday to Tuesday: four editions."""

CARE = ("Labour’s Health Secretary announces national care service", "The levy starts in April. Unions cheered it.")
LIBRARY = ("Labour council in Stannerby votes to keep its library open", "Councillors voted late on Thursday night.")
STRIKE = ("Labour-backing dockers’ union Unite votes two to one for strike", "Members at six ports will walk out.")
DEAL = ("Unite dockers’ strike: Labour minister offers talks to the union", "Talks open at noon on Tuesday, she said.")


class Week:
    """A newsroom on a clock with hands, whose first feed says something else on each day, and the others nothing."""

    def __init__(self, room: Room) -> None:
        self.hands = Hands(datetime(2026, 1, 1).astimezone())
        self.room = replace(room, line=replace(room.line, clock=self.hands))
        self.news: dict[int, list[tuple[str, str]]] = {14: [CARE], 15: [LIBRARY], 18: [STRIKE], 19: [DEAL]}
        self.asked: list[datetime] = []

    def gather(self, now: datetime) -> CollectReport:
        assert self.hands() == now
        self.asked.append(now)
        said = [entry for day, entries in self.news.items() if day == now.day for entry in entries]
        self.room.clock.now = now
        for source in SOURCES:
            self.room.publishes(source, *(said if source is SOURCES[0] else ()), hours_ago=0)
        return collect_now(self.room.line, now)

    def mornings(self, days: list[date] = DAYS, newsletters: tuple[str, ...] = ("daily",)) -> list[Morning]:
        every = timedelta(hours=12)
        return list(replay(days, newsletters, line=self.room.line, hands=self.hands, gather=self.gather, every=every))


def test_each_day_of_the_schedule_has_its_edition_and_closed_days_have_none(room: Room) -> None:
    mornings = Week(room).mornings()
    assert [morning.record.day.isoformat()[-2:] for morning in mornings] == ["14", "15", "18", "19"]
    assert {morning.record.state for morning in mornings} == {EditionState.SENT}
    assert all(morning.at.hour == 6 and morning.at.minute == 30 for morning in mornings)


def test_time_only_goes_forward_and_begins_before_the_first_day(room: Room) -> None:
    week = Week(room)
    week.mornings()
    assert week.asked == sorted(week.asked)
    assert week.asked[0] == datetime.fromisoformat("2026-05-14T00:00:00Z") - CONTEXT
    assert week.asked[-1] == datetime.fromisoformat("2026-05-19T05:30:00Z")


def test_an_edition_knows_what_had_come_in_by_then_and_nothing_later(room: Room) -> None:
    first, second, *_ = Week(room).mornings()
    assert [piece.headline for piece in first.judgement.edition.pieces] == [CARE[0]]
    assert LIBRARY[0] in [piece.headline for piece in second.judgement.edition.pieces]


def test_what_was_told_is_not_told_again(room: Room) -> None:
    headlines = [piece.headline for morning in Week(room).mornings() for piece in morning.judgement.edition.pieces]
    assert len(headlines) == len(set(headlines))


def test_editions_are_signed_by_the_replay(room: Room) -> None:
    week = Week(room)
    (first, *_) = week.mornings()
    assert BY in [who for _, who, _, _ in week.room.line.editions.history(first.record.id)]


def test_a_day_without_news_has_an_empty_edition(room: Room) -> None:
    week = Week(room)
    week.news = {}
    assert {morning.record.state for morning in week.mornings()} == {EditionState.EMPTY}


def test_an_edition_that_its_checks_refuse_is_held_and_says_why(room: Room) -> None:
    forgotten = templates() | {"partials/footer.html.j2": "{{ '{{' }} name }}"}
    week = Week(room.with_newsroom(templates=environment(forgotten)))
    (first, *_) = week.mornings(DAYS[:1])
    assert first.record.state is EditionState.HELD
    assert first.record.reason


def test_new_articles_and_failures_are_counted_for_each_edition(room: Room) -> None:
    week = Week(room)
    first, second, *_ = week.mornings()
    assert (first.new_items, second.new_items) == (1, 1)
    assert first.failed == ()


def test_sources_that_fail_are_named(room: Room) -> None:
    week = Week(room)
    week.room.publishes = lambda *_, **__: None  # type: ignore[method-assign]
    (first, *_) = week.mornings()
    assert SOURCES[2].id in first.failed


def test_where_all_is_there_already_nothing_is_gathered(room: Room) -> None:
    week = Week(room)
    found = replay(
        DAYS, ("daily",), line=week.room.line, hands=week.hands, gather=lambda _: None, every=timedelta(days=1)
    )
    assert [morning.new_items for morning in found] == [0, 0, 0, 0]


def test_a_newsletter_that_is_not_asked_for_is_not_replayed(room: Room) -> None:
    assert Week(room).mornings(newsletters=("weekly",)) == []


def looks(room: Room) -> tuple[Look, ...]:
    return look_back(Week(room).mornings())


def test_a_look_has_the_lead_with_its_explanation(room: Room) -> None:
    first = looks(room)[0]
    assert [(one.where, one.piece.headline, one.why.place) for one in first.top] == [("Lead", CARE[0], 1)]
    assert first.rest == ()


def test_a_look_says_what_came_to_the_top_and_what_became_of_what_was_there(room: Room) -> None:
    first, second, third, _ = looks(room)
    assert (first.entered, first.gone) == (frozenset(), ())
    assert second.entered == {one.piece.story_id for one in second.top}
    assert [(one.headline, one.before) for one in second.gone] == [(CARE[0], "Lead")]
    assert [one.now for one in third.gone] == ["nobody has reported anything since"]


def test_a_look_counts_what_was_left_out_by_reason(room: Room) -> None:
    second = looks(room)[1]
    assert sum(count for _, count in second.whys) == len(second.morning.judgement.edition.left_out)
    assert dict(second.counts)["printed"] == len(second.morning.judgement.edition.pieces)
    assert dict(second.counts)["new articles"] == 1


def test_the_chart_has_a_lane_for_each_story_that_stood_at_the_top(room: Room) -> None:
    found = looks(room)
    drawn = chart(found)
    assert [label for _, label in drawn.ticks] == ["Thu 14", "Fri 15", "Mon 18", "Tue 19"]
    assert len(drawn.lanes) == len({one.piece.story_id for look in found for one in look.top})
    assert [where for lane in drawn.lanes for _, where in lane.marks].count("Lead") == 4

"""Stories with their reports in time -> a chart of lanes."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from digest.render.lanes import BEFORE, LABEL_WIDTH, LONGEST_LABEL, WIDTH, Told, lanes

MONDAY = datetime(2026, 5, 18, 6, 30, tzinfo=UTC)
EDITIONS = ((MONDAY, "Mon 18"), (MONDAY + timedelta(days=2), "Wed 20"))


def told(label: str = "Budget passes", *hours: float, place: str = "") -> Told:
    reports = tuple(MONDAY + timedelta(hours=hour) for hour in hours or (0.0,))
    return Told(label=label, reports=reports, places=((MONDAY, place),) if place else ())


def test_time_runs_from_left_to_right() -> None:
    (lane,) = lanes([told("Budget passes", 5, -3, 40)], EDITIONS).lanes
    assert list(lane.dots) == sorted(lane.dots)
    assert len(lane.dots) == 3


def test_each_edition_is_a_line_and_a_place_stands_on_its_own() -> None:
    chart = lanes([told(place="Lead")], EDITIONS)
    assert [label for _, label in chart.ticks] == ["Mon 18", "Wed 20"]
    assert chart.lanes[0].marks == ((chart.ticks[0][0], "Lead"),)


def test_what_is_too_early_or_too_late_stands_at_the_edge() -> None:
    early = -BEFORE.total_seconds() / 3600
    assert lanes([told("x", early - 100)], EDITIONS).lanes[0].dots == lanes([told("x", early)], EDITIONS).lanes[0].dots
    assert lanes([told("x", 400)], EDITIONS).lanes[0].dots == (lanes([], EDITIONS).ticks[-1][0],)


def test_each_story_has_a_lane_of_its_own_in_the_order_given() -> None:
    chart = lanes([told("one"), told("two"), told("three")], EDITIONS)
    assert [lane.label for lane in chart.lanes] == ["one", "two", "three"]
    assert sorted({lane.y for lane in chart.lanes}) == [lane.y for lane in chart.lanes]
    assert chart.lanes[-1].y < chart.height


def test_a_long_label_is_cut_between_words() -> None:
    (lane,) = lanes([told("Chancellor drops freeze on council budgets – after revolt by forty")], EDITIONS).lanes
    assert lane.label == "Chancellor drops freeze on council budgets…"


@given(st.lists(st.floats(-500, 500), min_size=1), st.text(min_size=1))
def test_everything_is_within_the_picture(hours: list[float], label: str) -> None:
    (lane,) = lanes([told(label, *hours)], EDITIONS).lanes
    assert all(LABEL_WIDTH <= dot <= WIDTH for dot in lane.dots)
    assert len(lane.label) <= LONGEST_LABEL + 1

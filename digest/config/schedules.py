"""The tables of one file of schedules/: a newsletter's hours, its letter, and the days on which it pauses."""

from datetime import date, time
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from digest.config.table import Day, Line, Slug, Table
from digest.model.schedule import Policy, Recess, Schedule

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNSAFE_FROM, UNSAFE_TO = time(1, 0), time(2, 0)
"""Wall-clock times that do not exist, or exist twice, on the nights the clocks change (Europe/London)."""


class RecessSettings(Table):
    """Days on which a newsletter pauses, both included."""

    name: Line
    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> "RecessSettings":
        if self.last < self.first:
            raise ValueError(f"last ({self.last}) lies before first ({self.first})")
        return self


class ScheduleSettings(Table):
    """One file of schedules/: a newsletter's hours."""

    title: Line = Field(min_length=1, max_length=120)
    strapline: Line = ""
    template: Slug = "daily"
    wire: int | None = Field(default=None, ge=0, le=40)
    per_section: int | None = Field(default=None, ge=1, le=20)
    weekdays: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = Field(min_length=1)
    draft_at: time
    deadline: time
    policy: Policy = Policy.HOLD
    timezone: str = "Europe/London"
    late_after_hours: float = Field(default=3, gt=0, le=16)
    window_hours: float = Field(default=26, gt=0, le=24 * 14)
    holidays: Literal["", "ENG", "WLS", "SCT", "NIR"] = "ENG"
    recess: tuple[RecessSettings, ...] = ()
    skip: tuple[Day, ...] = ()

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: «Europe» is a folder of zones
            raise ValueError('is no time zone; write one such as "Europe/London"') from error
        return value

    @field_validator("draft_at", "deadline")
    @classmethod
    def _exists_once(cls, value: time) -> time:
        if value.tzinfo is not None:
            raise ValueError("has an offset of its own; the hours are those of `timezone`: write one such as 06:30:00")
        if UNSAFE_FROM <= value < UNSAFE_TO:
            raise ValueError(
                "hours between 01:00 and 02:00 do not exist, or exist twice, when the clocks change; "
                "write one before 01:00 or from 02:00 on"
            )
        return value

    @model_validator(mode="after")
    def _draft_first(self) -> "ScheduleSettings":
        if self.draft_at >= self.deadline:
            raise ValueError(f"draft_at ({self.draft_at:%H:%M}) must be before deadline ({self.deadline:%H:%M})")
        return self

    def value(self, newsletter: str) -> Schedule:
        """Return the frozen value the stages work with."""
        return Schedule(
            newsletter=newsletter,
            title=self.title,
            strapline=self.strapline,
            template=self.template,
            wire=self.wire,
            per_section=self.per_section,
            weekdays=tuple(WEEKDAYS.index(day) for day in self.weekdays),
            draft_at=self.draft_at,
            deadline=self.deadline,
            policy=self.policy,
            timezone=self.timezone,
            late_after_hours=self.late_after_hours,
            window_hours=self.window_hours,
            holidays=self.holidays,
            recess=tuple(Recess(name=one.name, first=one.first, last=one.last) for one in self.recess),
            skip=self.skip,
        )

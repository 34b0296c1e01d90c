"""Every letter that browsers look at: those the program sends, and the shapes in which they can come."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from digest.model.brand import Logo
from digest.model.mail import Email
from digest.render.edition import render
from tests.render.letters import BRAND, ENVIRONMENT, letter, letters, long_edition, rich_edition, small_edition

LOGO = Logo(url="https://dailyrose.example/rose.png", width=240, height=60, alt="The Daily Rose")
"""It is never fetched: what is looked at is the letter with its pictures off."""


@cache
def every_letter() -> Mapping[str, Email]:
    """By name; what is not among the program's own letters is a shape of the daily one."""
    return {
        **letters(),
        "a day with one story": letter(small_edition()),
        "forty stories": letter(long_edition()),
        "with a logo and a web page": render(
            rich_edition(),
            brand=replace(BRAND, logo=LOGO),
            environment=ENVIRONMENT,
            view_url="https://dailyrose.example/daily/2026-11-23",
        ),
    }

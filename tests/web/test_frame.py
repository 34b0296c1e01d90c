"""What stands in the frame of the preview."""

from dataclasses import replace
from datetime import date

import pytest

from digest.app.shipped import shipped
from digest.model.edition import Edition, Judgement
from digest.model.view import View
from digest.pipeline.preview import Basis, Preview
from digest.render.templates import environment
from digest.web.frame import frame
from tests.pipeline.conftest import DAILY
from tests.render.letters import letter

FOLDER = shipped("templates")
JINJA = environment({str(file.relative_to(FOLDER)): file.read_text("utf-8") for file in FOLDER.rglob("preview/*.*")})


def inbox(day: date) -> str:
    edition = Edition(newsletter="daily", day=day, lead=None, five=(), sections=(), comment=(), left_out=(), ask=None)
    found = Preview(
        schedule=replace(DAILY, weekdays=(0, 1, 2, 3, 4), holidays=""),
        day=day,
        basis=Basis.NOW,
        record=None,
        judgement=Judgement(edition=edition, ranked=()),
        email=None,
        findings=(),
    )
    return frame(found, letter(), View.INBOX, jinja=JINJA, sender="The Newsroom <desk@example.org>")


@pytest.mark.parametrize(
    ("day", "when"), [(date(2026, 5, 15), "Fri 07:30"), (date(2026, 5, 18), "Mon 07:30"), (date(2026, 5, 16), "Sat ")]
)
def test_the_row_in_the_inbox_says_the_day_of_the_edition_and_the_hour_of_its_schedule(day: date, when: str) -> None:
    assert f'<span class="time">{when}</span>' in inbox(day)

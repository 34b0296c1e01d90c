"""A real morning through the whole line gives a letter that could be signed."""

from pathlib import Path

import pytest

from digest.model.mail import Severity
from tests.mornings import MORNINGS, letters


@pytest.mark.shared
@pytest.mark.usefixtures("shared")
def test_a_real_morning_s_letter_has_nothing_that_keeps_it_from_going_out(tmp_path: Path) -> None:
    sample, morning = letters(MORNINGS[1:2], folder=tmp_path)
    for letter in (sample, morning):
        assert [one for one in letter.findings if one.severity is not Severity.ADVICE] == []
        assert 15 <= len(letter.edition.pieces) <= 20
        assert len(letter.email.html.encode()) < 75_000

"""Own templates are looked at as they lie: unreadable, unused, outdated, or with blocks that stand nowhere."""

from collections.abc import Mapping

import pytest

from digest.app.diagnosis import Diagnosis
from digest.app.overrides import overrides
from digest.app.own_templates import Fault, OwnTemplates
from digest.app.templates import our_templates
from digest.model.mail import Severity
from digest.model.schedule import LETTERS

OURS = our_templates()
EXTENDED = '{% extends "shipped/daily.html.j2" %}\n'
DANGLING = Fault(found="/x is a link that leads nowhere", mend="take it away.")


def said(
    texts: Mapping[str, str], *, faults: Mapping[str, Fault] | None = None, others: tuple[str, ...] = ()
) -> tuple[Diagnosis, ...]:
    own = OwnTemplates(texts=texts, faults=faults or {}, others=others)
    return tuple(overrides(own, ours=OURS, letters=LETTERS))


def test_a_block_that_none_of_ours_has_is_named_with_the_nearest() -> None:
    (one,) = said({"daily.html.j2": EXTENDED + "{% block lede %}x{% endblock %}"})
    assert one == Diagnosis(
        what="templates",
        found='daily.html.j2, line 2: block "lede" is in none of ours; did you mean "lead"?',
        severity=Severity.WARNING,
        mend="rename it, or take it away: it is never printed.",
    )


def test_a_block_like_nothing_is_named_with_all_there_are() -> None:
    (one,) = said({"daily.html.j2": EXTENDED + "{% block zzz %}x{% endblock %}"})
    assert one.found == (
        'daily.html.j2, line 2: block "zzz" is in none of ours; '
        "ours are ask, banner, comment, content, corrections, dateline, five, footer, lead, masthead, note, today, wire"
    )


FINE = {
    "a block of ours": EXTENDED + "{% block lead %}x{% endblock %}",
    "a block of the layout": EXTENDED + "{% block masthead %}x{% endblock %}",
    "a new block within one of ours": EXTENDED + "{% block content %}{% block quiz %}x{% endblock %}{% endblock %}",
    "a new block that is called": EXTENDED
    + "{% block wire %}{{ self.quiz() }}{% endblock %}{% block quiz %}x{% endblock %}",
    "a template that extends nothing": "{% block quiz %}x{% endblock %}",
    "a parent that is reckoned out": '{% extends "daily" ~ ".txt.j2" %}{% block quiz %}x{% endblock %}',
    "a parent that is not there": '{% extends "gone.html.j2" %}{% block quiz %}x{% endblock %}',
    "a parent that is itself": '{% extends "daily.html.j2" %}{% block quiz %}x{% endblock %}',
    "a template that cannot be read": EXTENDED + "{% block lede %}",
}


@pytest.mark.parametrize("what", FINE)
def test_a_block_that_may_be_printed_is_not_named(what: str) -> None:
    assert said({"daily.html.j2": FINE[what]}) == ()


def test_a_block_may_come_from_any_parent_ours_or_theirs() -> None:
    texts = {
        "house.html.j2": EXTENDED + "{% block content %}{% block quiz %}{% endblock %}{% endblock %}",
        "daily.html.j2": '{% extends "house.html.j2" %}{% block quiz %}{% endblock %}{% block quizz %}{% endblock %}',
    }
    (one,) = said(texts)
    assert 'block "quizz" is in none of ours; did you mean "quiz"?' in one.found


def test_what_cannot_be_read_under_a_name_that_is_used_is_an_error_with_its_mend() -> None:
    for name in ("daily.html.j2", "partials", "partials/quiz.html.j2"):
        (one,) = said({"daily.txt.j2": '{% include "partials/quiz.html.j2" %}'}, faults={name: DANGLING})
        assert one == Diagnosis(what="templates", found=DANGLING.found, severity=Severity.ERROR, mend="take it away.")


def test_what_cannot_be_read_and_is_not_used_is_a_stray_file_and_no_more() -> None:
    (one,) = said({}, faults={"footer.html.j2": DANGLING})
    assert (one.severity, one.found) == (
        Severity.WARNING,
        "footer.html.j2 is never used: no template has that name",
    )
    assert one.mend == "rename it to partials/footer.html.j2, or take it away."


def test_other_files_are_strays() -> None:
    (one,) = said({}, others=("zzz",))
    assert one.mend == "`digest templates list` says which names there are, or take it away."

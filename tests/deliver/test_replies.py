"""What a mail server's answer says of a copy, of the others, and of us."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.replies import Reply, Stage, Verdict, verdict


def judged(stage: Stage, said: str) -> Verdict:
    code, _, text = said.partition(" ")
    return verdict(Reply(stage=stage, code=int(code), text=text))


@pytest.mark.parametrize(
    ("stage", "said", "expected"),
    [
        (Stage.END, "250 2.0.0 Ok", Verdict.TAKEN),
        (Stage.END, "251 will forward", Verdict.TAKEN),
        (Stage.END, "0 ", Verdict.UNKNOWN),
        (Stage.END, "-1 what?", Verdict.UNKNOWN),
        (Stage.END, "354 go on", Verdict.UNKNOWN),
        (Stage.END, "421 4.3.2 going down", Verdict.LATER),
        (Stage.END, "451 4.7.1 greylisted", Verdict.LATER),
        (Stage.END, "552 5.3.4 too long", Verdict.UNCLEAR),
        (Stage.END, "554 5.3.0 no", Verdict.UNCLEAR),
        (Stage.END, "554 5.7.1 spam", Verdict.UNCLEAR),
        (Stage.MAIL, "451 later", Verdict.ALL_LATER),
        (Stage.MAIL, "421 too many connections", Verdict.ALL_LATER),
        (Stage.MAIL, "550 5.1.1 whatever it says", Verdict.OURS),
        (Stage.MAIL, "552 5.3.4 too long", Verdict.OURS),
        (Stage.RECIPIENT, "450 4.2.1 busy", Verdict.LATER),
        (Stage.RECIPIENT, "452 too many", Verdict.LATER),
        (Stage.RECIPIENT, "552 too many", Verdict.LATER),
        (Stage.RECIPIENT, "552 5.5.3 too many", Verdict.LATER),
        (Stage.RECIPIENT, "552 5.2.2 full", Verdict.REFUSED),
        (Stage.RECIPIENT, "421 bye", Verdict.ALL_LATER),
        (Stage.RECIPIENT, "550 5.1.1 no such user", Verdict.REFUSED),
        (Stage.RECIPIENT, "550 5.4.4 no route", Verdict.REFUSED),
        (Stage.RECIPIENT, "550 no", Verdict.UNCLEAR),
        (Stage.RECIPIENT, "554 5.7.1 relaying denied", Verdict.UNCLEAR),
        (Stage.RECIPIENT, "530 5.7.0 authenticate", Verdict.OURS),
        (Stage.DATA, "451 later", Verdict.LATER),
        (Stage.DATA, "250 what?", Verdict.ALL_LATER),
        (Stage.DATA, "538 encrypt", Verdict.OURS),
    ],
)
def test_every_class_of_answer_has_its_meaning(stage: Stage, said: str, expected: Verdict) -> None:
    assert judged(stage, said) is expected


@given(st.sampled_from(Stage), st.integers(-1, 999), st.text(max_size=40))
def test_a_copy_is_taken_by_a_yes_to_its_end_alone_and_in_doubt_only_after_it(
    stage: Stage, code: int, text: str
) -> None:
    found = verdict(Reply(stage=stage, code=code, text=text))
    assert (found is Verdict.TAKEN) is (stage is Stage.END and 200 <= code < 300)
    if found is Verdict.UNKNOWN:
        assert stage is Stage.END
        assert not 200 <= code < 300
        assert not 400 <= code < 600

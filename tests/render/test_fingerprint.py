"""The hash of an email changes with every part of it."""

from dataclasses import replace

from digest.model.mail import Email
from digest.render.fingerprint import sha256

EMAIL = Email(subject="a", preheader="b", html="c", text="d")


def test_the_hash_is_known() -> None:
    assert sha256(EMAIL) == "c6cce423a05e82c09a6c06e51cf5ac4e1b725571221a3eb6550e60a7b7e8a59d"


def test_every_part_counts() -> None:
    changed = {sha256(replace(EMAIL, **{part: "x"})) for part in ("subject", "preheader", "html", "text")}
    assert len(changed | {sha256(EMAIL)}) == 5


def test_moving_text_from_one_part_to_the_next_changes_it() -> None:
    one = Email(subject='a","b', preheader="", html="", text="")
    other = Email(subject="a", preheader="b", html="", text="")
    assert sha256(one) != sha256(other)
    assert sha256(replace(EMAIL, subject="ab", preheader="")) != sha256(replace(EMAIL, subject="a", preheader="b"))

"""Colours of a brand that cannot be read are named by their keys, each pair once."""

from dataclasses import replace

import pytest

from digest.app.legibility import illegible, keys
from digest.model.brand import DARK, LIGHT, Brand
from digest.model.mail import Finding, Severity

FAINT = Brand(name="x", light=replace(LIGHT, quiet="#cccccc"), dark=replace(DARK, on_notice="#5a4600"))


def found(what: str, *, check: str = "contrast") -> Finding:
    return Finding(severity=Severity.ERROR, check=check, what=what, where="html", mend="mend it.")


def weak(words: str, colour: str, ground: str, *, way: str = "as written", least: str = "4.5") -> Finding:
    return found(f"«{words}» {way} is {colour} on {ground}: 1.6 : 1, where {least} is the least.")


def test_a_pair_that_is_found_often_is_told_once_by_its_keys_and_its_strictest_least() -> None:
    findings = [weak(words, "#cccccc", "#ffffff", least=least) for words in "abc" for least in ("3.0", "4.5", "3.0")]
    (one,) = illegible(FAINT, findings)
    assert (one.what, one.severity) == ("brand", Severity.ERROR)
    assert one.found == ("[brand.light] quiet (#cccccc) on sheet (#ffffff) is 1.6 : 1, where 4.5 is the least")
    assert one.mend == "choose a darker or lighter quiet or sheet in [brand.light]."


def test_the_dark_scheme_has_a_table_of_its_own() -> None:
    (one,) = illegible(FAINT, [weak("x", "#5a4600", "#5a4500", way="in the dark scheme at 375 px")])
    assert one.found.startswith("[brand.dark] on_notice (#5a4600) on notice (#5a4500) is 1.6 : 1")


@pytest.mark.parametrize(
    "finding",
    [
        weak("x", "#123456", "#ffffff"),
        weak("x", "#ffffff", "#cccccc"),
        weak("x", "#5a4600", "#5a4500"),
        found("«x» as written is #cccccc on #ffffff: 1.6 : 1, where 4.5 is the least.", check="support"),
    ],
)
def test_what_the_config_does_not_name_is_no_pair_of_the_brands(finding: Finding) -> None:
    assert keys(FAINT, finding) is None
    assert list(illegible(FAINT, [finding])) == []

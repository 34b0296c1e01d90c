import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.readers_csv import LONGEST_TEXT, read
from digest.errors import UsageError
from digest.model.reader import Subscriber

NEWSLETTERS = ("daily", "weekly")
HEADER = "email,name,frequency,consent_source\n"


def test_a_row_becomes_a_reader() -> None:
    good, bad = read(HEADER + 'Ann@Example.org,"Marsh, Ann",daily,stall 2026-05-01\n', newsletters=NEWSLETTERS)
    assert bad == ()
    assert good == (
        Subscriber(
            address="Ann@example.org", name="Marsh, Ann", frequencies=("daily",), consent_source="stall 2026-05-01"
        ),
    )


@pytest.mark.parametrize(
    ("frequency", "newsletters"),
    [
        ("daily", ("daily",)),
        ("Weekly", ("weekly",)),
        ("both", ("daily", "weekly")),
        ("weekly daily", ("weekly", "daily")),
        ("daily daily", ("daily",)),
    ],
)
def test_a_frequency_names_newsletters(frequency: str, newsletters: tuple[str, ...]) -> None:
    good, _ = read(HEADER + f"a@example.org,A,{frequency},form", newsletters=NEWSLETTERS)
    assert good[0].frequencies == newsletters


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("not-an-address,A,daily,form", "email"),
        ("a@example.org,A,hourly,form", "frequency is 'hourly'; write one or more of: daily, weekly, or both"),
        ("a@example.org,A,,form", "frequency is ''"),
        ("a@example.org,A,daily,", "consent_source is empty"),
        ("a@example.org,A,daily", "3 fields instead of 4"),
        ("a@example.org,A,daily,form,x", "5 fields instead of 4"),
        ('a@example.org,"A"B,daily,form', "quotes"),
        ('a@example.org,"A,daily,form', "quotes"),
        ("a@example.org,A\x00,daily,form", "name holds a control character"),
        ("a@example.org,A\u202eB,daily,form", "name holds a control character"),
        ("a@example.org\x0b,A,daily,form", "email holds a control character"),
        ("a@example.org,A,daily,form\u2028x", "consent_source holds a control character"),
        (f"a@example.org,{'A' * 201},daily,form", "name has 201 characters"),
        (f"a@example.org,{'A' * 2001},daily,form", "the row has"),
        ("pelé@example.org,A,daily,form", "email"),
    ],
)
def test_a_wrong_row_is_named_with_its_line_and_reason_and_the_others_are_kept(row: str, why: str) -> None:
    text = HEADER + "first@example.org,F,daily,form\n" + row + "\nlast@example.org,L,daily,form\n"
    good, bad = read(text, newsletters=NEWSLETTERS)
    assert [reader.address for reader in good] == ["first@example.org", "last@example.org"]
    assert [each.line for each in bad] == [3]
    assert why in bad[0].why
    assert bad[0].row == row[:200]


def test_an_address_that_stands_twice_is_reported_with_its_first_line() -> None:
    good, bad = read(HEADER + "a@example.org,A,daily,x\n\nA@EXAMPLE.org,A,weekly,x\n", newsletters=NEWSLETTERS)
    assert len(good) == 1
    assert (bad[0].line, bad[0].why) == (4, "the same address stands on line 2")


def test_a_wrong_row_does_not_make_a_later_good_one_a_duplicate() -> None:
    good, bad = read(HEADER + "a@example.org,A,hourly,x\na@example.org,A,daily,x\n", newsletters=NEWSLETTERS)
    assert (len(good), len(bad)) == (1, 1)


def test_columns_may_stand_in_any_order_after_a_byte_order_mark_with_any_line_ends() -> None:
    text = "\ufeffName, Email,Consent_Source,frequency\r\nA,a@example.org,form,daily\rB,b@example.org,form,daily\r\n"
    good, bad = read(text, newsletters=NEWSLETTERS)
    assert [(reader.name, reader.address) for reader in good] == [("A", "a@example.org"), ("B", "b@example.org")]
    assert bad == ()


def test_an_international_domain_is_kept_in_the_form_that_mail_servers_take() -> None:
    good, _ = read(HEADER + "a@bücher.example.org,A,daily,form", newsletters=NEWSLETTERS)
    assert good[0].address == "a@xn--bcher-kva.example.org"


@pytest.mark.parametrize(
    "header", ["", "email;name;frequency;consent_source\n", "email,name\n", "a@example.org,A,x,y\n"]
)
def test_a_wrong_header_is_shown_with_what_it_must_be(header: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(header, newsletters=NEWSLETTERS)
    assert repr(header.strip()) in str(caught.value)
    assert "email,name,frequency,consent_source" in str(caught.value)


def test_a_file_beyond_all_reason_is_refused() -> None:
    with pytest.raises(UsageError, match="smaller files"):
        read("x" * (LONGEST_TEXT + 1), newsletters=NEWSLETTERS)


@given(st.text())
def test_no_text_crashes_it_and_every_row_is_answered(text: str) -> None:
    good, bad = read(HEADER + text, newsletters=NEWSLETTERS)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert len(good) + len(bad) == sum(1 for line in lines if line.strip())


@pytest.mark.shared
def test_every_address_of_the_corpus_is_a_reader_or_a_bad_row(shared: Path) -> None:
    lines = (shared / "data/corpora/isemail_addresses.jsonl").read_text("utf-8").splitlines()
    for line in lines:
        case = json.loads(line)
        quoted = '"' + case["text"].replace('"', '""') + '"'
        good, bad = read(HEADER + f"{quoted},A,daily,form", newsletters=NEWSLETTERS)
        assert len(good) <= 1
        assert good or bad
        if case["category"] == "ISEMAIL_ERR":
            assert not good, case

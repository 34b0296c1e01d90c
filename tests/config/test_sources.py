"""What `sources import` writes down is what `load` reads back."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config.load import load
from digest.config.sources import as_toml, refused
from digest.errors import ConfigError
from digest.model.news import SectionName, Source, SourceKind
from tests.builders import source
from tests.config.conftest import CONFIG, DAILY

TEXT = (
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=120)
    .map(str.strip)
    .filter(bool)
)
PATHS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), max_size=60)
SOURCES = st.builds(
    Source,
    id=st.from_regex(r"[a-z0-9][a-z0-9-]{0,63}", fullmatch=True),
    name=TEXT,
    url=PATHS.map(lambda path: f"https://lantern.example/{path}"),
    publisher=TEXT,
    weight=st.floats(0, 2),
    kind=st.sampled_from(SourceKind),
    sections=st.lists(st.sampled_from(SectionName), unique=True).map(tuple),
    labour=st.booleans(),
    paywalled=st.booleans(),
    full_text=st.booleans(),
    by_weight=st.booleans(),
    own_host=st.booleans(),
)


def read_back(text: str) -> tuple[Source, ...]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "schedules").mkdir()
        (folder / "schedules" / "daily.toml").write_text(DAILY, encoding="utf-8")
        (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
        (folder / "sources.toml").write_text(text, encoding="utf-8")
        return load(folder / "config.toml").sources


@given(st.lists(SOURCES, max_size=4, unique_by=(lambda one: one.id, lambda one: one.url)))
def test_what_is_written_is_read_back_whatever_the_names_and_addresses(sources: list[Source]) -> None:
    assert read_back(as_toml(sources)) == tuple(sources)


@pytest.mark.parametrize("name", ['"; labour = true #', "\\u0000", "'''", "é – “x”", "a\u2060b"])
def test_no_name_can_write_a_key_of_its_own(name: str) -> None:
    one = replace(source(), name=name)
    assert read_back(as_toml([one])) == (one,)


@pytest.mark.parametrize("name", ['a"\nlabour = true', "\x00", "a\x7fb", "a\u2028b"])
def test_a_name_of_several_lines_or_of_controls_is_refused_and_writes_no_key_either(name: str) -> None:
    one = replace(source(), name=name)
    assert "must stand on one line, without control characters" in refused(one)
    with pytest.raises(ConfigError) as caught:
        read_back(as_toml([one]))
    (mistake,) = (line for line in caught.value.detail.splitlines() if line.startswith("  - "))
    assert mistake.startswith("  - sources.toml: sources.0.name: ")


def test_a_source_the_configuration_takes_is_not_refused() -> None:
    assert refused(source()) == ""


def test_a_source_it_does_not_take_is_refused_with_the_reason() -> None:
    said = refused(replace(source(), name="x" * 121, url="https://a b"))
    assert "the-lantern: name: " in said
    assert "at most 120 characters" in said
    assert "the-lantern: url: 'https://a b': write a full address" in said


def test_a_source_on_a_private_network_is_refused_unless_its_host_is_an_own_one() -> None:
    one = replace(source(), url="http://127.0.0.1:8123/rss")
    assert refused(one).startswith("the-lantern: 127.0.0.1:8123 is on a private network (loopback")
    assert refused(one, ["127.0.0.1:8124"])
    assert refused(one, ["127.0.0.1:8123"]) == ""
    assert refused(replace(one, own_host=True)) == ""

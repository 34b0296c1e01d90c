from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.lexicon.load import load
from digest.lexicon.value import Category
from digest.model.news import Item, Kind, SectionName, Source, SourceKind
from digest.rank.section import HINTS, section

LEXICON = load(
    {file.name: file.read_text("utf-8") for file in files("digest.lexicon").iterdir() if file.name.endswith(".toml")}
)
NOON = datetime(2025, 10, 1, 12, tzinfo=UTC)
ITEM = Item(
    id="i1",
    publisher="Paper",
    url="https://paper.example/a",
    title="",
    summary="",
    author="",
    kind=Kind.NEWS,
    published=NOON,
    first_seen=NOON,
    last_seen=NOON,
    position=0,
    sources=("paper",),
    titles=(),
    urls=(),
    guids=(),
)


def of(*items: Item, **sources: Source) -> SectionName:
    return section(items, sources=sources, lexicon=LEXICON)


def source(*, kind: SourceKind = SourceKind.NATIONAL, sections: tuple[SectionName, ...] = ()) -> Source:
    return Source(id="paper", name="Paper", url="", publisher="Paper", kind=kind, sections=sections)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Chancellor rules out wealth tax", SectionName.GOVERNMENT),
        ("Home Office loses 40 laptops", SectionName.GOVERNMENT),
        ("Starmer clashes with Badenoch at PMQs", SectionName.PARLIAMENT),
        ("Select committee summons Treasury officials", SectionName.PARLIAMENT),
        ("Labour rebels defeat bill at second reading", SectionName.PARLIAMENT),
        ("Labour’s NEC opens selections for Marlbury", SectionName.PARTY),
        ("Labour holds Marlbury in by-election", SectionName.PARTY),
        ("Starmer faces leadership challenge", SectionName.PARTY),
        ("Unite warns Labour over pay deal", SectionName.UNIONS),
        ("Anas Sarwar sets out plan for Holyrood", SectionName.NATIONS),
        ("Council leader quits in Little Wittering", SectionName.NATIONS),
        ("Labour ahead of Reform, YouGov poll finds", SectionName.POLLS),
    ],
)
def test_the_headline_decides(title: str, expected: SectionName) -> None:
    assert of(replace(ITEM, title=title)) is expected


def test_a_story_nothing_speaks_for_is_governments() -> None:
    assert of(replace(ITEM, title="A week to remember")) is SectionName.GOVERNMENT


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["MPs to sit on Fridays"], SectionName.PARLIAMENT),
        (["Burnham rewards MP who stood aside with job at No 10"], SectionName.GOVERNMENT),
        (["Business hit by Westminster turmoil, say shops", "Shops hit out at turmoil"], SectionName.GOVERNMENT),
        (
            ["Shops revolt over Labour price plans", "Shops hit back", "Milk to cost more", "A cap on bread"],
            SectionName.GOVERNMENT,
        ),
        (["Shops revolt over Labour price plans"], SectionName.PARTY),
    ],
)
def test_bywords_of_politics_and_what_few_items_name_do_not_outvote_the_rest(
    titles: list[str], expected: SectionName
) -> None:
    assert of(*(replace(ITEM, id=title, title=title) for title in titles)) is expected


def test_sources_settle_what_the_text_leaves_open_and_only_that() -> None:
    quiet, loud = replace(ITEM, title="A week to remember"), replace(ITEM, title="PMQs: a week to remember")
    polls = source(sections=(SectionName.POLLS,))
    assert of(quiet, paper=polls) is SectionName.POLLS
    assert of(loud, paper=polls) is SectionName.PARLIAMENT


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (SourceKind.UNION, SectionName.UNIONS),
        (SourceKind.COUNCIL, SectionName.NATIONS),
        (SourceKind.REGIONAL, SectionName.NATIONS),
        (SourceKind.LABOUR, SectionName.PARTY),
        (SourceKind.BROADCASTER, SectionName.GOVERNMENT),
    ],
)
def test_a_source_without_sections_speaks_by_its_kind(kind: SourceKind, expected: SectionName) -> None:
    assert of(replace(ITEM, title="A week to remember"), paper=source(kind=kind)) is expected


def test_a_name_votes_once_per_item_and_a_summary_counts_less() -> None:
    one = replace(ITEM, title="PMQs", summary="Unite, Unite and again Unite. The TUC was named too.")
    assert of(one) is SectionName.PARLIAMENT


def test_among_equals_the_narrower_section_wins() -> None:
    both = source(sections=(SectionName.GOVERNMENT, SectionName.UNIONS))
    assert of(replace(ITEM, title="A week to remember"), paper=both) is SectionName.UNIONS


def test_every_category_that_hints_a_section_has_a_strength() -> None:
    hinting = {entry.category for entry in LEXICON.entries if entry.sections}
    assert hinting <= set(HINTS)
    assert set(HINTS) <= set(Category)


@given(st.permutations(["PMQs today", "Unite and GMB strike", "YouGov poll", "Chancellor speaks", "Labour NEC meets"]))
def test_the_order_of_the_items_does_not_matter(titles: list[str]) -> None:
    items = [replace(ITEM, id=title, title=title) for title in titles]
    assert of(*items) is of(*sorted(items, key=lambda item: item.id))

"""The sample day holds every case it was written for, and nothing from the real world."""

import re
from collections import Counter, defaultdict
from datetime import timedelta
from difflib import SequenceMatcher
from html import unescape
from itertools import combinations

import pytest

from digest.model.news import Kind, SectionName, SourceKind
from digest.sample.day import Dating, Fault, Format, Markup, SampleDay, SampleItem, load, readers_csv

REAL_OUTLETS = (
    "BBC", "Sky News", "ITV", "Channel 4", "The Guardian", "The Times", "The Sun", "The Telegraph", "Daily Telegraph",
    "Daily Mail", "The Independent", "Daily Express", "Evening Standard", "Financial Times", "LabourList", "Politico",
    "Reuters", "PA Media", "Press Association", "Bloomberg", "New Statesman", "Spectator", "Huffington",
)  # fmt: skip
REAL_POLITICIANS = (
    "Starmer", "Badenoch", "Farage", "Streeting", "Reeves", "Rayner", "Burnham", "Khan", "Davey", "Lammy", "Miliband",
    "Phillipson", "Mahmood", "Sarwar", "Swinney", "Corbyn", "Blair", "Sunak", "Johnson", "Morgan", "Kendall", "Benn",
)  # fmt: skip


@pytest.fixture(scope="module")
def day() -> SampleDay:
    return load()


def by_story(day: SampleDay) -> dict[str, list[SampleItem]]:
    stories = defaultdict(list)
    for item in day.items:
        stories[item.story].append(item)
    return dict(stories)


def text_of(item: SampleItem) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", " ".join(f"{said.title} {said.summary}" for said in item.wordings)))


def words(text: str) -> list[str]:
    return re.findall(r"[\w’£]+", text.lower())


def likeness(one: SampleItem, other: SampleItem) -> float:
    return SequenceMatcher(None, words(text_of(one)), words(text_of(other)), autojunk=False).ratio()


def test_there_are_about_sixty_items_in_ten_good_feeds_and_two_bad_ones(day: SampleDay) -> None:
    assert 55 <= len(day.items) <= 70
    assert Counter(feed.fault for feed in day.feeds) == {Fault.NONE: 10, Fault.DEAD: 1, Fault.TRUNCATED: 1}
    assert [feed.items for feed in day.feeds if feed.fault is Fault.DEAD] == [()]
    assert all(feed.items for feed in day.feeds if feed.fault is not Fault.DEAD)


def test_every_sort_of_source_and_every_format_occurs(day: SampleDay) -> None:
    kinds = {feed.source.kind for feed in day.feeds}
    assert {
        SourceKind.LABOUR,
        SourceKind.NATIONAL,
        SourceKind.BROADCASTER,
        SourceKind.UNION,
        SourceKind.COUNCIL,
        SourceKind.REGIONAL,
    } == kinds
    assert {feed.format for feed in day.feeds} == set(Format)
    assert {feed.markup for feed in day.feeds} == set(Markup)
    assert [feed.source.publisher for feed in day.feeds if feed.source.labour] == ["The Red Bench"]
    assert any(feed.source.paywalled for feed in day.feeds)
    assert any(feed.tracking for feed in day.feeds)
    assert any(feed.suffix for feed in day.feeds)
    assert sum(feed.gzip for feed in day.feeds) == 1
    assert sum(feed.relative for feed in day.feeds) == 1


def test_one_publisher_has_two_feeds_and_all_others_one(day: SampleDay) -> None:
    publishers = Counter(feed.source.publisher for feed in day.feeds)
    assert publishers.pop("Daily Meridian") == 2
    assert set(publishers.values()) == {1}


def test_keys_are_unique_and_name_their_feed(day: SampleDay) -> None:
    assert len({item.key for item in day.items}) == len(day.items)
    assert all(item.key == f"{feed.source.id}/{item.slug}" for feed in day.feeds for item in feed.items)
    assert len({feed.source.id for feed in day.feeds}) == len(day.feeds)


def test_the_lead_is_told_by_six_outlets_and_the_union_in_their_own_words(day: SampleDay) -> None:
    lead = by_story(day)[day.expected.lead]
    press = [item for item in lead if item.outlet != "Concord"]
    assert len({item.outlet for item in press}) == 6
    assert len(lead) == 7
    assert max(likeness(one, other) for one, other in combinations(lead, 2)) < 0.5


def test_the_lead_is_the_largest_story_of_the_day(day: SampleDay) -> None:
    outlets = {story: len({item.outlet for item in items}) for story, items in by_story(day).items()}
    lead = outlets.pop(day.expected.lead)
    assert lead > max(outlets.values())


def test_agency_copy_stands_nearly_word_for_word_in_four_papers(day: SampleDay) -> None:
    wire = by_story(day)[day.expected.wire]
    assert len({item.outlet for item in wire}) == len(wire) == 4
    assert {item.author for item in wire} == {"Albion Press"}
    assert min(likeness(one, other) for one, other in combinations(wire, 2)) > 0.75


def test_the_twin_feeds_carry_one_address_with_an_older_and_a_newer_headline(day: SampleDay) -> None:
    newer, older = (item for item in by_story(day)[day.expected.twins] if item.outlet == "Daily Meridian")
    assert newer.slug == older.slug
    assert newer.category == older.category
    assert newer.title != older.title
    assert newer.wording(1).ago < older.wording(1).ago


def test_one_item_gets_a_later_headline_in_the_second_edition(day: SampleDay) -> None:
    (item,) = (item for item in day.items if len(item.wordings) > 1)
    assert item.key == day.expected.retitled
    assert item.wording(1).title == item.title != item.wording(2).title
    assert item.wording(2).ago < item.wording(1).ago
    assert item.wording(3) == item.wording(2)


def test_look_alikes_share_words_and_carry_different_stories(day: SampleDay) -> None:
    stories = by_story(day)
    for one, other in day.expected.apart:
        pairs = [(a, b) for a in stories[one] for b in stories[other]]
        shared = max(len(set(words(a.title)) & set(words(b.title))) for a, b in pairs)
        assert one != other
        assert shared >= 1
    assert {("budget-harrowmere", "budget-marlport"), ("selection-fennick", "selection-fenwell")} <= set(
        day.expected.apart
    )


def test_every_section_has_news_and_every_labour_news_story_a_section(day: SampleDay) -> None:
    told = {item.story for item in day.items if item.labour and item.kind is Kind.NEWS}
    assert set(day.expected.sections) == told
    assert set(day.expected.sections.values()) == set(SectionName)


def test_there_is_enough_news_for_an_edition_of_fifteen_to_twenty_stories(day: SampleDay) -> None:
    news = {item.story for item in day.items if item.labour and item.kind is Kind.NEWS}
    minor = [story for story in news if len(by_story(day)[story]) <= 2]
    assert len(news) >= 20
    assert len(minor) >= 12


def test_comment_analysis_and_a_live_blog_stand_beside_the_news(day: SampleDay) -> None:
    kinds = Counter(item.kind for item in day.items)
    assert kinds[Kind.COMMENT] >= 4
    assert kinds[Kind.ANALYSIS] == kinds[Kind.LIVE] == 1
    # An opinion is nobody else's story: each stands alone.
    assert all(len(by_story(day)[item.story]) == 1 for item in day.items if item.kind is not Kind.NEWS)


def test_a_story_is_labour_news_in_all_its_items_or_in_none(day: SampleDay) -> None:
    for story, items in by_story(day).items():
        assert len({item.labour for item in items}) == 1, story
        assert items[0].labour != story.startswith("other-")


def test_what_is_not_labour_news_is_sport_weather_the_world_and_other_parties(day: SampleDay) -> None:
    foreign = [item for item in day.items if not item.labour]
    assert len(foreign) >= 10
    assert {"Sport", "Weather", "World", "Showbiz", "Politics"} <= {item.category for item in foreign}
    text = " ".join(text_of(item) for item in foreign)
    assert "Australian Labor" in text
    assert "30-hour labour" in text
    assert "Conservative" in text
    assert "Liberal Democrats" in text


def test_the_furniture_is_all_there_to_be_removed(day: SampleDay) -> None:
    (item,) = (item for item in day.items if item.key == day.expected.boilerplate_item)
    furniture = item.summary + " ".join(feed.footer for feed in day.feeds)
    assert [phrase for phrase in day.expected.boilerplate if phrase not in furniture] == []
    assert "SUBSCRIBE TO OUR DAILY EMAIL" in item.summary


def test_the_mirror_is_quoted_once_and_as_attribution_only(day: SampleDay) -> None:
    text = " ".join(text_of(item) for item in day.items)
    assert text.count("The Mirror reported") == text.count("Mirror") == 1


@pytest.mark.parametrize("name", REAL_OUTLETS + REAL_POLITICIANS)
def test_no_real_outlet_or_politician_is_named(day: SampleDay, name: str) -> None:
    everything = [text_of(item) + item.author + item.outlet for item in day.items]
    everything += [reader.name for reader in day.readers]
    assert not [text for text in everything if re.search(rf"\b{name}\b", text)]


def test_headlines_are_forty_to_ninety_characters_and_the_lead_fits_a_subject_line(day: SampleDay) -> None:
    for item in day.items:
        shortest, longest = (45, 75) if item.story == day.expected.lead else (40, 90)
        assert [said.title for said in item.wordings if not shortest <= len(said.title) <= longest] == []


def test_summaries_are_whole_sentences_without_the_files_line_breaks(day: SampleDay) -> None:
    for item in day.items:
        assert "\n" not in item.summary
        assert 25 <= len(words(text_of(item))) <= 220
    assert all(item.summary.rstrip().endswith((".", "”", ">")) for item in day.items)


def test_everything_happened_within_the_last_day(day: SampleDay) -> None:
    ages = [said.ago for item in day.items for said in item.wordings]
    assert timedelta(0) < min(ages)
    assert max(ages) < timedelta(hours=24)


def test_each_bad_date_occurs_once_and_in_rss_only(day: SampleDay) -> None:
    odd = Counter(
        (feed.format, item.dating) for feed in day.feeds for item in feed.items if item.dating is not Dating.NORMAL
    )
    assert odd == {(Format.RSS, dating): 1 for dating in Dating if dating is not Dating.NORMAL}


def test_twenty_five_readers_get_the_daily_at_reserved_addresses(day: SampleDay) -> None:
    assert len({reader.address for reader in day.readers}) == 25
    assert all("daily" in reader.frequencies for reader in day.readers)
    assert any("weekly" in reader.frequencies for reader in day.readers)
    assert all(reader.address.endswith(("@example.org", ".example")) for reader in day.readers)
    assert all(reader.name and reader.consent_source for reader in day.readers)
    assert readers_csv().startswith("email,name,frequency,consent_source\n")

"""The sample day through the whole line: real fetcher, real processes, real store, real templates, real outbox."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest

from digest.app.app import App, opened
from digest.app.clock import clock
from digest.config.load import load as load_config
from digest.edit.codec import load as load_judgement
from digest.model.edition import Judgement
from digest.model.feed import CollectReport
from digest.model.mail import EditionRecord, EditionState
from digest.model.news import Item, Kind, SectionName
from digest.model.story import Cause
from digest.pipeline.gather import collect_now
from digest.pipeline.tick import at_once
from digest.sample.day import SampleDay, SampleItem
from digest.sample.day import load as load_day
from digest.sample.feeds import address
from digest.sample.server import SampleServer
from tests.cli.folders import mails
from tests.cli.newsroom import NOW, furnish

MOST_SPLIT = 1
"""Of the day's 22 Labour stories: how many may be told as two. Better judgement lowers it."""

MOST_MISPLACED = 4
"""Of the same: how many may stand in another section than an editor would choose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What a walk of the line left behind."""

    day: SampleDay
    report: CollectReport
    record: EditionRecord
    judgement: Judgement
    items: tuple[Item, ...]
    folder: Path

    @property
    def html(self) -> str:
        assert self.record.email is not None
        return self.record.email.html

    @property
    def text(self) -> str:
        assert self.record.email is not None
        return self.record.email.text

    @property
    def words(self) -> str:
        """What a reader of the HTML part reads, without markup."""
        return re.sub(
            r"\s+", " ", unescape(re.sub(r"<(style|head)\b.*?</\1>|<[^>]+>", " ", self.html, flags=re.DOTALL))
        )

    def item(self, sample: SampleItem) -> Item:
        feed = next(feed for feed in self.day.feeds if sample in feed.items)
        url = address(feed, sample, now=NOW)
        (found,) = (item for item in self.items if url in item.urls)
        return found

    def story(self, sample: SampleItem) -> str:
        """The id of the story in which the item ended; empty when it is in none that was ranked."""
        item = self.item(sample)
        return next((r.story.id for r in self.judgement.ranked if item.id in {one.id for one in r.story.items}), "")

    def stories(self, name: str) -> set[str]:
        """Every story that holds an item of this sample story."""
        return {self.story(sample) for sample in self.samples(name)}

    def samples(self, name: str) -> list[SampleItem]:
        return [sample for sample in self.day.items if sample.story == name]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """The line, walked once at once."""
    day, folder = load_day(), tmp_path_factory.mktemp("day") / "newsroom"
    with SampleServer(day, now=NOW) as server:
        settings = load_config(furnish(folder, server))
        with opened(settings, clock=clock(NOW), progress=lambda *_: None) as app:
            report = at_once(app.line, ["daily"])
            items = tuple(app.line.items.items_since(NOW))
    record = report.outcomes[0].edition
    assert record is not None
    assert report.collected is not None
    return Walked(
        day=day,
        report=report.collected,
        record=record,
        judgement=load_judgement(record.edition_json),
        items=items,
        folder=folder,
    )


def test_the_edition_went_out_to_every_reader(walked: Walked) -> None:
    assert walked.record.state is EditionState.SENT
    assert len(mails(walked.folder)) == len(walked.day.readers) == 25


def test_the_lead_is_the_one_an_editor_would_choose(walked: Walked) -> None:
    lead = walked.judgement.edition.lead
    assert lead is not None
    assert walked.stories(walked.day.expected.lead) == {lead.story_id}


def test_six_outlets_and_a_union_telling_one_event_are_one_story_of_seven_voices(walked: Walked) -> None:
    (story_id,) = walked.stories(walked.day.expected.lead)
    ranked = next(one for one in walked.judgement.ranked if one.story.id == story_id)
    assert {item.publisher for item in ranked.story.items} == {
        sample.outlet for sample in walked.samples(walked.day.expected.lead)
    }
    assert ranked.voices == 7


def test_stories_that_look_alike_stay_apart(walked: Walked) -> None:
    for one, other in walked.day.expected.apart:
        assert (walked.stories(one) & walked.stories(other)) - {""} == set(), (one, other)


def test_items_of_one_event_end_in_one_story(walked: Walked) -> None:
    names = {sample.story for sample in walked.day.items if sample.labour and sample.kind is Kind.NEWS}
    split = {name: walked.stories(name) for name in names if len(walked.stories(name)) > 1}
    assert len(split) <= MOST_SPLIT, split
    assert walked.day.expected.lead not in split


def test_wire_copy_in_four_papers_is_one_voice(walked: Walked) -> None:
    (story_id,) = walked.stories(walked.day.expected.wire)
    ranked = next(one for one in walked.judgement.ranked if one.story.id == story_id)
    assert len({item.publisher for item in ranked.story.items}) == 4
    assert ranked.voices == 1


def test_two_feeds_of_one_publisher_with_one_address_are_one_item(walked: Walked) -> None:
    twins = [one for one in walked.samples(walked.day.expected.twins) if one.outlet == "Daily Meridian"]
    (item,) = {walked.item(twin).id: walked.item(twin) for twin in twins}.values()
    assert set(item.sources) == {"meridian-politics", "meridian-latest"}
    assert {twin.title for twin in twins} == set(item.titles)


def test_what_is_not_labour_news_is_not_printed(walked: Walked) -> None:
    printed = {piece.story_id for piece in walked.judgement.edition.pieces}
    wrong = [sample.title for sample in walked.day.items if not sample.labour and walked.story(sample) in printed]
    assert wrong == []


def test_all_but_a_few_stories_of_the_day_are_printed_or_left_out_with_a_reason(walked: Walked) -> None:
    edition = walked.judgement.edition
    accounted = {piece.story_id for piece in edition.pieces} | {one.story_id for one in edition.left_out}
    assert {ranked.story.id for ranked in walked.judgement.ranked} <= accounted
    assert all(one.why for one in edition.left_out)


def test_comment_stands_apart_from_news(walked: Walked) -> None:
    edition = walked.judgement.edition
    assert edition.comment
    assert {piece.kind for piece in edition.comment} <= {Kind.COMMENT, Kind.ANALYSIS}
    news = [piece for piece in edition.pieces if piece not in edition.comment]
    assert {piece.kind for piece in news} <= {Kind.NEWS, Kind.LIVE}


def test_every_section_has_something(walked: Walked) -> None:
    edition = walked.judgement.edition
    assert {piece.section for piece in edition.pieces if piece not in edition.comment} == set(SectionName)


def test_most_stories_stand_in_the_section_an_editor_would_put_them_in(walked: Walked) -> None:
    by_story = {one.story.id: one.section for one in walked.judgement.ranked}
    wrong = {
        name: by_story[story_id]
        for name, expected in walked.day.expected.sections.items()
        for story_id in walked.stories(name)
        if story_id and by_story[story_id] is not expected
    }
    assert len(wrong) <= MOST_MISPLACED, wrong


@pytest.mark.parametrize("phrase", load_day().expected.boilerplate)
def test_no_furniture_of_a_publishers_page_reaches_the_edition(walked: Walked, phrase: str) -> None:
    for page in (walked.html, walked.text, walked.words, walked.record.edition_json):
        assert phrase.casefold() not in page.casefold()


def test_the_item_full_of_furniture_keeps_its_news(walked: Walked) -> None:
    (sample,) = (one for one in walked.day.items if one.key == walked.day.expected.boilerplate_item)
    assert "passed by 21 votes to 12" in walked.item(sample).summary
    assert walked.story(sample)


def test_an_attribution_to_another_paper_is_kept(walked: Walked) -> None:
    (sample,) = (one for one in walked.day.items if "The Mirror reported" in one.summary)
    assert "The Mirror reported" in walked.item(sample).summary


def test_summaries_are_the_sources_own_sentences(walked: Walked) -> None:
    by_id = {item.id: item for item in walked.items}
    for piece in walked.judgement.edition.pieces:
        for sentence in piece.sentences:
            assert by_id[sentence.item_id].summary[sentence.start : sentence.end] == sentence.text


def test_every_headline_and_link_of_the_edition_stands_in_both_parts(walked: Walked) -> None:
    lines = re.sub(r"\s+", " ", walked.text)
    for piece in walked.judgement.edition.pieces:
        assert re.sub(r"\s+", " ", piece.headline) in lines
        assert re.sub(r"\s+", " ", piece.headline) in walked.words
        assert piece.sources[0].url in walked.html
        assert piece.sources[0].url in walked.text
    assert "utm_" not in walked.html + walked.text


def test_every_point_is_explained_and_they_add_up(walked: Walked) -> None:
    scores = [ranked.score for ranked in walked.judgement.ranked]
    assert scores == sorted(scores, reverse=True)
    for ranked in walked.judgement.ranked:
        assert ranked.score == sum(reason.points for reason in ranked.reasons)
        assert Cause.PUBLISHERS in {reason.cause for reason in ranked.reasons}
        assert all(reason.why for reason in ranked.reasons)


def test_a_dead_and_a_malformed_feed_are_lines_of_the_report(walked: Walked) -> None:
    lines = {line.source_id: line for line in walked.report.sources}
    assert len(lines) == 12
    assert lines["tidewater"].outcome == "failed"
    assert lines["tidewater"].problems == ("answered 500 Internal Server Error",)
    assert (lines["marlport"].outcome, lines["marlport"].entries) == ("read", 3)
    assert lines["marlport"].problems[0].startswith("malformed, read as far as possible")
    assert [one for one, line in lines.items() if line.problems] == ["tidewater", "marlport"]


@pytest.fixture
def collected_twice(tmp_path: Path) -> Iterator[tuple[App, SampleDay, CollectReport]]:
    """A newsroom that collected, and again after a headline had changed."""
    day = load_day()
    with SampleServer(day, now=NOW) as server:
        settings = load_config(furnish(tmp_path / "newsroom", server))
        with opened(settings, clock=clock(NOW), progress=lambda *_: None) as app:
            collect_now(app.line, NOW)
            server.edition = 2
            yield app, day, collect_now(app.line, NOW)


def test_an_updated_headline_is_the_same_item_under_its_latest_title(
    collected_twice: tuple[App, SampleDay, CollectReport],
) -> None:
    app, day, report = collected_twice
    (sample,) = (one for one in day.items if one.key == day.expected.retitled)
    assert (report.new_items, report.changed_items) == (0, 1)
    assert {line.source_id for line in report.sources if line.outcome == "read"} == {"pennant"}
    first, later = sample.wording(1).title, sample.wording(2).title
    (item,) = (one for one in app.line.items.items_since(NOW) if first in one.titles)
    assert (item.title, item.titles) == (later, (first, later))

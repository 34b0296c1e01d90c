"""The edition: its shape, its caps, a reason for everything left out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.edit.codec import dump, load
from digest.edit.edit import edit
from digest.edit.piece import Desk
from digest.edit.shape import Shape
from digest.model.edition import Ask, AskPlace, Edition, Judgement
from digest.model.news import Kind, SectionName
from digest.model.story import Continuity, Novelty, Ranked, Relevance
from tests.builders import DAY, LEXICON, item, ranked, source, sources

DESK = Desk(day=DAY, sources=sources("The Lantern", "The Courier"), lexicon=LEXICON, excerpt_words=50)
SHAPE = Shape(threshold=0.35)
ASK = Ask(text="Join us.", label="Support us", url="https://example.org/support")
TOPICS = (
    "schools trains farms courts rivers housing prisons ports libraries parks museums bridges taxes hospitals".split()
)


def many(count: int, **given: object) -> list[Ranked]:
    """Stories of falling score, each with its own words, spread over the sections."""
    names = list(SectionName)
    return [
        ranked(
            item(
                f"Minister sets out a long plan for {TOPICS[n % len(TOPICS)]} in year {n}",
                name=str(n),
                publisher=f"Paper {n}",
                summary=f"The plan number {n} was set out on Thursday. Nobody objected to it in the chamber.",
            ),
            score=500 - n,
            **{"section": names[n % len(names)], **given},
        )
        for n in range(count)
    ]


def made(stories: list[Ranked], shape: Shape = SHAPE, desk: Desk = DESK, ask: Ask | None = None) -> Edition:
    return edit(stories, newsletter="daily", day=DAY, desk=desk, shape=shape, ask=ask)


def test_a_full_day_has_a_lead_five_to_know_and_a_wire_within_its_caps() -> None:
    edition = made(many(60))
    assert edition.lead is not None
    assert len(edition.five) == 5
    assert sum(len(section.pieces) for section in edition.sections) == 10
    assert all(1 <= len(section.pieces) <= 3 for section in edition.sections)
    assert len(edition.lead.sentences) == 2
    assert all(len(piece.sentences) == 1 for piece in edition.five)


def test_sections_come_in_the_order_of_print() -> None:
    names = [section.name for section in made(many(60)).sections]
    assert names == [name for name in SectionName if name in names]


def test_every_story_is_printed_or_left_out_with_a_reason() -> None:
    stories = many(60)
    edition = made(stories)
    printed = {piece.story_id for piece in edition.pieces}
    left_out = {one.story_id: one.why for one in edition.left_out}
    assert printed | set(left_out) == {one.story.id for one in stories}
    assert printed.isdisjoint(left_out)
    assert all(left_out.values())


@given(st.integers(0, 30), st.integers(0, 8), st.integers(0, 12))
def test_no_cap_is_ever_exceeded(count: int, five: int, wire: int) -> None:
    edition = made(many(count), replace(SHAPE, five=five, wire=wire))
    assert len(edition.five) <= five
    assert sum(len(section.pieces) for section in edition.sections) <= wire
    assert bool(edition.lead) == (count > 0)


def test_a_quiet_day_gives_a_short_edition_and_no_filler() -> None:
    stories = [*many(2), *many(5, relevance=Relevance(score=0.1, mentions=()))[2:]]
    edition = made(stories)
    assert len(edition.pieces) == 2
    assert {one.why for one in edition.left_out} == {"not Labour news enough: relevance 0.10, needed 0.35"}
    assert edition.preheader == edition.five[0].headline


@pytest.mark.parametrize(
    ("stories", "shape", "why"),
    [
        ([], SHAPE, "nothing has come in since the last edition"),
        (
            many(2, relevance=Relevance(score=0.2, mentions=())),
            SHAPE,
            "none of 2 stories was new Labour news (best relevance 0.20, needed 0.35)",
        ),
        (
            [ranked(item("What I think of it", kind=Kind.COMMENT))],
            SHAPE,
            "none of 1 stories was new Labour news: what is relevant is comment or was told before",
        ),
        (many(1), replace(SHAPE, safe_only=True), "no story had two independent sources"),
    ],
)
def test_nothing_at_all_gives_an_empty_edition_that_says_why(stories: list[Ranked], shape: Shape, why: str) -> None:
    edition = made(stories, shape)
    assert edition.lead is None
    assert edition.empty_because == why


def test_a_repeat_is_dropped_and_says_when_it_was_told() -> None:
    repeat = Continuity(novelty=Novelty.REPEAT, told_on="2026-05-14")
    edition = made([*many(1), ranked(item("Old news"), continuity=repeat)])
    assert [one.why for one in edition.left_out] == ["told on 2026-05-14 and nothing new since"]


def test_a_developing_story_says_what_is_new() -> None:
    developing = Continuity(novelty=Novelty.DEVELOPING, since="Judge quashes it", told_on="2026-05-14")
    lead = made([ranked(item("Library closure quashed"), continuity=developing)]).lead
    assert lead is not None
    assert (lead.since, lead.is_developing) == ("Judge quashes it", True)


def test_what_is_new_is_not_said_again_where_the_headline_says_as_much() -> None:
    said = "Closure of library quashed by judge in Stannerby"
    developing = Continuity(novelty=Novelty.DEVELOPING, since=said, told_on="2026-05-14")
    lead = made([ranked(item("Judge says that library closure is quashed"), continuity=developing)]).lead
    assert lead is not None
    assert (lead.since, lead.is_developing) == ("", True)


def test_one_publisher_cannot_fill_the_edition() -> None:
    stories = [ranked(item(f"Labour report number {n}", name=str(n)), score=90 - n) for n in range(9)]
    edition = made(stories)
    assert len(edition.pieces) == 6
    assert "The Lantern already stands first in 6 stories" in {one.why for one in edition.left_out}


SAME = "https://post.example/live"


@pytest.mark.parametrize("other", [SAME, "http://www.post.example/live/"])
def test_of_two_stories_that_lead_to_one_page_the_better_is_printed(other: str) -> None:
    stories = many(4)
    for place, url in ((1, SAME), (3, other)):
        only = replace(stories[place].story.items[0], url=url)
        stories[place] = replace(stories[place], story=replace(stories[place].story, items=(only,)))
    edition = made(stories)
    assert [piece.story_id for piece in edition.pieces] == [one.story.id for one in stories[:3]]
    assert [one.why for one in edition.left_out] == ["a story above leads to the same page"]


@pytest.mark.parametrize("place", [3, 17])
def test_a_crowded_story_fills_no_room_if_its_page_is_printed(place: int) -> None:
    stories = many(20, section=SectionName.PARTY)
    for number in (place, 12):
        only = replace(stories[number].story.items[0], url=SAME)
        stories[number] = replace(stories[number], story=replace(stories[number].story, items=(only,)))
    edition = made(stories, replace(SHAPE, wire=12))
    urls = [piece.sources[0].url for piece in edition.pieces]
    assert urls.count(SAME) == 1
    assert len(urls) == 18


def test_no_two_comments_and_no_comment_and_news_lead_to_one_page() -> None:
    blog = "https://blog.example/today"
    stories = [
        ranked(item("Chancellor cancels the levy", publisher="A", url=SAME)),
        ranked(item("Why I cheered", publisher="B", url=SAME, kind=Kind.COMMENT)),
        ranked(item("Why I wept", publisher="C", url=blog, kind=Kind.COMMENT)),
        ranked(item("Why I slept", publisher="D", url=blog, kind=Kind.COMMENT)),
    ]
    edition = made(stories)
    assert [piece.headline for piece in edition.comment] == ["Why I wept"]
    assert {one.headline for one in edition.left_out} == {"Why I cheered", "Why I slept"}
    assert all("its page is printed already" in one.why for one in edition.left_out)


def wire_of(scores: Mapping[SectionName, Sequence[int]]) -> tuple[dict[SectionName, list[int]], set[str]]:
    """The points of the stories on the wire below a lead, and why the others are left out."""
    told = [(points, name) for name, given in scores.items() for points in given]
    stories = [
        ranked(item(f"Report {n}", name=str(n), publisher=f"Paper {n}"), score=points, section=name)
        for n, (points, name) in enumerate([(100, SectionName.PARTY), *sorted(told, reverse=True)])
    ]
    edition = made(stories, replace(SHAPE, five=0, wire=6))
    return (
        {section.name: [piece.score for piece in section.pieces] for section in edition.sections},
        {one.why for one in edition.left_out},
    )


def test_a_section_that_has_its_share_makes_room_for_what_weighs_nearly_the_same() -> None:
    found, why = wire_of({SectionName.PARTY: [50] * 6, SectionName.UNIONS: [47, 47], SectionName.POLLS: [49]})
    assert found == {SectionName.PARTY: [50] * 3, SectionName.UNIONS: [47, 47], SectionName.POLLS: [49]}
    assert why == {"Party already has 3 stories"}


def test_a_section_that_has_its_share_makes_no_room_for_what_is_slight() -> None:
    found, why = wire_of({SectionName.PARTY: [50] * 6, SectionName.UNIONS: [36], SectionName.POLLS: [43]})
    assert found == {SectionName.PARTY: [50] * 5, SectionName.POLLS: [43]}
    assert why == {"Party already has 5 stories", "the edition is full at 7 stories"}


def test_what_only_labels_something_to_watch_is_no_news_and_a_report_beside_it_is() -> None:
    label = item("Watch: the day that Reed resigned", publisher="A")
    edition = made([*many(1), ranked(label)])
    assert [(one.headline, one.why) for one in edition.left_out] == [
        (label.title, "no headline of news: something to watch or to hear under a label")
    ]
    (piece,) = made([ranked(label, item("Reed resigns over the levy", publisher="B"))]).pieces
    assert piece.headline == "Reed resigns over the levy"


def test_a_full_section_may_fill_a_wire_that_has_room_in_the_order_of_the_ranking() -> None:
    stories = many(20, section=SectionName.PARTY)
    edition = made(stories)
    assert [len(section.pieces) for section in edition.sections] == [10]
    printed = [piece.story_id for piece in edition.sections[0].pieces]
    assert printed == [story.story.id for story in stories[6:16]]


def test_the_headline_of_a_developing_story_is_what_is_new() -> None:
    old = item("Labour council votes to close the library in Stannerby", publisher="The Lantern")
    new = item("Judge quashes closure", publisher="The Courier")
    developing = Continuity(novelty=Novelty.DEVELOPING, since=new.title, told_on="2026-05-14")
    desk = replace(DESK, told_items=frozenset({old.id}))
    lead = made([ranked(old, new, continuity=developing)], desk=desk).lead
    assert lead is not None
    assert (lead.headline, lead.since, lead.is_developing) == (new.title, "", True)
    assert [link.publisher for link in lead.sources] == ["The Courier", "The Lantern"]


def test_the_safe_edition_has_only_stories_of_two_voices_and_no_comment() -> None:
    stories = [
        ranked(item("Two papers say so", publisher="A"), item("Two papers say so too", publisher="B")),
        ranked(item("One paper says so", publisher="C")),
        ranked(item("What I think of it", publisher="D", kind=Kind.COMMENT)),
    ]
    edition = made(stories, replace(SHAPE, safe_only=True))
    assert [piece.sources[0].publisher for piece in edition.pieces] == ["B"]
    assert edition.comment == ()


def test_comment_stands_apart_under_its_author_one_of_a_story_two_of_a_publisher() -> None:
    news = ranked(
        item("Chancellor cancels the levy", publisher="A"),
        item("This levy was always folly", publisher="B", kind=Kind.COMMENT, author="Ada Quill"),
        item("The levy deserved better", publisher="C", kind=Kind.COMMENT, position=9),
        item("Why the levy failed", publisher="D", kind=Kind.ANALYSIS),
    )
    columns = [
        ranked(item(f"Thoughts on {topic}", publisher="B", kind=Kind.COMMENT), score=20 - n)
        for n, topic in enumerate(TOPICS[:3])
    ]
    edition = made([news, *columns])
    assert [piece.headline for piece in edition.comment] == ["This levy was always folly", "Thoughts on schools"]
    assert edition.comment[0].author == "Ada Quill"
    assert edition.lead is not None
    assert edition.lead.headline == "Chancellor cancels the levy"
    assert {piece.kind for piece in edition.comment} == {Kind.COMMENT}
    assert "that block is full" in edition.left_out[0].why


def test_comment_readers_have_seen_or_that_is_not_about_labour_stays_out() -> None:
    column = item("What I think", publisher="B", kind=Kind.COMMENT)
    seen = replace(DESK, told_items=frozenset({column.id}))
    assert made([*many(1), ranked(column)], desk=seen).comment == ()
    foreign = ranked(column, relevance=Relevance(score=0.1, mentions=()))
    assert made([*many(1), foreign]).comment == ()


def test_an_analysis_alone_is_printed_as_analysis() -> None:
    edition = made([*many(1), ranked(item("What it all means", kind=Kind.ANALYSIS))])
    assert [piece.kicker for piece in edition.comment] == ["Analysis"]


def test_the_subject_is_the_leads_headline_or_the_one_that_fits() -> None:
    long = "The Health Secretary has announced at last a national care service that a levy on estates will pay for"
    fitting = "National care service will be paid for by a levy on estates"
    lead = ranked(item(long, publisher="A"), item(fitting, publisher="B"))
    assert made([lead]).subject in {fitting, long}
    alone = made([ranked(item(long + " after a long and bitter fight in cabinet and country"))])
    assert len(alone.subject) <= 110
    assert alone.subject.endswith("…")
    short = made([ranked(item("Levy dropped"))])
    assert short.subject == "Levy dropped"


def test_a_fitting_headline_of_the_lead_becomes_the_subject_when_the_fittest_is_too_long() -> None:
    long = "Levy on estates to fund national care service under plan from Health Secretary, she tells care workers"
    lead = ranked(
        item(long, publisher="The Lantern"),
        item("Levy on estates to fund the care service, minister to say", publisher="B", kind=Kind.LIVE),
    )
    desk = replace(DESK, sources={"the-lantern": source("The Lantern", weight=2.0), "b": source("B", weight=0.0)})
    edition = made([lead], desk=desk)
    assert edition.lead is not None
    assert edition.lead.headline == long
    assert edition.subject == "Levy on estates to fund the care service, minister to say"


@pytest.mark.parametrize(
    ("lead", "wire", "place"),
    [
        ("Minister sets out a plan", "Council votes", AskPlace.AFTER_FIVE),
        ("Labour MP killed in road accident", "Council votes", AskPlace.END),
        ("Labour MP killed in road accident", "Funeral of Labour peer", AskPlace.LEFT_OUT),
    ],
)
def test_the_ask_never_stands_beside_a_death(lead: str, wire: str, place: AskPlace) -> None:
    shape = replace(SHAPE, five=0)
    stories = [ranked(item(lead), score=9), ranked(item(wire), score=8)]
    edition = made(stories, shape, ask=ASK)
    assert edition.ask_place is place
    assert (edition.ask is None) == (place is AskPlace.LEFT_OUT)


def test_without_an_ask_in_the_config_there_is_none() -> None:
    assert made(many(3)).ask is None


def test_the_ask_of_an_edition_of_one_story_looks_at_that_story() -> None:
    assert made([ranked(item("Labour MP killed in road accident"))], ask=ASK).ask_place is AskPlace.LEFT_OUT


def test_the_first_preheader_of_an_edition_without_five_comes_from_the_wire() -> None:
    edition = made(many(3), replace(SHAPE, five=0))
    assert edition.preheader.startswith(edition.sections[0].pieces[0].headline)


def test_a_judgement_survives_the_store() -> None:
    stories = many(20)
    judgement = Judgement(edition=made(stories, ask=ASK), ranked=tuple(stories))
    assert load(dump(judgement)) == judgement

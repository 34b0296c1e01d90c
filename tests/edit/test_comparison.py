"""Two judgements of one day are compared story by story."""

from dataclasses import replace

from digest.edit.comparison import OUT, Change, comparison
from digest.edit.edit import edit
from digest.edit.piece import Desk
from digest.edit.shape import Shape
from digest.model.edition import Judgement
from digest.model.story import Cause, Ranked, Reason
from tests.builders import DAY, LEXICON, item, ranked, sources

DESK = Desk(day=DAY, sources=sources("The Lantern"), lexicon=LEXICON, excerpt_words=50)
SHAPE = Shape(threshold=0.35, five=1, wire=0)
TOWNS = ("Stannerby", "Thornwick", "Makerfield")


def judged(*scores: int) -> Judgement:
    stories = [
        ranked(item(f"Bridge opens in {town}", publisher=town), score=score)
        for town, score in zip(TOWNS, scores, strict=True)
    ]
    stories.sort(key=lambda story: -story.score)
    edition = edit(stories, newsletter="daily", day=DAY, desk=DESK, shape=SHAPE, ask=None)
    return Judgement(edition=edition, ranked=tuple(stories))


def test_who_enters_who_leaves_and_who_stays_is_told_in_the_order_of_the_second() -> None:
    moves = comparison(judged(30, 20, 10), judged(30, 20, 40))
    assert [(move.headline.split()[-1], move.before, move.after) for move in moves] == [
        ("Makerfield", OUT, "1, Lead"),
        ("Stannerby", "1, Lead", "2, Five: 1"),
        ("Thornwick", "2, Five: 1", OUT),
    ]
    assert [(move.rank_before, move.rank_after) for move in moves] == [(3, 1), (1, 2), (2, 3)]
    assert [(move.score_before, move.score_after) for move in moves] == [(10, 40), (30, 30), (20, 20)]


def test_the_causes_that_give_other_points_are_named_and_no_others() -> None:
    moves = comparison(judged(30, 20, 10), judged(30, 20, 40))
    assert moves[0].changes == (Change(cause=Cause.PUBLISHERS, before=10, after=40),)
    assert moves[1].changes == ()


def test_a_cause_that_only_one_of_them_knows_counts_as_nothing_in_the_other() -> None:
    before = judged(30, 20, 10)
    newer = Reason(cause=Cause.FRESHNESS, points=5, why="newest report 1 hour old")
    first = before.ranked[0]
    after = replace(before, ranked=(replace(first, reasons=(*first.reasons, newer)), *before.ranked[1:]))
    assert comparison(before, after)[0].changes == (Change(cause=Cause.FRESHNESS, before=0, after=5),)


def test_equal_judgements_move_nobody() -> None:
    moves = comparison(judged(30, 20, 10), judged(30, 20, 10))
    assert [move.is_elsewhere for move in moves] == [False, False]


def test_a_story_that_the_other_ranking_does_not_know_is_no_move() -> None:
    before = judged(30, 20, 10)
    after = replace(before, ranked=tuple[Ranked, ...](before.ranked[1:]))
    assert [move.headline.split()[-1] for move in comparison(before, after)] == ["Thornwick"]

"""Why a story stands where it stands, told once for the terminal and the preview."""

from dataclasses import replace

import pytest

from digest.edit.explanation import explanation, joined_by, placed
from digest.model.edition import Judgement, LeftOut
from digest.model.story import Evidence, Join, Signal
from tests.builders import item, ranked
from tests.render.letters import rich_edition


def judged(*scores: int) -> Judgement:
    stories = tuple(ranked(item(f"Story {n}"), score=score) for n, score in enumerate(scores))
    return Judgement(edition=rich_edition(), ranked=stories)


def test_the_first_has_nobody_above_it() -> None:
    judgement = judged(30, 20)
    told = explanation(judgement, judgement.ranked[0])
    assert (told.place, told.of, told.above, told.to_rise) == (1, 2, "", 0)
    assert told.headline == "Story 0"


def test_one_point_more_than_the_difference_moves_a_story_up() -> None:
    judgement = judged(30, 20)
    told = explanation(judgement, judgement.ranked[1])
    assert (told.place, told.above, told.to_rise) == (2, judgement.ranked[0].story.id, 11)


def test_a_story_of_another_judgement_is_refused() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        explanation(judged(30), judged(20).ranked[0])


def test_what_became_of_a_story_is_told() -> None:
    judgement = judged(30, 20, 10)
    printed, spiked, _ = judgement.ranked
    assert judgement.edition.lead is not None
    lead = replace(judgement.edition.lead, story_id=printed.story.id)
    left = LeftOut(story_id=spiked.story.id, headline="x", score=20, why="below the threshold")
    edition = replace(judgement.edition, lead=lead, left_out=(left,))
    fates = [explanation(replace(judgement, edition=edition), one).fate for one in judgement.ranked]
    assert fates == ["printed as Lead", "left out: below the threshold", "printed only as comment"]


def test_a_printed_story_that_was_moved_down_says_why_unless_an_editor_put_it_up_again() -> None:
    judgement = judged(30)
    edition = judgement.edition
    story_id = judgement.ranked[0].story.id
    moved = LeftOut(story_id=story_id, headline="x", score=30, why="fourth story about Ada in the first 6: moved down")
    section = edition.sections[0]
    wire = replace(section, pieces=(replace(section.pieces[0], story_id=story_id), *section.pieces[1:]))
    lower = replace(edition, sections=(wire, *edition.sections[1:]), moved=(moved,))
    fate = explanation(replace(judgement, edition=lower), judgement.ranked[0]).fate
    assert fate == f"printed as {section.name.value} ({moved.why})"
    assert edition.lead is not None
    lead = replace(edition, lead=replace(edition.lead, story_id=story_id), moved=(moved,))
    assert explanation(replace(judgement, edition=lead), judgement.ranked[0]).fate == "printed as Lead"


def test_what_would_lift_a_story_is_what_its_ranking_says() -> None:
    judgement = judged(30, 20)
    lifted = replace(judgement.ranked[1], rise=("2 more independent publishers",))
    told = explanation(replace(judgement, ranked=(judgement.ranked[0], lifted)), lifted)
    assert told.ways == ("2 more independent publishers",)


def test_every_piece_is_placed_in_the_order_in_which_it_is_read() -> None:
    edition = rich_edition()
    found = placed(edition)
    assert [piece for _, piece in found] == list(edition.pieces)
    assert [where for where, _ in found][:3] == ["Lead", "Five: 1", "Five: 2"]
    assert found[-1][0] == "Analysis"


def test_an_edition_without_a_lead_has_no_place_for_one() -> None:
    assert placed(replace(rich_edition(), lead=None))[0][0] == "Five: 1"


def test_an_item_says_what_it_shares_and_the_first_one_shares_nothing() -> None:
    evidence = (
        Evidence(signal=Signal.PEOPLE, what=("Ada Okonkwo", "Tom Wexley"), weight=0.4),
        Evidence(signal=Signal.TIME, what=("2 hours apart",), weight=-0.05),
    )
    join = Join(item_id="b", to_id="a", weight=0.35, evidence=evidence)
    assert joined_by(join) == "people Ada Okonkwo, Tom Wexley +0.40; time 2 hours apart -0.05"
    assert joined_by(None) == "–"

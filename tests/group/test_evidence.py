"""Why an item stands in a story and which came nearest: every word has its part, and the parts add up."""

import math
from dataclasses import replace

import pytest

from digest.group.background import Background, background
from digest.group.evidence import SHOWN, Near, joins, neighbours, refusal
from digest.group.terms import Terms, terms
from digest.group.urn import BIGGER, SAME_PAGE, belonging, urn, without
from digest.model.news import Item
from digest.model.story import Evidence, Signal
from tests.builders import LEXICON, hours_ago, item

LEAST = 3.9


def judged(*items: Item) -> tuple[tuple[Terms, ...], Background]:
    run = terms(items, lexicon=LEXICON)
    return run, background(([index] for index in range(len(run))), run)


def reports(*titles: str, age: float = 3) -> list[Item]:
    return [item(title, publisher=str(place), published=hours_ago(age)) for place, title in enumerate(titles)]


LEVY = reports("Levy on kiosks doubled", "Kiosks face doubled levy", "Doubled levy angers kiosks")


def parts(evidence: tuple[Evidence, ...]) -> dict[Signal, Evidence]:
    found = {part.signal: part for part in evidence}
    assert len(found) == len(evidence)
    return found


def test_every_item_but_the_first_has_a_join_that_adds_up_to_how_well_it_is_explained() -> None:
    long = replace(
        LEVY[2], summary="Bakers, orchards and tractors by the harbour are to pay it too, the Treasury says."
    )
    run, common = judged(*LEVY[:2], long)
    found = joins([0, 1, 2], run, common)
    assert [join.item_id for join in found] == [LEVY[1].id, LEVY[2].id]
    for index, join in enumerate(found, 1):
        one = urn([index], run, common)
        explained = belonging(one, without(urn([0, 1, 2], run, common), one))
        assert math.isclose(join.weight, explained)
        assert math.isclose(join.weight, math.fsum(part.weight for part in join.evidence))


def test_a_join_names_the_earlier_item_that_shares_most_and_of_two_the_first() -> None:
    run, common = judged(*reports("Storm over kiosks", "Levy on kiosks doubled", "Doubled levy for kiosks"))
    assert [join.to_id for join in joins([0, 1, 2], run, common)] == [run[0].item.id, run[1].item.id]
    run, common = judged(*reports("Levy", "Levy", "Levy"))
    assert [join.to_id for join in joins([0, 1, 2], run, common)] == [run[0].item.id] * 2


def test_a_story_of_one_has_no_joins() -> None:
    run, common = judged(*LEVY)
    assert joins([0], run, common) == ()


def test_shared_words_names_people_and_bodies_are_told_apart() -> None:
    title = "Chancellor and TUC at odds in Stannerby Vale over levy"
    run, common = judged(*reports(title, title))
    found = parts(joins([0, 1], run, common)[0].evidence)
    assert found[Signal.PEOPLE].what == ("Rachel Reeves",)
    assert found[Signal.BODIES].what == ("Trades Union Congress",)
    assert "stannerby vale" in found[Signal.PHRASES].what
    assert "stannerby" not in found[Signal.PHRASES].what
    assert {"levy", "odd"} <= set(found[Signal.WORDS].what)
    assert found[Signal.REST].what == ()


def test_a_phrase_only_one_word_of_which_is_shared_is_no_phrase() -> None:
    run, common = judged(*reports("The mayor of Stannerby Vale spoke", "The mayor of Stannerby Heath spoke"))
    assert parts(joins([0, 1], run, common)[0].evidence)[Signal.PHRASES].what == ("stannerby",)


def test_only_the_heaviest_terms_are_shown_but_all_are_weighed() -> None:
    title = "kiosk levy orchard tractor bakery railway harbour"
    run, common = judged(*reports(title, title))
    words = parts(joins([0, 1], run, common)[0].evidence)[Signal.WORDS]
    assert len(words.what) == SHOWN
    assert words.weight > SHOWN


def test_the_size_of_a_story_counts_only_where_others_told_it() -> None:
    run, common = judged(*LEVY)
    assert Signal.SIZE not in parts(joins([0, 1], run, common)[0].evidence)
    size = parts(joins([0, 1, 2], run, common)[0].evidence)[Signal.SIZE]
    assert (size.what, size.weight) == (("told by 2 others",), BIGGER * math.log(2))


def test_words_of_its_own_cost() -> None:
    run, common = judged(*LEVY)
    rest = parts(joins([0, 1, 2], run, common)[1].evidence)[Signal.REST]
    assert rest.what == ("anger",)
    assert rest.weight < 0


def test_a_link_is_evidence_only_where_two_were_seen_at_one_address() -> None:
    linked = item("Doubled levy angers kiosks", publisher="Z", urls=LEVY[0].urls)
    run, common = judged(*LEVY[:2], linked)
    plain, found = (parts(join.evidence) for join in joins([0, 1, 2], run, common))
    assert Signal.LINK not in plain
    assert (found[Signal.LINK].what, found[Signal.LINK].weight) == (LEVY[0].urls, SAME_PAGE)


def test_the_nearest_outside_is_named_with_what_speaks_for_and_against_it() -> None:
    late = item("Kiosks shut in protest at levy", publisher="Z", published=hours_ago(1))
    run, common = judged(*reports(*(one.title for one in LEVY), age=21), late)
    near = neighbours([[0, 1, 2], [3]], run, common)
    refused = refusal(near[0], [0, 1, 2], run, common, least=LEAST)
    assert refused.item_id == late.id
    assert refused.title == late.title
    assert math.isclose(refused.weight, near[0].score)
    assert math.isclose(refused.weight, math.fsum(part.weight for part in refused.evidence))
    time = parts(refused.evidence)[Signal.TIME]
    assert time.what == ("20 hours apart",)
    assert time.weight == pytest.approx(-4.0)


def test_of_several_outside_the_best_explained_is_named_and_of_equals_the_first() -> None:
    run, common = judged(*reports("Levy on kiosks doubled", "Kiosks", "Kiosks and levy", "Levy and kiosks"))
    assert neighbours([[0], [1], [2], [3]], run, common)[0].index == 2


def test_where_nothing_is_near_nothing_is_named() -> None:
    run, common = judged(*reports("Levy on kiosks doubled", "Storm closes coastal railway", "What is it?"))
    assert neighbours([[0], [1], [2]], run, common) == {}


def test_how_well_its_own_story_explains_a_neighbour_is_told_without_itself() -> None:
    run, common = judged(*LEVY, *reports("Levy storm", age=2))
    alone, joined = neighbours([[0, 1, 2], [3]], run, common)[0], neighbours([[0, 1], [2, 3]], run, common)[0]
    assert alone.own == 0.0
    one = urn([joined.index], run, common)
    assert joined.own == pytest.approx(belonging(one, without(urn([2, 3], run, common), one)))


@pytest.mark.parametrize(
    ("near", "why"),
    [
        (Near(index=3, score=2.04, own=0.0), "the story explains it by 2.0; 3.9 is needed"),
        (Near(index=3, score=5.0, own=6.0), "its own story explains it by 6.0, this one by 5.0"),
        (Near(index=3, score=5.0, own=5.0), "its own story explains it by 5.0, this one by 5.0"),
        (
            Near(index=3, score=6.0, own=5.0),
            "the story that it belongs to names others, or is too little like this one as a whole",
        ),
    ],
)
def test_a_refusal_says_why(near: Near, why: str) -> None:
    run, common = judged(*LEVY, item("Levy storm"))
    assert refusal(near, [0, 1, 2], run, common, least=LEAST).why == why

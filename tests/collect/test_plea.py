"""Forms of headlines: what pleads, and what says whose words it reports."""

import pytest

from digest.collect.plea import is_attributed, pleads


@pytest.mark.parametrize(
    "headline",
    [
        "Don't write off Reed yet",
        "Let's be honest about Wensley",
        "Stop blaming Reed for the weather",
        "Shame on Wensley",
        "It's time to mend the bridge",
        "It is high time that Reed went",
        "Time for a new bridge",
        "The case for a bridge at Wensley",
        "In praise of Ben Reed",
        "The tragedy of Ben Reed",
        "The real trouble with Wensley",
        "The problem with Reed",
        "This is how Wensley loses its bridge",
        "This is not a bridge",
        "I was wrong about Reed",
        "I've met Reed",
        "Wensley deserves better than this",
        "If Reed had any sense, he would go",
        "No, Reed is not finished",
    ],
)
def test_a_column_opens_like_this(headline: str) -> None:
    assert pleads(headline)
    assert not pleads(f"{headline}, says Lowe")


@pytest.mark.parametrize(
    "headline",
    [
        "Reed quits",
        "Stop and search at Wensley",
        "Blame game over the bridge",
        "The case of the lost bridge",
        "Problem of the bridge is solved",
        "This is how much the bridge will cost",
        "This is what we know of the bridge",
        "If Reed goes, who would follow?",
        "If Reed wins, Lowe will go",
        "Time runs out at Wensley",
        "In Wensley, Reed quits",
    ],
)
def test_a_report_may_open_like_this(headline: str) -> None:
    assert not pleads(headline)


@pytest.mark.parametrize(
    "headline",
    [
        "Bridge is a disgrace, MPs say",
        "Bridge is a disgrace, says bridge keeper in Wensley",
        "Bridge is a disgrace – keeper warns Reed",
        "Bridge is a disgrace, two former keepers tell Wensley council",
        "Bridge is a disgrace, according to its keeper",
    ],
)
def test_a_report_ends_with_who_says_so(headline: str) -> None:
    assert is_attributed(headline)


def test_a_speaker_at_the_front_does_not_stand_at_the_end() -> None:
    assert not is_attributed("Reed says the bridge is a disgrace")

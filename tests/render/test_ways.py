"""What each way of showing a letter does to colours."""

import pytest

from digest.render.colour import parse
from digest.render.ways import Way, ground_in, text_in


@pytest.mark.parametrize(
    ("way", "dark", "light", "ground"),
    [
        (Way.AUTHORED, "#1c1b1a", "#ece8e1", "#faf1ee"),
        (Way.DARK, "#1c1b1a", "#ece8e1", "#faf1ee"),
        (Way.OUTLOOK, "#e5e4e3", "#1e1a13", "#110805"),
        (Way.SWAPPED, "#e5e4e3", "#1e1a13", "#110805"),
        (Way.FORCED, "#e5e4e3", "#ece8e1", "#121212"),
    ],
)
def test_a_way_turns_what_its_clients_turn(way: Way, dark: str, light: str, ground: str) -> None:
    ink, paper, panel = (parse(text) for text in ("#1c1b1a", "#ece8e1", "#faf1ee"))
    assert ink
    assert paper
    assert panel
    assert (str(text_in(ink, way)), str(text_in(paper, way)), str(ground_in(panel, way))) == (dark, light, ground)

"""grave_word(): which texts tell of a death or an attack."""

import pytest

from digest.text.grave import grave_word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Reed mourns councillor Killed in Brackenfield", "mourns"),
        ("Two held after knife attack", "knife attack"),
        ("Tributes to a former MP", "Tributes"),
        ("Three were shot dead", "shot dead"),
        ("Crash kills three", "kills"),
        ("Man shot in Leeds", "Man shot"),
        ("Two people were shot outside a club", "people were shot"),
        ("Attack on mosque", "Attack on mosque"),
        ("Attack on a Bradford mosque", "Attack on a Bradford mosque"),
        ("Attack at a primary school", "Attack at a primary school"),
        ("Assassination of a president", "Assassination"),
        ("Explosion at plant", "Explosion at"),
        ("Former minister has passed away", "passed away"),
        ("Boy drowns in river", "drowns"),
        ("Dozens hit by airstrike", "airstrike"),
        ("Air strikes on Kharkiv", "Air strikes"),
        ("Body found in canal", "Body found"),
        ("Police search ends: body found", "body found"),
        ("Rapist jailed", "Rapist"),
        ("Death toll rises", "Death"),
        ("Fatal crash on the A1", "Fatal"),
        ("Killers of a teacher named", "Killers"),
        ("Funeral of a miner", "Funeral"),
        ("Five dead in flood", "dead"),
    ],
)
def test_a_grave_text_is_known_by_its_first_grave_word(text: str, word: str) -> None:
    assert grave_word(text) == word


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Reed’s attack on the budget",
        "Attack on school funding",
        "Deadline for the bill",
        "A diet of skilled work",
        "Dead heat in poll",
        "Dead-end jobs",
        "Death tax row",
        "Death duties return",
        "A fatal flaw in the bill",
        "Plan is fatally flawed",
        "Killer blow to plan",
        "Funeral costs bill",
        "Treasury kills off the levy",
        "Lords kill the bill, which kills hopes of a deal",
        "Character assassination, says Reed",
        "Explosion in costs",
        "An explosion of debt",
        "Voice of members drowned out",
        "A shot in the arm for ports",
        "The man shot down in committee",
        "Spending body found in breach of rules",
        "Stabbed in the back by his own side",
    ],
)
def test_the_everyday_words_of_politics_are_not_grave(text: str) -> None:
    assert grave_word(text) == ""

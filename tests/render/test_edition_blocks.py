"""Every block of the letter can be replaced by itself, and the others stay as they are."""

from dataclasses import replace

import pytest

from digest.model.edition import AskPlace
from digest.render.edition import render
from digest.render.templates import environment
from tests.render.letters import BRAND, SOURCES, rich_edition

BLOCKS = ("masthead", "dateline", "note", "lead", "five", "ask", "wire", "comment", "today", "corrections", "footer")


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("template", ["daily", "weekly"])
def test_every_block_of_the_letter_can_be_replaced_by_itself(template: str, block: str) -> None:
    own = {
        f"{template}.{part}.j2": f'{{% extends "shipped/{template}.{part}.j2" %}}'
        f"{{% block {block} %}}our own {{{{ edition.day.year }}}} block{{% endblock %}}"
        for part in ("html", "txt")
    }
    made = environment({**SOURCES, **own, **{f"shipped/{name}": text for name, text in SOURCES.items()}})
    email = render(rich_edition(), brand=BRAND, environment=made, template=template)
    others = {"five": "Six operators have until January", "wire": "Dockers’ union votes"}.get(block, "Dockers’ union")
    for printed in (email.html, email.text):
        assert printed.count("our own 2026 block") == 1
        assert others in printed


def test_the_ask_at_the_end_is_the_same_block() -> None:
    block = "{% block ask %}Give <{{ edition.ask.url|link }}>{% endblock %}"
    own = {"daily.txt.j2": '{% extends "shipped/daily.txt.j2" %}' + block}
    made = environment({**SOURCES, **own, "shipped/daily.txt.j2": SOURCES["daily.txt.j2"]})
    email = render(replace(rich_edition(), ask_place=AskPlace.END), brand=BRAND, environment=made)
    assert "Give <https://dailyrose.example/support?from=daily>" in email.text

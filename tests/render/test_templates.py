"""The environment is closed, and a wrong template is named with its line."""

import pytest
from jinja2 import Environment

from digest.errors import TemplateError
from digest.render.edition import render
from digest.render.templates import environment, fill
from tests.render.letters import BRAND, SOURCES, rich_edition


def one(text: str, name: str = "page.html.j2") -> Environment:
    return environment({name: text})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("line\n{{ missing }}", r"page\.html\.j2, line 2: 'missing' is undefined"),
        ("line\n\n{% if %}", r"page\.html\.j2, line 3: Expected an expression"),
        ("{{ 1 + 'a' }}", r"page\.html\.j2, line 1: unsupported operand"),
        ("{% include 'gone.j2' %}", r"gone\.j2 is missing"),
        ("\n{{ items.append(1) }}", r"page\.html\.j2, line 2: access to attribute 'append'"),
        ("{{ items.__class__.__mro__ }}", r"page\.html\.j2, line 1: access to attribute"),
        ("\n{{ 'ftp://a.example'|link }}", r"page\.html\.j2, line 2: 'ftp://a\.example' does not begin"),
        ("\n{{ 1 // 0 }}", r"page\.html\.j2, line 2: integer division"),
    ],
)
def test_a_wrong_template_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(TemplateError, match=message) as caught:
        fill(one(text), "page.html.j2", items=[])
    assert caught.value.mend


def test_an_error_in_an_included_template_names_that_template() -> None:
    made = environment({"a.html.j2": "{% include 'b.html.j2' %}", "b.html.j2": "\n\n{{ missing }}"})
    with pytest.raises(TemplateError, match=r"b\.html\.j2, line 3"):
        fill(made, "a.html.j2")


def test_a_template_that_is_not_there_is_named() -> None:
    with pytest.raises(TemplateError, match=r"daily\.html\.j2 is missing"):
        fill(environment({}), "daily.html.j2")


def test_a_template_that_leads_back_to_itself_is_named() -> None:
    made = environment({"daily.html.j2": '{% extends "daily.html.j2" %}'})
    with pytest.raises(TemplateError, match=r"daily\.html\.j2 leads back to itself") as caught:
        fill(made, "daily.html.j2")
    assert "shipped/daily.html.j2" in caught.value.mend


@pytest.mark.parametrize("name", ["page.html.j2", "page.html"])
def test_html_is_escaped(name: str) -> None:
    assert fill(one("{{ x }}", name), name, x="<b>&\"'") == "&lt;b&gt;&amp;&#34;&#39;"


def test_text_is_not_escaped() -> None:
    assert fill(one("{{ x }}", "page.txt.j2"), "page.txt.j2", x="<b> & 'c'") == "<b> & 'c'"


def test_an_address_is_escaped_for_html_and_not_for_text() -> None:
    template, url = "{{ x|link }}", "https://post.example/?a=1&copy=2"
    assert fill(one(template), "page.html.j2", x=url) == "https://post.example/?a=1&amp;copy=2"
    assert fill(one(template, "page.txt.j2"), "page.txt.j2", x=url) == url


def test_values_that_are_no_text_are_printed_as_they_are() -> None:
    assert fill(one("{{ x }} {{ x + 1 }}"), "page.html.j2", x=41) == "41 42"


def test_data_is_never_read_as_a_template() -> None:
    assert "49" not in fill(one("{{ x }}"), "page.html.j2", x="{{ 7*7 }}")


def test_a_newsroom_can_replace_one_template() -> None:
    made = environment(
        {**SOURCES, "partials/footer.html.j2": "<tr><td>Ours, with {{ unsubscribe_url|link }}</td></tr>"}
    )
    email = render(rich_edition(), brand=BRAND, environment=made)
    assert "Ours, with https://unsubscribe.digest.invalid/" in email.html
    assert "Five to know" in email.html
    assert "marks a publisher" not in email.html

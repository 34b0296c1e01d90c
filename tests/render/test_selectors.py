"""Which rules of a sheet meet an element: as browsers do, as far as mail needs it."""

import pytest

from digest.render.selectors import Look, Matcher, foreign
from digest.render.sheet import read

HTML = Look(tag="html")
BODY = Look(tag="body")
CELL = Look(tag="td", id="lead", classes=frozenset({"cell", "wide"}))
LINK = Look(tag="a", classes=frozenset({"title"}))
CHAIN = (HTML, BODY, CELL, LINK)


def met(selector: str, chain: tuple[Look, ...] = CHAIN) -> bool:
    return bool(Matcher(read(f"{selector} {{ color: red }}").rules).matching(chain))


@pytest.mark.parametrize(
    "selector",
    [
        *("a", ".title", "a.title", "*", "*.title", "body a", "body .cell a", ".cell > a", "td#lead > .title"),
        *(
            "[data-ogsc] a",
            "[data-ogsc] .cell .title",
            "html > body > td > a",
            ".cell.wide a",
            "body [data-ogsb] .title",
        ),
    ],
)
def test_a_selector_meets_what_a_browser_would_style(selector: str) -> None:
    assert met(selector)


@pytest.mark.parametrize(
    "selector",
    ["p", ".cell", "p.title", "body > a", ".title a", "#lead", "#x a", "a:hover", ".title:focus a", ":root", "p > a"],
)
def test_a_selector_leaves_the_rest_alone(selector: str) -> None:
    assert not met(selector)


def test_the_root_is_the_first_of_all() -> None:
    assert met(":root", (HTML,))
    assert met("html:root", (HTML,))
    assert not met("body:root", (HTML,))
    assert not met("[data-ogsc] > html", (HTML,))


@pytest.mark.parametrize(
    "selector",
    [
        *("a::before", "a + a", "a ~ a", "a:not(.b)", "a:first-child", "[lang]", "[data-ogsc=x] a", "a:nth-child(2)"),
        *("..a", "a + b c", "a c + b", ".b:has(a)"),
    ],
)
def test_a_selector_that_cannot_be_followed_is_named(selector: str) -> None:
    (rule,) = read(f"{selector} {{ color: red }}").rules
    assert foreign(rule) == (selector,)
    assert not met(selector)


def test_what_can_be_followed_is_not_named() -> None:
    (rule,) = read(".a, [data-ogsc] .b:hover, c > d { color: red }").rules
    assert foreign(rule) == ()


def test_the_weakest_comes_first_by_specificity_then_by_order() -> None:
    rules = read(
        "#lead a { color: 1 } .title { color: 2 } a { color: 3 } a.title { color: 4 } td .title { color: 5 }"
    ).rules
    met_rules = Matcher(rules).matching(CHAIN)
    assert [found.rule.declarations[0].value for found in met_rules] == ["3", "2", "4", "5", "1"]


@pytest.mark.parametrize(
    ("selector", "is_outlook"),
    [("[data-ogsc] a", True), (".title[data-ogsb]", True), ("td[data-ogsc] > a", True), ("body a", False)],
)
def test_a_rule_for_outlook_is_known_as_one(selector: str, is_outlook: bool) -> None:
    (found,) = Matcher(read(f"{selector} {{ color: red }}").rules).matching(CHAIN)
    assert found.is_outlook == is_outlook

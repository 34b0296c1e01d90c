"""CSS -> its rules and declarations, with the lines they stand on and what a parser stumbles over."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import tinycss2
from tinycss2 import ast

_STYLE = re.compile(r"(<style\b[^>]*>)(.*?)(?:</style\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_GROUPS = frozenset({"media", "supports", "layer", "container", "scope"})
"""At-rules that hold other rules (CSS Conditional Rules 3, CSS Cascade 5 and 6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One property and its value, as `color` and `#1c1b1a`; names are in lower case."""

    name: str
    value: str
    is_important: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Declarations for some selectors; `media` is the condition of the `@media` they stand in, or empty."""

    selectors: tuple[str, ...]
    declarations: tuple[Declaration, ...]
    line: int
    media: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtRule:
    """An at-rule: its name without the @, its condition, and the name of the at-rule around it, or empty."""

    name: str
    condition: str
    inside: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a parser stumbles over, and where."""

    what: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A style sheet as it reads, in order."""

    rules: tuple[Rule, ...] = ()
    at_rules: tuple[AtRule, ...] = ()
    faults: tuple[Fault, ...] = ()


def sheets(html: str) -> tuple[tuple[str, int], ...]:
    """The text of every style element, and the line of the page (from 1) on which that text begins."""
    return tuple((found[2], html.count("\n", 0, found.start(2)) + 1) for found in _STYLE.finditer(html))


def unstyled(html: str) -> str:
    """The page without its style sheets, whose braces are no template syntax; every line keeps its number."""
    return _STYLE.sub(lambda found: "\n" * found[0].count("\n"), html)


@lru_cache(maxsize=32)
def read(css: str, *, line: int = 1) -> Sheet:
    """Read a style sheet as CSS Syntax 3 asks; `line` is the number of its first line in the page.

    What cannot be parsed is a fault, never an exception, and the rest is read on.
    """
    nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    found = (*_walk(nodes, media="", inside="", above=line - 1), *_torn(css, above=line - 1))
    return Sheet(
        rules=tuple(one for one in found if isinstance(one, Rule)),
        at_rules=tuple(one for one in found if isinstance(one, AtRule)),
        faults=tuple(one for one in found if isinstance(one, Fault)),
    )


@lru_cache(maxsize=4_096)
def declarations(style: str) -> tuple[Declaration, ...]:
    """The declarations of a style attribute; what is none is left out, as mail programs do."""
    nodes = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
    return tuple(_declaration(node) for node in nodes if isinstance(node, ast.Declaration))


def _walk(nodes: Sequence[ast.Node], *, media: str, inside: str, above: int) -> Iterator[Rule | AtRule | Fault]:
    for node in nodes:
        if isinstance(node, ast.QualifiedRule):
            yield from _rule(node, media, above)
        if isinstance(node, ast.AtRule):
            yield from _at_rule(node, media, inside, above)
    yield from (
        Fault(what=node.message, line=node.source_line + above) for node in nodes if isinstance(node, ast.ParseError)
    )


def _torn(css: str, *, above: int) -> Iterator[Fault]:
    """What is opened and never closed: CSS closes it at the end of the sheet, having swallowed what stands behind.

    A rule put behind the sheet is swallowed too, and then what it fell into is the last that stands at the top.
    """
    words = tinycss2.parse_component_value_list(f"{css}\n@end")
    if words[-1].type != "at-keyword":
        yield Fault(what=f"the {words[-1].type} that begins here is never closed", line=words[-1].source_line + above)
    yield from (Fault(what=word.message, line=word.source_line + above) for word in _broken(words))


def _broken(words: Iterable[ast.Node]) -> Iterator[ast.ParseError]:
    """Strings that end with their line, and addresses that never do."""
    for word in words:
        if isinstance(word, ast.ParseError) and word.kind in {"bad-string", "eof-in-string", "bad-url", "eof-in-url"}:
            yield word
        yield from _broken(getattr(word, "content", None) or getattr(word, "arguments", None) or ())


def _at_rule(node: ast.AtRule, media: str, inside: str, above: int) -> Iterator[Rule | AtRule | Fault]:
    name, condition = node.lower_at_keyword, tinycss2.serialize(node.prelude).strip()
    yield AtRule(name=name, condition=condition, inside=inside, line=node.source_line + above)
    if name in _GROUPS and node.content is not None:
        inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
        yield from _walk(inner, media=condition if name == "media" else media, inside=name, above=above)


def _rule(node: ast.QualifiedRule, media: str, above: int) -> Iterator[Rule | Fault]:
    contents = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
    for inner in contents:
        if isinstance(inner, ast.ParseError):
            yield Fault(what=inner.message, line=inner.source_line + above)
        elif not isinstance(inner, ast.Declaration):
            yield Fault(what="a rule inside a rule", line=inner.source_line + above)
    yield Rule(
        selectors=tuple(part.strip() for part in tinycss2.serialize(node.prelude).split(",")),
        declarations=tuple(_declaration(inner) for inner in contents if isinstance(inner, ast.Declaration)),
        line=node.source_line + above,
        media=media,
    )


def _declaration(node: ast.Declaration) -> Declaration:
    return Declaration(
        name=node.lower_name,
        value=tinycss2.serialize(node.value).strip(),
        is_important=node.important,
    )

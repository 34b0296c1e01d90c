"""The rules of a head sheet and an element among its ancestors -> the rules that meet it, weakest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cssselect
from cssselect.parser import Attrib, Class, CombinedSelector, Element, Hash, Pseudo, Tree

from digest.render.sheet import Rule

OUTLOOKS = frozenset({"data-ogsc", "data-ogsb"})
"""What Outlook.com and Outlook's apps write on elements whose text colour or ground they have changed."""
_STATES = frozenset({"hover", "active", "focus", "focus-visible", "focus-within", "visited", "link"})
"""What an element is only while somebody does something with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """All of an element that decides what it looks like."""

    tag: str
    id: str = ""
    classes: frozenset[str] = frozenset()
    style: str = ""
    ground: str = ""
    colour: str = ""
    is_link: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A rule under one of its selectors; `weight` is specificity, then order (CSS Cascade 3, section 6.1)."""

    rule: Rule
    tree: Tree
    weight: tuple[tuple[int, int, int], int]
    is_outlook: bool


class Matcher:
    """The rules of a sheet, ready to be matched: element, class, id, `:root`, descendant, child, `[data-ogsc]`."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Read every selector once; what cannot be followed is left out, and `foreign` names it."""
        candidates = (
            _candidate(rule, read, order)
            for order, rule in enumerate(rules)
            for written in rule.selectors
            if (read := _read(written)) is not None
        )
        self._candidates = tuple(sorted(candidates, key=lambda candidate: candidate.weight))

    def matching(self, chain: Sequence[Look]) -> tuple[Candidate, ...]:
        """The rules that meet the last of `chain`, an element and its ancestors from the root down."""
        return tuple(candidate for candidate in self._candidates if _meets(candidate.tree, chain))


def foreign(rule: Rule) -> tuple[str, ...]:
    """The selectors of a rule that a Matcher cannot follow."""
    return tuple(written for written in rule.selectors if _read(written) is None)


def _candidate(rule: Rule, selector: cssselect.Selector, order: int) -> Candidate:
    return Candidate(
        rule=rule,
        tree=selector.parsed_tree,
        weight=(selector.specificity(), order),
        is_outlook=_is_outlook(selector.parsed_tree),
    )


@lru_cache(maxsize=1_024)
def _read(written: str) -> cssselect.Selector | None:
    """The selector, or None where it is wrong or asks for what cannot be told from an element and its ancestors."""
    try:
        (selector,) = cssselect.parse(written)
    except cssselect.SelectorError:
        return None
    return None if selector.pseudo_element or not _is_known(selector.parsed_tree) else selector


def _is_outlook(tree: Tree) -> bool:
    match tree:
        case Attrib():
            return True
        case CombinedSelector():
            return _is_outlook(tree.selector) or _is_outlook(tree.subselector)
        case Class() | Hash() | Pseudo():
            return _is_outlook(tree.selector)
        case _:
            return False


def _is_known(tree: Tree) -> bool:
    match tree:
        case Element():
            return True
        case Class() | Hash():
            return _is_known(tree.selector)
        case Attrib():
            return tree.attrib in OUTLOOKS and tree.operator == "exists" and _is_known(tree.selector)
        case Pseudo():
            return tree.ident in _STATES | {"root"} and _is_known(tree.selector)
        case CombinedSelector():
            return tree.combinator in {" ", ">"} and _is_known(tree.selector) and _is_known(tree.subselector)
        case _:
            return False


def _meets(tree: Tree, chain: Sequence[Look]) -> bool:
    """Whether a known selector meets the last of the chain; Outlook's attributes are taken to stand everywhere."""
    if not chain:
        return False
    match tree:
        case Element():
            return tree.element in {None, "*", chain[-1].tag}
        case Class():
            return tree.class_name in chain[-1].classes and _meets(tree.selector, chain)
        case Hash():
            return tree.id == chain[-1].id and _meets(tree.selector, chain)
        case Pseudo():
            return tree.ident == "root" and len(chain) == 1 and _meets(tree.selector, chain)
        case CombinedSelector(combinator=" "):
            return _meets(tree.subselector, chain) and any(
                _meets(tree.selector, chain[:length]) for length in range(1, len(chain))
            )
        case CombinedSelector():
            return _meets(tree.subselector, chain) and _meets(tree.selector, chain[:-1])
        case _:
            return _meets(tree.selector, chain)

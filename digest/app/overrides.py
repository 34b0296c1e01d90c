"""The newsroom's own templates -> what is wrong with them as they lie there, before anything is printed with them."""

from collections.abc import Collection, Iterator, Mapping

import jinja2
from jinja2 import nodes
from jinja2.meta import find_referenced_templates

from digest.app.diagnosis import Diagnosis
from digest.app.own_templates import SUFFIX, OwnTemplates
from digest.app.templates import combined, copied_from, nearest, version
from digest.model.mail import Severity


def overrides(own: OwnTemplates, *, ours: Mapping[str, str], letters: Collection[str]) -> Iterator[Diagnosis]:
    """Say what cannot be read, what is never used or printed, and what was copied from an older version of ours.

    `letters` are the letters that mails are printed as.
    """
    trees = _parsed(combined(ours, own.texts))
    printed = {f"{letter}.{part}{SUFFIX}" for letter in letters for part in ("html", "txt")}
    known = {*ours, *printed, *_mentioned(own, trees)}
    yield from _unread(own, known)
    yield from _unused(own, known)
    yield from _outdated(own, ours)
    yield from _unprinted(own, trees)


def _parsed(texts: Mapping[str, str]) -> dict[str, nodes.Template]:
    """The trees of all templates but those that have none: they are said where they are compiled, with their line."""
    reader = jinja2.Environment()  # noqa: S701  # nothing is printed
    trees = {}
    for name, text in texts.items():
        try:
            trees[name] = reader.parse(text)
        except jinja2.TemplateSyntaxError:
            continue
    return trees


def _mentioned(own: OwnTemplates, trees: Mapping[str, nodes.Template]) -> set[str]:
    """The names that own templates include, import or extend."""
    mine = (tree for name, tree in trees.items() if name in own.texts)
    return {name for tree in mine for name in find_referenced_templates(tree) if name}


def _unread(own: OwnTemplates, known: Collection[str]) -> Iterator[Diagnosis]:
    for name, fault in own.faults.items():
        if name in known or not name.endswith(SUFFIX):
            yield Diagnosis(what="templates", found=fault.found, severity=Severity.ERROR, mend=fault.mend)


def _unused(own: OwnTemplates, known: Collection[str]) -> Iterator[Diagnosis]:
    """Files that no mail can be printed from: their names are nobody's."""
    for name in own.names:
        if name not in known and (name.endswith(SUFFIX) or name not in own.faults):
            near = nearest(name, known)
            meant = f"rename it to {near}" if near else "`digest templates list` says which names there are"
            yield _warning(f"{name} is never used: no template has that name", f"{meant}, or take it away.")


def _outdated(own: OwnTemplates, ours: Mapping[str, str]) -> Iterator[Diagnosis]:
    for name, text in own.texts.items():
        copied = copied_from(text)
        if name in ours and copied and copied != (now := version(ours[name])):
            yield _warning(
                f"{name}: ours has changed since you copied it (version {copied}, now {now})",
                f"`digest templates diff {name}` shows how they differ; take over what you want, "
                f"then write {now} into its first line.",
            )


def _unprinted(own: OwnTemplates, trees: Mapping[str, nodes.Template]) -> Iterator[Diagnosis]:
    """Blocks that stand in no place: a template that extends another prints only the blocks which that one has."""
    for name in own.texts:
        known = _inherited(name, trees)
        for block in _outermost(trees[name]) if known else ():
            if block.name not in known:
                near = nearest(block.name, known)
                meant = f"did you mean {_quoted(near)}?" if near else f"ours are {', '.join(sorted(known))}"
                yield _warning(
                    f"{name}, line {block.lineno}: block {_quoted(block.name)} is in none of ours; {meant}",
                    "rename it, or take it away: it is never printed.",
                )


def _inherited(name: str, trees: Mapping[str, nodes.Template]) -> set[str]:
    """The blocks of every template that this one extends; none where it extends none, or not to be told which."""
    blocks: set[str] = set()
    met = {name}
    while (parent := _extended(trees.get(name))) and parent not in met:
        if parent not in trees:
            return set()
        met.add(name := parent)
        blocks |= {block.name for block in trees[name].find_all(nodes.Block)}
    return blocks


def _extended(tree: nodes.Template | None) -> str:
    found = tree.find(nodes.Extends) if tree else None
    return str(found.template.value) if found and isinstance(found.template, nodes.Const) else ""


def _outermost(tree: nodes.Template) -> Iterator[nodes.Block]:
    """The blocks that are printed only where a parent has them: in no other one, and not called by `self`."""
    blocks = tuple(tree.find_all(nodes.Block))
    within = {inner.name for outer in blocks for inner in outer.find_all(nodes.Block)}
    called = {one.attr for one in tree.find_all(nodes.Getattr) if one.node == nodes.Name("self", "load")}
    return (block for block in blocks if block.name not in within | called)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _warning(found: str, mend: str) -> Diagnosis:
    return Diagnosis(what="templates", found=found, severity=Severity.WARNING, mend=mend)

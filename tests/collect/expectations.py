"""feedparser's own tests -> what each expects of an entry, read as literals; nothing in them is ever evaluated."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from digest.model.feed import Document
from tests.corpora.corpus import read

CORPORA = ("wellformed", "illformed", "encoding", "entities", "sanitize")

FIELDS: dict[tuple[str | int, ...], str] = {
    ("title",): "title",
    ("title_detail", "value"): "title",
    ("link",): "link",
    ("links", 0, "href"): "link",
    ("id",): "id",
    ("guid",): "id",
    ("summary",): "summary",
    ("description",): "summary",
    ("summary_detail", "value"): "summary",
    ("content", 0, "value"): "body",
    **{(name,): "date" for name in ("published", "updated", "created")},
    **{(f"{name}_parsed",): "date" for name in ("published", "updated", "created")},
}
"""Where feedparser keeps what we ask for."""

Value = str | tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """One comparison: `field` of entry `index` is `value`, a text ("" for none) or a time (year to second, UTC).

    `index` is None where it is the feed's own title.
    """

    id: str
    document: Document
    index: int | None
    field: str
    value: Value


def expectations(corpora: Path) -> Iterator[Expectation]:
    """Yield each comparison with a literal of an entry's title, link, id, date or summary, or of a feed's title."""
    for corpus in CORPORA:
        for record in read(corpora / f"feedparser_{corpus}.jsonl"):
            expected = _header(record.body, "Expect")
            document = _document(record.id, record.body)
            for index, field, value in comparisons(expected) if expected else ():
                yield Expectation(id=record.id, document=document, index=index, field=field, value=value)


def _header(body: bytes, name: str) -> str:
    """A line of the comment that every file begins with; UTF-16 and UTF-32 are read as ASCII."""
    found = re.search(name.encode() + rb":[ \t]*(.+?)\s*(?:-->|[\r\n])", body.replace(b"\0", b""))
    return found[1].decode("utf-8") if found else ""


def _document(name: str, body: bytes) -> Document:
    """The file as feedparser's own test server gives it."""
    url = f"http://127.0.0.1:8097/{name}"
    return Document(
        source_id="expected",
        asked=url,
        url=url,
        status=200,
        body=body,
        content_type=_header(body, "Header:[ ]*Content-type") or "application/xml",
        etag="",
        last_modified="",
        seconds=0.0,
    )


def comparisons(expression: str) -> Iterator[tuple[int | None, str, Value]]:
    """Take «entries[0]['title'] == 'x' and not entries[0].has_key('link')» apart; other forms give nothing."""
    tree = ast.parse(expression, mode="eval").body
    for part in tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]:
        match part:
            case ast.Compare(left=left, ops=operators, comparators=[*middle, last]):
                equal = all(isinstance(operator, ast.Eq) for operator in operators)
                value, sides = _literal(last) if equal else None, [left, *middle]
            case ast.UnaryOp(
                op=ast.Not(),
                operand=ast.Call(
                    func=ast.Attribute(value=entry, attr="has_key"), args=[ast.Constant(value=str()) as key]
                ),
            ):
                value, sides = "", [ast.Subscript(value=entry, slice=key)]
            case _:
                continue
        for place in (_place(_path(side)) for side in sides):
            if place and value is not None:
                yield (*place, value)


def _place(path: tuple[str | int, ...]) -> tuple[int | None, str] | None:
    """The entry and the field that a path leads to, None for anything else."""
    match path:
        case ("feed", "title"):
            return None, "title"
        case ("entries", int(index), *keys) if tuple(keys) in FIELDS:
            return index, FIELDS[tuple(keys)]
        case _:
            return None


def _literal(node: ast.expr) -> Value | None:
    """A text (also one written in pieces) or a time; None for anything else."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            first, second = _literal(left), _literal(right)
            return first + second if isinstance(first, str) and isinstance(second, str) else None
        case ast.Tuple(elts=parts):
            numbers = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, int)]
            return tuple(numbers[:6])
        case _:
            return None


def _path(node: ast.expr) -> tuple[str | int, ...]:
    """«entries[0]['title']» or «entries[0].title» as its name and keys; () for anything else."""
    match node:
        case ast.Name(id=name):
            return (name,)
        case ast.Subscript(value=inner, slice=ast.Constant(value=str() | int() as key)):
            return (*_path(inner), key)
        case ast.Attribute(value=inner, attr=name):
            return (*_path(inner), name)
        case _:
            return ()

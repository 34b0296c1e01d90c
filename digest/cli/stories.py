"""`digest stories`: a file of reports -> whose story each is, how much it is Labour news, and each day's ranking."""

import gc
import gzip
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import combinations
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from digest.collect.row import MOST_MISTAKES, Row
from digest.errors import RowsUnreadable, UsageError

commands = typer.Typer()

STANDARD = Path("-")
GZIP = b"\x1f\x8b"
"""What a gzip file begins with (RFC 1952, 2.3.1), whatever its name."""


@commands.command()
def stories(
    *,
    items: Annotated[Path, typer.Option("--items", metavar="FILE", help="JSON Lines, gzip or not; - for stdin.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="A row for each row goes here; - for stdout.")],
    ranking: Annotated[
        Path | None, typer.Option("--ranking", metavar="FILE", help="And a row for each day and story here.")
    ] = None,
) -> None:
    """Judge a file of reports offline: merge duplicates, group into stories, tell Labour news, rank each day."""
    from digest.app.shipped import lexicon_texts
    from digest.collect.row import rows
    from digest.lexicon.load import load
    from digest.pipeline.stories import as_json, stories
    from digest.rank.causes import Weights

    _refuse_the_same({"--items": items, "--out": out} | ({"--ranking": ranking} if ranking else {}))
    for folder in {path.parent for path in (out, ranking) if path is not None}:
        if not folder.is_dir():
            raise UsageError(f"there is no folder {folder}", mend="make it, or name another file.")
    with _keeping_everything():
        told = rows(_lines(items), name=str(items))
        _doubt(told, items)
        found = stories(told, lexicon=load(lexicon_texts()), weights=Weights(), ranked=ranking is not None)
    with ExitStack() as files:
        _fill(files.enter_context(_written(out)), out, map(as_json, found.rows))
        if ranking is not None:
            _fill(files.enter_context(_written(ranking)), ranking, map(as_json, found.places))


def _refuse_the_same(files: Mapping[str, Path]) -> None:
    """Refuse to read and write, or to write twice, in one place; `-` is read from one stream and written to another."""
    for (one, path), (other, second) in combinations(files.items(), 2):
        if path.resolve() == second.resolve() and (path, one) != (STANDARD, "--items"):
            raise UsageError(f"{one} and {other} are both {path}", mend="name a file for each.")


def _doubt(told: Iterable[Row], items: Path) -> None:
    """Say on standard error what could not be read of rows that were taken all the same."""
    doubts = [f"{items}, row {row.id}: {doubt}" for row in told for doubt in row.doubts]
    for doubt in doubts[:MOST_MISTAKES]:
        typer.echo(doubt, err=True)
    if len(doubts) > MOST_MISTAKES:
        typer.echo(f"{items}: {len(doubts) - MOST_MISTAKES} more that could not be read", err=True)


@contextmanager
def _keeping_everything() -> Iterator[None]:
    """Look for no garbage meanwhile: all that is made is needed to the end, and to look costs a fifth of the time."""
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looking:
            gc.enable()


def _lines(items: Path) -> list[str]:
    """Read a file's lines; RowsUnreadable where it is no text."""
    content = sys.stdin.buffer.read() if items == STANDARD else items.read_bytes()
    try:
        content = gzip.decompress(content) if content.startswith(GZIP) else content
    except (OSError, EOFError, zlib.error) as error:
        raise RowsUnreadable(f"{items} is a broken gzip file ({error})", mend="compress it again.") from error
    try:
        return content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RowsUnreadable(f"{items}, line {line}: not UTF-8", mend="save the file as UTF-8.") from error


@contextmanager
def _written(path: Path) -> Iterator[BinaryIO]:
    """Give a file that appears as `path` when the context has ended well, and not at all otherwise."""
    if path == STANDARD:
        yield sys.stdout.buffer
    elif path.exists() and not path.is_file():  # a pipe or a device is written to, not replaced
        with path.open("wb") as there:
            yield there
    else:
        new = path.with_name(f".{path.name}-{os.getpid()}.new")
        try:
            with new.open("wb") as file:
                yield file
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)


def _fill(file: BinaryIO, path: Path, lines: Iterable[str]) -> None:
    """Write lines; compressed, and the same bytes every time, where the name ends in .gz."""
    text = "".join(f"{line}\n" for line in lines).encode()
    file.write(gzip.compress(text, mtime=0) if path.suffix == ".gz" else text)

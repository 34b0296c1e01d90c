"""What an address turned out to be -> lines a person reads, or JSON for a machine."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from rich.console import Console
from rich.table import Column, Table

from digest.cli.terminal import shown
from digest.collect.discover import FoundFeed
from digest.collect.format import encoding_of, format_of
from digest.model.feed import Document
from digest.model.news import Entry, Medium
from digest.pipeline.inspect import Inspection, Reading

MOST_ENTRIES = 20
"""Entries printed; `--json` has every one."""


def show_inspection(inspection: Inspection, console: Console) -> None:
    """Print how the address answered, the feeds its page leads to, and what would be made of the one that was read."""
    tested = inspection.tested
    if tested is not inspection.asked:
        _show_lines(inspection.asked.url, _answer(inspection.asked), console)
    if not inspection.found and inspection.why_none != inspection.asked.error:
        console.print(f"[yellow]{shown(inspection.why_none)}[/]")
    elif tested is not inspection.asked:
        show_found(inspection.found, console)
    if tested:
        _show_lines(tested.url, (*_answer(tested), *_feed(tested)), console)
        _show_entries(tested, console)


def show_found(found: tuple[FoundFeed, ...], console: Console) -> None:
    """Print the feeds of a page, an address a line, so that it can be copied."""
    for one in found:
        title = f"  «{shown(one.title)}»" if one.title else ""
        console.print(f"{shown(one.url)}  [dim]{one.kind.value}{title}[/dim]", soft_wrap=True)
    console.print()


def inspection_json(inspection: Inspection) -> str:
    """Return the same as JSON, with every entry."""
    whole = {
        "asked": _reading_json(inspection.asked),
        "found": [asdict(one) for one in inspection.found],
        "tested": _reading_json(inspection.tested) if inspection.tested else None,
    }
    return json.dumps(whole, indent=1, default=datetime.isoformat)


def _show_lines(title: str, lines: tuple[tuple[str, str], ...], console: Console) -> None:
    console.print(f"[bold]{shown(title)}[/bold]", soft_wrap=True)
    for name, said in lines:
        colour = {"failed": "red", "unreadable": "red", "moved": "yellow", "problem": "yellow"}.get(name, "")
        label = f"[{colour}]{name:<11}[/]" if colour else f"{name:<11}"
        console.print(f"  {label} {shown(said)}", soft_wrap=True)
    console.print()


def _answer(reading: Reading) -> tuple[tuple[str, str], ...]:
    """How the address answered, line by line."""
    answer = reading.answer
    if not isinstance(answer, Document):
        return (("failed", f"{answer.error} ({answer.seconds:.2f} s)"),)
    lines = [
        ("answer", f"{answer.status} in {answer.seconds:.2f} s, {len(answer.body):,} bytes"),
        ("type", answer.content_type or "not said"),
    ]
    if answer.moved_to:
        lines.append(("moved", f"for good to {answer.moved_to}: write that address in its source"))
    if answer.url not in {answer.asked, answer.moved_to}:
        lines.append(("redirected", f"to {answer.url}"))
    if reading.error:
        lines.append(("unreadable", reading.error))
    return tuple(lines)


def _feed(reading: Reading) -> Iterator[tuple[str, str]]:
    """What the feed is, line by line."""
    document, feed = reading.answer, reading.feed
    if not isinstance(document, Document) or feed is None:
        return
    yield "encoding", encoding_of(document)
    yield "validators", ", ".join(_validators(document)) or "none: it is read whole at every collection"
    yield "format", f"{format_of(document) or 'unknown'}, «{feed.title}»"
    yield "entries", f"{len(feed.entries)}, which are {len(reading.items)} items"
    yield from (("problem", problem) for problem in feed.problems)


def _validators(document: Document) -> tuple[str, ...]:
    said = (("ETag", document.etag), ("Last-Modified", document.last_modified))
    return tuple(name for name, value in said if value)


def _show_entries(reading: Reading, console: Console) -> None:
    entries = reading.feed.entries if reading.feed else ()
    for number, entry in enumerate(entries[:MOST_ENTRIES], start=1):
        repaired = (f"[yellow]repaired:[/] {shown(repair)}" for repair in entry.repairs)
        lines = (f"[bold]{shown(entry.title)}[/bold]", shown(", ".join(_about(entry))), *repaired)
        block = Table.grid(Column(width=3, justify="right"), Column(), padding=(0, 1))
        block.add_row(str(number), "\n".join(lines))
        console.print(block)
        console.print(f"    [dim]{shown(entry.url)}[/dim]", soft_wrap=True)
    if len(entries) > MOST_ENTRIES:
        console.print(f"    … and {len(entries) - MOST_ENTRIES} more entries; --json has every one.")
    if reading.repairs:
        counted = "; ".join(f"{count} × {shown(name)}" for name, count in reading.repairs)
        console.print(f"\n[bold]Repairs[/bold]  {counted}", highlight=False)
    for several in reading.doubles:
        titles = "» = «".join(dict.fromkeys(entry.title for entry in several))
        console.print(f"[bold]One item[/bold]  {len(several)} entries: «{shown(titles)}»", highlight=False)


def _about(entry: Entry) -> Iterator[str]:
    """Who speaks, what it is, when."""
    yield entry.publisher
    if entry.author:
        yield entry.author
    yield entry.kind.value if entry.medium is Medium.TEXT else f"{entry.kind.value} ({entry.medium.value})"
    raw = f" («{entry.raw_date}»)" if entry.raw_date else ""
    yield (f"{entry.published:%d %b %Y %H:%M} UTC" if entry.published else "no date") + raw


def _reading_json(reading: Reading) -> dict[str, object]:
    answer, feed = reading.answer, reading.feed
    whole: dict[str, object] = {"url": reading.url, "status": answer.status, "seconds": round(answer.seconds, 3)}
    whole["error"] = reading.error
    if isinstance(answer, Document):
        whole |= {
            "answered_by": answer.url,
            "moved_to": answer.moved_to,
            "content_type": answer.content_type,
            "bytes": len(answer.body),
            "validators": _validators(answer),
        }
    if feed and isinstance(answer, Document):
        whole |= {
            "encoding": encoding_of(answer),
            "format": format_of(answer),
            "title": feed.title,
            "problems": feed.problems,
            "items": len(reading.items),
            "repairs": dict(reading.repairs),
            "one_item": [[entry.position for entry in several] for several in reading.doubles],
            "entries": [asdict(entry) for entry in feed.entries],
        }
    return whole

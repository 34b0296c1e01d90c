"""The command that asks the lexicon: whose an office is on a day, what a text mentions, what is wrong or missing."""

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digest.cli.exits import Exit
from digest.cli.session import CHOICES, Choices, settings
from digest.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from digest.lexicon.ask import Tenure
    from digest.lexicon.value import Entry, Found, Lexicon

commands = typer.Typer()

Row = dict[str, Any]


@commands.command()
def lexicon(
    words: Annotated[list[str] | None, typer.Argument(help="A text, such as a headline: what does it mention?")] = None,
    *,
    office: Annotated[str, typer.Option("--office", help="Who holds this office? Any spelling of it will do.")] = "",
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day asked about; today without it.")] = "",
    check: Annotated[bool, typer.Option("--check", help="What contradicts itself, and where nobody is known?")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Ask the lexicon by date; without a question, list every office and who holds it.

    --check ends with exit code 2 where the lexicon cannot be used; a gap between two holders is only told.
    """
    text = " ".join(words or ())
    if sum(map(bool, (text, office, check))) > 1:
        raise UsageError("more than one question", mend="give a text, or --office, or --check.")
    day = _day(on)
    if check:
        _say_findings(*_findings(), as_json=as_json)
    elif text:
        _say_mentions(text, day, as_json=as_json)
    else:
        _say_offices(office, day, as_json=as_json)


def _texts() -> "Mapping[str, str]":
    """The newsroom's files and ours; ours alone where no newsroom is named and none lies here."""
    from digest.app.own_lexicon import lexicon_files
    from digest.app.shipped import lexicon_texts

    is_anywhere = CHOICES.config == Choices().config and not CHOICES.config.exists()
    return lexicon_texts() if is_anywhere else lexicon_files(settings())


def _lexicon() -> "Lexicon":
    from digest.lexicon.load import load

    return load(_texts())


def _day(text: str) -> date:
    from digest.app.clock import clock

    try:
        return date.fromisoformat(text) if text else clock()().date()
    except ValueError as error:
        raise UsageError(f"{text!r} is no day", mend="write one such as 2026-05-14.") from error


def _findings() -> "tuple[list[str], list[str]]":
    from digest.lexicon.check import gaps
    from digest.lexicon.load import examined

    entries, mistakes = examined(_texts())
    return mistakes, gaps(entries)


def _say_findings(mistakes: "Sequence[str]", gaps: "Sequence[str]", *, as_json: bool) -> None:
    from digest.cli.terminal import in_line

    if as_json:
        typer.echo(_json({"mistakes": mistakes, "gaps": gaps}))
    else:
        for mistake in mistakes:
            typer.secho(in_line(f"mistake: {mistake}"), fg="red")
        for gap in gaps:
            typer.echo(in_line(f"gap: {gap}"))
        typer.echo(f"{len(mistakes)} mistakes, {len(gaps)} gaps.")
    raise typer.Exit(Exit.USAGE if mistakes else Exit.DONE)


def _say_offices(name: str, day: date, *, as_json: bool) -> None:
    from digest.lexicon.ask import office_named, offices

    found = _lexicon()
    tenures = (office_named(found, name, day),) if name else offices(found, day)
    rows = [_office_row(tenure, day) for tenure in tenures]
    if as_json:
        typer.echo(_json(rows))
    else:
        _say(rows, {"office": "office", "holder": "held by", "since": "since", "before": "before", "source": "source"})
        _say_age((tenure.holder for tenure in tenures if tenure.holder), day)


def _office_row(tenure: "Tenure", day: date) -> Row:
    holder, term = tenure.holder, tenure.term
    return {
        "office": tenure.office.name,
        "on": day.isoformat(),
        "holder": holder.name if holder else "",
        "category": holder.category.value if holder else "",
        "since": _dated(term.start) if term else "",
        "before": _dated(term.end) if term else "",
        "as_of": (holder or tenure.office).as_of.isoformat(),
        "source": (holder or tenure.office).source,
    }


def _say_mentions(text: str, day: date, *, as_json: bool) -> None:
    from digest.lexicon.ask import mentioned
    from digest.rank.relevance import mentions, scored

    found = _lexicon()
    judged = scored(mentions(text, day=day, lexicon=found))
    weights = {mention.name: mention.weight for mention in judged.mentions}
    once = {entry.name: (mention, entry) for mention, entry in reversed(mentioned(found, text, day))}
    named = tuple(reversed(once.values()))
    rows = [_mention_row(mention, entry, weights[entry.name]) for mention, entry in named]
    if as_json:
        typer.echo(_json({"on": day.isoformat(), "relevance": round(judged.score, 4), "mentions": rows}))
    else:
        _say(
            rows,
            {
                "words": "words",
                "name": "means",
                "category": "is a",
                "weight": "says",
                "holder": "of",
                "source": "source",
            },
        )
        verdict = _verdict(judged.score)
        typer.echo(f"Relevance {judged.score:.2f}, {verdict}: a headline of {day} of which nothing else is known.")
        _say_age((entry for _, entry in named), day)


def _mention_row(mention: "Found", entry: "Entry", weight: float) -> Row:
    return {
        "words": mention.alias,
        "name": entry.name,
        "category": entry.category.value,
        "weight": round(weight, 2),
        "holder": mention.holder,
        "since": _dated(entry.start),
        "before": _dated(entry.end),
        "as_of": entry.as_of.isoformat(),
        "source": entry.source,
    }


def _verdict(score: float) -> str:
    from digest.rank.relevance import DEFAULT_THRESHOLD, LABOUR_NEWS

    if score >= LABOUR_NEWS:
        return "Labour news by itself"
    return "politics that a round-up could carry" if score >= DEFAULT_THRESHOLD else "none of ours"


def _say_age(entries: "Iterable[Entry]", day: date) -> None:
    """Say how old the oldest of the facts just told is, where the day is younger."""
    oldest = min((entry.as_of for entry in entries), default=day)
    if oldest < day:
        typer.echo(f"Known up to {oldest}: what is open there may have ended since.")


def _say(rows: list[Row], columns: "Mapping[str, str]") -> None:
    """Print rows as a table of these columns (key and heading)."""
    from rich.console import Console
    from rich.table import Table

    from digest.cli.terminal import shown

    table = Table(*columns.values())
    for row in rows:
        table.add_row(*(shown(str(row[key])) for key in columns))
    Console(emoji=False).print(table)


def _json(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False)


def _dated(day: date) -> str:
    """A day, or nothing for one that stands for «always»."""
    return "" if day in {date.min, date.max} else day.isoformat()

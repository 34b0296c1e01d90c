"""Editions, collections and books -> tables a person reads in a terminal."""

from rich.console import Console
from rich.table import Table

from digest.cli.terminal import shown
from digest.edit.explanation import placed
from digest.model.books import Sheet
from digest.model.edition import Edition, Piece
from digest.model.feed import CollectReport
from digest.model.mail import Balance, EditionRecord
from digest.model.page import ArticlesLine

MOST_LEFT_OUT = 15
"""Lines of left-out stories in a table; `digest explain` knows every one."""

COLOURS = {"failed": "red", "gone": "red", "waiting": "yellow"}
"""Outcomes of a source that are worth a second look."""


def show_collection(report: CollectReport, console: Console) -> None:
    """Print a line for each source, those that gave nothing with the reason; then what was too old to be kept."""
    table = Table(title="Sources", title_justify="left", expand=False)
    for column, justify in (("source", "left"), ("outcome", "left"), ("entries", "right"), ("new", "right")):
        table.add_column(column, justify=justify)  # type: ignore[arg-type]
    table.add_column("what was wrong", overflow="fold")
    for line in report.sources:
        colour = COLOURS.get(line.outcome, "")
        outcome = f"[{colour}]{line.outcome}[/{colour}]" if colour else line.outcome
        table.add_row(
            line.source_id, outcome, str(line.entries), str(line.new_items), shown("; ".join(line.problems[:2]))
        )
    console.print(table)
    console.print(f"{report.new_items} new items, {report.changed_items} changed.")
    for pages in report.articles.lines:
        console.print(shown(f"Articles of {pages.source_id}: {_articles(pages)}."))
    if report.forgotten:
        console.print(f"Forgotten because they were too old: {', '.join(report.forgotten)}.")
    console.print()


def _articles(pages: ArticlesLine) -> str:
    """Return what became of a source's pages, with the first reason."""
    counts = {
        "read": pages.read,
        "without text": pages.empty,
        "forbidden by robots.txt": pages.forbidden,
        "failed": pages.failed,
        "left for later": pages.left,
    }
    said = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    return f"{said or 'none'}" + (f" ({pages.problems[0]})" if pages.problems else "")


def show_edition(edition: Edition, console: Console) -> None:
    """Print the edition in the order of print, with scores and their main reasons, then what was left out and why."""
    if edition.lead is None:
        console.print(f"[bold]An empty edition[/bold] for {edition.day:%A %d %B %Y}: {shown(edition.empty_because)}.")
    else:
        console.print(f"[bold]Subject[/bold]    {shown(edition.subject)}")
        console.print(f"[bold]Preheader[/bold]  {shown(edition.preheader)}\n")
        console.print(_pieces(edition))
    if edition.left_out:
        console.print(_left_out(edition))


def show_balance(record: EditionRecord, balance: Balance, console: Console) -> None:
    """Print the books of one edition, so that anybody can add them up again."""
    state = "exact" if balance.is_exact else "not closed yet"
    table = Table(title=f"{record.newsletter} {record.day}: {record.state.value}, books {state}", title_justify="left")
    table.add_column("readers")
    table.add_column("copies", justify="right")
    for name in ("candidates", "accepted", "rejected", "suppressed", "excluded", "abandoned", "pending"):
        table.add_row(name, str(getattr(balance, name)))
    table.add_row("batches", f"{balance.batches} ({balance.open_batches} open, {balance.uncertain_batches} uncertain)")
    console.print(table)


def show_sheet(found: Sheet, console: Console) -> None:
    """Print the balance sheet: the sums, why copies ended as they did, what was told of them, what is open."""
    show_balance(found.record, found.balance, console)
    reasons = [one for one in found.endings if one.reason]
    if reasons:
        table = Table("ended as", "because", title="Reasons", title_justify="left")
        table.add_column("copies", justify="right")
        for one in reasons:
            table.add_row(one.state.value, shown(one.reason), str(one.copies))
        console.print(table)
    if found.feedback:
        told = Table("told later", title="Feedback", title_justify="left")
        told.add_column("copies", justify="right")
        for what, copies in sorted(found.feedback.items()):
            told.add_row(what, str(copies))
        console.print(told)
    for batch, state, detail in found.open_batches:
        console.print(f"batch {batch}: [yellow]{state.value}[/yellow] {shown(detail)}")


def _pieces(edition: Edition) -> Table:
    """Print three columns that fit a narrow terminal: where it stands, what is printed and why, what it scored."""
    table = Table(title=f"The edition of {edition.day:%A %d %B %Y}", title_justify="left", show_lines=True)
    table.add_column("where")
    table.add_column("story", overflow="fold", ratio=1)
    table.add_column("score", justify="right")
    for number, (where, piece) in enumerate(placed(edition), start=1):
        sources = ", ".join(link.publisher for link in piece.sources)
        lines = [
            f"[bold]{shown(piece.headline)}[/bold]",
            shown(sources),
            f"[dim]{shown(_main_reasons(piece))}[/dim]",
        ]
        if piece.since or piece.is_developing:
            lines.insert(1, f"new: {shown(piece.since) or 'what the headline says'}")
        lines[1:1] = [shown(line) for line in _by_editors(piece)]
        table.add_row(f"{number:>2}  {where}", "\n".join(lines), f"{piece.score}\n[dim]{piece.story_id}[/dim]")
    return table


def _by_editors(piece: Piece) -> list[str]:
    """Say which words are an editor's, and which headline the publisher's was."""
    headline = [f"headline by {piece.headline_by}; the publisher’s: {piece.original}"] if piece.headline_by else []
    return headline + ([f"summary by {piece.summary_by}"] if piece.summary_by else [])


def _main_reasons(piece: Piece) -> str:
    """Return the three causes that gave most points."""
    best = sorted(piece.reasons, key=lambda reason: -reason.points)[:3]
    return "; ".join(f"{reason.why} {reason.points:+d}" for reason in best if reason.points > 0)


def _left_out(edition: Edition) -> Table:
    rest = len(edition.left_out) - MOST_LEFT_OUT
    title = f"Left out: {len(edition.left_out)} stories" + (f" (the first {MOST_LEFT_OUT})" if rest > 0 else "")
    table = Table("headline", "why", title=title, title_justify="left")
    table.add_column("score", justify="right")
    table.add_column("story", no_wrap=True)
    for story in edition.left_out[:MOST_LEFT_OUT]:
        table.add_row(shown(story.headline), shown(story.why), str(story.score), story.story_id)
    return table

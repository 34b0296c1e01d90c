"""Where every newsletter stands -> a table for a person, JSON for a machine."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console

from digest.app.app import App
from digest.cli.report import show_balance
from digest.cli.terminal import shown
from digest.model.mail import EditionRecord

Standing = Sequence[tuple[str, EditionRecord | None]]


def show_standing(app: App, standing: Standing) -> None:
    """Print each newsletter's edition with its books, history and open batches."""
    console = Console(emoji=False)
    for newsletter, record in standing:
        if record is None:
            console.print(f"[bold]{newsletter}[/bold]: no edition yet\n")
            continue
        reason = f" – {shown(record.reason)}" if record.reason else ""
        console.print(f"[bold]{newsletter}[/bold] {record.day:%A %d %B %Y}: {record.state.value}{reason}")
        for at, who, what, why in app.line.editions.history(record.id):
            console.print(
                f"  {at:%d %b %H:%M:%S} UTC  {shown(what)} by {shown(who)}" + (f": {shown(why)}" if why else "")
            )
        for batch, state, detail in app.line.ledger.open_batches(record.id):
            console.print(f"  batch {batch}: [yellow]{state.value}[/yellow] {shown(detail)}")
        if record.prepared_at:
            show_balance(record, app.line.ledger.balance(record.id), console)
        console.print()
    readers = app.line.readers.counts()
    listed = "; ".join(
        f"{name}: " + ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
        for name, states in sorted(readers.items())
    )
    console.print(f"Readers  {listed or 'none yet'}")


def standing_json(app: App, standing: Standing) -> str:
    """Return the same as JSON: newsletter, day, state, reason, balance, open batches, readers."""
    return json.dumps(
        {
            "newsletters": [_one(app, newsletter, record) for newsletter, record in standing],
            "readers": {name: dict(states) for name, states in app.line.readers.counts().items()},
        },
        indent=1,
    )


def _one(app: App, newsletter: str, record: EditionRecord | None) -> dict[str, object]:
    if record is None:
        return {"newsletter": newsletter, "day": None, "state": "none"}
    balance = app.line.ledger.balance(record.id) if record.prepared_at else None
    return {
        "newsletter": newsletter,
        "day": record.day.isoformat(),
        "state": record.state.value,
        "reason": record.reason,
        "sha256": record.sha256,
        "balance": {**asdict(balance), "is_exact": balance.is_exact} if balance else None,
        "open_batches": [
            {"id": batch, "state": state.value, "detail": detail}
            for batch, state, detail in app.line.ledger.open_batches(record.id)
        ],
    }

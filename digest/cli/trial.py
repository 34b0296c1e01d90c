"""`digest draft --dry-run --set rank.NAME=VALUE`: what an edition would have been with other weights."""

import difflib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from digest.cli.terminal import shown
from digest.edit.comparison import Move, comparison
from digest.errors import UsageError

if TYPE_CHECKING:
    from digest.app.app import App
    from digest.config.tables import RankSettings
    from digest.model.schedule import Schedule
    from digest.rank.causes import Weights

PREFIX = "rank."


def tried_weights(given: Sequence[str], base: "RankSettings", *, dry_run: bool) -> "Weights | None":
    """Return the weights of the config with those of `given` («rank.publishers=50») in their place, None without any.

    Raises:
        UsageError: naming what is no weight, with the nearest, or what is no value for it; without a dry run.

    """
    if not given:
        return None
    if not dry_run:
        raise UsageError("--set without --dry-run", mend="write both; what is to stay belongs in config.toml, [rank].")
    from pydantic import ValidationError

    from digest.config.mistakes import mistakes
    from digest.config.tables import RankSettings
    from digest.rank.causes import Weights

    chosen = dict(_assigned(one, tuple(RankSettings.model_fields)) for one in given)
    try:
        table = RankSettings.model_validate(base.model_dump() | chosen)
    except ValidationError as error:
        raise UsageError(
            "; ".join(mistakes("--set", RankSettings, error)), mend="config.example.toml says what each may be."
        ) from error
    return Weights(**table.model_dump())


def show_trial(app: "App", schedule: "Schedule", weights: "Weights", console: Console) -> None:
    """Print which stories of the edition of this moment other weights would put elsewhere, and why; keep nothing."""
    from digest.cli.report import show_edition
    from digest.pipeline.draft import judge
    from digest.schedule import local_day

    now = app.line.clock()
    day = local_day(schedule, now)
    tried = replace(app.line, newsroom=replace(app.line.newsroom, weights=weights))
    before = judge(schedule, day=day, now=now, line=app.line).judgement
    after = judge(schedule, day=day, now=now, line=tried).judgement
    moves = comparison(before, after)
    show_edition(after.edition, console)
    elsewhere = [move for move in moves if move.is_elsewhere]
    if elsewhere:
        console.print(_table(elsewhere))
    console.print(f"{len(elsewhere)} of {len(moves)} printed stories would stand elsewhere.")


def _assigned(given: str, known: Sequence[str]) -> tuple[str, int]:
    name, _, value = given.partition("=")
    key = name.strip().removeprefix(PREFIX)
    if not name.strip().startswith(PREFIX) or key not in known:
        near = difflib.get_close_matches(key, known, n=1)
        hint = f"did you mean {PREFIX}{near[0]}?" if near else f"write one of {PREFIX}{{{', '.join(known)}}}."
        raise UsageError(f"--set {given!r}: there is no weight {name.strip()!r}", mend=hint)
    try:
        return key, int(value)
    except ValueError as error:
        raise UsageError(
            f"--set {given!r}: {value!r} is no whole number", mend=f"write {PREFIX}{key}=20 or the like."
        ) from error


def _table(moves: Sequence[Move]) -> Table:
    table = Table(title="Stories that would stand elsewhere", title_justify="left", show_lines=True)
    table.add_column("before")
    table.add_column("after")
    table.add_column("story", overflow="fold", ratio=1)
    table.add_column("why", overflow="fold", ratio=1)
    for move in moves:
        story = f"{shown(move.headline)}\n[dim]{move.story_id}[/dim]"
        table.add_row(shown(move.before), shown(move.after), story, _why(move))
    return table


def _why(move: Move) -> str:
    """Say which causes gave other points, and how far the story moved in the ranking."""
    points = ", ".join(f"{one.cause.value} {one.before:+d} → {one.after:+d}" for one in move.changes)
    scores = f"{move.score_before} → {move.score_after} points ({points})" if move.changes else "the same points"
    return shown(f"no. {move.rank_before} → no. {move.rank_after}; {scores}")

"""A replay's folder: a newsroom of its own to walk through the days, then their editions and the report."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from digest.app.app import App, opened
from digest.app.recording import list_of, turn
from digest.app.shipped import shipped, templates
from digest.cli.choice import pick
from digest.cli.fetchlist import fetch_list
from digest.cli.session import settings
from digest.collect.listed import listed
from digest.collect.opml import read
from digest.config.load import Settings
from digest.config.load import load as load_config
from digest.config.providers import ProviderSettings
from digest.config.sources import as_toml
from digest.config.tables import AlertSettings, Store
from digest.edit.explanation import joined_by
from digest.errors import UsageError
from digest.guard import private_host
from digest.model.feed import CollectReport
from digest.model.news import Item, Source
from digest.model.story import Story
from digest.pipeline.draft import CONTEXT
from digest.pipeline.gather import collect_now
from digest.pipeline.replay import Gather, Hands, Morning, replay
from digest.pipeline.retrospect import Look, chart, look_back
from digest.pipeline.subscribe import carry_out_import, plan_import
from digest.render.merge import as_entities
from digest.render.templates import environment, fill

MARK = "a replay's own folder: what digest writes here it also deletes.\n"
MARKER = "replay.txt"
OURS = ("var", "editions", "report.html")
"""What a replay writes and its next run writes anew; a config.toml stays, so that weights can be tried out."""

CONFIG = """\
# The newsroom of a replay; change weights, shape or schedules here, and replay again.

[newsroom]
name = "The Replay"
sender = "The Replay <replay@replay.example>"
"""
READER = "reader@replay.example"
"""The one reader of every replayed newsletter, whose copies lie in the outbox: what nobody gets is never sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaying:
    """An open newsroom on a clock with hands, and how its news comes in."""

    app: App
    hands: Hands
    gather: Gather

    def mornings(self, days: Sequence[date], newsletter: str, *, every: timedelta) -> Iterator[Morning]:
        """Yield the edition of each day, of one newsletter or of all."""
        line = self.app.line
        names = [schedule.newsletter for schedule in line.newsroom.schedules]
        chosen = [pick(self.app.settings, newsletter)] if newsletter else names
        reader = f"email,name,frequency,consent_source\n{READER},,{' '.join(names)},replay\n"
        carry_out_import(plan_import(reader, line), line)
        return replay(days, chosen, line=line, hands=self.hands, gather=self.gather, every=every)


@contextmanager
def recorded(folder: Path, stream: str, sources: str) -> Iterator[Replaying]:
    """Open a newsroom in `folder` that reads a recorded stream's feeds and turns its clock.

    Raises:
        UsageError: when the folder holds something else.
        Unreachable: when the stream does not answer.

    """
    _made_ready(folder)
    config = _newsroom(folder)
    (folder / "sources.toml").unlink(missing_ok=True)
    found = fetch_list(sources or list_of(stream), load_config(config))
    feeds = listed(read(found.text), is_vouched=lambda _: True).sources
    (folder / "sources.toml").write_text(as_toml(map(_owned, feeds)), encoding="utf-8")
    hands = Hands(datetime(1990, 1, 1, tzinfo=UTC))
    with opened(load_config(config), clock=hands, progress=_silent, create=True) as app:

        def gather(moment: datetime) -> CollectReport:
            turn(stream, moment)
            return collect_now(app.line, moment)

        yield Replaying(app=app, hands=hands, gather=gather)


@contextmanager
def own_past(folder: Path, first: date) -> Iterator[Replaying]:
    """Open the newsroom's own config on an empty database in `folder`, which is given the articles of its past.

    They are as they are known today: the latest headlines, whatever they were at the time.
    """
    _made_ready(folder)
    chosen, hands = settings(), Hands(datetime(1990, 1, 1, tzinfo=UTC))
    with opened(chosen, clock=hands, progress=_silent) as own:
        items = own.line.items.items_since(datetime.combine(first, time(), UTC) - CONTEXT)
    with opened(_apart(chosen, folder), clock=hands, progress=_silent, create=True) as app:
        app.line.items.save_items(items)
        yield Replaying(app=app, hands=hands, gather=lambda _: None)


def written(mornings: Sequence[Morning], folder: Path, app: App) -> Path | None:
    """Write each edition as page, text and ledger, and the report on all of them; None without any."""
    if not mornings:
        return None
    for morning in mornings:
        _write_edition(morning, folder / "editions")
    looks = look_back(mornings)
    html = fill(
        environment(templates()),
        "replay/report.html.j2",
        looks=looks,
        names=[_name(look.morning) for look in looks],
        chart=chart(looks),
        grid=_grid(looks),
        joined=_joined,
        first=mornings[0].record.day,
        last=mornings[-1].record.day,
        newsroom=app.line.newsroom.brand.name,
    )
    report = folder / "report.html"
    report.write_text(as_entities(html), encoding="utf-8")
    return report


def _made_ready(folder: Path) -> None:
    """Empty the folder of what an earlier replay wrote; refuse one that holds anything else."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise UsageError(f"{folder} holds something else than a replay", mend="name a folder of its own.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text(MARK, encoding="utf-8")
    for name in OURS:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _newsroom(folder: Path) -> Path:
    config = folder / "config.toml"
    if not config.exists():
        config.write_text(CONFIG, encoding="utf-8")
    if not (folder / "schedules").exists():
        shutil.copytree(shipped("schedules"), folder / "schedules")
    return config


def _owned(source: Source) -> Source:
    """Let a feed lie on a private network: the operator named the stream."""
    return replace(source, own_host=bool(private_host(source.url)))


def _apart(chosen: Settings, folder: Path) -> Settings:
    """Return the newsroom's settings with a database, an outbox and nobody to be told, all of the replay's own."""
    here = folder.resolve()
    newsroom = chosen.file.newsroom.model_copy(update={"editors": ()})
    update = {
        "store": Store(path=here / "var" / "digest.db"),
        "provider": ProviderSettings(name="outbox", outbox=here / "var" / "outbox"),
        "alerts": AlertSettings(),
        "newsroom": newsroom,
    }
    return replace(chosen, file=chosen.file.model_copy(update=update))


def _write_edition(morning: Morning, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    name = _name(morning)
    (folder / f"{name}.json").write_text(morning.record.edition_json + "\n", encoding="utf-8")
    if morning.record.email:
        (folder / f"{name}.html").write_text(morning.record.email.html, encoding="utf-8")
        (folder / f"{name}.txt").write_text(morning.record.email.text, encoding="utf-8")


def _name(morning: Morning) -> str:
    return f"{morning.record.day}-{morning.record.newsletter}"


def _grid(looks: Sequence[Look]) -> list[tuple[str, list[str]]]:
    """Return the chart in words: each story with its place in each edition."""
    headlines = {one.piece.story_id: one.piece.headline for look in looks for one in look.top}
    places = [{one.piece.story_id: one.where for one in look.top} for look in looks]
    return [(headline, [place.get(story_id, "") for place in places]) for story_id, headline in headlines.items()]


def _joined(story: Story) -> list[tuple[Item, str]]:
    """Return a story's items, each with what joined it to the others."""
    joins = {join.item_id: join for join in story.joins}
    return [(item, joined_by(joins.get(item.id))) for item in story.items]


def _silent(stage: str, done: int, total: int) -> None:
    """Draw nothing: a line is printed for each edition."""

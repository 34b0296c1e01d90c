"""The sample day: its own folder, the very code that real feeds go through, and a report to read."""

import shutil
import sys
from pathlib import Path

from rich.console import Console

from digest.app.app import opened
from digest.app.clock import clock
from digest.app.shipped import shipped
from digest.cli.exits import exit_code
from digest.cli.progress import bars
from digest.cli.report import show_balance, show_collection, show_edition
from digest.cli.terminal import shown
from digest.config.load import load as load_config
from digest.config.sources import as_toml
from digest.edit.codec import load
from digest.errors import UsageError
from digest.model.feed import CollectReport
from digest.model.mail import EditionRecord, Email
from digest.pipeline.report import Outcome
from digest.pipeline.subscribe import carry_out_import, plan_import
from digest.pipeline.tick import at_once
from digest.sample.day import load as load_day
from digest.sample.day import readers_csv
from digest.sample.server import SampleServer

MARK = "# The newsroom of the sample day: invented, like everything in it."
"""The first line of a sample day's config: what tells its folder from a real newsroom's."""

CONFIG = f"""\
{MARK}

[newsroom]
name = "The Sample Round-up"
strapline = "A fictional day of Labour news, to try digest with"
sender = "The Sample Round-up <news@sample.example>"
contact = "desk@sample.example"
imprint = "Everything in this edition is invented."

[ask]
text = "This round-up is made by readers like you. If it helps you start the day, help us make the next one."
label = "Join our supporters from £10 a month"
url = "https://sample.example/support"

[serve]
port = 8099
"""


def walk(folder: Path, console: Console, *, fresh: bool = False) -> int:
    """Serve the sample day, take it to 25 readers in the folder's outbox and report; return the exit code.

    Raises:
        UsageError: when the folder holds anything but a sample day: no newsroom is written over, none removed.

    """
    _refuse_foreign(folder)
    if fresh and folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    now = clock()()
    day = load_day()
    with SampleServer(day, now=now) as server:
        settings = load_config(_written(folder, as_toml(server.sources())))
        if settings.file.provider.name != "outbox":
            raise UsageError("a sample day with a real provider", mend='set provider.name = "outbox" in its config.')
        broken = ", ".join(feed.source.id for feed in day.feeds if feed.fault)
        console.print(
            f"The sample day: {len(day.items)} items in {len(day.feeds)} feeds at {server.url} ({broken} are broken on "
            f"purpose), {len(day.readers)} readers. Everything goes into [bold]{shown(str(folder))}[/bold].\n"
        )
        with bars(console) as progress, opened(settings, clock=clock(), progress=progress, create=True) as app:
            carry_out_import(plan_import(readers_csv(), app.line), app.line)
            report = at_once(app.line, ["daily"])
        _report(report.outcomes[0], folder, console, collected=report.collected)
    return exit_code(report)


def _refuse_foreign(folder: Path) -> None:
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    config = folder / "config.toml"
    if not config.exists() or not config.read_bytes().startswith(MARK.encode()):
        raise UsageError(f"{folder} holds something else than a sample day", mend="name a folder of its own.")


def _written(folder: Path, sources: str) -> Path:
    """Write the sample newsroom's files; the sources anew each time, for the server's port changes."""
    config = folder / "config.toml"
    if not config.exists():
        config.write_text(CONFIG, encoding="utf-8")
    for path in shipped("schedules").glob("*.toml"):
        target = folder / "schedules" / path.name
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, target)
    (folder / "sources.toml").write_text(sources, encoding="utf-8")
    return config


def _report(outcome: Outcome, folder: Path, console: Console, *, collected: CollectReport | None) -> None:
    record = outcome.edition
    if collected:
        show_collection(collected, console)
    if record is None:
        return
    if not outcome.done[-1].startswith("nothing to send"):
        show_edition(load(record.edition_json).edition, console)
    if outcome.balance:
        show_balance(record, outcome.balance, console)
    console.print(shown("; ".join(outcome.done)).capitalize() + ".\n")
    if record.email:
        _next_steps(record, record.email, folder, console)


def _next_steps(record: EditionRecord, email: Email, folder: Path, console: Console) -> None:
    """Write the letter where a browser opens it, and say what can be done with the folder."""
    html, text = folder / f"edition-{record.day}.html", folder / f"edition-{record.day}.txt"
    html.write_text(email.html, encoding="utf-8")
    text.write_text(email.text, encoding="utf-8")
    outbox = folder / "var" / "outbox"
    files = sorted(outbox.rglob("*.eml"))
    story = load(record.edition_json).edition.lead
    digest = _command()
    command = f"{digest} --config {folder / 'config.toml'}"
    lines = (
        f"Files  {html}",
        f"       {text}",
        f"       {len(files)} mails under {outbox}",
        "",
        "Next   open the .html file in a browser, or a mail of the outbox in a mail program;",
        f"       {command} explain {story.story_id if story else 'STORY'}",
        f"       {command} serve      (then the unsubscribe link in each mail works)",
        f"       {digest} init      begins a newsroom with your own feeds",
    )
    console.print("\n".join(lines), markup=False, soft_wrap=True)  # paths and commands are there to be copied


def _command() -> str:
    """Return how this program was called, so that what is printed can be typed as it stands."""
    called = Path(sys.argv[0])
    if called.name != "digest":
        return f"{sys.executable} -m digest"
    return str(called.relative_to(Path.cwd())) if called.is_relative_to(Path.cwd()) else str(called)

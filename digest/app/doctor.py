"""The doctor: everything that has to be right before an edition can go out, looked at one by one."""

import json
import secrets
from collections.abc import Callable, Iterator

from digest.app.answering import note_answer
from digest.app.app import App
from digest.app.diagnosis import Diagnosis
from digest.app.download import download
from digest.app.fitting import fitting
from digest.app.own_templates import own_templates
from digest.app.templates import our_templates, own_folder
from digest.errors import DigestError
from digest.guard import typed_host
from digest.model.mail import Severity

MOVED = "moved for good"

Look = Callable[[App], Diagnosis | tuple[Diagnosis, ...]]
"""One thing looked at, or several of a kind."""


def examine(app: App) -> tuple[Diagnosis, ...]:
    """Look at the database, the sources, the letter, the readers and the public address; nothing is sent."""
    looks: tuple[tuple[str, Look], ...] = (
        ("database", _database),
        ("sources", _sources),
        ("schedules", _schedules),
        ("templates", _templates),
        ("readers", _readers),
        ("provider", _provider),
        ("public address", _public_address),
    )
    return tuple(diagnosis for what, look in looks for diagnosis in _looked(what, look, app))


def _looked(what: str, look: Look, app: App) -> tuple[Diagnosis, ...]:
    try:
        found = look(app)
    except DigestError as error:
        return (Diagnosis(what=what, found=str(error.detail), severity=Severity.ERROR, mend=error.mend),)
    return (found,) if isinstance(found, Diagnosis) else found


def _database(app: App) -> Diagnosis:
    from digest.adapters.store.engine import check

    check(app.engine)
    return Diagnosis(what="database", found=f"{app.settings.at(app.settings.file.store.path)} is whole")


def _sources(app: App) -> Diagnosis:
    sources = app.line.newsroom.sources
    if not sources:
        return Diagnosis(
            what="sources",
            found="there are none",
            severity=Severity.ERROR,
            mend="import some: `digest sources import FILE.opml`.",
        )
    troubled = {what: ids for what, ids in _troubled(app).items() if ids}
    if not troubled:
        return Diagnosis(what="sources", found=f"{len(sources)}, none failing")
    found = "; ".join(f"{what}: {', '.join(ids)}" for what, ids in troubled.items())
    return Diagnosis(
        what="sources",
        found=f"{len(sources)}, of which {found}",
        severity=Severity.ADVICE if troubled.keys() == {MOVED} else Severity.WARNING,
        mend="`digest sources` says of each what is wrong; addresses stand in sources.toml.",
    )


def _troubled(app: App) -> dict[str, list[str]]:
    """Return the sources that give nothing, and those whose address should be written anew."""
    from digest.collect.due import known

    states = known(app.line.newsroom.sources, app.line.feeds.states()).values()
    return {
        "failing now": [state.source_id for state in states if state.failures and not state.gone_at],
        "gone (410), not asked any more": [state.source_id for state in states if state.gone_at],
        MOVED: [f"{state.source_id} to {state.moved_to}" for state in states if state.moved_to],
    }


def _schedules(app: App) -> Diagnosis:
    from digest.schedule import hours

    listed = "; ".join(f"{one.newsletter}: {hours(one)}, policy {one.policy}" for one in app.line.newsroom.schedules)
    return Diagnosis(what="schedules", found=listed)


def _templates(app: App) -> tuple[Diagnosis, ...]:
    return fitting(app.line.newsroom, ours=our_templates(), own=own_templates(own_folder(app.settings)))


def _readers(app: App) -> Diagnosis:
    counts = app.line.readers.counts()
    active = {newsletter: states.get("active", 0) for newsletter, states in counts.items()}
    if not any(active.values()):
        return Diagnosis(
            what="readers",
            found="nobody is subscribed",
            severity=Severity.WARNING,
            mend="import some: `digest subscribers import readers.csv`.",
        )
    return Diagnosis(what="readers", found=", ".join(f"{name} {count}" for name, count in sorted(active.items())))


def _provider(app: App) -> Diagnosis:
    road = "real mail" if app.line.provider.is_real else "files on this machine, no mail leaves it"
    return Diagnosis(what="provider", found=f"{app.line.provider.name} ({road})")


def _public_address(app: App) -> Diagnosis:
    """Ask the public address for something only a server with our key can answer, and note that it did."""
    url = app.settings.file.newsroom.public_url
    if not url:
        severity = Severity.ERROR if app.line.provider.is_real else Severity.ADVICE
        mend = "set newsroom.public_url before real mail goes out."
        return Diagnosis(what="public address", found="not set", severity=severity, mend=mend)
    nonce = secrets.token_hex(16)
    body = download(f"{url}/healthz?nonce={nonce}", app.settings, own_hosts=typed_host(url)).body
    if _said(body) != app.proof_of_identity(nonce):
        return Diagnosis(
            what="public address",
            found=f"{url} answers, but not as this newsroom's `digest serve`",
            severity=Severity.ERROR,
            mend="start `digest serve` with this config (and this secret key) behind that address.",
        )
    note_answer(app, url)
    if not url.startswith("https://"):
        return Diagnosis(
            what="public address",
            found=f"{url} answers as ours, without TLS",
            severity=Severity.WARNING,
            mend="put it behind https: mail programs offer one-click unsubscribing for nothing else (RFC 8058).",
        )
    return Diagnosis(what="public address", found=f"{url} answers as ours")


def _said(body: bytes) -> str:
    try:
        return str(json.loads(body)["proof"])
    except (ValueError, KeyError, TypeError):
        return ""


def worst(diagnoses: tuple[Diagnosis, ...]) -> Iterator[Diagnosis]:
    """Yield what has to be mended."""
    return (one for one in diagnoses if one.severity is Severity.ERROR)

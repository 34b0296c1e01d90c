"""A source -> what we would make of its address, by the fetcher and the parser of every day; no database is opened."""

from datetime import datetime

from digest.adapters.workers import ProcessWorkers
from digest.app.app import fetcher
from digest.config.load import Settings
from digest.guard import typed_host
from digest.model.news import Source
from digest.pipeline.inspect import Inspection, inspect


def look_into(source: Source, settings: Settings, *, now: datetime) -> Inspection:
    """Fetch and read the source's address once; its host may lie on a private network if `own_host` says so."""
    own_hosts = typed_host(source.url) if source.own_host else frozenset[str]()
    chosen = fetcher(settings, own_hosts=own_hosts)
    return inspect(source, fetcher=chosen, workers=ProcessWorkers(), now=now)

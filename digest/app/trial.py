"""A source -> what we would make of its address, by the fetcher and the parser of every day; no database is opened."""

from datetime import datetime

from digest.adapters.workers import ProcessWorkers
from digest.app.app import fetcher
from digest.config.load import Settings
from digest.guard import private_host
from digest.model.news import Source
from digest.pipeline.inspect import Inspection, inspect


def look_into(source: Source, settings: Settings, *, now: datetime) -> Inspection:
    """Fetch and read the source's address once.

    It may lie on a private network if the config says so, or if somebody typed it (`own_host`) and could see it.
    """
    own_hosts = private_host(source.url) if source.own_host else frozenset[str]()
    chosen = fetcher(settings, own_hosts=own_hosts)
    return inspect(source, fetcher=chosen, workers=ProcessWorkers(), now=now)

"""One address, fetched with its own host let through."""

from digest.adapters.fetcher import HttpFetcher
from digest.adapters.limits import Limits
from digest.guard import typed_host
from digest.model.feed import FetchAnswer, FetchFailure, FetchRequest


def request(
    url: str, *, source_id: str = "post", etag: str = "", last_modified: str = "", validated_url: str = ""
) -> FetchRequest:
    return FetchRequest(
        source_id=source_id, url=url, etag=etag, last_modified=last_modified, validated_url=validated_url
    )


def fetch(url: str, *, limits: Limits | None = None, etag: str = "", last_modified: str = "") -> FetchAnswer:
    (made,) = HttpFetcher(limits=limits, own_hosts=typed_host(url)).fetch(
        [request(url, etag=etag, last_modified=last_modified)]
    )
    return made


def failure(url: str, *, limits: Limits | None = None) -> FetchFailure:
    made = fetch(url, limits=limits)
    assert isinstance(made, FetchFailure)
    assert (made.source_id, made.url) == ("post", url)
    return made

"""An address that the operator typed -> its bytes, through the same fetcher that reads feeds."""

from digest.adapters.fetcher import HttpFetcher
from digest.errors import Unreachable
from digest.guard import typed_host
from digest.model.feed import FetchFailure, FetchRequest


def download(url: str) -> bytes:
    """Return what `url` answers. Its host may be private, for somebody chose it; where it redirects to, may not.

    Raises:
        Unreachable: when it does not answer with a document.

    """
    (answer,) = HttpFetcher(own_hosts=typed_host(url)).fetch([FetchRequest(source_id="download", url=url)])
    if isinstance(answer, FetchFailure):
        raise Unreachable(f"{url}: {answer.error}", mend="check the address.")
    return answer.body

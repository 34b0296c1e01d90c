"""A public address -> its bytes, through the same fetcher that reads feeds."""

from digest.adapters.fetcher import HttpFetcher
from digest.errors import Unreachable
from digest.model.feed import FetchFailure, FetchRequest


def download(url: str) -> bytes:
    """Return what `url` answers.

    Raises:
        Unreachable: when it does not answer with a document.

    """
    for answer in HttpFetcher().fetch([FetchRequest(source_id="download", url=url)]):
        if isinstance(answer, FetchFailure):
            raise Unreachable(f"{url}: {answer.error}", mend="check the address.")
        return answer.body
    raise Unreachable(f"{url}: no answer", mend="check the address.")

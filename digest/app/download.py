"""An address that the operator chose -> the document it answers with, through the fetcher of every day."""

from collections.abc import Collection

from digest.app.app import fetcher
from digest.config.load import Settings
from digest.errors import Unreachable
from digest.model.feed import Document, FetchFailure, FetchRequest


def download(url: str, settings: Settings, *, own_hosts: Collection[str] = ()) -> Document:
    """Return what `url` answers; `own_hosts` may lie on a private network, besides the config's.

    Raises:
        Unreachable: when it does not answer with a document.

    """
    (answer,) = fetcher(settings, own_hosts=own_hosts).fetch([FetchRequest(source_id="download", url=url)])
    if isinstance(answer, FetchFailure):
        raise Unreachable(f"{url}: {answer.error}", mend="check the address.")
    return answer

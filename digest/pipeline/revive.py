"""Revive: a source that was left alone -> one that is asked at the next collection."""

from digest.collect.due import revived
from digest.collect.health import Condition
from digest.errors import UsageError
from digest.pipeline.alert import forget_rings
from digest.pipeline.line import Line


def revive(source_id: str, line: Line) -> bool:
    """Ask a source again whatever it answered before: 410 Gone, «later», or nothing; False if it was never asked.

    Should it still be gone, or die again, somebody is told again.

    Raises:
        UsageError: when there is no such source.
    """
    if source_id not in line.newsroom.sources_by_id:
        raise UsageError(f"there is no source {source_id!r}", mend="`digest sources` lists them.")
    state = line.feeds.states().get(source_id)
    if state is None:
        return False
    forget_rings(source_id, (Condition.DEAD, Condition.GONE), line=line)
    line.feeds.save_states([revived(state)])
    return True

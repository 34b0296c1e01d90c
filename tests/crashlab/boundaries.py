"""The places at which a sender can be killed, by the name of the port's verb that it is about to pass, or in, or past.

«before» and «after» are outside of the verb; «within» is after each statement of its transaction, «committing» is when
all is said and not yet committed. The others are heard from Python's own audit events, and «accepted» is seen by the
lab in the simulator's log: the answer is on its way and not yet read.
"""

PREPARATION = (
    "before ledger.prepare",
    "within ledger.prepare",
    "committing ledger.prepare",
    "after ledger.prepare",
)
CLAIM = (
    "before ledger.claim",
    "within ledger.claim",
    "committing ledger.claim",
    "after ledger.claim",  # and before the high-water mark
    "after high_water.raise_to",
)
CALL = (
    "before provider.payload",
    "before provider.submit",
    "after provider.submit",
)
HTTP = ("connecting", "sending", "accepted")
FILES = ("linking",)
SETTLEMENT = (
    "before ledger.settle",
    "within ledger.settle",
    "committing ledger.settle",
    "after ledger.settle",
)
DOUBT = (
    "before ledger.release_stale",
    "within ledger.release_stale",
    "after ledger.release_stale",
    "after ledger.doubts",
)
SEARCH = (
    "before provider.search",
    "after provider.search",  # and before its trace is written down
    "within ledger.trace",
    "committing ledger.trace",
    "after ledger.trace",
)
REPLAY = (
    "before ledger.replay",
    "within ledger.replay",
    "committing ledger.replay",
    "after ledger.replay",
)
LOSS = (
    "after high_water.read",
    "before ledger.note_loss",
    "within ledger.note_loss",
    "committing ledger.note_loss",
    "after ledger.note_loss",
    "before ledger.distrust",
    "within ledger.distrust",
    "after ledger.distrust",
)
END = (
    "after interrupts",
    "before ledger.abandon_open",
    "before ledger.close",
    "within ledger.close",
    "committing ledger.close",
    "after ledger.close",
)
HANDED_OVER = (
    "after provider.submit",
    "before ledger.settle",
    "committing ledger.settle",
)
"""Where a copy of the database from before the claim knows nothing of a call that was made."""

COPY = (
    "before ledger.prepare",
    "after ledger.prepare",
    "before ledger.claim",
    "after ledger.claim",
    "before ledger.settle",
    "after ledger.settle",
    "before ledger.close",
    "after ledger.close",
)
"""Where a sender may copy the database: outside of its own transactions."""

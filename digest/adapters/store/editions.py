"""Editions, what they told and who decided what -> rows, and back. Every change of state is compare-and-set."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, select, update

from digest.adapters.store.deciding import edits_of, history_of, record_decision, record_edit, regrouping_logs
from digest.adapters.store.engine import reading, writing
from digest.adapters.store.schema import editions, newsletters
from digest.adapters.store.statements import insert_or_ignore
from digest.adapters.store.telling import READ, read_told, write_told
from digest.errors import StoreError
from digest.model.decision import Decided
from digest.model.edition import Edition
from digest.model.mail import EditionRecord, EditionState, Email
from digest.model.story import Told

PROGRAM = "digest"
"""Who did what no person did."""

_UNFINISHED = (EditionState.DRAFT, EditionState.APPROVED, EditionState.SENDING, EditionState.PAUSED)


class SqlEditions:
    """`ports.EditionStore` on the database."""

    def __init__(self, engine: Engine) -> None:
        """Use an engine of `open_engine`."""
        self._engine = engine

    def find(self, newsletter: str, day: date) -> EditionRecord | None:
        """The edition of one newsletter on one local day."""
        return self._latest(and_(editions.c.newsletter == newsletter, editions.c.day == day))

    def get(self, edition_id: int) -> EditionRecord:
        """The edition with this id; StoreError when there is none."""
        with reading(self._engine) as connection:
            row = connection.execute(select(editions).where(editions.c.id == edition_id)).one_or_none()
        if row is None:
            raise StoreError(f"there is no edition with the id {edition_id}.", mend="`digest status` lists editions.")
        return _record(row)

    def latest(self, newsletter: str) -> EditionRecord | None:
        """The edition with the latest day."""
        return self._latest(editions.c.newsletter == newsletter)

    def days(self, newsletter: str) -> list[tuple[date, EditionState]]:
        """The days that have an edition, with its state, latest first."""
        wanted = select(editions.c.day, editions.c.state).where(editions.c.newsletter == newsletter)
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.order_by(editions.c.day.desc()))
            return [(row.day, EditionState(row.state)) for row in rows]

    def last_sent(self, newsletter: str, *, before: date) -> EditionRecord | None:
        """The latest edition before `before` that reached readers (sending, paused or sent)."""
        return self._latest(
            and_(editions.c.newsletter == newsletter, editions.c.day < before, editions.c.state.in_(READ))
        )

    def unfinished(self) -> list[EditionRecord]:
        """Editions that are draft, approved, sending or paused, oldest day first."""
        wanted = select(editions).where(editions.c.state.in_(_UNFINISHED)).order_by(editions.c.day, editions.c.id)
        with reading(self._engine) as connection:
            return [_record(row) for row in connection.execute(wanted)]

    def create(
        self,
        edition: Edition,
        edition_json: str,
        email: Email | None,
        *,
        state: EditionState,
        reason: str,
        at: datetime,
    ) -> bool:
        """Insert the day's edition (draft or empty); False when another run was first."""
        key = {"newsletter": edition.newsletter, "day": edition.day}
        content = _content(edition_json, email, state=state, reason=reason, at=at)
        with writing(self._engine) as connection:
            ensure_newsletters(connection, [edition.newsletter])
            made = connection.execute(
                insert_or_ignore(editions).values(**key, **content).returning(editions.c.id)
            ).scalar()
            if made is None:
                return False
            write_told(connection, made, edition)
            record_decision(connection, made, at=at, who=PROGRAM, what=state, why=reason)
        return True

    def replace_draft(
        self,
        edition_id: int,
        edition: Edition,
        edition_json: str,
        email: Email | None,
        *,
        expected: EditionState,
        state: EditionState,
        reason: str,
        at: datetime,
        drafted_json: str = "",
        seen_json: str | None = None,
    ) -> bool:
        """Replace the content of an edition that is still in the state `expected`; False when it no longer is.

        Where `seen_json` is given, that must still be its content: somebody may have decided something meanwhile.
        """
        content = _content(edition_json, email, state=state, reason=reason, at=at) | {"drafted_json": drafted_json}
        same = None if seen_json is None else editions.c.edition_json == seen_json
        with writing(self._engine) as connection:
            if not _compare_and_set(connection, edition_id, [expected], same, **content):
                return False
            write_told(connection, edition_id, edition)
            record_decision(connection, edition_id, at=at, who=PROGRAM, what=state, why=reason or "drafted again")
        return True

    def approve(
        self,
        edition_id: int,
        email: Email,
        *,
        expected: EditionState,
        sha256: str,
        by: str,
        reason: str,
        at: datetime,
    ) -> bool:
        """Freeze these bytes and move the edition to approved; False when the state, or the draft, is another."""
        signed = {"sha256": sha256, "approved_at": at, "approved_by": by, "reason": ""}
        same = and_(*(editions.c[name] == value for name, value in _bytes(email).items()))
        with writing(self._engine) as connection:
            if not _compare_and_set(connection, edition_id, [expected], same, state=EditionState.APPROVED, **signed):
                return False
            record_decision(connection, edition_id, at=at, who=by, what=EditionState.APPROVED, why=reason)
        return True

    def move(
        self, edition_id: int, *, expected: Iterable[EditionState], to: EditionState, by: str, reason: str, at: datetime
    ) -> bool:
        """Compare-and-set of the state, with a row in the history; False when it was not in `expected`."""
        with writing(self._engine) as connection:
            return move_edition(connection, edition_id, expected=expected, to=to, by=by, reason=reason, at=at)

    def told(self, newsletter: str, *, before: date, editions: int = 7) -> list[Told]:
        """What the last `editions` editions before `before` told their readers, newest first.

        An edition that is still being sent counts: some of its readers have it already.
        """
        with reading(self._engine) as connection:
            return read_told(connection, newsletter, before=before, count=editions)

    def history(self, edition_id: int) -> list[tuple[datetime, str, str, str]]:
        """(when, who, what, why) of every decision on the edition, oldest first."""
        with reading(self._engine) as connection:
            return history_of(connection, edition_id)

    def decide(
        self,
        seen: EditionRecord,
        decided: Decided,
        *,
        what: str,
        edition: Edition,
        edition_json: str,
        drafted_json: str,
        email: Email | None,
        state: EditionState,
        reason: str,
    ) -> bool:
        """Add an editor's decision to the log, and put what it leads to in place of what was `seen`.

        When the edition was drafted stays as it was. False when its state or its content is another by now.
        """
        content = {"edition_json": edition_json, "drafted_json": drafted_json, "state": state, "reason": reason}
        same = editions.c.edition_json == seen.edition_json
        with writing(self._engine) as connection:
            if not _compare_and_set(connection, seen.id, [seen.state], same, **content, **_bytes(email)):
                return False
            write_told(connection, seen.id, edition)
            record_edit(connection, seen.id, decided, what=what)
        return True

    def decisions(self, edition_id: int) -> list[Decided]:
        """Every decision of editors on the edition, undone ones and undos too, numbered from 1 in their order."""
        with reading(self._engine) as connection:
            return edits_of(connection, edition_id)

    def regroupings(self, *, besides: int) -> list[list[Decided]]:
        """The whole log of each edition, but the one with the id `besides`, in which stories were split or merged."""
        with reading(self._engine) as connection:
            return regrouping_logs(connection, besides=besides)

    def _latest(self, which: ColumnElement[bool]) -> EditionRecord | None:
        """The one with the latest day among those that `which` names."""
        wanted = select(editions).where(which).order_by(editions.c.day.desc()).limit(1)
        with reading(self._engine) as connection:
            row = connection.execute(wanted).one_or_none()
        return _record(row) if row else None


def ensure_newsletters(connection: Connection, newsletter_ids: Iterable[str]) -> None:
    """Insert the newsletters that are not there yet: what refers to them must find them."""
    rows = [{"id": newsletter_id} for newsletter_id in newsletter_ids]
    if rows:
        connection.execute(insert_or_ignore(newsletters), rows)


def move_edition(
    connection: Connection,
    edition_id: int,
    *,
    expected: Iterable[EditionState],
    to: EditionState,
    by: str,
    reason: str,
    at: datetime,
    **columns: object,
) -> bool:
    """Move the edition within somebody's transaction and write down who did it; False when it was elsewhere."""
    closed_at = {"closed_at": at} if to.is_final else {}
    if not _compare_and_set(connection, edition_id, expected, state=to, reason=reason, **closed_at, **columns):
        return False
    record_decision(connection, edition_id, at=at, who=by, what=to, why=reason)
    return True


def _compare_and_set(
    connection: Connection,
    edition_id: int,
    expected: Iterable[EditionState],
    and_also: ColumnElement[bool] | None = None,
    /,
    **columns: object,
) -> bool:
    """One UPDATE; a row count of one means it was ours to change."""
    ours = (editions.c.id == edition_id) & editions.c.state.in_(list(expected))
    if and_also is not None:
        ours &= and_also
    return connection.execute(update(editions).where(ours).values(**columns)).rowcount == 1


def _content(
    edition_json: str, email: Email | None, *, state: EditionState, reason: str, at: datetime
) -> dict[str, object]:
    """The columns of a draft; a new draft takes back what an earlier one had been given."""
    signed = {"sha256": "", "approved_at": None, "approved_by": ""}
    return _bytes(email) | signed | {"edition_json": edition_json, "state": state, "reason": reason, "drafted_at": at}


def _bytes(email: Email | None) -> dict[str, object]:
    """The rendered email's columns; all empty for an edition that has none."""
    names = ("subject", "preheader", "html", "text")
    return {name: getattr(email, name) if email else None for name in names}


def _record(row: Row[Any]) -> EditionRecord:
    """A row of `editions` as the value that use cases work with."""
    email = None
    if row.subject is not None:
        email = Email(subject=row.subject, preheader=row.preheader, html=row.html, text=row.text)
    return EditionRecord(
        id=row.id,
        newsletter=row.newsletter,
        day=row.day,
        state=EditionState(row.state),
        reason=row.reason,
        email=email,
        sha256=row.sha256,
        edition_json=row.edition_json,
        drafted_at=row.drafted_at,
        approved_at=row.approved_at,
        approved_by=row.approved_by,
        provider=row.provider,
        prepared_at=row.prepared_at,
        drafted_json=row.drafted_json,
    )

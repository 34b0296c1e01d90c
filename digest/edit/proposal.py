"""What an editor asks for, in words -> the decision it makes, with everything named; nothing is written down."""

from collections.abc import Iterable, Sequence
from datetime import date

from digest.edit.naming import Named, items_named, section_named, story_named, whole
from digest.edit.saying import said
from digest.edit.standing import undoable
from digest.errors import UsageError
from digest.model.decision import Act, Decided, Decision
from digest.model.edition import Judgement
from digest.model.news import SectionName
from digest.text.clean import plain

DIARY_MOST = 5
"""Lines of «Today» (editorial.md, 7)."""

LONGEST = {Act.RETITLE: 150, Act.SUMMARY: 600, Act.KICKER: 22, Act.NOTE: 1200, Act.CORRECTION: 600}
"""Characters beyond which nobody means a headline, a summary, a kicker, a note or a correction."""


def of_story(act: Act, story: str, judgement: Judgement, *, text: str = "") -> Decision:
    """Return a decision to spike, pin, lead, retitle, summarise or give a kicker to one story.

    Raises:
        UsageError: when no story or several are named, or the words do not fit.

    """
    named = story_named(story, judgement)
    if act in {Act.PIN, Act.LEAD, Act.KICKER}:
        named = whole(named)
    wanted = {Act.SPIKE: "reason", Act.RETITLE: "headline", Act.SUMMARY: "summary", Act.KICKER: "kicker"}
    words = _words(act, text, wanted[act]) if act in wanted else plain(text)
    return _about(named, act, text=words)


def move(story: str, to: str, judgement: Judgement) -> Decision:
    """Return a decision to move a story to a place of the news (from 1, or «lead») or a section of the wire."""
    named, where = whole(story_named(story, judgement)), to.strip().lower()
    if where != "lead" and not (where.isascii() and where.isdigit()):
        return _about(named, Act.MOVE, section=section_named(to))
    news = len(judgement.edition.pieces) - len(judgement.edition.comment)
    place = 1 if where == "lead" else int(where)
    if not 1 <= place <= max(news, 1):
        raise UsageError(f"there is no place {place} for news", mend=f"write 1 to {news}, or a section.")
    return _about(named, Act.MOVE, place=place)


def split(story: str, items: Sequence[str], judgement: Judgement) -> Decision:
    """Return a decision to make a story of its own of some items of a story.

    Raises:
        UsageError: when they are none of its items, or all.

    """
    named = whole(story_named(story, judgement))
    leaving = {item.id for item in items_named(items, named)}
    staying = tuple(item.id for item in named.ranked.story.items if item.id not in leaving)
    if not leaving or not staying:
        raise UsageError(
            f"a split of story {named.ranked.story.id} leaves nothing on one side",
            mend=f"name some of its {len(named.ranked.story.items)} items, not none and not all; "
            f"`digest explain {named.ranked.story.id}` lists them.",
        )
    ordered = [item for item in named.ranked.story.items if item.id in leaving]
    return Decision(
        act=Act.SPLIT,
        story=named.ranked.story.id,
        headline=named.headline,
        items=tuple(item.id for item in ordered),
        others=staying,
        text=_quoted(item.title for item in ordered),
    )


def merge(stories: Sequence[str], judgement: Judgement) -> Decision:
    """Return a decision to make one story of several; the first keeps its name.

    Raises:
        UsageError: when they are fewer than two stories.

    """
    named = [whole(story_named(story, judgement)) for story in stories]
    by_id = {one.ranked.story.id: one for one in named}
    if len(by_id) < 2:
        raise UsageError("a merge needs two stories", mend="name both, by place or id: `digest edit merge 2 5`.")
    first, *others = by_id.values()
    added = tuple(item.id for one in others for item in one.ranked.story.items)
    return _about(first, Act.MERGE, others=added, text=_quoted(one.headline for one in others))


def note(text: str, *, signed: str) -> Decision:
    """Return a decision on the editor's «Good morning»; paragraphs stand apart by an empty line."""
    paragraphs = [plain(part) for part in text.replace("\r\n", "\n").split("\n\n")]
    words = _words(Act.NOTE, "\n\n".join(part for part in paragraphs if part), "note", is_line=False)
    return Decision(act=Act.NOTE, text=words, signed=plain(signed))


def diary(lines: Sequence[str]) -> Decision:
    """Return a decision on the lines of «Today», at most five; none empties it."""
    kept = tuple(line for line in map(plain, lines) if line)
    if len(kept) > DIARY_MOST:
        raise UsageError(f"{len(kept)} lines are more than the diary's {DIARY_MOST}", mend="keep the weightiest.")
    return Decision(act=Act.DIARY, lines=kept)


def correction(text: str, *, of: date, today: date) -> Decision:
    """Return a decision to correct the edition of an earlier day in this one."""
    if of >= today:
        raise UsageError(f"{of} is not before {today}, the edition in hand", mend="--of takes an earlier day.")
    return Decision(act=Act.CORRECTION, text=_words(Act.CORRECTION, text, "correction"), day=of)


def undo(log: Sequence[Decided], *, by: str, number: int | None) -> Decision:
    """Return a decision to undo the one with that number, else the person's own last; UsageError when none stands."""
    one = undoable(log, by=by, number=number)
    return Decision(act=Act.UNDO, undoes=one.number, text=said(one.decision))


def advice(decision: Decision) -> str:
    """Return what editorial.md would say of the decision's length; empty where it is as it should be."""
    words = len(decision.text.split())
    if decision.act is Act.NOTE and not 40 <= words <= 90:
        return f"The note has {words} {'word' if words == 1 else 'words'}; readers expect 40 to 90."
    if decision.act is Act.RETITLE and len(decision.text) > 75:
        return f"The headline has {len(decision.text)} characters; up to 75 also make a subject."
    if decision.act is Act.SUMMARY and words > 60:
        return f"The summary has {words} words; up to 60 make two or three sentences."
    return ""


def _quoted(headlines: Iterable[str]) -> str:
    return ", ".join(f"“{headline}”" for headline in headlines)


def _words(act: Act, text: str, what: str, *, is_line: bool = True) -> str:
    words = plain(text) if is_line else text
    if not words:
        raise UsageError(f"the {what} is empty", mend=f"write a {what}, in quotation marks.")
    if len(words) > LONGEST.get(act, len(words)):
        raise UsageError(f"{len(words)} characters are too many for a {what}", mend=f"{LONGEST[act]} at most.")
    return words


def _about(
    named: Named,
    act: Act,
    *,
    text: str = "",
    others: tuple[str, ...] = (),
    place: int = 0,
    section: SectionName | None = None,
) -> Decision:
    return Decision(
        act=act,
        story=named.ranked.story.id,
        headline=named.headline,
        items=tuple(item.id for item in named.ranked.story.items),
        others=others,
        item=named.item_id,
        text=text,
        place=place,
        section=section,
    )

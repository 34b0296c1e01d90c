"""An editor's decision, as a command asks for it -> carried out, and told back: what it did, what it leads to."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.choice import find, signature
from digest.cli.session import program

if TYPE_CHECKING:
    from digest.app.app import App
    from digest.model.decision import Decision
    from digest.model.edition import Judgement
    from digest.model.mail import EditionRecord, Finding

_FIGURES = re.compile(r"\d[\d,.]*")

Editor = Annotated[
    str, typer.Option("--by", envvar="DIGEST_EDITOR", help="Your name, for the history; or in DIGEST_EDITOR.")
]
Story = Annotated[str, typer.Argument(help="Its place («lead», «3»), its id, or the beginning of its id.")]

Proposal = Callable[["App", "EditionRecord", "Judgement", str], "Decision"]
"""What makes the decision from the program, the edition, its judgement and the name of who decides."""


def carry_out(propose: Proposal, *, by: str, newsletter: str, day: str) -> None:
    """Carry one decision out on the edition that is meant and print what it did.

    Raises:
        DigestError: when what is named is not there, or the edition can no longer be edited.

    """
    from digest.cli.findings import show_findings
    from digest.edit.codec import load
    from digest.edit.proposal import advice
    from digest.pipeline.checking import findings
    from digest.pipeline.decide import decide

    with program() as app:
        record, name = find(app, newsletter, day), signature(by)
        decision = propose(app, record, load(record.edition_json), name)
        before = findings(record, line=app.line)
        after = decide(record, decision, by=name, now=app.line.clock(), line=app.line)
        number = len(app.line.editions.decisions(after.id))
        show_findings(brought(before, findings(after, line=app.line)))
    if hint := advice(decision):
        typer.secho(hint, fg="yellow", err=True)
    _tell(after, decision, number)


def brought(before: Sequence["Finding"], after: Sequence["Finding"]) -> list["Finding"]:
    """Return what the checks found after a decision and not before it; the same with other figures is not new."""
    known = Counter(map(_kind, before))
    found = []
    for one in after:
        if known[_kind(one)]:
            known[_kind(one)] -= 1
        else:
            found.append(one)
    return found


def _kind(finding: "Finding") -> tuple[str, ...]:
    return finding.severity, finding.check, finding.where, _FIGURES.sub("", finding.what), finding.mend


def _tell(record: "EditionRecord", decision: "Decision", number: int) -> None:
    """Say what was decided, where the story stands now, and how to take it back."""
    from digest.cli.terminal import in_line
    from digest.edit.codec import load
    from digest.edit.decisions import story_of
    from digest.edit.explanation import explanation
    from digest.edit.saying import said

    judgement = load(record.edition_json)
    about = story_of(decision, judgement.ranked) if decision.story else None
    typer.echo(in_line(f"{record.newsletter} {record.day}: {said(decision)}."))
    if about:
        typer.echo(in_line(f"Story {about.story.id} is now {explanation(judgement, about).fate}."))
    if judgement.edition.lead is None:
        typer.echo(in_line(f"The edition is empty: {record.reason}."))
    typer.echo(f"This is decision {number}; `digest edit undo {number}` takes it back.")

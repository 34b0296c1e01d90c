"""`digest edit`: the commands with which editors change a draft."""

import typer

from digest.cli import edit_letter, edit_log, edit_stories

HELP = """Change a draft: what is printed, where, and in which words.

Every decision is written down with your name and the time, and nothing is overwritten: the edition as it was
drafted, and the decisions in their order, make the edition as it is printed. Any of them can be undone.

\b
A story is named by its place («lead», «3», as `digest show` numbers them), by its id, or by the beginning of its id:
  digest edit spike 7 --reason "not about the party"
  digest edit lead 3
  digest edit move 3f2a --to Unions
  digest edit split 2 9c01 77ab
  digest edit merge lead 5
  digest edit retitle lead "Care levy to start in April"
  digest edit undo

`--by NAME` stands behind each of them, or your name once and for all in DIGEST_EDITOR. The latest edition is meant
unless --day and --newsletter say otherwise. What is signed is closed: `digest hold` opens it again. A new draft
(`digest draft`) takes in new items and keeps every decision; splits and merges hold for all later editions."""

commands = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode=None)
for part in (edit_stories.commands, edit_letter.commands, edit_log.commands):
    commands.add_typer(part)

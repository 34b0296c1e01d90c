"""caniemail's data -> digest/render/support.py: `python -m tests.render.support_facts` writes it anew.

Kept are the features that digest/render/features.py can see in inlined HTML, and of those the clients our readers use.
The path of the data is that of the fixture `shared`.
"""

import json
from pathlib import Path
from typing import Any

from tests.conftest import SHARED

DATA = Path("data", "caniemail.json")
DERIVED = Path(__file__).parents[2] / "digest" / "render" / "support.py"

CLIENTS = {
    "am": ("apple-mail/macos", "Apple Mail"),
    "ai": ("apple-mail/ios", "Apple Mail on iOS"),
    "fw": ("fastmail/desktop-webmail", "Fastmail"),
    "gw": ("gmail/desktop-webmail", "Gmail"),
    "ga": ("gmail/android", "Gmail on Android"),
    "gi": ("gmail/ios", "Gmail on iOS"),
    "oo": ("outlook/windows", "Outlook on Windows"),
    "om": ("outlook/macos", "Outlook on the Mac"),
    "ow": ("outlook/outlook-com", "Outlook.com"),
    "oa": ("outlook/android", "Outlook on Android"),
    "oi": ("outlook/ios", "Outlook on iOS"),
    "pw": ("protonmail/desktop-webmail", "Proton Mail"),
    "sa": ("samsung-email/android", "Samsung Email"),
    "tm": ("thunderbird/macos", "Thunderbird"),
    "yw": ("yahoo/desktop-webmail", "Yahoo Mail"),
    "ya": ("yahoo/android", "Yahoo Mail on Android"),
    "yi": ("yahoo/ios", "Yahoo Mail on iOS"),
}
"""Whom we write for: what the UK reads mail with. AOL, BT and Sky are Yahoo's or Microsoft's underneath."""

HEAD_ONLY = ("css-at-", "css-pseudo-", "css-selector-", "css-nesting", "css-comments")
"""What stands in sheets alone: the head sheet is progressive, and never judged by what a client lacks."""
STRUCTURE = frozenset(
    {"html-style", "html-link", "html-comments", "html-doctype", "html-meta-color-scheme", "html-base"}
)
"""What every mail has, or what other checks judge."""

PAGE = '''"""Which features of HTML and CSS the mail programs of our readers lack; derived, not written by hand.

Source: Can I email (https://www.caniemail.com), {source},
commit {commit} of {date}. MIT licence:

{notice}

Made by `python -m tests.render.support_facts`, which says what is kept.
"""

CLIENTS = {{
{clients}
}}
"""The mail programs we write for."""

TABLE = """
{table}
"""
"""A line for each feature: its name at Can I email, the programs that lack it, those that have it in part."""
'''


def derived(shared: Path) -> str:
    """The text of digest/render/support.py."""
    data = json.loads((shared / DATA).read_text(encoding="utf-8"))
    meta = data["_meta"]
    lines = [line for name, feature in sorted(data["features"].items()) if (line := _line(name, feature))]
    return PAGE.format(
        source=meta["source"].removeprefix("https://"),
        commit=meta["commit"],
        date=meta["commit_date"],
        notice=(shared / DATA).with_name("caniemail.LICENSE").read_text(encoding="utf-8").strip(),
        clients="\n".join(f'    "{code}": "{name}",' for code, (_, name) in CLIENTS.items()),
        table="\n".join(lines),
    )


def _line(name: str, feature: dict[str, Any]) -> str:
    if feature["cat"] == "others" or name in STRUCTURE or name.startswith(HEAD_ONLY):
        return ""
    support = feature["support"]
    lacking, partial = (
        [code for code, (client, _) in CLIENTS.items() if support.get(client, "u").startswith(state)] for state in "na"
    )
    if not lacking and not partial:
        return ""
    return f"{name} | {' '.join(lacking)} | {' '.join(partial)}".replace("  ", " ").rstrip()


if __name__ == "__main__":
    DERIVED.write_text(derived(SHARED), encoding="utf-8")

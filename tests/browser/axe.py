"""A page in a browser -> what axe-core says of it (https://github.com/dequelabs/axe-core)."""

import json
from dataclasses import dataclass
from pathlib import Path

import axe_playwright_python

from tests.browser.screen import Browser

SOURCE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
WEB_PAGE_RULES = ("landmark-one-main", "region")
"""Off: a letter is shown inside a mail program's page, whose main landmark and regions are the program's affair.

A `main` of ours would be a second one there. The letter marks itself as role="article" instead.
"""
_OPTIONS = {  # axe leaves out target-size (WCAG 2.2, success criterion 2.5.8) where it is not named
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}} | {rule: {"enabled": False} for rule in WEB_PAGE_RULES},
    "resultTypes": ["violations", "incomplete"],
}
_RUN = f"""axe.run(document, {json.dumps(_OPTIONS)}).then(found => ["violations", "incomplete"].flatMap(kind =>
  found[kind].flatMap(rule => rule.nodes.map(node => [kind, rule.id, node.target.join(" "), node.html.slice(0, 200),
  [...node.any, ...node.all, ...node.none].map(check => check.message).join("; ")]))))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One rule that one element breaks, or (`is_certain` false) of which axe could not tell."""

    is_certain: bool
    rule: str
    element: str
    html: str
    why: str


def load(browser: Browser) -> None:
    """Put axe into the open page, once for all looks at it."""
    browser.evaluate(f"(() => {{ {SOURCE}; return axe.version; }})()")


def complaints(browser: Browser) -> tuple[Complaint, ...]:
    """What is wrong with the open page by WCAG 2.2 A and AA and axe's best practice, as it stands on the screen now."""
    found = browser.evaluate(_RUN)
    assert isinstance(found, list)
    return tuple(
        Complaint(is_certain=kind == "violations", rule=rule, element=element, html=html, why=why)
        for kind, rule, element, html, why in found
    )

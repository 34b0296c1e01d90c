"""Elements and attributes that no letter may hold: mail programs strip them, or take the letter for an attack."""

from collections.abc import Iterator

from digest.model.mail import Finding
from digest.render.findings.grades import error
from digest.render.findings.reading import Reading
from digest.render.page import Element

ELEMENTS = frozenset({"applet", "base", "embed", "form", "frame", "frameset", "iframe", "object", "script"})


def forbidden(letter: Reading) -> Iterator[Finding]:
    """An error for every element that runs, frames, sends or redirects, and every attribute that runs a script.

    The parser has put all names in lower case. A style sheet that is fetched is found by the check «style».
    """
    for element in letter.page.elements:
        for held in (*_elements(element), *_handlers(element)):
            what = f"the letter holds {held}, which mail programs strip or take for an attack."
            yield error("forbidden", what, where="html", mend="take it out of the template.", line=element.line)


def _elements(element: Element) -> Iterator[str]:
    if element.tag in ELEMENTS:
        yield f"<{element.tag}>"
    if element.tag == "meta" and element.attributes.get("http-equiv", "").strip().lower() == "refresh":
        yield '<meta http-equiv="refresh">'


def _handlers(element: Element) -> Iterator[str]:
    return (f"the attribute {name} on <{element.tag}>" for name in element.attributes if name.startswith("on"))

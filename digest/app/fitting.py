"""The newsroom's templates and brand -> whether they still fit: every mail is printed with them and checked."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

import jinja2
from jinja2.meta import find_referenced_templates

from digest.app.diagnosis import Diagnosis
from digest.app.templates import OURS, combined, copied_from, nearest, version
from digest.errors import TemplateError
from digest.model.brand import Brand
from digest.model.mail import Finding, Severity
from digest.model.proof import Proof
from digest.model.schedule import LETTERS
from digest.pipeline.line import Newsroom
from digest.render.checks import check, check_mail
from digest.render.edition import render
from digest.render.letters import confirmation, goodbye
from digest.render.showcase import showcase
from digest.render.templates import compiled, environment

PROOF = Proof(
    deadline="It is due at 07:30.", then="It is sent.", findings=(), commands=(("To hold it", "digest hold"),)
)

Said = tuple[str, str, str]
"""A finding without its line, which another template moves: the check, what it found, where."""


def fitting(
    newsroom: Newsroom, *, ours: Mapping[str, str], own: Mapping[str, str], names: Iterable[str]
) -> tuple[Diagnosis, ...]:
    """Say of each own template and of the brand what is wrong with it, or in one line that all is well.

    `own` are the newsroom's templates by name, `names` all files beside them. What cannot be
    compiled is said alone: nothing can be printed before it is mended.
    """
    letters = tuple(dict.fromkeys((*LETTERS, *(schedule.template for schedule in newsroom.schedules))))
    kept = (*_unused(names, ours, own, letters), *_outdated(ours, own))
    wrong = tuple(_uncompiled(ours, own)) or tuple(_unfit(newsroom.brand, ours, own, letters))
    if kept or wrong:
        return (*kept, *wrong)
    of_these = f", {len(own)} of them your own" if own else ""
    return (Diagnosis(what="templates", found=f"all {len({*ours, *own})} fit{of_these}"),)


def _unused(
    names: Iterable[str], ours: Mapping[str, str], own: Mapping[str, str], letters: Iterable[str]
) -> Iterator[Diagnosis]:
    """Files that no mail can be printed from: their names are nobody's."""
    printed = {f"{letter}.{part}.j2" for letter in letters for part in ("html", "txt")}
    known = {*ours, *printed, *_mentioned(own)}
    for name in names:
        if name not in known:
            near = nearest(name, known)
            meant = f"rename it to {near}" if near else "`digest templates list` says which names there are"
            yield _warning(f"{name} is never used: no template has that name", f"{meant}, or take it away.")


def _mentioned(own: Mapping[str, str]) -> set[str]:
    """The names that own templates include, import or extend."""
    found: set[str] = set()
    for text in own.values():
        try:
            found.update(name for name in find_referenced_templates(jinja2.Environment().parse(text)) if name)  # noqa: S701  # nothing is printed
        except jinja2.TemplateSyntaxError:
            continue  # said by _uncompiled, with file and line
    return found


def _outdated(ours: Mapping[str, str], own: Mapping[str, str]) -> Iterator[Diagnosis]:
    for name, text in own.items():
        copied = copied_from(text)
        if name in ours and copied and copied != (now := version(ours[name])):
            yield _warning(
                f"{name}: ours has changed since you copied it (version {copied}, now {now})",
                f"`digest templates diff {name}` shows how they differ; take over what you want, "
                f"then write {now} into its first line.",
            )


def _uncompiled(ours: Mapping[str, str], own: Mapping[str, str]) -> Iterator[Diagnosis]:
    made = environment(combined(ours, own))
    for name in own:
        try:
            compiled(made, name)
        except TemplateError as error:
            yield _error(f"yours cannot be read: {error.detail}", f"{error.mend}{_or_ours(name, ours)}")


def _unfit(
    brand: Brand, ours: Mapping[str, str], own: Mapping[str, str], letters: tuple[str, ...]
) -> Iterator[Diagnosis]:
    """What the checks find in our own letters in this brand is the brand's fault; the rest is the templates'."""
    shown = replace(brand, why_you_get_this="You get this because you asked for it.", how_often="It comes daily.")
    try:
        found = _errors(shown, combined(ours, own), letters)
    except TemplateError as error:
        yield _error(f"yours no longer fits: {error.detail}", f"{error.mend} `digest templates diff` may show why.")
        return
    of_brand = _errors(shown, combined(ours, {}), LETTERS) if own else found
    for finding in of_brand.values():
        yield _error(f"brand: {finding.what} ({finding.where})", finding.mend, what="brand")
    new = {what: finding for what, finding in found.items() if what not in of_brand}
    without = _tried_without(shown, ours, own, letters) if new else {}
    for what, finding in new.items():
        names = ", ".join(name for name, said in without.items() if what not in said) or "your templates together"
        mend = f"{finding.mend} `digest templates diff NAME` shows what you changed."
        yield _error(f"{names} no longer fits: {finding.what} ({finding.where})", mend)


def _tried_without(
    brand: Brand, ours: Mapping[str, str], own: Mapping[str, str], letters: tuple[str, ...]
) -> dict[str, Collection[Said]]:
    """What is found where one own template is taken away; the one without which a finding is gone brought it."""
    tried: dict[str, Collection[Said]] = {}
    for name in own:
        others = {other: text for other, text in own.items() if other != name}
        try:
            tried[name] = _errors(brand, combined(ours, others), letters)
        except TemplateError:
            continue  # another one of theirs needs it, so it cannot be tried without
    return tried


def _errors(brand: Brand, texts: Mapping[str, str], letters: tuple[str, ...]) -> dict[Said, Finding]:
    """Print every mail there is; what the checks call an error in one of them, by what it says."""
    made, edition = environment(texts), showcase()
    notices = (
        confirmation(brand, confirm_url="https://example.org/confirm", environment=made),
        goodbye(brand, subscribe_url="https://example.org/subscribe", environment=made),
    )
    editions = [render(edition, brand=brand, environment=made, template=letter) for letter in letters]
    editions.append(render(edition, brand=brand, environment=made, proof=PROOF))
    found = chain.from_iterable((*map(check_mail, notices), *(check(email, edition) for email in editions)))
    return {(one.check, one.what, one.where): one for one in found if one.severity is Severity.ERROR}


def _or_ours(name: str, ours: Mapping[str, str]) -> str:
    return f' Where you changed little, begin with {{% extends "{OURS}{name}" %}}.' if name in ours else ""


def _warning(found: str, mend: str) -> Diagnosis:
    return Diagnosis(what="templates", found=found, severity=Severity.WARNING, mend=mend)


def _error(found: str, mend: str, *, what: str = "templates") -> Diagnosis:
    return Diagnosis(what=what, found=found, severity=Severity.ERROR, mend=mend)

"""The newsroom's templates and brand -> whether they still fit: every mail is printed with them and checked."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from digest.app.diagnosis import Diagnosis
from digest.app.legibility import illegible, keys
from digest.app.overrides import overrides
from digest.app.own_templates import OwnTemplates
from digest.app.templates import OURS, combined
from digest.errors import TemplateError
from digest.model.brand import Brand
from digest.model.mail import EditionState, Finding, Severity
from digest.model.schedule import LETTERS
from digest.pipeline.line import Newsroom
from digest.pipeline.proof import told
from digest.render.checks import check, check_mail
from digest.render.edition import render
from digest.render.letters import confirmation, goodbye
from digest.render.showcase import showcase
from digest.render.templates import compiled, environment

Said = tuple[str, str, str]
"""A finding without its line, which another template moves: the check, what it found, where."""


def fitting(newsroom: Newsroom, *, ours: Mapping[str, str], own: OwnTemplates) -> tuple[Diagnosis, ...]:
    """Say of each own template and of the brand what is wrong with it, or in one line that all is well.

    Where one of the newsroom's cannot be compiled, theirs are not printed: nothing can be before it is
    mended. Where one cannot be read, the rest is tried with ours in its place.
    """
    room = replace(newsroom, brand=_with_footer(newsroom.brand))
    letters = tuple(dict.fromkeys((*LETTERS, *(schedule.template for schedule in room.schedules))))
    of_brand = _errors(room, combined(ours, {}), LETTERS)
    found = (
        *overrides(own, ours=ours, letters=letters),
        *_unreadable(room.brand, of_brand.values()),
        *(tuple(_uncompiled(ours, own.texts)) or _unfit(room, ours, own, letters, of_brand)),
    )
    of_these = f", {len(own.texts)} of them your own" if own.texts else ""
    return found or (Diagnosis(what="templates", found=f"all {len({*ours, *own.texts})} fit{of_these}"),)


def _unreadable(brand: Brand, found: Collection[Finding]) -> Iterator[Diagnosis]:
    """What the checks find in our own letters in this brand is the brand's fault."""
    yield from illegible(brand, found)
    for one in found:
        if keys(brand, one) is None:
            yield _error(f"{one.what} ({one.where})", one.mend, what="brand")


def _with_footer(brand: Brand) -> Brand:
    return replace(brand, why_you_get_this="You get this because you asked for it.", how_often="It comes daily.")


def _uncompiled(ours: Mapping[str, str], own: Mapping[str, str]) -> Iterator[Diagnosis]:
    made = environment(combined(ours, own))
    for name in own:
        try:
            compiled(made, name)
        except TemplateError as error:
            yield _error(f"yours cannot be read: {error.detail}", f"{error.mend}{_or_ours(name, ours)}")


def _unfit(
    room: Newsroom,
    ours: Mapping[str, str],
    own: OwnTemplates,
    letters: tuple[str, ...],
    of_brand: Mapping[Said, Finding],
) -> Iterator[Diagnosis]:
    """What the checks find only where the newsroom's templates print, with the names of those that brought it.

    A letter of the newsroom's own that cannot be read cannot be tried either.
    """
    readable = tuple(one for one in letters if one in LETTERS or not _parts(one) & own.faults.keys())
    try:
        found = _errors(room, combined(ours, own.texts), readable) if own.texts else {}
    except TemplateError as error:
        yield _error(f"yours no longer fits: {error.detail}", f"{error.mend} `digest templates diff` may show why.")
        return
    said_of_brand = {keys(room.brand, one) for one in of_brand.values()} - {None}
    new = {
        said: one for said, one in found.items() if said not in of_brand and keys(room.brand, one) not in said_of_brand
    }
    without = _tried_without(room, ours, own.texts, readable) if new else {}
    for what, finding in new.items():
        names = ", ".join(name for name, said in without.items() if what not in said)
        whose = f"{names} no longer fits" if names else "your templates together no longer fit"
        mend = f"{finding.mend} `digest templates diff NAME` shows what you changed."
        yield _error(f"{whose}: {finding.what} ({finding.where})", mend)


def _parts(letter: str) -> set[str]:
    return {f"{letter}.html.j2", f"{letter}.txt.j2"}


def _tried_without(
    room: Newsroom, ours: Mapping[str, str], own: Mapping[str, str], letters: tuple[str, ...]
) -> dict[str, Collection[Said]]:
    """What is found where one own template is taken away; the one without which a finding is gone brought it."""
    tried: dict[str, Collection[Said]] = {}
    for name in own:
        others = {other: text for other, text in own.items() if other != name}
        try:
            tried[name] = _errors(room, combined(ours, others), letters)
        except TemplateError:
            continue  # another one of theirs needs it, so it cannot be tried without
    return tried


def _errors(room: Newsroom, texts: Mapping[str, str], letters: tuple[str, ...]) -> dict[Said, Finding]:
    """Print every mail there is; what the checks call an error in one of them, by what it says."""
    made, edition = environment(texts), showcase()
    proof = told(room.schedules[0], day=edition.day, state=EditionState.DRAFT, found=())
    notices = (
        confirmation(room.brand, confirm_url="https://example.org/confirm", environment=made),
        goodbye(room.brand, subscribe_url="https://example.org/subscribe", environment=made),
    )
    editions = [render(edition, brand=room.brand, environment=made, template=letter) for letter in letters]
    editions.append(render(edition, brand=room.brand, environment=made, proof=proof))
    found = chain.from_iterable((*map(check_mail, notices), *(check(email, edition) for email in editions)))
    return {(one.check, one.what, one.where): one for one in found if one.severity is Severity.ERROR}


def _or_ours(name: str, ours: Mapping[str, str]) -> str:
    return f' Where you changed little, begin with {{% extends "{OURS}{name}" %}}.' if name in ours else ""


def _error(found: str, mend: str, *, what: str = "templates") -> Diagnosis:
    return Diagnosis(what=what, found=found, severity=Severity.ERROR, mend=mend)

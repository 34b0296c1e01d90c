"""A brand and what the checks find of contrast -> each pair of its colours that cannot be read, with its keys."""

from collections.abc import Iterable, Iterator

from digest.app.diagnosis import Diagnosis
from digest.model.brand import Brand
from digest.model.mail import Finding, Severity
from digest.render.ways import Way

READ_ON = (
    *((text, ground) for text in ("ink", "quiet", "accent") for ground in ("sheet", "panel")),
    ("on_button", "button"),
    ("on_notice", "notice"),
)
"""Which colour of a palette is read on which (`Palette`)."""

Pair = tuple[str, str, str]
"""A table of the config, and its two keys: the text's and the ground's."""


def illegible(brand: Brand, findings: Iterable[Finding]) -> Iterator[Diagnosis]:
    """Say of each pair of keys, once, that what is written in it cannot be read, however often it is found."""
    told: dict[Pair, str] = {}
    for finding in findings:
        if pair := keys(brand, finding):
            told[pair] = max(told.get(pair, ""), _measured(brand, pair, finding))  # 4.5 is the least of more than 3.0
    for (table, text, ground), measured in told.items():
        mend = f"choose a darker or lighter {text} or {ground} in [{table}]."
        yield Diagnosis(what="brand", found=f"[{table}] {measured}", severity=Severity.ERROR, mend=mend)


def keys(brand: Brand, finding: Finding) -> Pair | None:
    """Return the keys whose colours a finding names as a text's and its ground's; None where no two are."""
    if finding.check != "contrast":
        return None
    table = "brand.dark" if Way.DARK.value in finding.what else "brand.light"
    pairs = ((table, text, ground) for text, ground in READ_ON)
    return next((pair for pair in pairs if _named(brand, pair) in finding.what), None)


def _measured(brand: Brand, pair: Pair, finding: Finding) -> str:
    _, text, ground = pair
    colours = _colours(brand, pair)
    contrast = finding.what.rpartition(_named(brand, pair))[2].rstrip(".")
    return f"{text} ({colours[0]}) on {ground} ({colours[1]}) is {contrast}"


def _named(brand: Brand, pair: Pair) -> str:
    """The words with which a finding names two colours."""
    text, ground = _colours(brand, pair)
    return f" is {text} on {ground}: "


def _colours(brand: Brand, pair: Pair) -> tuple[str, str]:
    table, text, ground = pair
    palette = brand.dark if table == "brand.dark" else brand.light
    return getattr(palette, text), getattr(palette, ground)

"""The tables of [brand]: colours, fonts, logo and sentences, each with the shipped one where a newsroom has none."""

import re
from dataclasses import fields
from string import Formatter
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, Field, create_model, model_validator

from digest.config.table import Line, Table
from digest.model.brand import DARK, LIGHT, Brand, Logo, Palette, Words

GENERIC = ("serif", "sans-serif", "monospace", "system-ui")
"""What a stack of fonts must end with: the one family that every reader has (CSS Fonts Module Level 4, section 2.1)."""

_FAMILY = r"(?:[A-Za-z][A-Za-z0-9 -]*|'[A-Za-z0-9][A-Za-z0-9 -]*')"
_STACK = re.compile(rf"(?:{_FAMILY}, ?)*(?:{'|'.join(GENERIC)})")
_COLOUR = re.compile("#[0-9a-f]{6}")
_SECURE = re.compile(r"https://[^\s/]+/\S+")


def _colour(value: str) -> str:
    if not _COLOUR.fullmatch(value.lower()):
        raise ValueError('is no colour that every mail program reads; write six digits such as "#b3122a"')
    return value.lower()


def _stack(value: str) -> str:
    if not _STACK.fullmatch(value):
        raise ValueError(
            "is no stack of fonts; write names divided by commas, longer ones in single quotes, "
            f"and one of {', '.join(GENERIC)} last, such as \"'Gill Sans', Verdana, sans-serif\""
        )
    return value


def _secure(value: str) -> str:
    if not _SECURE.fullmatch(value):
        raise ValueError("mail programs load pictures over https only; write an address beginning with https://")
    return value


def _sentence(value: str) -> str:
    if not value:
        raise ValueError("must be a sentence; take the key out to keep ours")
    return value


Colour = Annotated[str, AfterValidator(_colour)]
FontStack = Annotated[str, AfterValidator(_stack)]
Sentence = Annotated[Line, Field(max_length=300), AfterValidator(_sentence)]


def _palette(name: str, shipped: Palette) -> type[Table]:
    """A table with a key for every colour of the palette, so that the two can never know different ones."""
    keys: dict[str, Any] = {one.name: (Colour, getattr(shipped, one.name)) for one in fields(Palette)}
    return create_model(name, __base__=Table, __doc__="The colours of one scheme.", **keys)


class LogoSettings(Table):
    """A picture in place of the name; width and height in CSS pixels, the file itself twice as large."""

    url: Annotated[Line, AfterValidator(_secure)]
    width: int = Field(ge=16, le=560)
    height: int = Field(ge=16, le=240)
    alt: Line = Field(min_length=1, max_length=80)


class _Placeholders(Table):
    """Sentences that may name what ours name at the same place, and nothing else."""

    @model_validator(mode="after")
    def _are_known(self) -> "_Placeholders":
        for key, field in type(self).model_fields.items():
            known = _named(str(field.default))
            if strange := sorted(_named(str(getattr(self, key))) - known):
                allowed = f"{key} knows {', '.join(sorted(known))}" if known else f"{key} knows none"
                raise ValueError(f"{strange[0]} in {key} stands for nothing; {allowed}")
        return self


def _named(sentence: str) -> set[str]:
    """The placeholders of a sentence; a brace beside them is a mistake of its own, for it would be printed."""
    try:
        named = {f"{{{name}}}" for _, name, _, _ in Formatter().parse(sentence) if name is not None}
    except ValueError as error:
        raise ValueError(f"{sentence!r}: {error}; write braces around a placeholder only") from error
    rest = sentence
    for name in named:
        rest = rest.replace(name, "")
    if set("{}") & set(rest):
        raise ValueError(f"{sentence!r}: {_ALONE}")
    return named


_ALONE = "write a placeholder as a name in single braces, without a conversion (!r) or a format (:>9)"


def _words() -> type[Table]:
    keys: dict[str, Any] = {one.name: (Sentence, one.default) for one in fields(Words)}
    return create_model("WordsSettings", __base__=_Placeholders, __doc__="Every fixed sentence of the mails.", **keys)


if TYPE_CHECKING:  # a checker of types cannot see classes that are made of another class's fields
    LightSettings = Table
    DarkSettings = Table
    WordsSettings = Table
else:
    LightSettings, DarkSettings = _palette("LightSettings", LIGHT), _palette("DarkSettings", DARK)
    WordsSettings = _words()


class BrandSettings(Table):
    """How the mails look and speak."""

    serif: FontStack = "Georgia, serif"
    sans: FontStack = "Arial, Helvetica, sans-serif"
    logo: LogoSettings | None = None
    light: LightSettings = LightSettings()
    dark: DarkSettings = DarkSettings()
    words: WordsSettings = WordsSettings()

    def value(self, *, name: str, strapline: str, contact: str, imprint: str, archive_url: str) -> Brand:
        """Return the frozen value the templates work with; what is said of the newsroom stands in its own table."""
        return Brand(
            name=name,
            strapline=strapline,
            contact=contact,
            imprint=imprint,
            archive_url=archive_url,
            serif=self.serif,
            sans=self.sans,
            logo=Logo(**self.logo.model_dump()) if self.logo else None,
            light=Palette(**self.light.model_dump()),
            dark=Palette(**self.dark.model_dump()),
            words=Words(**self.words.model_dump()),
        )

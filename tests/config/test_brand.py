"""[brand]: colours that every mail program reads, fonts that stay fonts, sentences with the placeholders we fill."""

from dataclasses import fields
from pathlib import Path

import pytest

from digest.config.brand import BrandSettings, DarkSettings, LightSettings, WordsSettings
from digest.config.load import load
from digest.model.brand import DARK, LIGHT, Brand, Logo, Palette, Words
from tests.config.conftest import CONFIG, DAILY, Write, mistakes_of

LOGO = 'url = "https://example.org/m.png"\nwidth = 320\nheight = 64\nalt = "The Daily"\n'


def brand_of(path: Path) -> Brand:
    return load(path).file.brand.value(name="The Daily", strapline="", contact="", imprint="", archive_url="")


def test_without_a_brand_the_mails_look_as_they_are_shipped(write: Write) -> None:
    assert brand_of(write()) == Brand(name="The Daily")


def test_every_part_of_a_brand_can_be_changed_by_itself(write: Write) -> None:
    more = (
        '[brand]\nserif = "\'Iowan Old Style\', Palatino, serif"\nsans = "Verdana,sans-serif"\n'
        '[brand.light]\naccent = "#0A4488"\n[brand.dark]\nink = "#eeeeee"\n'
        f'[brand.logo]\n{LOGO}[brand.words]\nto_know = "The {{count}}"\n'
    )
    brand = brand_of(write(CONFIG + more))
    assert (brand.serif, brand.sans) == ("'Iowan Old Style', Palatino, serif", "Verdana,sans-serif")
    assert (brand.light.accent, brand.light.ink) == ("#0a4488", LIGHT.ink)
    assert (brand.dark.ink, brand.dark.accent) == ("#eeeeee", DARK.accent)
    assert brand.words == Words(to_know="The {count}")
    assert brand.logo == Logo(url="https://example.org/m.png", width=320, height=64, alt="The Daily")


def test_what_the_newsroom_says_of_itself_comes_with_it() -> None:
    brand = BrandSettings().value(name="N", strapline="S", contact="C", imprint="I", archive_url="https://a.example/")
    assert (brand.name, brand.strapline, brand.contact, brand.imprint) == ("N", "S", "C", "I")
    assert brand.archive_url == "https://a.example/"


def test_the_tables_know_exactly_what_the_values_hold() -> None:
    for table, value in ((LightSettings, Palette), (DarkSettings, Palette), (WordsSettings, Words)):
        assert list(table.model_fields) == [one.name for one in fields(value)]


WRONG = {
    "a short colour": ('[brand.light]\naccent = "#b31"\n', "brand.light.accent: '#b31': is no colour"),
    "a named colour": ('[brand.dark]\nink = "white"\n', "brand.dark.ink: 'white': is no colour"),
    "a colour and more": ('[brand.light]\nink = "#000000;x:y"\n', "write six digits such as"),
    "a number": ("[brand.light]\nink = 0\n", "brand.light.ink: 0: "),
    "an unknown colour": ('[brand.light]\nacent = "#000000"\n', "there is no such key; did you mean 'accent'?"),
    "a key like nothing": ("[brand.light]\nzzzz = 1\n", "known here: page, sheet, ink, quiet, accent, button"),
    "an unknown sentence": ('[brand.words]\nzzzz = "x"\n', "known here: good_morning, lead, why_it_leads"),
    "fonts that end the rule": ('[brand]\nserif = "Georgia; color: red, serif"\n', "brand.serif: "),
    "fonts that end the sheet": ('[brand]\nsans = "</style>, serif"\n', "is no stack of fonts"),
    "fonts in double quotes": ("[brand]\nsans = '\"Gill Sans\", serif'\n", "longer ones in single quotes"),
    "fonts of an address": ('[brand]\nsans = "url(x), serif"\n', "is no stack of fonts"),
    "fonts without a last resort": ('[brand]\nserif = "Georgia"\n', "one of serif, sans-serif, monospace"),
    "no fonts": ('[brand]\nserif = ""\n', "is no stack of fonts"),
    "an open picture": (f"[brand.logo]\n{LOGO.replace('https', 'http')}", "over https only"),
    "a picture too wide": (f"[brand.logo]\n{LOGO.replace('320', '900')}", "brand.logo.width: 900: "),
    "a picture without words": (f"[brand.logo]\n{LOGO.replace('The Daily', '')}", "brand.logo.alt: "),
    "a sentence that is none": ('[brand.words]\nlead = ""\n', "take the key out to keep ours"),
    "a sentence of two lines": ('[brand.words]\nlead = "a\\nb"\n', "must stand on one line"),
    "a sentence of a control": (
        '[brand.words]\nlead = "a\\u001bb"\n',
        "brand.words.lead: 'a\\x1bb': must stand on one",
    ),
    "a picture's words of two lines": ("[brand.logo]\n" + LOGO.replace("The Daily", "a\\nb"), "brand.logo.alt: 'a"),
    "a placeholder of another": ('[brand.words]\nunsubscribe = "No {count}"\n', "unsubscribe knows {name}"),
    "a placeholder for nothing": ('[brand.words]\nlead = "The {lead}"\n', "{lead} in lead stands for nothing"),
    "an open brace": ('[brand.words]\nto_know = "{count to know"\n', "write braces around a placeholder only"),
    "a conversion": ('[brand.words]\nunsubscribe = "No {name!r}"\n', "without a conversion (!r)"),
    "a format": ('[brand.words]\nunsubscribe = "No {name:>9}"\n', "or a format (:>9)"),
    "an empty format": ('[brand.words]\nunsubscribe = "No {name:}"\n', "as a name in single braces"),
    "doubled braces": ('[brand.words]\nlead = "The {{x}}"\n', "as a name in single braces"),
    "a placeholder in braces": ('[brand.words]\nunsubscribe = "No {{{name}}}"\n', "as a name in single braces"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_in_the_brand_names_its_key_and_its_mend(write: Write, name: str) -> None:
    text, expected = WRONG[name]
    (mistake,) = mistakes_of(write(CONFIG + text))
    assert mistake.startswith("config.toml: brand")
    assert expected in mistake


def test_a_newsletter_is_printed_as_the_daily_unless_its_schedule_names_another(write: Write) -> None:
    (plain,) = load(write()).schedules
    assert (plain.template, plain.wire, plain.per_section) == ("daily", None, None)
    (weekly,) = load(write(daily=DAILY + 'template = "weekly"\nwire = 20\nper_section = 5\n')).schedules
    assert (weekly.template, weekly.wire, weekly.per_section) == ("weekly", 20, 5)


def test_a_letter_that_does_not_exist_is_a_mistake_that_names_those_that_do(write: Write) -> None:
    assert mistakes_of(write(daily=DAILY + 'template = "monthly"\n')) == [
        "daily.toml: template: 'monthly': there is no such letter; write one of daily, weekly"
    ]


def test_a_whole_letter_in_the_newsrooms_own_folder_may_be_named(write: Write, tmp_path: Path) -> None:
    path = write(daily=DAILY + 'template = "sunday"\n')
    (tmp_path / "templates").mkdir()
    for name in ("sunday.html.j2", "half.html.j2", "layout.html.j2", "layout.txt.j2", "daily.html.j2", "daily.txt.j2"):
        (tmp_path / "templates" / name).touch()
    assert mistakes_of(path) == ["daily.toml: template: 'sunday': there is no such letter; write one of daily, weekly"]
    (tmp_path / "templates" / "sunday.txt.j2").touch()
    (schedule,) = load(path).schedules
    assert schedule.template == "sunday"


def test_the_folder_of_templates_is_where_the_config_says(write: Write, tmp_path: Path) -> None:
    path = write('templates = "house"\n' + CONFIG, daily=DAILY + 'template = "sunday"\n')
    (tmp_path / "house").mkdir()
    for part in ("html", "txt"):
        (tmp_path / "house" / f"sunday.{part}.j2").touch()
    assert load(path).schedules[0].template == "sunday"

"""A wrong configuration stops the program with every mistake at once: file, key, and what to write instead."""

from datetime import date, time
from pathlib import Path

import pytest

from digest.config.load import load
from digest.errors import ConfigError
from digest.model.schedule import Policy
from tests.config.conftest import CONFIG, DAILY, Write, mistakes_of


def source(url: str = "https://lantern.example/rss", **given: str) -> str:
    values = {"id": "lantern", "name": "The Lantern", "url": url} | given
    return "[[sources]]\n" + "".join(f'{key} = "{value}"\n' for key, value in values.items())


def test_the_least_that_must_be_written_is_enough(write: Write) -> None:
    settings = load(write())
    assert settings.file.provider.name == "outbox"
    assert [(one.newsletter, one.policy, one.draft_at) for one in settings.schedules] == [
        ("daily", Policy.HOLD, time(6, 30))
    ]
    assert settings.sources == ()


def test_relative_paths_count_from_the_config_file_and_absolute_ones_stay(write: Write, tmp_path: Path) -> None:
    settings = load(write())
    assert settings.at(settings.file.store.path) == tmp_path / "var" / "digest.db"
    assert settings.at(Path("/srv/digest.db")) == Path("/srv/digest.db")


def test_every_mistake_in_every_file_stands_in_one_message(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_SECRET_KEY_FILE", "/nowhere/key")
    config = CONFIG + 'straplin = "x"\n[serve]\nport = 70000\n'
    mistakes = mistakes_of(
        write(config, daily=DAILY + 'policy = "maybe"\n', sources=source() + source("https://other.example/rss"))
    )
    assert mistakes == [
        "config.toml: newsroom.straplin: there is no such key; did you mean 'strapline'?",
        "config.toml: serve.port: 70000: Input should be less than or equal to 65535",
    ]
    mistakes = mistakes_of(write(daily=DAILY + 'policy = "maybe"\n'))
    assert mistakes[0] == "daily.toml: policy: 'maybe': Input should be 'send', 'hold' or 'safe'"
    assert mistakes[1] == "sources: 2 sources have the id 'lantern'; give each its own"
    assert mistakes[2].startswith("DIGEST_SECRET_KEY_FILE: /nowhere/key cannot be read")
    assert len(mistakes) == 3


WRONG_IN_CONFIG = {
    "an unknown table": ("[provdier]\n", "provdier: there is no such key; did you mean 'provider'?"),
    "a key like nothing": ("zzz = 1\n", "newsroom.zzz: there is no such key; take it out (config.example.toml shows"),
    "a key like nothing in a list": (source() + "zzz = 1\n", "sources.0.zzz: there is no such key; take it out"),
    "what a list's table knows": (source() + "zzz = 1\n", "known here: id, name, url, publisher, weight"),
    "an address without scheme": ('public_url = "news.example"\n', "newsroom.public_url: 'news.example': write a full"),
    "an address with a query": ('public_url = "https://news.example/?a=b"\n', "write it without ? and #"),
    "text for a number": ('[serve]\nport = "8080"\n', "serve.port: '8080': write a whole number, without quotes"),
    "true for a number": ("[collect]\nevery_minutes = true\n", "every_minutes: true: write a whole number"),
    "text for a fraction": ('[edition]\nthreshold = "much"\n', "edition.threshold: 'much': write a number"),
    "a fraction for a whole": ("[rank]\nweight = 1.5\n", "rank.weight: 1.5: write a whole number"),
    "endless days": ("[collect]\ndead_after_days = inf\n", "collect.dead_after_days: inf: Input should be less"),
    "no number": ("[edition]\nthreshold = nan\n", "edition.threshold: nan: Input should be"),
    "one bracket": ('[sources]\nid = "x"\n', "sources: is not a list; write sources = [ … ], or [[sources]]"),
    "two brackets": ("[[serve]]\nport = 1\n", "serve: is not a table; write [serve] with one bracket"),
    "words for a list": ('editors = "ed@example.org"\n', "newsroom.editors: is not a list; write editors = [ … ]"),
    "a wrong editor": ('editors = ["nobody"]\n', "newsroom.editors: 'nobody': "),
    "a mailer without its table": ('[provider]\nname = "mailgun"\n', "needs a table [provider.mailgun] with domain"),
    "a mailer nobody knows": ('[provider]\nname = "pigeon"\n', "provider.name: 'pigeon': write one of outbox, mailgun"),
    "a wrong source": ('[[sources]]\nid = "A b"\n', "sources.0.id: 'A b': write small letters, digits and hyphens"),
    "a source without address": ('[[sources]]\nid = "a"\n', "sources.0.url: is missing; add it"),
    "words for truth": (source() + 'labour = "yes"\n', "sources.0.labour: 'yes': write true or false"),
    "an ask cut short": ('[ask]\ntext = "Give"\n', "ask.label: is missing; add it"),
}


@pytest.mark.parametrize("name", WRONG_IN_CONFIG)
def test_a_mistake_in_the_config_names_its_key_and_its_mend(write: Write, name: str) -> None:
    text, expected = WRONG_IN_CONFIG[name]
    mistakes = mistakes_of(write(CONFIG + text))
    assert any(expected in mistake for mistake in mistakes), mistakes
    assert all(mistake.startswith(("config.toml: ", "newsroom.")) for mistake in mistakes)


WRONG_HOURS = {
    "an hour that is not": ("draft_at = 01:00:00\ndeadline = 07:30:00", "draft_at: 01:00:00: hours between 01:00"),
    "an hour that is twice": ("draft_at = 00:30:00\ndeadline = 01:59:59", "deadline: 01:59:59: hours between 01:00"),
    "a draft after the deadline": ("draft_at = 08:00:00\ndeadline = 07:30:00", "draft_at (08:00) must be before"),
    "a draft at the deadline": ("draft_at = 07:30:00\ndeadline = 07:30:00", "draft_at (07:30) must be before"),
    "a number of minutes": ("draft_at = 390\ndeadline = 07:30:00", "draft_at: 390: write a time such as 06:30:00"),
    "an hour with an offset": ('draft_at = "06:30+05:00"\ndeadline = 07:30:00', "has an offset of its own"),
    "no hour": ('draft_at = "early"\ndeadline = 07:30:00', "draft_at: 'early': "),
    "a town without a zone": (f'{DAILY}timezone = "Europe/Lundon"', "'Europe/Lundon': is no time zone; write one"),
    "a folder of zones": (f'{DAILY}timezone = "Europe"', "timezone: 'Europe': is no time zone"),
    "a path out of the zones": (f'{DAILY}timezone = "../../etc/passwd"', "is no time zone"),
    "no zone": (f'{DAILY}timezone = ""', "timezone: '': is no time zone"),
    "a day as a number": (f"{DAILY}skip = [20261224]", "skip.0: 20261224: write a date such as 2026-12-24"),
    "no days at all": (DAILY.replace('"mon", "fri"', ""), "weekdays: Tuple should have at least 1 item"),
    "a day in full": (DAILY.replace("mon", "Monday"), "weekdays.0: 'Monday': Input should be 'mon', 'tue'"),
    "a recess backwards": (
        f'{DAILY}[[recess]]\nname = "x"\nfirst = 2026-12-20\nlast = 2026-12-01',
        "recess.0: last (2026-12-01) lies before first (2026-12-20)",
    ),
    "a recess in seconds": (f'{DAILY}[[recess]]\nname = "x"\nfirst = 86400\nlast = 2026-12-01', "write a date such as"),
    "an endless delay": (f"{DAILY}late_after_hours = 17", "late_after_hours: 17: Input should be less than"),
}


@pytest.mark.parametrize("name", WRONG_HOURS)
def test_a_mistake_in_a_schedule_names_its_key_and_its_mend(write: Write, name: str) -> None:
    text, expected = WRONG_HOURS[name]
    head = "" if "weekdays" in text else 'title = "The Daily"\nweekdays = ["mon"]\n'
    (mistake,) = mistakes_of(write(daily=head + text + "\n"))
    assert mistake.startswith("daily.toml: ")
    assert expected in mistake


@pytest.mark.parametrize("hour", ["00:59:59", "02:00:00"])
def test_the_hours_beside_the_unsafe_one_may_be_written(write: Write, hour: str) -> None:
    text = DAILY.replace("06:30:00", hour)
    assert load(write(daily=text)).schedules[0].draft_at == time.fromisoformat(hour)


def test_hours_and_days_may_be_written_as_text_too(write: Write) -> None:
    recess = '[[recess]]\nname = "Christmas"\nfirst = "2026-12-20"\nlast = 2027-01-04\n'
    daily = DAILY.replace("06:30:00", '"06:30"') + f'skip = ["2026-12-24"]\n{recess}'
    schedule = load(write(daily=daily)).schedules[0]
    assert (schedule.draft_at, schedule.skip) == (time(6, 30), (date(2026, 12, 24),))
    assert (schedule.recess[0].first, schedule.recess[0].last) == (date(2026, 12, 20), date(2027, 1, 4))


def test_real_mail_needs_a_public_address_for_the_unsubscribe_page(write: Write) -> None:
    table = '[provider]\nname = "mailgun"\n[provider.mailgun]\ndomain = "mg.example.org"\n'
    (mistake,) = mistakes_of(write(CONFIG + table))
    assert mistake.startswith("newsroom.public_url: is empty; mailgun sends real mail")
    settings = load(write(CONFIG + 'public_url = "https://news.example/"\n' + table))
    assert settings.file.newsroom.public_url == "https://news.example"


def test_an_address_that_no_header_may_hold_is_refused_with_how_to_spell_it(write: Write) -> None:
    room = '[newsroom]\nname = "x"\nsender = "Redaktion <redaktion@bücher.example>"\nreply_to = "ä@b.example"\n'
    sender, reply_to = mistakes_of(write(room))
    assert sender.endswith("Write redaktion@xn--bcher-kva.example")
    assert reply_to.endswith("Write one that is")


@pytest.mark.parametrize("sender", ["news", "The Daily <news@>", "a@b.example, c@d.example"])
def test_a_sender_that_is_no_address_is_refused(write: Write, sender: str) -> None:
    (mistake,) = mistakes_of(write(f'[newsroom]\nname = "x"\nsender = "{sender}"\n'))
    assert mistake.startswith("newsroom.sender: ")
    assert 'Write one such as "Labour Daily <news@example.org>"' in mistake


def test_one_address_listed_twice_is_refused_in_whichever_file_it_stands(write: Write) -> None:
    (mistake,) = mistakes_of(write(CONFIG + source(), sources=source(id="other")))
    assert mistake == "sources: https://lantern.example/rss is listed 2 times; keep one"


def test_a_file_that_is_not_toml_says_where(write: Write) -> None:
    (mistake,) = mistakes_of(write("[newsroom\n"))
    assert mistake.startswith("config.toml: not TOML: ")
    assert "line 1" in mistake


def test_brackets_without_end_are_a_mistake_and_not_a_crash(write: Write) -> None:
    (mistake,) = mistakes_of(write("a = " + "[" * 100_000))
    assert mistake.startswith("config.toml: not TOML: ")


def test_a_file_that_is_not_utf8_says_where(write: Write) -> None:
    path = write()
    path.write_bytes(b'[newsroom]\nname = "caf\xe9"\n')
    assert mistakes_of(path) == ["config.toml: not UTF-8 at byte 22; save the file as UTF-8"]


def test_a_missing_file_says_how_to_begin(tmp_path: Path) -> None:
    (mistake,) = mistakes_of(tmp_path / "config.toml")
    assert mistake == f"{tmp_path / 'config.toml'} is not there; `digest init` writes a config.toml to begin with"


def test_a_folder_in_place_of_a_file_is_a_mistake_like_any_other(tmp_path: Path) -> None:
    assert mistakes_of(tmp_path) == [f"{tmp_path} cannot be read (Is a directory); name a readable file"]


def test_a_newsroom_without_schedules_is_refused(write: Write, tmp_path: Path) -> None:
    path = write()
    (tmp_path / "schedules" / "daily.toml").unlink()
    (mistake,) = mistakes_of(path)
    assert mistake.startswith(f"{tmp_path / 'schedules'} holds no schedule; write one such as schedules/daily.toml")


def test_a_schedules_file_is_named_as_a_newsletter_is(write: Write, tmp_path: Path) -> None:
    path = write()
    (tmp_path / "schedules" / "daily.toml").rename(tmp_path / "schedules" / "The Daily.toml")
    assert mistakes_of(path) == [
        "The Daily.toml: the file's name is the newsletter's id; use small letters, digits and hyphens only"
    ]


def test_a_long_wrong_value_is_shown_by_its_beginning(write: Write) -> None:
    (mistake,) = mistakes_of(write(CONFIG + f'public_url = "{"x" * 5000}"\n'))
    assert len(mistake) < 200


def test_the_message_ends_with_how_to_mend_and_the_exit_code_is_that_of_a_config(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "config.toml")
    assert str(caught.value).startswith("The configuration cannot be used: 1 mistake in config.toml")
    assert "config.example.toml shows every key" in str(caught.value)
    assert caught.value.exit_code == 2

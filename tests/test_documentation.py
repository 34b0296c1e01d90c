"""What exists is documented: every command, option of importance, exit code, key and provider."""

import inspect
import re
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
import typer.main

from digest.adapters.provider_registry import PROVIDERS
from digest.adapters.providers.postmark import Postmark
from digest.cli.exits import Exit
from digest.cli.main import digest
from digest.config.providers import TABLES, ProviderSettings
from digest.config.secrets import NAMES
from digest.model.mail import Outcome
from digest.ports.world import Provider

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    """Every command as it is typed, those of groups included."""
    found = []
    for name, command in typer.main.get_group(digest).commands.items():
        inner = getattr(command, "commands", {})
        found += [f"{name} {below}" for below in inner]
        found += [name] if not inner or getattr(command, "invoke_without_command", False) else []
    return found


@pytest.mark.parametrize("command", commands())
def test_every_command_is_named_in_the_readme(command: str) -> None:
    assert re.search(rf"`digest {command}\b", README), f"README.md does not name `digest {command}`"


@pytest.mark.parametrize(
    "command",
    sorted(
        set(re.findall(r"`digest ((?:edit|feedback|sources|subscribers|db|templates) \w+|[a-z]+(?:-[a-z]+)*)", README))
    ),
)
def test_every_command_the_readme_names_exists(command: str) -> None:
    assert command in commands()


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`digest ([a-z]+(?:-[a-z]+)*)", OPERATIONS))))
def test_every_command_the_operations_page_names_exists(command: str) -> None:
    assert command in {name.split()[0] for name in commands()}


@pytest.mark.parametrize("code", Exit)
def test_every_exit_code_is_in_the_readmes_table(code: Exit) -> None:
    assert re.search(rf"(?m)^\| {code.value} \| \w", README)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_is_named_where_people_look(provider: str) -> None:
    for page in (README, OPERATIONS):
        assert re.search(rf"\b{provider}\b", page, re.IGNORECASE), provider


def test_the_config_knows_every_provider_there_is() -> None:
    assert {"outbox", *TABLES} == set(PROVIDERS)
    for name, table in TABLES.items():
        assert table.__name__ in str(ProviderSettings.model_fields[name].annotation)


@pytest.mark.parametrize("name", TABLES)
def test_a_providers_table_holds_what_its_adapter_can_be_told(name: str) -> None:
    made = getattr(import_module(f"digest.adapters.providers.{name}"), PROVIDERS[name])
    taken = inspect.signature(made).parameters
    assert {*TABLES[name].model_fields, *TABLES[name].secrets} == set(taken) - {"timeout", "certificate", "key"}
    assert TABLES[name].takes_key is ("key" in taken)
    needed = {option for option, parameter in taken.items() if parameter.default is parameter.empty} - {"key"}
    told = {option for option, field in TABLES[name].model_fields.items() if field.is_required()}
    assert needed == told | {option for option, is_needed in TABLES[name].secrets.items() if is_needed}


@pytest.mark.parametrize("name", NAMES)
def test_every_secret_is_named_where_people_look(name: str) -> None:
    assert f"DIGEST_{name.upper()}" in OPERATIONS
    assert f"DIGEST_{name.upper()}" in (ROOT / "config.example.toml").read_text(encoding="utf-8")


PIPELINE = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "digest" / "pipeline").glob("*.py")))
ALERTS = (
    "held",
    "uncertain delivery",
    "failure",
    "empty edition",
    "missing edition",
    "dead feed",
    "silent feed",
    "gone feed",
)


@pytest.mark.parametrize("kind", [*ALERTS, *re.findall(r'ring\(\s*[^,]+,\s*"([a-z ]+)"', PIPELINE)])
def test_every_kind_of_alert_says_what_to_do(kind: str) -> None:
    table = OPERATIONS.partition("## 5.")[2].partition("## 6.")[0]
    assert f'"{kind}"' in PIPELINE
    assert kind in table, f"docs/operations.md does not say what to do about «{kind}»"


@pytest.mark.parametrize("path", sorted((ROOT / "schedules").iterdir()), ids=lambda path: path.name)
def test_every_schedule_is_named_on_the_operations_page(path: Path) -> None:
    assert path.name in OPERATIONS or path.name == "daily.toml"


@pytest.mark.parametrize("target", re.findall(r"\bmake ([a-z]+)", README + OPERATIONS))
def test_every_make_target_that_is_named_exists(target: str) -> None:
    assert re.search(rf"(?m)^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))]
)
def test_every_link_between_pages_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?://|#|mailto:)([^)#]+)", text):
        assert ((ROOT / page).parent / target).exists(), f"{page} links to {target}"


ADDING = (ROOT / "docs" / "adding-a-provider.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:digest|docs|tests)/[\w/.-]+|[\w.]+\.(?:toml|md))`", ADDING)))
)
def test_every_file_the_page_on_providers_names_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_page_on_providers_names_every_member_of_one() -> None:
    members = {*Provider.__annotations__, *(name for name in vars(Provider) if not name.startswith("_"))}
    assert {"payload", "search_after"} <= members
    told = set(re.findall(r"`(\w+)`", ADDING))
    assert members - {"name", "is_real"} <= told


def test_what_the_page_on_providers_says_of_postmark_is_so() -> None:
    assert PROVIDERS["postmark"] == "Postmark"
    assert TABLES["postmark"].__name__ in ADDING
    assert TABLES["postmark"].secrets["server_token"]
    assert "DIGEST_POSTMARK_SERVER_TOKEN" in ADDING
    assert (Postmark.batch_size, Postmark.connections, Postmark.search_after) == (500, 2, timedelta(minutes=30))


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome is not Outcome.ACCEPTED])
def test_the_page_on_providers_says_when_each_outcome_is_meant(outcome: Outcome) -> None:
    assert f"`{outcome.name}`" in ADDING


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_the_page_on_providers_is_found_from(page: str) -> None:
    assert "adding-a-provider.md)" in (ROOT / page).read_text(encoding="utf-8")

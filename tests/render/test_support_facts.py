"""The facts of support are what the shared data says."""

from pathlib import Path

import pytest

from digest.render.findings.support import LACKS
from digest.render.support import CLIENTS
from tests.render import support_facts


@pytest.mark.shared
def test_what_is_committed_is_what_is_derived(shared: Path) -> None:
    assert support_facts.DERIVED.read_text(encoding="utf-8") == support_facts.derived(shared), (
        "run python -m tests.render.support_facts, and read the difference"
    )


def test_every_client_is_named_and_lacks_something_or_other() -> None:
    assert {code: name for code, (_, name) in support_facts.CLIENTS.items()} == CLIENTS
    lacking = {code for lack in LACKS.values() for code in (*lack.wholly, *lack.partly)}
    assert lacking == set(CLIENTS)


def test_no_feature_is_without_a_client_that_lacks_it() -> None:
    assert len(LACKS) > 100
    assert all(lack.wholly or lack.partly for lack in LACKS.values())


def test_outlook_on_windows_is_what_it_is() -> None:
    for feature in ("css-border-radius", "css-display-flex", "css-unit-rem", "image-webp"):
        assert "oo" in LACKS[feature].wholly
    assert "oo" in LACKS["css-max-width"].partly

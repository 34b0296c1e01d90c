"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SHARED = Path(os.environ.get("DIGEST_SHARED", Path(__file__).parents[2] / "shared"))

# No law is about time, and the cores are shared with other tests: this is what Hypothesis itself chooses in CI.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data beside the checkout; skipped (and counted) where it is absent, required in CI."""
    if not SHARED.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"{SHARED} is absent: in CI the shared data must be there")
        pytest.skip(f"the shared data is not at {SHARED}")
    return SHARED

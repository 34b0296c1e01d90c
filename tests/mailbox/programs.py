"""Programs that are not on every machine, and that want root."""

import os

import pytest


def required(program: str | None, what: str) -> str:
    """Where the program is; skipped (and counted) without it or root, failed in CI."""
    if program is None or os.geteuid() != 0:
        if os.environ.get("CI"):
            pytest.fail(f"{what} or root is absent: in CI mail must really be sent")
        pytest.skip(f"needs {what} and root")
    return program

"""What all tests share: the one flag that rewrites golden files."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds ``--refresh-golden``: write the golden files anew, to be read as a diff before they are committed."""
    parser.addoption("--refresh-golden", action="store_true", help="write the golden files anew")


@pytest.fixture
def refresh_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--refresh-golden"))

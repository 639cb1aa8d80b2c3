"""What several test files share: one run over the shipped documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.run import Project, run

ROOT = Path(__file__).parent.parent

# The same examples in every run, so that a red test is a change of ours and can be seen again.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden", action="store_true", help="write tests/golden anew instead of comparing"
    )


@pytest.fixture(scope="session")
def specimens(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the shipped documents, made once."""
    output = tmp_path_factory.mktemp("specimens")
    return run(Project(ROOT / "raw_docs", output, ROOT / "normalizers" / "judgements"))

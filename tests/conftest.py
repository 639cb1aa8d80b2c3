"""What several test files share: one run over the shipped documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.run import Project, run

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden", action="store_true", help="write tests/golden anew instead of comparing"
    )


@pytest.fixture(scope="session")
def specimens(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the shipped documents, made once."""
    output = tmp_path_factory.mktemp("specimens")
    return run(Project(ROOT / "raw_docs", output, ROOT / "normalizers" / "judgements"))

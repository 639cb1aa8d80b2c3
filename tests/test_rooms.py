"""Data flows one way: the two rooms import neither each other nor the pipeline."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FORBIDDEN = {"extractors": {"normalizers", "pipeline"}, "normalizers": {"extractors", "pipeline"}}
# One home for each third-party library that shapes what we read or store.
HOMES = {
    "pdfplumber": "extractors/pdf/",
    "pypdfium2": "extractors/pdf/",
    "camelot": "extractors/pdf/",
    "rapidocr": "extractors/pdf/",
    "docx": "extractors/word/",
    "spacy": "normalizers/",
    "sqlalchemy": "pipeline/",
}


def imported(module: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


MODULES = sorted(p for room in ("pipeline", *FORBIDDEN) for p in (ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_room_imports_only_what_lies_behind_it(module: Path) -> None:
    where = module.relative_to(ROOT).as_posix()
    names = imported(module)
    assert not names & FORBIDDEN.get(where.split("/")[0], set())
    strangers = {n for n in names if n in HOMES and not where.startswith(HOMES[n])}
    assert not strangers, f"{where} imports {strangers}; each stays behind its one module"

"""The cache is named by all that reading follows from, and by nothing else."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import cache
from pipeline.discovery import Found
from pipeline.reading import Reading

ROOT = Path(__file__).parent.parent
ROOMS = ("extractors", "normalizers", "pipeline")


def module_file(name: str) -> Path | None:
    path = ROOT.joinpath(*name.split("."))
    for file in (path / "__init__.py", path.with_suffix(".py")):
        if file.is_file():
            return file
    return None


def imports(file: Path) -> set[Path]:
    """The project's own modules that a file imports, at its top or inside its functions."""
    found: set[Path] = set()
    typing_only: set[ast.AST] = set()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            typing_only |= set(ast.walk(node))
    for node in ast.walk(tree):
        if node in typing_only:
            continue
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            if name.split(".")[0] in ROOMS and (path := module_file(name)):
                found.add(path)
    return found


def test_all_code_that_the_reading_step_calls_names_the_cache() -> None:
    reached: set[Path] = set()
    first = ("pipeline/reading.py", "pipeline/narrative.py", "normalizers/narrative.py")
    waiting = [ROOT / name for name in first]
    while waiting:
        file = waiting.pop()
        if file not in reached:
            reached.add(file)
            waiting += imports(file)
    named = {path for _, path in cache.code_files(cache.READING_CODE)}
    for file in reached:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and str(node.value).endswith((".toml", ".csv")):
                words = file.parent / str(node.value)
                assert not words.is_file() or words in named, f"add {words} to READING_CODE"
    missing = {path.relative_to(ROOT).as_posix() for path in reached - named}
    assert not missing - {f"{room}/__init__.py" for room in ROOMS}, "add to cache.READING_CODE"


@pytest.fixture
def found(tmp_path: Path) -> Found:
    return Found("a.pdf", tmp_path / "a.pdf", "ab" * 32)


def test_bytes_name_layout_and_code_each_change_the_name(found: Found, tmp_path: Path) -> None:
    names = {
        cache.cache_path(tmp_path, each, code)
        for each in (
            found,
            replace(found, sha256="cd" * 32),
            replace(found, file="b.pdf"),
            replace(found, layout_sha256="ef" * 32),
        )
        for code in ("one", "two")
    }
    assert len(names) == 8


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 40])
def test_what_is_kept_comes_back_and_what_is_damaged_does_not(
    damage: bytes, found: Found, tmp_path: Path
) -> None:
    path = cache.cache_path(tmp_path, found, "code")
    assert cache.recall(path, Reading) is None
    cache.keep(path, Reading(None))
    assert cache.recall(path, Reading) == Reading(None)
    assert [kept.suffix for kept in path.parent.iterdir()] == [".reading"]
    path.write_bytes(damage)
    assert cache.recall(path, Reading) is None


def found_as(file: str, layout: str | None) -> Found:
    return Found(file, Path(file), "ab" * 32, layout)


def kept(folder: Path, found: Found, code: str) -> None:
    path = cache.cache_path(folder, found, code)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"a reading")


@pytest.mark.parametrize(
    ("file", "layout", "code", "reason"),
    [
        ("a.pdf", None, "c" * 16, "damaged"),
        ("a.pdf", None, "d" * 16, "the code or the words"),
        ("a.pdf", "e" * 64, "c" * 16, "layout file"),
        ("b.pdf", None, "c" * 16, "another name"),
    ],
)
def test_the_reason_for_reading_a_document_again_is_told(
    tmp_path: Path, file: str, layout: str | None, code: str, reason: str
) -> None:
    before = found_as("a.pdf", None)
    assert "no document with these bytes" in cache.why_read(tmp_path, before, "c" * 16)
    kept(tmp_path, before, "c" * 16)
    assert reason in cache.why_read(tmp_path, found_as(file, layout), code)


def test_readings_that_nothing_follows_from_are_dropped(tmp_path: Path) -> None:
    found = found_as("a.pdf", None)
    kept(tmp_path, found, "c" * 16)
    kept(tmp_path, found, "d" * 16)
    wanted = cache.cache_path(tmp_path, found, "d" * 16)
    cache.prune(tmp_path, [wanted])
    assert list(tmp_path.glob("*/*")) == [wanted]

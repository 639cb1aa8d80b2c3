"""The database against what a perfect reading gives: figures, records, totals, comments, text."""

from __future__ import annotations

from pathlib import Path

import gold
import pytest

from pipeline.run import Project, run

ROOT = Path(__file__).parent.parent
if not (gold.SHARED / "gold").is_dir():
    pytest.skip("the documents and gold in ../shared are not here", allow_module_level=True)

# Gold name -> (folder of documents, file name).
CASES = {
    path.stem: (
        ROOT / "raw_docs" if path.stem.endswith(".specimen") else gold.SHARED / "documents",
        str(gold.load_gold(path.stem)["document"]["file"]),
    )
    for path in sorted((gold.SHARED / "gold").glob("*.json"))
}


@pytest.fixture(scope="session")
def databases(specimens: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    raw, output = gold.SHARED / "documents", tmp_path_factory.mktemp("documents")
    judgements = ROOT / "normalizers" / "judgements"
    return {ROOT / "raw_docs": specimens, raw: run(Project(raw, output, judgements))}


@pytest.mark.parametrize("what", gold.COMPARISONS)
@pytest.mark.parametrize("name", CASES)
def test_everything_is_found_and_nothing_invented(
    name: str, what: str, databases: dict[Path, Path]
) -> None:
    folder, file = CASES[name]
    promised, found = gold.COMPARISONS[what]
    expected, got = promised(gold.load_gold(name)), found(databases[folder], file)
    missing, invented = expected - got, got - expected
    assert not missing and not invented, (
        f"{what} of {file}: {missing.total()} of {expected.total()} missing, "
        f"{invented.total()} invented\n  missing: {list(missing)[:6]}\n"
        f"  invented: {list(invented)[:6]}"
    )


@pytest.mark.parametrize("name", CASES)
def test_every_printed_cell_of_other_tables_is_there(
    name: str, databases: dict[Path, Path]
) -> None:
    folder, file = CASES[name]
    missing = gold.gold_cells(gold.load_gold(name)) - gold.found_cells(databases[folder], file)
    assert not missing, f"{file}: {missing.total()} cells missing: {list(missing)[:10]}"

"""Budget papers of councils: groups of columns, tables above each other, sums of sums."""

from dataclasses import replace

from extractors.model import Box, Cell, Place, Table
from extractors.pdf.alternatives import reaches_into
from normalizers.model import Amount
from pipeline.restated import _counterpart


def boxed(number: int, top: float, texts: list[str]) -> Table:
    cells = tuple(
        Cell(row, 0, text, places=(Place(1, Box(50, top + 20 * row, 200, top + 20 * row + 15)),))
        for row, text in enumerate(texts)
    )
    return Table(number, len(texts), 1, cells)


def test_a_reading_that_takes_in_the_table_above_is_told() -> None:
    above = boxed(1, 100, ["Service", "Prices"])
    below = boxed(2, 200, ["Service", "Pay"])
    swallowing = replace(below, row_count=4, cells=(*above.cells, *below.cells))
    grown = replace(below, cells=(*boxed(2, 180, ["Funded by"]).cells, *below.cells))
    assert reaches_into(swallowing, below, [above])
    assert not reaches_into(grown, below, [above])
    assert not reaches_into(below, below, [above])


def amount(name: str, year: str, pence: int, phase: str = "budget") -> Amount:
    return Amount(name, year, phase, pence, str(pence))  # type: ignore[arg-type]


def test_a_restated_row_of_several_measures_is_compared_measure_by_measure() -> None:
    row = tuple(amount(f"r{n}", "2025-26", n) for n in (3, 4, 7))
    source = tuple(amount(f"s{n}", "2025-26", n) for n in (3, 5, 8))
    assert _counterpart(source, row[1], row) is source[1]
    assert _counterpart(source[:2], row[1], row) is None
    later = amount("r9", "2026-27", 9)
    assert _counterpart((*source, later), later, (*row, later)) is later

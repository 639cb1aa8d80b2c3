"""Accuracy of table reading on the ICDAR 2013 table competition files.

The score is that of M. Göbel, T. Hassan, E. Oro, G. Orsi, "A Methodology for Evaluating
Algorithms for Table Understanding in PDF Documents" (DocEng 2012): a table is the set of its
adjacency relations (a cell, its next non-blank neighbour to the right or below, the
direction); precision and recall compare those sets. Detection and structure are judged
together: a relation of a table that is not found is missed, one of a table that is not there
is false. `doc` averages precision and recall over documents, `pool` counts all relations.

    python benchmarks/icdar.py FOLDER [--only us-0] [--plumber] [--camelot] [--tables]
"""

from __future__ import annotations

import argparse
import re
import sys
import time
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

Relation = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class TruthCell:
    """A cell of a true or found table: place, span and text."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a table that stands on one page."""

    page: int
    cells: tuple[TruthCell, ...]


def normal(text: str) -> str:
    """Text as compared: no white space, capitals, other characters as an underscore."""
    squeezed = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    return re.sub(r"[^0-9A-Z]", "_", squeezed)


def relations(cells: Iterable[TruthCell]) -> Counter[Relation]:
    """The adjacency relations of a table, blanks skipped."""
    owner: dict[tuple[int, int], int] = {}
    texts: dict[int, str] = {}
    for number, cell in enumerate(cells):
        text = normal(cell.text)
        if not text:
            continue
        texts[number] = text
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                owner.setdefault((row, column), number)
    pairs: set[tuple[int, int, str]] = set()
    for axis, direction in ((0, "right"), (1, "below")):
        last: dict[int, int] = {}
        for place in sorted(owner, key=lambda p: (p[axis], p[1 - axis])):
            number = owner[place]
            before = last.get(place[axis])
            if before is not None and before != number:
                pairs.add((before, number, direction))
            last[place[axis]] = number
    return Counter((texts[a], texts[b], d) for a, b, d in pairs)


def truth(path: Path) -> list[Piece]:
    """The tables of a `-str.xml` file, one piece per page region."""
    pieces: list[Piece] = []
    for table in ET.parse(path).getroot().iter("table"):
        for region in table.iter("region"):
            cells = []
            for cell in region.iter("cell"):
                row, column = int(cell.get("start-row", 0)), int(cell.get("start-col", 0))
                end_row = int(cell.get("end-row", row))
                end_column = int(cell.get("end-col", column))
                text = cell.findtext("content") or ""
                cells.append(
                    TruthCell(row, column, end_row - row + 1, end_column - column + 1, text)
                )
            pieces.append(Piece(int(region.get("page", 1)), tuple(cells)))
    return pieces


@dataclass(frozen=True, slots=True)
class Score:
    """Relations right, found and true, over one document."""

    right: int
    found: int
    true: int
    tables_found: int = 0
    tables_true: int = 0
    exact: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else float(not self.true)

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else float(not self.found)


def f_measure(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score(found: Sequence[Piece], true: Sequence[Piece]) -> Score:
    """Found tables matched greedily to true ones on their page by relations in common."""
    ours = [(piece.page, relations(piece.cells)) for piece in found]
    theirs = [(piece.page, relations(piece.cells)) for piece in true]
    pairs = sorted(
        (
            (-sum((a & b).values()), i, j)
            for i, (page, a) in enumerate(ours)
            for j, (other, b) in enumerate(theirs)
            if page == other
        ),
    )
    right = exact = 0
    used_i: set[int] = set()
    used_j: set[int] = set()
    for common, i, j in pairs:
        if i in used_i or j in used_j or not common:
            continue
        used_i.add(i)
        used_j.add(j)
        right -= common
        exact += ours[i][1] == theirs[j][1]
    return Score(
        right,
        sum(sum(c.values()) for _, c in ours),
        sum(sum(c.values()) for _, c in theirs),
        len(ours),
        len(theirs),
        exact,
    )


def doc_measure(scores: Sequence[Score]) -> float:
    """F of precision and recall averaged over documents."""
    count = max(1, len(scores))
    return f_measure(
        sum(s.precision for s in scores) / count, sum(s.recall for s in scores) / count
    )


def pool_measure(scores: Sequence[Score]) -> float:
    """F over all relations of all documents."""
    right = sum(s.right for s in scores)
    return f_measure(
        right / max(1, sum(s.found for s in scores)), right / max(1, sum(s.true for s in scores))
    )


def read_own(path: Path) -> list[Piece]:
    """Tables as this project reads them, page by page."""
    from extractors.grid import read_page
    from extractors.pdf.layer import read_pages

    return [
        Piece(
            page.number,
            tuple(
                TruthCell(c.row, c.column, c.row_span, c.column_span, c.raw or c.text)
                for c in grid.cells
            ),
        )
        for page in read_pages(path)
        for grid in read_page(page)
    ]


def from_rows(page: int, rows: Sequence[Sequence[str | None]]) -> Piece:
    """A piece from plain rows of text."""
    return Piece(
        page,
        tuple(
            TruthCell(r, c, 1, 1, text or "")
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
        ),
    )


def read_plumber(path: Path) -> list[Piece]:
    """Tables as pdfplumber's default settings read them."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [
            from_rows(page.page_number, rows)
            for page in document.pages
            for rows in page.extract_tables()
        ]


def read_camelot(path: Path) -> list[Piece]:
    """Tables as camelot's hybrid reading gives them."""
    import camelot

    return [
        from_rows(int(table.page), table.df.values.tolist())
        for table in camelot.read_pdf(str(path), pages="all", flavor="hybrid")
    ]


READERS: dict[str, Callable[[Path], list[Piece]]] = {
    "own": read_own,
    "pdfplumber": read_plumber,
    "camelot hybrid": read_camelot,
}


def documents(folder: Path, only: str) -> list[tuple[Path, list[Piece]]]:
    """Each PDF of the folder with its true tables."""
    return [
        (path, truth(path.with_name(path.stem + "-str.xml")))
        for path in sorted(folder.glob(f"{only}*.pdf"))
    ]


def check_scorer(sets: Sequence[tuple[Path, list[Piece]]]) -> tuple[float, float]:
    """Truth against itself (must be 1) and against itself with texts turned round (near 0)."""
    itself = [score(pieces, pieces) for _, pieces in sets]
    turned = []
    for _, pieces in sets:
        false = []
        for piece in pieces:
            texts = sorted((c.text for c in piece.cells), key=lambda t: (t[::-1], t))
            false.append(
                Piece(
                    piece.page,
                    tuple(
                        TruthCell(c.row, c.column, c.row_span, c.column_span, t)
                        for c, t in zip(piece.cells, texts, strict=True)
                    ),
                )
            )
        turned.append(score(false, pieces))
    return doc_measure(itself), doc_measure(turned)


def page_count(path: Path) -> int:
    """The number of pages of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def main() -> None:
    """Print one line per reader: doc F, pool F, share of exact tables, seconds a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="start of the file names to read")
    parser.add_argument("--plumber", action="store_true", help="also pdfplumber")
    parser.add_argument("--camelot", action="store_true", help="also camelot hybrid (slow)")
    parser.add_argument("--tables", action="store_true", help="one line per document")
    options = parser.parse_args()
    sets = documents(options.folder, options.only)
    itself, turned = check_scorer(sets)
    print(f"scorer: truth against itself {itself:.3f}, with texts shuffled {turned:.3f}")
    readers = ["own"]
    readers += ["pdfplumber"] if options.plumber else []
    readers += ["camelot hybrid"] if options.camelot else []
    pages = sum(page_count(path) for path, _ in sets)
    seconds: dict[str, float] = {}
    for name in readers:
        READERS[name](sets[0][0])  # imports are not timed
        scores = []
        start = time.process_time()
        found = [READERS[name](path) for path, _ in sets]
        seconds[name] = (time.process_time() - start) / pages
        for (path, pieces), ours in zip(sets, found, strict=True):
            result = score(ours, pieces)
            scores.append(result)
            if options.tables:
                print(
                    f"  {path.stem:10} P {result.precision:.2f} R {result.recall:.2f}"
                    f" tables {result.tables_found}/{result.tables_true} exact {result.exact}"
                )
        grid = sum(s.exact for s in scores) / max(1, sum(s.tables_true for s in scores))
        print(
            f"{name:15} doc {doc_measure(scores):.3f}  pool {pool_measure(scores):.3f}"
            f"  exact tables {grid:.2f}  {seconds[name]:.4f} s/page"
        )
    for name in readers[1:]:
        print(f"own time per page = {seconds['own'] / seconds[name]:.2f} of {name}'s")


if __name__ == "__main__":
    main()

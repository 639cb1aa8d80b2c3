"""How much of the practice documents is read right: figures, whole records, totals, slips.

    python benchmarks/practice.py                     run the product, one row per document
    python benchmarks/practice.py --show NAME         what is missing or invented in one document
    python benchmarks/practice.py --database FILE     score a database that is there already
    python benchmarks/practice.py --files FOLDER      documents that tests/practice/mixed.py made
    python benchmarks/practice.py --rows              rows kept whole: ours, pdfplumber, camelot

A *figure* is right when the database has its service or provider, its financial year and its
pounds (and its phase, where the document prints several for one year). A *record* is whole when
every field and every amount of the line is as printed and nothing is added. Documents that are
held back appear in the last row only, all together: nobody looks at what goes wrong in them.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FILES = ROOT / "tests" / "practice" / "files"
# Phases that a document which prints one figure a year does not tell apart.
PLANNED = {"budget", "committed", "revised", "proposed", "indicative", None}
RECORD = ("service", "provider", "provision", "mechanism", "reach")


@dataclass
class Score:
    """Counts for one document or for several added up."""

    figures: int = 0
    right: int = 0
    found: int = 0
    invented: int = 0
    said: int = 0  # of the invented, those with an issue or a status that is not `proven`
    records: int = 0
    whole: int = 0
    totals: int = 0
    judged: int = 0
    slips: int = 0
    named: int = 0
    false_alarms: int = 0

    def add(self, other: Score) -> None:
        for name in fields(self):
            setattr(self, name.name, getattr(self, name.name) + getattr(other, name.name))


@dataclass
class Findings:
    """The score of a document and what a person needs to look into it."""

    score: Score
    missing: list[str]
    invented: list[str]
    broken: list[str]
    totals: list[str]


def same(text: str | None) -> str:
    """Text without what print and reading may differ in: spaces, kinds of dash and quote."""
    plain = unicodedata.normalize("NFKC", text or "").casefold()
    plain = re.sub(r"[‐-―−]", "-", plain).replace("’", "'").replace("‘", "'")
    return re.sub(r"\s+", "", re.sub(r"[“”]", '"', plain)).rstrip(".;,:")


def laid_beside(
    truth: dict[str, Any], spending: list[dict[str, Any]]
) -> tuple[list[tuple[dict[str, Any], dict[str, Any]]], list[int], list[int]]:
    """The figures a document prints, which of them were not found, which rows are none of them."""
    expected = [
        (line, amount)
        for line in truth["budget_lines"]
        for amount in line["amounts"]
        if amount["value"] is not None
    ]
    left = list(range(len(spending)))
    open_ = list(range(len(expected)))
    for names in (2, 1):
        for wanted in list(open_):
            line, amount = expected[wanted]
            hit = next((at for at in left if _is_figure(line, amount, spending[at], names)), None)
            if hit is not None:
                left.remove(hit)
                open_.remove(wanted)
    return expected, open_, [at for at in left if not _is_allowed(truth, spending[at])]


def compare(truth: dict[str, Any], rows: dict[str, list[dict[str, Any]]]) -> Findings:
    """Lay one document's truth beside its rows of `spending`, `printed_totals` and `issues`."""
    spending = [row for row in rows["spending"] if row["amount"] is not None]
    lines = truth["budget_lines"]
    expected, open_, left = laid_beside(truth, spending)
    issues = {same(issue["printed"]) for issue in rows["issues"] if issue["printed"]}
    said = [
        at
        for at in left
        if spending[at]["status"] != "proven" or same(spending[at]["amount_printed"]) in issues
    ]
    whole, broken = _records(lines, rows["spending"])
    score = Score(
        figures=len(expected),
        right=len(expected) - len(open_),
        found=len(spending),
        invented=len(left),
        said=len(said),
        records=len(lines),
        whole=whole,
    )
    totals = _totals(truth, rows["printed_totals"], score)
    return Findings(
        score,
        [_figure(line, amount) for line, amount in (expected[at] for at in open_)],
        [_found(spending[at]) for at in left],
        broken,
        totals,
    )


def _is_figure(
    line: dict[str, Any], amount: dict[str, Any], row: dict[str, Any], names: int
) -> bool:
    if abs(row["amount"] - amount["value"]) > 0.005 or row["financial_year"] != amount["year"]:
        return False
    phase = amount.get("phase")
    if phase and phase != row["phase"] and not {phase, row["phase"]} <= PLANNED:
        return False
    hits = 0
    for name in ("service", "provider"):
        if same(line.get(name)) == same(row[f"{name}_printed"]):
            hits += 1 if line.get(name) or names == 2 else 0
    return hits >= names


def _is_allowed(truth: dict[str, Any], row: dict[str, Any]) -> bool:
    """A zero for a printed dash, or a figure that the truth leaves open."""
    if any(abs(row["amount"] - o["value"]) < 0.005 for o in truth["optional"]):
        return True
    return row["amount"] == 0 and any(
        amount["value"] is None and same(amount["printed"]) == same(row["amount_printed"])
        for line in truth["budget_lines"]
        for amount in line["amounts"]
    )


def _records(lines: list[dict[str, Any]], spending: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """How many lines are whole, and for each other one what is nearest to it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in spending:
        found.setdefault(row["line_id"], []).append(row)
    candidates = list(found.values())
    whole, broken = 0, []
    for line in lines:
        wrong = [(_differences(line, group), at) for at, group in enumerate(candidates)]
        best = min(wrong, key=lambda pair: len(pair[0]), default=(["nothing found"], -1))
        if not best[0]:
            whole += 1
            candidates.pop(best[1])
        else:
            broken.append(f"{line.get('service') or line.get('provider')}: {'; '.join(best[0])}")
    return whole, broken


def _differences(line: dict[str, Any], group: list[dict[str, Any]]) -> list[str]:
    row = group[0]
    wrong = [
        f"{name} {row.get(printed)!r} not {line.get(name)!r}"
        for name in RECORD
        if name not in line.get("unsure", ())
        for printed in (name if name == "provision" else f"{name}_printed",)
        if same(row.get(printed)) != same(line.get(name))
    ]
    told = line.get("section") and "section" not in line.get("unsure", ())
    if told and same(line["section"]) not in {same(row["section"]), same(row["theme"])}:
        wrong.append(f"section {row['section']!r} not {line['section']!r}")
    want = sorted((a["year"] or "", a["value"]) for a in line["amounts"] if a["value"] is not None)
    have = sorted((r["financial_year"] or "", r["amount"]) for r in group if r["amount"])
    if [w for w in want if w[1]] != have:
        wrong.append(f"amounts {have} not {want}")
    return wrong


def _totals(truth: dict[str, Any], rows: list[dict[str, Any]], score: Score) -> list[str]:
    left, wrong = list(rows), []
    for total in truth["printed_totals"]:
        for amount in total["amounts"]:
            if amount["value"] is None:
                continue
            score.totals += 1
            slip = amount["verdict"] == "publisher"
            score.slips += slip
            hits = [
                row
                for row in left
                if row["amount"] is not None
                and abs(row["amount"] - amount["value"]) < 0.005
                and row["financial_year"] == amount["year"]
                and (row["section"] is None) == (total["section"] is None)
            ]
            hit = next((row for row in hits if row["verdict"] == amount["verdict"]), None)
            if hit or hits:
                left.remove(hit or hits[0])
            if hit:
                score.judged += 1
                score.named += slip and abs(hit["difference"] - amount["difference"]) < 0.005
            else:
                seen = [(row["label"], row["section"], row["verdict"]) for row in hits]
                wrong.append(
                    f"{total['label']} [{total['section']}] {amount['year']} {amount['printed']}: "
                    f"{amount['verdict']} expected, found {seen}"
                )
            alarm = bool(hits) and not hit and hits[0]["verdict"] in ("publisher", "misread")
            score.false_alarms += alarm
    loud = [row for row in left if row["verdict"] in ("publisher", "misread")]
    score.false_alarms += len(loud)
    return wrong + [f"not a total of the document: {_total(row)}" for row in loud]


def _figure(line: dict[str, Any], amount: dict[str, Any]) -> str:
    name = f"{line.get('service')} | {line.get('provider')}"
    return f"{name} | {amount['year']} {amount.get('phase', '')} | {amount['printed']}"


def _found(row: dict[str, Any]) -> str:
    name = f"{row['service_printed']} | {row['provider_printed']}"
    return (
        f"{name} | {row['financial_year']} {row['phase']} | {row['amount_printed']} = "
        f"{row['amount']} | {row['status']}, page {row.get('page')}"
    )


def _total(row: dict[str, Any]) -> str:
    name = f"{row['label']} [{row['section']}]"
    return f"{name} {row['financial_year']} {row['amount']} {row['verdict']}"


def truths(files: Path = FILES) -> list[dict[str, Any]]:
    """The truth of every practice document, by name."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(files.glob("*.json"))]


def read_database(
    path: Path, document: str, views: Sequence[str] = ("spending", "printed_totals", "issues")
) -> dict[str, list[dict[str, Any]]]:
    """One document's rows of these views."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    with connection:
        return {
            view: [
                dict(row)
                for row in connection.execute(
                    f"select * from {view} where document = ? or document like ?",
                    (document, f"%/{document}"),
                )
            ]
            for view in views
        }


def run_product(output: Path, raw: Path = FILES) -> Path:
    """Read the documents afresh and give back the database's path."""
    command = [
        sys.executable,
        "-m",
        "pipeline.cli",
        "run",
        "--raw",
        str(raw),
        "--output",
        str(output),
    ]
    subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
    return output / "spendtrail.db"


# --- rows kept whole, by reader ----------------------------------------------------------


def _plumber(path: Path) -> Iterable[list[str]]:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for table in page.extract_tables():
                yield from ([cell or "" for cell in line] for line in table)


def _camelot(flavor: str) -> Callable[[Path], Iterable[list[str]]]:
    def read(path: Path) -> Iterable[list[str]]:
        import camelot

        for table in camelot.read_pdf(str(path), pages="all", flavor=flavor, suppress_stdout=True):
            yield from table.df.values.tolist()

    return read


def _ours(path: Path) -> Iterable[list[str]]:
    from extractors import read

    for table in read(path, path.name).tables:
        grid: dict[int, list[str]] = {}
        for cell in table.cells:
            grid.setdefault(cell.row, []).append(cell.raw or cell.text)
        yield from grid.values()


READERS: dict[str, Callable[[Path], Iterable[list[str]]]] = {
    "ours": _ours,
    "pdfplumber": _plumber,
    "camelot lattice": _camelot("lattice"),
    "camelot hybrid": _camelot("hybrid"),
}


def rows_whole(truth: dict[str, Any], rows: Iterable[list[str]]) -> int:
    """Lines whose label and amounts all stand, each whole in a cell, in one row."""
    cells = [[same(cell) for cell in row] for row in rows]
    whole = 0
    for line in truth["budget_lines"]:
        labels = {same(line.get("service")), same(line.get("provider"))} - {""}
        amounts = [same(amount["printed"]) for amount in line["amounts"]]
        whole += any(
            labels & set(row) and all(any(a == c.rstrip("*†") for c in row) for a in amounts)
            for row in cells
        )
    return whole


def print_rows() -> None:
    """Rows kept whole in the PDFs, one column per reader."""
    print(f"{'document':44}{'rows':>6}" + "".join(f"{name:>17}" for name in READERS))
    sums = dict.fromkeys(["rows", *READERS], 0)
    for truth in truths():
        file = truth["document"]["file"]
        if not file.endswith(".pdf"):
            continue
        count = len(truth["budget_lines"])
        whole = {name: rows_whole(truth, read(FILES / file)) for name, read in READERS.items()}
        for name, number in {"rows": count, **whole}.items():
            sums[name] += number
        if truth["document"]["set"] == "tuned":
            print(f"{file:44}{count:6}" + "".join(f"{n:17}" for n in whole.values()))
    shares = "".join(f"{sums[name] / sums['rows']:17.1%}" for name in READERS)
    print(f"{'all':44}{sums['rows']:6}{shares}")


# --- the report --------------------------------------------------------------------------

HEAD = (
    f"{'document':40}{'figures':>9}{'right':>8}{'invented':>9}{'said':>6}"
    f"{'records':>9}{'whole':>8}{'totals':>8}{'judged':>8}{'slips':>7}{'false':>6}"
)


def _line(name: str, score: Score) -> str:
    def share(part: int, whole: int) -> str:
        return f"{part / whole:.1%}" if whole else "-"

    return (
        f"{name:40}{score.figures:9}{share(score.right, score.figures):>8}{score.invented:9}"
        f"{score.said:6}{score.records:9}{share(score.whole, score.records):>8}"
        f"{score.totals:8}{share(score.judged, score.totals):>8}"
        f"{score.named:>4}/{score.slips:<2}{score.false_alarms:6}"
    )


def print_scores(database: Path, show: str | None, files: Path = FILES) -> None:
    """One row per tuned document, then all tuned and all held ones added up."""
    sums = {"tuned": Score(), "held": Score()}
    print(HEAD)
    for truth in truths(files):
        file, kind = truth["document"]["file"], truth["document"]["set"]
        findings = compare(truth, read_database(database, file))
        sums[kind].add(findings.score)
        if kind == "tuned" and (show is None or file.startswith(show)):
            print(_line(file, findings.score))
        if show and file.startswith(show) and kind == "tuned":
            for name in ("missing", "invented", "broken", "totals"):
                for text in getattr(findings, name):
                    print(f"   {name}: {text}")
    for kind, score in sums.items():
        print(_line(f"all {kind}", score))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--database", type=Path, help="score this database, run nothing")
    parser.add_argument("--show", help="what went wrong in documents whose name begins so")
    parser.add_argument("--files", type=Path, default=FILES, help="documents with their truth")
    parser.add_argument("--rows", action="store_true", help="compare readers by rows kept whole")
    arguments = parser.parse_args()
    if arguments.rows:
        print_rows()
        return
    with tempfile.TemporaryDirectory() as folder:
        database = arguments.database or run_product(Path(folder), arguments.files)
        print_scores(database, arguments.show, arguments.files)


if __name__ == "__main__":
    main()

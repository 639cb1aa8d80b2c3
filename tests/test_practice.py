"""The practice documents: their truth adds up, and the scorer tells right from wrong."""

import shutil
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import practice

TRUTHS = practice.truths()
NAMES = [truth["document"]["file"] for truth in TRUTHS]


def as_read(truth: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The rows that a perfect reading would leave in the views."""
    spending = [
        {
            "line_id": str(number),
            "section": line.get("section"),
            "theme": None,
            "service_printed": line.get("service"),
            "provider_printed": line.get("provider"),
            "provision": line.get("provision"),
            "mechanism_printed": line.get("mechanism"),
            "reach_printed": line.get("reach"),
            "financial_year": amount["year"],
            "phase": amount.get("phase", "budget"),
            "amount": amount["value"],
            "amount_printed": amount["printed"],
            "status": "proven",
        }
        for number, line in enumerate(truth["budget_lines"])
        for amount in line["amounts"]
    ]
    totals = [
        {
            "label": total["label"],
            "section": total["section"],
            "financial_year": amount["year"],
            "amount": amount["value"],
            "verdict": amount["verdict"],
            "difference": amount.get("difference", 0),
        }
        for total in truth["printed_totals"]
        for amount in total["amounts"]
    ]
    return {"spending": spending, "printed_totals": totals, "issues": []}


@pytest.mark.parametrize("truth", TRUTHS, ids=NAMES)
def test_each_total_of_the_truth_adds_up_or_carries_its_slip(truth: dict[str, Any]) -> None:
    for total in truth["printed_totals"]:
        lines = [
            line
            for line in truth["budget_lines"]
            # A total may be of its table as a whole: its heading is then its section.
            if total["section"] in (None, line.get("section"), total.get("scope"))
            and total.get("scope") in (None, line["table"])
        ]
        for amount in total["amounts"]:
            summed = [
                item
                for line in lines
                for item in line["amounts"]
                if (item["year"], item.get("phase")) == (amount["year"], amount.get("phase"))
            ]
            if amount["verdict"] == "cannot_tell":
                assert any(item["value"] is None for item in summed)
                continue
            computed = sum(item["value"] or 0 for item in summed)
            if amount["verdict"] == "rounding":  # printed in thousands
                assert 0 < abs(amount["value"] - computed) <= 500 * len(summed)
                continue
            assert amount["value"] - computed == pytest.approx(amount.get("difference", 0))


@pytest.mark.parametrize("truth", TRUTHS, ids=NAMES)
def test_the_truth_scores_full_marks_against_itself(truth: dict[str, Any]) -> None:
    score = practice.compare(truth, as_read(truth)).score
    assert (score.right, score.whole, score.judged) == (score.figures, score.records, score.totals)
    assert (score.invented, score.named, score.false_alarms) == (0, score.slips, 0)


@pytest.mark.parametrize("truth", TRUTHS, ids=NAMES)
def test_figures_a_pound_off_are_invented_and_none_is_right(truth: dict[str, Any]) -> None:
    rows = deepcopy(as_read(truth))
    for row in (*rows["spending"], *rows["printed_totals"]):
        if row["amount"] is not None:
            row["amount"] += 1000003
    score = practice.compare(truth, rows).score
    bare = [x for x in truth["budget_lines"] if all(a["value"] is None for a in x["amounts"])]
    assert (score.right, score.whole, score.judged) == (0, len(bare), 0)
    assert score.invented == score.found


# Small ones that need no OCR, each for a difficulty of its own.
KEPT = (
    "brindle-label-lines.pdf",
    "ferrybank-names.pdf",
    "hexcombe-marks.pdf",
    "larkshire-totals-first.pdf",
    "oakham-vale-plan.docx",
    "penrose-slides.pdf",
    "wyrehaven-health-board.pdf",
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("practice")
    raw = folder / "raw_docs"
    raw.mkdir()
    for file in KEPT:
        shutil.copy(practice.FILES / file, raw / file)
    return practice.run_product(folder / "output", raw)


@pytest.mark.parametrize("file", KEPT)
def test_every_figure_record_and_total_of_the_document_is_right(file: str, database: Path) -> None:
    truth = next(truth for truth in TRUTHS if truth["document"]["file"] == file)
    findings = practice.compare(truth, practice.read_database(database, file))
    wrong = (findings.missing, findings.invented, findings.broken, findings.totals)
    assert wrong == ([], [], [], [])

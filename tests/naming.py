"""A database of the bench's lines, made without reading a document."""

from __future__ import annotations

from pathlib import Path

from bench_lines import GLOSSARY, read_lines

from normalizers.model import BudgetLine
from pipeline import store
from pipeline.names import Naming, add_names
from pipeline.records import AmountRow, DocumentRow, LineRow, Records, TermRow


def bare_records(lines: list[BudgetLine]) -> Records:
    """Records of the lines as they are before any name is put into them."""
    documents = {line.document: line.publisher for line in lines}
    return Records(
        documents=tuple(
            DocumentRow(document=name, sha256=name, format="pdf", publisher=publisher)
            for name, publisher in documents.items()
        ),
        lines=tuple(
            LineRow(
                line_id=line.line_id,
                document=line.document,
                position=line.order,
                table_number=None,
                row=line.order,
                table_title=None,
                section=line.section,
                service_printed=line.service_printed,
                provider_printed=line.provider_printed,
                provision=line.provision,
                mechanism_printed=line.mechanism_printed,
                reach_printed=line.reach_printed,
            )
            for line in lines
        ),
        amounts=tuple(
            AmountRow(
                amount_id=amount.amount_id,
                line_id=line.line_id,
                document=line.document,
                position=position,
                column=None,
                financial_year=amount.financial_year,
                phase=amount.phase,
                pence=amount.pence,
                printed=amount.printed,
                unit_pence=100,
            )
            for line in lines
            for position, amount in enumerate(line.amounts)
        ),
        terms=tuple(
            TermRow(document=name, position=position, term=term, meaning=meaning)
            for name, publisher in documents.items()
            for position, (term, meaning) in enumerate(GLOSSARY.get(publisher, {}).items())
        ),
    )


def name(lines: list[BudgetLine], folder: Path) -> Naming:
    """The lines named by the decisions and ids of a folder."""
    return add_names(lines, bare_records(lines), (folder,))


def make_database(folder: Path, lines: list[BudgetLine] | None = None) -> Path:
    """A project's database of the lines (the five documents' by default), ids kept."""
    judgements = folder / "normalizers" / "judgements"
    naming = name(lines or read_lines(), judgements)
    naming.keep_ids(judgements)
    database = folder / "output" / "spendtrail.db"
    fresh = store.write(naming.records, database)
    store.swap_in(fresh, database)
    return database

"""How much of each publisher's years the documents cover, and how much of it is proven."""

from __future__ import annotations

from pipeline.records import CoverageRow, Records


def coverage_rows(records: Records) -> tuple[CoverageRow, ...]:
    """One row per publisher and financial year, of the figures that are current.

    `printed_total_pence` sums the printed grand totals of that year's documents, one per
    document (the largest, where a document prints several for one year).
    """
    publishers = {row.document: row.publisher or "" for row in records.documents}
    grand: dict[tuple[str, str], dict[str, int]] = {}
    for total in records.printed_totals:
        if total.section is None and total.financial_year and total.pence is not None:
            key = (publishers[total.document], total.financial_year)
            by_document = grand.setdefault(key, {})
            by_document[total.document] = max(by_document.get(total.document, 0), total.pence)
    lines: dict[tuple[str, str], set[str]] = {}
    documents: dict[tuple[str, str], set[str]] = {}
    pence: dict[tuple[str, str, str], int] = {}
    for amount in records.amounts:
        if not amount.financial_year:
            continue
        key = (publishers[amount.document], amount.financial_year)
        lines.setdefault(key, set()).add(amount.line_id)
        documents.setdefault(key, set()).add(amount.document)
        if amount.is_current:
            pence[*key, amount.status] = pence.get((*key, amount.status), 0) + (amount.pence or 0)
    return tuple(
        CoverageRow(
            publisher=key[0],
            financial_year=key[1],
            documents=len(documents[key]),
            lines=len(lines[key]),
            printed_total_pence=sum(grand[key].values()) if key in grand else None,
            proven_pence=pence.get((*key, "proven"), 0),
            unproven_pence=pence.get((*key, "unproven"), 0),
            contradicted_pence=pence.get((*key, "contradicted"), 0),
            document="; ".join(sorted(documents[key])),
        )
        for key in sorted(lines)
    )

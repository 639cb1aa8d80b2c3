"""A small database made by hand, with hostile print in it, and a way to ask the site."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from extractors.model import Box, Place
from pipeline.records import (
    AmountRow,
    CellRow,
    CoverageRow,
    DocumentRow,
    HistoryRow,
    LineRow,
    PageRow,
    PassageRow,
    PrintedTotalRow,
    ProviderNameRow,
    ProviderRow,
    Records,
    RunRow,
    ServiceLinkRow,
    ServiceRow,
    TableRow,
)
from pipeline.serve.site import Site

HOSTILE = (
    "<script>window.hurt = 1</script>",
    '"><img src=x onerror="window.hurt = 1">',
    "'; DROP TABLE line; --",
    '=HYPERLINK("http://example.org","x")',
    "\u202eevil\u202c {{ 7 * 7 }} {% raw %}",
    "long " + "x" * 10_000,
)
PUBLISHER = "PCC for <b>Northfold</b>"
DOCUMENT = "<i>a</i> & b.pdf"


def hostile_records() -> Records:
    """One document whose every printed text is hostile; amounts of two years."""
    place = Place(page=1, box=Box(10, 20, 30, 40))
    count = len(HOSTILE)
    years = ("2020-21", "2021-22")
    return Records(
        documents=(
            DocumentRow(
                document=DOCUMENT,
                sha256="ab" * 32,
                format="pdf",
                publisher=PUBLISHER,
                title=HOSTILE[0],
                pages=1,
            ),
        ),
        pages=(PageRow(document=DOCUMENT, page=1, width=500, height=700, source="text", words=9),),
        tables=(
            TableRow(
                document=DOCUMENT,
                table_number=1,
                title=HOSTILE[1],
                subtitle=None,
                intro=None,
                heading_path=None,
                row_count=count,
                column_count=3,
                header_rows=0,
                repeated_headers=0,
                joined_rows=None,
                reader="ruled",
                reasons=None,
            ),
        ),
        cells=tuple(
            CellRow(
                document=DOCUMENT,
                table_number=1,
                row=n,
                column=0,
                row_span=1,
                column_span=1,
                text=text,
                raw=text,
                place=place,
            )
            for n, text in enumerate(HOSTILE)
        ),
        lines=tuple(
            LineRow(
                line_id=f"d-t1-r{n}",
                document=DOCUMENT,
                position=n,
                table_number=1,
                row=n,
                table_title=HOSTILE[1],
                section=HOSTILE[0],
                theme=HOSTILE[0],
                service_printed=text,
                provider=HOSTILE[1],
                provider_printed=HOSTILE[1],
                provision=text,
                note=text,
                place=place,
            )
            for n, text in enumerate(HOSTILE)
        ),
        amounts=tuple(
            AmountRow(
                amount_id=f"d-t1-r{n}-c{c}",
                line_id=f"d-t1-r{n}",
                document=DOCUMENT,
                position=n * 2 + c,
                column=c,
                financial_year=year,
                phase="budget",
                pence=(n + c + 1) * 100,
                printed=HOSTILE[1],
                unit_pence=100,
                status="proven",
                status_reason=HOSTILE[0],
                place=place,
            )
            for n in range(count)
            for c, year in enumerate(years)
        ),
        printed_totals=(
            PrintedTotalRow(
                document=DOCUMENT,
                table_number=1,
                row=count,
                column=0,
                table_title=HOSTILE[1],
                section=None,
                label=HOSTILE[0],
                financial_year=years[0],
                phase="budget",
                pence=sum((n + 1) * 100 for n in range(count)),
                printed=HOSTILE[1],
                computed_pence=sum((n + 1) * 100 for n in range(count)),
                verdict="agrees",
                explanation=HOSTILE[0],
                place=place,
            ),
        ),
        passages=(
            PassageRow(
                document=DOCUMENT,
                key="p1",
                position=1,
                heading=HOSTILE[0],
                number=None,
                kind="paragraph",
                text=f"Youth {HOSTILE[0]}",
                place=place,
            ),
        ),
        providers=(ProviderRow(provider_id="o'hara/<b>", name=HOSTILE[1]),),
        provider_names=(
            ProviderNameRow(
                document=DOCUMENT,
                printed=HOSTILE[1],
                position=0,
                provider_id="o'hara/<b>",
                role="provider",
                decided_by="rule",
                reason=HOSTILE[0],
                place=place,
            ),
        ),
        services=tuple(
            ServiceRow(service_id=f"pcc/s{n}", name=text) for n, text in enumerate(HOSTILE)
        ),
        service_links=tuple(
            ServiceLinkRow(
                line_id=f"d-t1-r{n}",
                service_id=f"pcc/s{n}",
                financial_years="; ".join(years),
                decided_by="rule",
                reason=HOSTILE[0],
            )
            for n in range(count)
        ),
        history=tuple(
            HistoryRow(
                service_id=f"pcc/s{n}",
                service=text,
                provider=HOSTILE[1],
                theme=HOSTILE[0],
                financial_year=year,
                pence=(n + c + 1) * 100 * (1 + c * n),
                phase="budget",
                document=DOCUMENT,
                amount_id=f"d-t1-r{n}-c{c}",
                place=place,
            )
            for n, text in enumerate(HOSTILE)
            for c, year in enumerate(years)
        ),
        coverage=tuple(
            CoverageRow(
                publisher=PUBLISHER,
                financial_year=year,
                documents=1,
                lines=count,
                printed_total_pence=2100,
                proven_pence=2100,
                unproven_pence=0,
                contradicted_pence=0,
                document=DOCUMENT,
            )
            for year in years
        ),
        runs=(
            RunRow(
                run=1,
                started="2026-04-01T10:00:00.000000Z",
                finished="2026-04-01T10:00:01.000000Z",
                version="0.1.0",
                documents_read=1,
                documents_unchanged=0,
                documents_failed=0,
                amounts=2 * count,
                stages="{}",
            ),
        ),
    )


class Asker:
    """Asks the site for an address, as a browser would, without a network."""

    def __init__(self, runner: asyncio.Runner, site: Site) -> None:
        self.runner = runner
        self.site = site

    def __call__(self, path: str, **options: Any) -> httpx.Response:
        return self.runner.run(self._get(path, **options))

    async def _get(self, path: str, **options: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.site)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get(path, **options)


@contextmanager
def asking(database: Path, raw: Path) -> Iterator[Asker]:
    """The site on a database, ready to be asked."""
    with asyncio.Runner() as runner:
        yield Asker(runner, Site(database, raw))

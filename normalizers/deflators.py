"""Money of one year in the prices of another, by HM Treasury's GDP deflator.

The table (`data/gdp_deflators.csv`) is dated and its source named in `data/SOURCES.md`; it holds
outturn only, no forecast.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from normalizers.reference import DATA, ReferenceFault, read_rows

SOURCE = "HM Treasury, GDP deflators at market prices, March 2026 (outturn to 2024-25)"


@lru_cache(maxsize=1)
def deflators() -> dict[str, Fraction]:
    """The deflator of each financial year, 2024-25 = 100."""
    rows = read_rows(DATA / "gdp_deflators.csv", ("financial_year", "index"))
    return {row["financial_year"]: Fraction(row["index"]) for row in rows}


def in_prices_of(pence: int, year: str, base: str) -> int | None:
    """The sum of `year` in the prices of `base`, in whole pence; None for a year without a figure.

    A sum for several years (`2022-25`) has no single price and gives None. Raises
    `ReferenceFault` where the base year is not in the table.
    """
    known = deflators()
    if base not in known:
        raise ReferenceFault(
            f"there is no deflator for {base}; the table has {min(known)} to {max(known)}"
        )
    if year not in known:
        return None
    return round(Fraction(pence) * known[base] / known[year])

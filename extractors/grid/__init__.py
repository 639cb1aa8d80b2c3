"""Tables from the page layer: pure functions from `model.Page` to grids and joined tables."""

from extractors.grid.joins import Grid
from extractors.grid.reading import (
    GridTable,
    Turn,
    alternatives,
    read_grids,
    read_page,
    read_tables,
)

__all__ = ["Grid", "GridTable", "Turn", "alternatives", "read_grids", "read_page", "read_tables"]

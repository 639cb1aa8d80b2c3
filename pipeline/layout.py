"""Layout files: what a person says about the tables of a stubborn document.

`NAME.layout.toml` beside the document NAME, read strictly. `spendtrail tables` shows the table
numbers, columns and rows to speak of.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_args

from extractors.model import Column, Role, Table
from normalizers.years import year_of

TABLE_KEYS = {"number", "page", "ignore", "title", "unit", "header_rows", "column"}
COLUMN_KEYS = {"index", "heading", "role", "year"}


class LayoutError(ValueError):
    """A fault in a layout file; the message names file, table and key and what to do."""


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """What a person says of one column, found by `index` or by words of its heading."""

    role: Role
    index: int | None = None
    heading: str | None = None
    year: str | None = None


@dataclass(frozen=True, slots=True)
class TableLayout:
    """What a person says of one table, found by number or by page; None is left to the reader."""

    number: int | None = None
    page: int | None = None
    ignore: bool = False
    title: str | None = None
    unit: str | None = None
    header_rows: int | None = None
    columns: tuple[ColumnLayout, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of one document; empty where there is no file."""

    file: str = ""
    tables: tuple[TableLayout, ...] = field(default=())

    def of(self, table: Table) -> TableLayout | None:
        """What is said of a table: by its number, else by a page that it stands on."""
        pages = {place.page for cell in table.cells for place in cell.places}
        by_number = (said for said in self.tables if said.number == table.number)
        by_page = (s for s in self.tables if s.number is None and s.page in pages)
        return next(by_number, None) or next(by_page, None)


def load_layout(path: Path) -> Layout:
    """The layout file at `path`; an empty layout where there is none.

    Raises LayoutError for a file that is no TOML, an unknown key, role or year, a wrong type, or
    a table or column that is not said which.
    """
    if not path.exists():
        return Layout()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LayoutError(f"{path.name}: not readable as TOML ({error})") from error
    _only(data, {"table"}, path.name)
    tables = _list(data, "table", path.name)
    return Layout(
        path.name,
        tuple(_table(one, f"{path.name}, table {at}") for at, one in enumerate(tables, start=1)),
    )


def _table(data: Mapping[str, Any], where: str) -> TableLayout:
    _only(data, TABLE_KEYS, where)
    if ("number" in data) == ("page" in data):
        raise LayoutError(f"{where}: say which table by `number` or by `page`, not both")
    columns = _list(data, "column", where)
    return TableLayout(
        number=_typed(data, "number", int, where),
        page=_typed(data, "page", int, where),
        ignore=bool(_typed(data, "ignore", bool, where)),
        title=_typed(data, "title", str, where),
        unit=_typed(data, "unit", str, where),
        header_rows=_typed(data, "header_rows", int, where),
        columns=tuple(_column(one, f"{where}, column {at}") for at, one in enumerate(columns, 1)),
    )


def _column(data: Mapping[str, Any], where: str) -> ColumnLayout:
    _only(data, COLUMN_KEYS, where)
    if ("index" in data) == ("heading" in data):
        raise LayoutError(f"{where}: say which column by `index` or by `heading`, not both")
    role = _typed(data, "role", str, where)
    if role not in get_args(Role):
        raise LayoutError(f"{where}: role {role!r} is none of {', '.join(get_args(Role))}")
    year = _typed(data, "year", str, where)
    if year is not None and year_of(year) is None:
        raise LayoutError(f"{where}: year {year!r} must be such as 2017-18")
    return ColumnLayout(
        role=role,
        index=_typed(data, "index", int, where),
        heading=_typed(data, "heading", str, where),
        year=year_of(year) if year else None,
    )


def _only(data: Mapping[str, Any], keys: set[str], where: str) -> None:
    unknown = sorted(set(data) - keys)
    if unknown:
        raise LayoutError(
            f"{where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(keys))}"
        )


def _list(data: Mapping[str, Any], key: str, where: str) -> list[Mapping[str, Any]]:
    found = data.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise LayoutError(f"{where}: {key} must be a list of tables, [[{key}]]")
    return found


def _typed(data: Mapping[str, Any], key: str, kind: type, where: str) -> Any:
    value = data.get(key)
    if value is not None and (
        not isinstance(value, kind) or (kind is int and isinstance(value, bool))
    ):
        raise LayoutError(f"{where}: {key} must be {kind.__name__}, not {value!r}")
    return value


def apply_to_table(said: TableLayout | None, table: Table) -> Table:
    """The table with the title, unit and heading rows that a person gave it."""
    if said is None:
        return table
    return replace(
        table,
        title=said.title if said.title is not None else table.title,
        subtitle=said.unit if said.unit is not None else table.subtitle,
        header_rows=said.header_rows if said.header_rows is not None else table.header_rows,
        reasons=(*table.reasons, "as a layout file says"),
    )


def apply_to_columns(
    said: TableLayout | None, columns: tuple[Column, ...], file: str
) -> tuple[Column, ...] | None:
    """The columns with the roles that a person gave them; None where nothing is said.

    Raises LayoutError where no column, or more than one, has the words of a `heading`.
    """
    if said is None or not said.columns:
        return None
    found = {column.index: column for column in columns}
    for one, index in _indexes(said, columns, file):
        if index not in found:
            raise LayoutError(f"{file}: there is no column {index}; columns are {sorted(found)}")
        found[index] = replace(found[index], role=one.role, evidence="layout file")
    return tuple(found[index] for index in sorted(found))


def years_of(said: TableLayout | None, columns: tuple[Column, ...], file: str) -> dict[int, str]:
    """The financial years that a person gave to columns, by column."""
    if said is None:
        return {}
    return {index: one.year for one, index in _indexes(said, columns, file) if one.year}


def _indexes(
    said: TableLayout, columns: tuple[Column, ...], file: str
) -> list[tuple[ColumnLayout, int]]:
    indexes = []
    for one in said.columns:
        if one.index is not None:
            indexes.append((one, one.index))
            continue
        words = (one.heading or "").casefold()
        having = [column.index for column in columns if words in column.heading.casefold()]
        if len(having) != 1:
            headings = "; ".join(column.heading for column in columns)
            raise LayoutError(
                f"{file}: {len(having)} columns have {one.heading!r} in their heading; "
                f"the headings are: {headings}"
            )
        indexes.append((one, having[0]))
    return indexes

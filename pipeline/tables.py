"""The statements that make the database's tables, drawn up by SQLAlchemy from their shapes.

    python -m pipeline.tables

writes them to `tables.sql`, where they stand ready for every run: drawing them up afresh would
take as long as filling the tables. A test keeps the file and the shapes together.
"""

from __future__ import annotations

import types
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from sqlalchemy import (
    REAL,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement, SchemaItem
from sqlalchemy.types import TypeEngine

from pipeline.schema import SHAPES, Shape, row_columns

WRITTEN = Path(__file__).with_name("tables.sql")


def statements() -> str:
    """The statements as SQL text: all tables in the order of their shapes, then the indexes."""
    tables = make_tables()
    indexes = sorted(
        (index for table in tables.tables.values() for index in table.indexes),
        key=lambda index: str(index.name),
    )
    made: list[ExecutableDDLElement] = [
        *(CreateTable(tables.tables[shape.name]) for shape in SHAPES.values()),
        *(CreateIndex(index) for index in indexes),
    ]
    texts = (str(each.compile(dialect=dialect())) for each in made)
    return "\n".join(f"{_tidy(text)};\n" for text in texts)


def _tidy(statement: str) -> str:
    lines = (line.rstrip().replace("\t", "  ") for line in statement.strip().splitlines())
    return "\n".join(lines).replace("\n STRICT", " STRICT")


def _column(name: str, hint: Any) -> tuple[Column[Any], CheckConstraint | None]:
    choices: tuple[Any, ...] = ()
    nullable = False
    if get_origin(hint) in (Union, types.UnionType):
        nullable = True
        (hint,) = (part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is Literal:
        choices, hint = get_args(hint), str
    if hint is bool:
        choices, hint = (0, 1), int
    kinds: dict[Any, type[TypeEngine[Any]]] = {int: Integer, float: REAL, str: Text}
    column: Column[Any] = Column(name, kinds[hint], nullable=nullable)
    if not choices:
        return column, None
    listed = ", ".join(repr(choice) for choice in choices)
    return column, CheckConstraint(f'"{name}" IN ({listed})')


def _keys(shape: Shape) -> tuple[SchemaItem, ...]:
    if shape.numbered:
        number: Column[int] = Column(f"{shape.name}_id", Integer, primary_key=True)
        return number, UniqueConstraint(*shape.key)
    return (PrimaryKeyConstraint(*shape.key),)


def make_tables() -> MetaData:
    """The tables of every shape, with keys, references, checks and indexes."""
    metadata = MetaData()
    for shape in SHAPES.values():
        made = [_column(name, hint) for name, hint in row_columns(shape.row)]
        table = Table(
            shape.name,
            metadata,
            *(column for column, _ in made),
            *(check for _, check in made if check is not None),
            *_keys(shape),
            sqlite_strict=True,
        )
        for columns, target in shape.refers:
            pointed = next(s for s in SHAPES.values() if s.name == target).key
            table.append_constraint(
                ForeignKeyConstraint(columns, [f"{target}.{name}" for name in pointed])
            )
        for columns in shape.indexes:
            Index("_".join((shape.name, "by", *columns)), *(table.c[name] for name in columns))
    return metadata


if __name__ == "__main__":
    WRITTEN.write_text(statements(), encoding="utf-8")

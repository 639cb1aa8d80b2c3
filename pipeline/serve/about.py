"""Titles, descriptions, facets and questions for Datasette, from the one list of the views."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from pipeline.questions import QUESTIONS
from pipeline.schema import SHAPES
from pipeline.views import VIEWS, View

DATABASE = "spendtrail"
TITLE = "Spendtrail"
FACETS: dict[str, list[str]] = {
    "spending": ["publisher", "financial_year", "theme", "provider", "status"],
    "printed_totals": ["financial_year", "verdict"],
    "narrative_amounts": ["kind", "verdict"],
    "checks": ["kind", "verdict"],
    "issues": ["code", "severity"],
    "passages": ["document", "kind"],
    "service_events": ["kind", "financial_year", "decided_by"],
    "spending_history": ["financial_year", "theme", "provider"],
    "provider_names": ["role", "decided_by"],
    "leads": ["rule"],
    "changes": ["kind"],
    "documents": ["publisher", "format", "kind"],
}
# Columns that a table shows when it is opened from the list; all others are a click away.
BRIEF: dict[str, list[str]] = {
    "spending": [
        "amount_id",
        "financial_year",
        "service",
        "provider",
        "theme",
        "amount",
        "phase",
        "status",
        "document",
        "page",
    ],
    "cells": ["document", "table_title", "row", "column", "text", "raw"],
    "spending_history": [
        "service",
        "provider",
        "theme",
        "financial_year",
        "amount",
        "phase",
        "restated",
        "document",
        "amount_id",
    ],
}
PLACE = ("x0", "top", "x1", "bottom")  # of use to programs, not to readers of a page
INTERNAL = (*(shape.name for shape in SHAPES.values()),)
FULL_TEXT = ("passage_text", "line_text")
SHADOWS = ("", "_data", "_idx", "_content", "_docsize", "_config")


def metadata() -> dict[str, Any]:
    """Datasette's metadata: what each view holds, and the questions; tables of ours are hidden."""
    hidden = {name: {"hidden": True} for name in INTERNAL}
    hidden |= {f"{name}{tail}": {"hidden": True} for name in FULL_TEXT for tail in SHADOWS}
    return {
        "title": TITLE,
        "description": "Spending of public bodies, read from their published documents; "
        "each figure with its receipt.",
        "databases": {
            DATABASE: {
                "title": TITLE,
                "tables": hidden | {view.name: _view(view) for view in VIEWS},
                "queries": {
                    question.name: {
                        "title": question.title,
                        "description": question.answer,
                        "sql": question.sql,
                        "params": [parameter.name for parameter in question.parameters],
                    }
                    for question in QUESTIONS.values()
                },
            }
        },
    }


def _view(view: View) -> dict[str, Any]:
    about: dict[str, Any] = {
        "title": view.name.replace("_", " ").capitalize(),
        "description": f"A row is {view.row_is}.",
        "columns": {column.name: column.meaning for column in view.columns},
    }
    if view.name in FACETS:
        about["facets"] = FACETS[view.name]
    return about


def view_list() -> list[dict[str, str]]:
    """The tables of the site: name, title, what a row is, and the columns to open it with."""
    return [
        {
            "name": view.name,
            "title": str(_view(view)["title"]),
            "row_is": view.row_is,
            "brief": urlencode([("_col", name) for name in brief(view)]),
        }
        for view in VIEWS
    ]


def brief(view: View) -> list[str]:
    """The columns of a view that a reader wants at first."""
    return BRIEF.get(view.name) or [c.name for c in view.columns if c.name not in PLACE]

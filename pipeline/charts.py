"""Charts as still SVG pictures, drawn by Vega-Lite without a browser, a script or the network.

Each chart comes in two widths, for a desk and for a phone; a page shows the one that fits. Colours
are named by the hexadecimal values of SERIES and INK, which a page's style sheet replaces by those
of its colour scheme. A chart carries the table that it was drawn from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline import pen

WIDE, NARROW = 940, 330
INK, FAINT = "#22333b", "#d5dbdd"
# Distinct for the colour-blind as well (after Okabe and Ito), toned down.
SERIES = ("#0f6b5c", "#c7762b", "#4a6fa5", "#a23b5b", "#7a8b2a", "#7d5ba6", "#5f6b70", "#b59a2f")
STATUS = {"proven": "#0f6b5c", "unproven": "#b59a2f", "contradicted": "#a23b5b"}
MOST_NAMES = 44  # letters of a name beside a bar


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its title, what it shows in a sentence, both pictures, and the table behind it.

    `source` is the name of the question that gives the same table, `given` its parameters.
    """

    title: str
    says: str
    wide: str
    narrow: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    source: str
    given: Mapping[str, str]


Row = dict[str, Any]


def draw(spec: Mapping[str, Any], width: int) -> str:
    """A Vega-Lite specification as an SVG element, `width` pixels wide, hidden from readers.

    What it says in words stands in the page beside it. The same specification gives the same
    text.
    """
    whole = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "background": None,
        "config": _CONFIG,
        **spec,
    }
    return _drawn(json.dumps(whole, ensure_ascii=False))


@lru_cache(maxsize=128)
def _drawn(spec: str) -> str:
    svg = re.sub(
        r' (?:aria-[a-z]+|role)="[^"]*"', "", pen.draw(spec)
    )  # a page tells it better, as a table
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


_CONFIG: dict[str, Any] = {
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": FAINT,
        "domainColor": FAINT,
        "tickColor": FAINT,
        "labelLimit": 260,
    },
    "legend": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 12,
        "orient": "top",
        "title": None,
        "symbolType": "square",
        "columns": 3,
    },
    "text": {"color": INK, "fontSize": 12},
}
# Vega's expression for pounds: £2.5bn, £1.4m, £86k, £7,000.
_POUNDS = (
    "(datum.value < 0 ? '−' : '') + '£' + ("
    "abs(datum.value) >= 1e9 ? format(abs(datum.value) / 1e9, '.3~r') + 'bn' : "
    "abs(datum.value) >= 1e6 ? format(abs(datum.value) / 1e6, '.3~r') + 'm' : "
    "abs(datum.value) >= 1e4 ? format(abs(datum.value) / 1e3, '.3~r') + 'k' : "
    "format(abs(datum.value), ',.0f'))"
)


def _money_axis(**more: Any) -> Row:
    return {"labelExpr": _POUNDS, "title": None, "tickCount": 4, **more}


def both_widths(
    spec: Mapping[str, Any], narrow: Mapping[str, Any] | None = None
) -> tuple[str, str]:
    return draw(spec, WIDE), draw(narrow or spec, NARROW)


def stacked_years(rows: Sequence[Row], kinds: Sequence[str], colours: Sequence[str]) -> Row:
    """Bars, one a year, stacked by kind; rows have `year`, `kind`, `pounds`."""
    return {
        "height": 260,
        "data": {"values": [{**row, "order": kinds.index(row["kind"])} for row in rows]},
        "mark": {"type": "bar", "stroke": "#ffffff", "strokeWidth": 0.5},
        "encoding": {
            "x": {
                "field": "year",
                "type": "nominal",
                "axis": {"title": None, "labelAngle": 0, "labelOverlap": True},
            },
            "y": {"field": "pounds", "type": "quantitative", "axis": _money_axis()},
            "color": {
                "field": "kind",
                "type": "nominal",
                "scale": {"domain": list(kinds), "range": list(colours)},
                "legend": {"columns": 7},
            },
            "order": {"field": "order", "type": "quantitative"},
        },
    }


def with_legend_columns(spec: Row, columns: int) -> Row:
    """The same chart with fewer entries side by side in its legend, for a narrow page."""
    encoding = dict(spec["encoding"])
    encoding["color"] = {**encoding["color"], "legend": {"columns": columns}}
    return {**spec, "encoding": encoding}


def year_bars(rows: Sequence[Row]) -> Row:
    """Bars, one a year; rows have `year`, `pounds`."""
    return {
        "height": 200,
        "data": {"values": list(rows)},
        "mark": {"type": "bar", "color": SERIES[0]},
        "encoding": {
            "x": {"field": "year", "type": "nominal", "axis": {"title": None, "labelAngle": 0}},
            "y": {"field": "pounds", "type": "quantitative", "axis": _money_axis()},
        },
    }


def rises_and_falls(rows: Sequence[Row]) -> Row:
    """Bars to the right for rises and to the left for falls; rows have `name`, `pounds`."""
    named = [
        {**row, "name": shortened(row["name"]), "place": place} for place, row in enumerate(rows)
    ]
    return {
        "height": {"step": 30},
        "data": {"values": named},
        "layer": [
            {
                "mark": {"type": "bar", "height": {"band": 0.5}, "yOffset": 7},
                "encoding": {
                    "color": {
                        "condition": {"test": "datum.pounds < 0", "value": SERIES[3]},
                        "value": SERIES[0],
                    }
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dy": -9},
                "encoding": {"text": {"field": "name"}, "x": {"value": 0}},
            },
        ],
        "encoding": {
            "y": {"field": "place", "type": "ordinal", "axis": None},
            "x": {"field": "pounds", "type": "quantitative", "axis": _money_axis()},
        },
    }


def shortened(name: str, most: int = MOST_NAMES) -> str:
    """A name that fits beside a bar; an ellipsis says that it goes on."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def ends_kept(name: str, most: int) -> str:
    """A name that fits; names of services often differ in their last word, so it is kept."""
    if len(name) <= most:
        return name
    tail = most * 2 // 5
    return f"{name[: most - tail - 1].rstrip()}…{name[-tail:].lstrip()}"


@dataclass(frozen=True, slots=True)
class Node:
    """A service in one year: its column from the left, its name, and its pounds."""

    key: str
    column: int
    name: str
    pounds: float


@dataclass(frozen=True, slots=True)
class Flow:
    """What became of a service: two keys, and the pounds at either end."""

    source: str
    target: str
    source_pounds: float
    target_pounds: float


STEPS = 14  # points along a ribbon's edge


def alluvial(
    years: Sequence[str], nodes: Sequence[Node], flows: Sequence[Flow], letters: int = 30
) -> Row:
    """Services as columns of boxes a year, joined by ribbons as thick as the money.

    A ribbon leaves a box with the source's pounds and arrives with the target's, so that a cut
    shows as a taper. A name of more than so many `letters` is cut, and stands only where it is
    new.
    """
    total = max(
        (sum(n.pounds for n in nodes if n.column == c) for c in range(len(years))), default=0.0
    )
    gap = total * 0.06
    lower: dict[str, float] = {}
    for column in range(len(years)):
        at = 0.0
        for node in (n for n in nodes if n.column == column):
            lower[node.key] = at
            at += node.pounds + gap
    columns = {node.key: node.column for node in nodes}
    order = {node.key: place for place, node in enumerate(nodes)}
    left, right = dict(lower), dict(lower)
    ribbons: list[Row] = []
    for number, flow in enumerate(
        sorted(flows, key=lambda f: (order[f.source], order[f.target])),
    ):
        start, end = left[flow.source], right[flow.target]
        left[flow.source] += flow.source_pounds
        right[flow.target] += flow.target_pounds
        x0, x1 = columns[flow.source] + 0.06, columns[flow.target] - 0.06
        for step in range(STEPS + 1):
            part = step / STEPS
            ease = part * part * (3 - 2 * part)
            ribbons.append(
                {
                    "ribbon": number,
                    "x": x0 + (x1 - x0) * part,
                    "low": start + (end - start) * ease,
                    "high": start
                    + flow.source_pounds
                    + (end + flow.target_pounds - start - flow.source_pounds) * ease,
                }
            )
    names = {node.key: node.name for node in nodes}
    known = {f.target for f in flows if names[f.source] == names[f.target]}
    boxes = [
        {
            "x": node.column - 0.06,
            "x2": node.column + 0.06,
            "low": lower[node.key],
            "high": lower[node.key] + node.pounds,
            "middle": lower[node.key] + node.pounds / 2,
            "at": node.column + (0.1 if node.column < len(years) - 1 else -0.1),
            "side": "left" if node.column < len(years) - 1 else "right",
            "name": ends_kept(node.name, letters) if node.key not in known else "",
        }
        for node in nodes
    ]
    heads = [{"x": column, "year": year} for column, year in enumerate(years)]
    x = {
        "field": "x",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [-0.1, len(years) - 0.9], "nice": False},
    }
    y = {
        "field": "low",
        "type": "quantitative",
        "axis": None,
        "scale": {"nice": False, "zero": False, "reverse": True},
    }
    layers: list[Row] = [
        {
            "data": {"values": ribbons},
            "mark": {"type": "area", "color": SERIES[0], "opacity": 0.28},
            "encoding": {"x": x, "y": y, "y2": {"field": "high"}, "detail": {"field": "ribbon"}},
        },
        {
            "data": {"values": boxes},
            "mark": {"type": "rect", "color": SERIES[0], "cornerRadius": 1},
            "encoding": {"x": x, "x2": {"field": "x2"}, "y": y, "y2": {"field": "high"}},
        },
        {
            "data": {"values": heads},
            "mark": {"type": "text", "dy": -14, "fontWeight": "bold"},
            "encoding": {"x": x, "y": {"value": 0}, "text": {"field": "year"}},
        },
    ]
    for side in ("left", "right"):
        layers.append(
            {
                "data": {"values": [box for box in boxes if box["side"] == side]},
                "mark": {"type": "text", "align": side, "baseline": "middle"},
                "encoding": {
                    "x": {**x, "field": "at"},
                    "y": {**y, "field": "middle"},
                    "text": {"field": "name"},
                },
            }
        )
    most = max((sum(n.column == c for n in nodes) for c in range(len(years))), default=1)
    return {"height": max(150, 34 * most), "layer": layers, "padding": {"top": 24}}

"""What the database has to tell, with the charts: for the front page and `output/report.html`.

Everything comes from the promised views by the questions of `pipeline.questions`; sentences are
plain, and each chart carries the table behind it.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline import charts
from pipeline.changes import money
from pipeline.charts import Chart, Flow, Node
from pipeline.questions import (
    COMPARE_YEARS,
    DOES_NOT_ADD_UP,
    HOW_MUCH_IS_PROVEN,
    LARGEST_PROVIDERS,
    SERVICE_LIFE,
    SPENDING_BY_THEME,
    STARTED_AND_ENDED,
    Question,
    ask,
)

Row = dict[str, Any]
MOST_THEMES = 7
MOST_BARS = 10
MOST_SENTENCES = 12
RESHAPED = ("merged", "split", "redrawn", "renamed")


@dataclass(frozen=True, slots=True)
class Stories:
    """All that the front page shows; a chart is None where there is nothing to draw."""

    publisher: str
    publishers: tuple[str, ...]
    years: tuple[str, ...]
    figures: int
    documents: int
    services: int
    proven: float
    unproven: float
    contradicted: float
    coverage: Chart | None
    themes: Chart | None
    moves: Chart | None
    reshaped: Chart | None
    providers: tuple[Row, ...]
    faults: tuple[Row, ...]
    fault_count: int
    started: tuple[Row, ...]
    ended: tuple[Row, ...]
    lives: tuple[Row, ...]
    changes: tuple[Row, ...]
    run: Row | None


def tell(connection: sqlite3.Connection, publisher: str = "") -> Stories:
    """The stories of one publisher's documents; of all where it is empty."""
    given = {"publisher": publisher}
    coverage = _rows(connection, HOW_MUCH_IS_PROVEN, given)
    years = _single_years(row["financial_year"] for row in coverage)
    events = _rows(connection, STARTED_AND_ENDED, given)
    faults = _rows(connection, DOES_NOT_ADD_UP, given)
    last = years[-1] if years else None
    counts = connection.execute(
        "SELECT count(*), count(DISTINCT document), count(DISTINCT service) FROM spending "
        "WHERE ?1 = '' OR publisher = ?1",
        (publisher,),
    ).fetchone()
    certain = [event for event in events if event["decided_by"] != "undecided"]
    return Stories(
        publisher=publisher,
        publishers=tuple(
            row[0]
            for row in connection.execute(
                "SELECT DISTINCT publisher FROM spending WHERE publisher IS NOT NULL ORDER BY 1"
            )
        ),
        years=years,
        figures=counts[0],
        documents=counts[1],
        services=counts[2],
        proven=sum(row["proven"] for row in coverage),
        unproven=sum(row["unproven"] for row in coverage),
        contradicted=sum(row["contradicted"] for row in coverage),
        coverage=_coverage_chart(coverage, given),
        themes=_theme_chart(_rows(connection, SPENDING_BY_THEME, given), given),
        moves=_moves_chart(connection, years, given),
        reshaped=_reshaped_chart(connection, publisher),
        providers=_providers(_rows(connection, LARGEST_PROVIDERS, given), years),
        faults=tuple(faults[:MOST_SENTENCES]),
        fault_count=len(faults),
        started=_of_kind(certain, "started", last),
        ended=_of_kind(certain, "ended", last),
        lives=tuple(e for e in certain if e["kind"] in RESHAPED)[-MOST_SENTENCES:],
        changes=tuple(_as_dicts(connection, f"SELECT * FROM changes LIMIT {MOST_SENTENCES}", ())),
        run=next(
            iter(_as_dicts(connection, "SELECT * FROM runs ORDER BY finished DESC LIMIT 1", ())),
            None,
        ),
    )


def _rows(
    connection: sqlite3.Connection, question: Question, given: Mapping[str, str]
) -> list[Row]:
    names, rows = ask(connection, question, given)
    return [dict(zip(names, row, strict=True)) for row in rows]


def _as_dicts(connection: sqlite3.Connection, sql: str, values: Sequence[Any]) -> list[Row]:
    found = connection.execute(sql, values)
    names = [entry[0] for entry in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def _single_years(found: Iterable[str | None]) -> tuple[str, ...]:
    """Years of one financial year each (`2017-18`), not sums for several (`2022-25`)."""
    return tuple(sorted({year for year in found if year and is_single(year)}))


def is_single(year: str) -> bool:
    """Whether a year such as `2017-18` is one financial year."""
    head, _, tail = year.partition("-")
    return head.isdigit() and tail.isdigit() and (int(head) + 1) % 100 == int(tail)


def chart(
    title: str,
    says: str,
    pictures: tuple[str, str],
    rows: Sequence[Row],
    question: Question,
    given: Mapping[str, str],
) -> Chart:
    """A chart with the table behind it."""
    columns = tuple(rows[0]) if rows else ()
    return Chart(
        title,
        says,
        *pictures,
        columns,
        tuple(tuple(row[name] for name in columns) for row in rows),
        question.name,
        {name: value for name, value in given.items() if value},
    )


def _coverage_chart(coverage: Sequence[Row], given: Mapping[str, str]) -> Chart | None:
    pounds: dict[tuple[str, str], float] = defaultdict(float)
    for row in coverage:
        for kind in charts.STATUS:
            pounds[row["financial_year"], kind] += row[kind]
    if not any(pounds.values()):
        return None
    bars = [{"year": y, "kind": k, "pounds": p} for (y, k), p in sorted(pounds.items())]
    table: list[Row] = []
    for year in sorted({year for year, _ in pounds}):
        of_year = [row for row in coverage if row["financial_year"] == year]
        table.append(
            {
                "year": year,
                "documents": sum(row["documents"] for row in of_year),
                "lines": sum(row["lines"] for row in of_year),
                **{f"{kind} (£)": round(pounds[year, kind], 2) for kind in charts.STATUS},
            }
        )
    whole = sum(pounds.values())
    proven = sum(p for (_, kind), p in pounds.items() if kind == "proven")
    spec = charts.stacked_years(bars, tuple(charts.STATUS), tuple(charts.STATUS.values()))
    return chart(
        "How much is proven",
        f"{share(proven, whole)} of {pounds_words(whole)} stand inside a sum that the publisher "
        "printed and that closes.",
        charts.both_widths(spec),
        table,
        HOW_MUCH_IS_PROVEN,
        given,
    )


def share(part: float, whole: float) -> str:
    """A part of a whole in per cent; 100 % and 0 % only where it is all or nothing."""
    if part == whole:
        return "100 %"
    if part == 0:
        return "0 %"
    per_cent = min(max(100 * part / whole, 0.1), 99.9)
    return f"{per_cent:.1f} %"


def pounds_words(pounds: float | None) -> str:
    """Pounds for a reader: `£52,445`, `£1,269,408.75`; a dash where not known."""
    return (money(None if pounds is None else round(pounds * 100)) or "—").replace("-", "−")


def _theme_chart(rows: Sequence[Row], given: Mapping[str, str]) -> Chart | None:
    if not rows:
        return None
    sums: dict[str, float] = defaultdict(float)
    for row in rows:
        sums[row["theme"]] += row["amount"] or 0.0
    themes = sorted(sums, key=lambda theme: (theme == "no theme", -sums[theme], theme))
    shown = themes[:MOST_THEMES]
    bars: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows:
        kind = row["theme"] if row["theme"] in shown else "others"
        bars[row["financial_year"], kind] += row["amount"] or 0.0
    kinds = [*shown, *(["others"] if len(themes) > len(shown) else [])]
    spec = charts.stacked_years(
        [{"year": y, "kind": k, "pounds": round(p, 2)} for (y, k), p in sorted(bars.items())],
        kinds,
        charts.SERIES[: len(kinds)],
    )
    years = sorted({row["financial_year"] for row in rows})
    table = [
        {
            "theme": theme,
            **{
                year: sum(
                    row["amount"] or 0.0
                    for row in rows
                    if (row["theme"], row["financial_year"]) == (theme, year)
                )
                or None
                for year in years
            },
        }
        for theme in themes
    ]
    return chart(
        "Spending by theme",
        f"{themes[0].capitalize()} is the largest theme over all years, "
        f"{pounds_words(sums[themes[0]])}.",
        charts.both_widths(spec, charts.with_legend_columns(spec, 2)),
        table,
        SPENDING_BY_THEME,
        given,
    )


def _moves_chart(
    connection: sqlite3.Connection, years: Sequence[str], given: Mapping[str, str]
) -> Chart | None:
    if len(years) < 2:
        return None
    asked = {**given, "before": years[-2], "after": years[-1]}
    rows = [
        row
        for row in _rows(connection, COMPARE_YEARS, asked)
        if row["before"] is not None and row["after"] is not None and row["change"]
    ][:MOST_BARS]
    if not rows:
        return None
    rows.sort(key=lambda row: -row["change"])
    top = max(rows, key=lambda row: abs(row["change"]))
    verb = "rose" if top["change"] > 0 else "fell"
    table = [
        {
            "service": row["service"],
            years[-2]: row["before"],
            years[-1]: row["after"],
            "change": row["change"],
            "amount_id": row["amount_id_after"],
        }
        for row in rows
    ]
    return chart(
        f"Largest rises and falls, {years[-2]} to {years[-1]}",
        f"{top['service']} {verb} by {pounds_words(abs(top['change']))}, "
        f"from {pounds_words(top['before'])} to {pounds_words(top['after'])}.",
        charts.both_widths(
            charts.rises_and_falls(
                [{"name": row["service"], "pounds": row["change"]} for row in rows]
            )
        ),
        table,
        COMPARE_YEARS,
        asked,
    )


def _providers(rows: Sequence[Row], years: Sequence[str]) -> tuple[Row, ...]:
    """The largest providers with their sum for each year, `years` in their order."""
    found: dict[str, dict[str, float]] = {}
    for row in rows:
        found.setdefault(row["provider"], {})[row["financial_year"]] = row["amount"]
    return tuple(
        {"provider": name, "sums": [sums.get(year) for year in years]}
        for name, sums in list(found.items())[:MOST_BARS]
    )


def _of_kind(events: Sequence[Row], kind: str, year: str | None) -> tuple[Row, ...]:
    return tuple(e for e in events if e["kind"] == kind and e["financial_year"] == year)


def _reshaped_chart(connection: sqlite3.Connection, publisher: str) -> Chart | None:
    """The life line of the services that were merged, split or redrawn with the most money."""
    events = [e for e in _reshapings(connection) if publisher in ("", e["publisher"])]
    pounds = dict(
        connection.execute("SELECT service_id, sum(amount) FROM spending_history GROUP BY 1")
    )
    tied = _ties(events)
    weights: dict[str, float] = {}
    seen: set[str] = set()
    for event in events:
        first = ids(event["from_ids"])[0]
        if event["kind"] != "renamed" and first not in seen:
            family = _family(first, tied)
            seen |= family
            weights[first] = sum(pounds.get(one) or 0.0 for one in family)
    for service_id in sorted(weights, key=lambda one: (-weights[one], one)):
        drawn = life(connection, service_id)
        if drawn is not None and drawn[2]:
            return drawn_life(*drawn, service_id)
    return None


def _reshapings(connection: sqlite3.Connection, publisher: str | None = None) -> list[Row]:
    """The changes that tie services together, those that are decided; of one publisher or all."""
    return _as_dicts(
        connection,
        "SELECT * FROM service_events WHERE kind IN ('merged', 'split', 'redrawn', 'renamed') "
        "AND decided_by <> 'undecided' AND from_ids IS NOT NULL AND to_ids IS NOT NULL "
        "AND (?1 IS NULL OR publisher IS NULL OR publisher = ?1)",
        (publisher,),
    )


def _ties(events: Sequence[Row]) -> dict[str, set[str]]:
    """Each service with those that an event names in one breath with it."""
    tied: dict[str, set[str]] = defaultdict(set)
    for event in events:
        members = {*ids(event["from_ids"]), *ids(event["to_ids"])}
        for one in members:
            tied[one] |= members
    return tied


def _family(service_id: str, tied: Mapping[str, set[str]]) -> set[str]:
    """A service with all that it came from or became, near and far."""
    family, waiting = {service_id}, [service_id]
    while waiting:
        new = tied.get(waiting.pop(), set()) - family
        family |= new
        waiting += new
    return family


def ids(joined: str | None) -> list[str]:
    """Identifiers that are joined with `; `."""
    return [part for part in (joined or "").split("; ") if part]


Life = tuple[tuple[str, ...], tuple[Node, ...], tuple[Flow, ...], tuple[Row, ...]]


def life(connection: sqlite3.Connection, service_id: str) -> Life | None:
    """Years, boxes, ribbons and events of a service and of all that it came from or became.

    None where there is no figure. Ribbons of a merger or split carry each side's own pounds;
    where several became several others, each source is shared out in proportion.
    """
    publisher = connection.execute(
        "SELECT s.publisher FROM service_links k JOIN spending s USING (line_id) "
        "WHERE k.service_id = ? LIMIT 1",
        (service_id,),
    ).fetchone()
    events = _reshapings(connection, publisher[0] if publisher else None)
    family = _family(service_id, _ties(events))
    own = [e for e in events if {*ids(e["from_ids"]), *ids(e["to_ids"])} <= family]
    marks = ", ".join("?" * len(family))
    rows = _as_dicts(
        connection,
        "SELECT h.service_id, h.service, h.financial_year, h.amount, s.service_printed "
        "FROM spending_history h LEFT JOIN spending s USING (amount_id) "
        f"WHERE h.service_id IN ({marks}) AND h.amount > 0 ORDER BY h.service_id",
        sorted(family),
    )
    rows = [row for row in rows if is_single(row["financial_year"])]
    if not rows:
        return None
    years = tuple(sorted({row["financial_year"] for row in rows}))
    place = {year: column for column, year in enumerate(years)}
    nodes = tuple(
        Node(
            f"{row['service_id']} {row['financial_year']}",
            place[row["financial_year"]],
            row["service_printed"] or row["service"],
            row["amount"],
        )
        for row in rows
    )
    by_year: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows:
        by_year[row["financial_year"]][row["service_id"]] = row["amount"]
    flows: list[Flow] = []
    for before, after in pairwise(years):
        flows += _flows(before, after, by_year, own)
    return years, nodes, tuple(flows), tuple(own)


def _flows(
    before: str, after: str, by_year: Mapping[str, Mapping[str, float]], events: Sequence[Row]
) -> list[Flow]:
    old, new = by_year[before], by_year[after]
    pairs: list[tuple[str, str]] = []
    for event in events:
        if event["financial_year"] == after:
            pairs += [
                (one, other)
                for one in ids(event["from_ids"])
                for other in ids(event["to_ids"])
                if one in old and other in new
            ]
    pairs += [(one, one) for one in old if one in new]
    pairs = list(dict.fromkeys(pairs))
    flows = []
    for one, other in pairs:
        targets = sum(new[t] for s, t in pairs if s == one)
        sources = sum(old[s] for s, t in pairs if t == other)
        flows.append(
            Flow(
                f"{one} {before}",
                f"{other} {after}",
                old[one] * new[other] / targets,
                new[other] * old[one] / sources,
            )
        )
    return flows


def drawn_life(
    years: Sequence[str],
    nodes: Sequence[Node],
    flows: Sequence[Flow],
    events: Sequence[Row],
    service_id: str,
) -> Chart:
    """The life line as a chart of ribbons, with its boxes as the table."""
    table = [
        {"financial_year": years[node.column], "service as printed": node.name, "£": node.pounds}
        for node in sorted(nodes, key=lambda n: (n.column, -n.pounds))
    ]
    told = [event_words(event) for event in events[:3]]
    return chart(
        "How services were reshaped",
        " ".join(told) or "The figure of each year, as thick as the money.",
        charts.both_widths(
            charts.alluvial(years, nodes, flows), charts.alluvial(years, nodes, flows, letters=15)
        ),
        table,
        SERVICE_LIFE,
        {"service": service_id},
    )


_VERBS = {
    "merged": "{0} merged into {1} in {2}.",
    "split": "{0} was split into {1} in {2}.",
    "redrawn": "{0} became {1} in {2}.",
    "renamed": "{0} was renamed {1} in {2}.",
    "started": "{1} started in {2}.",
    "ended": "{0} ended in {2}.",
    "provider_changed": "{1} went to another provider in {2}.",
    "moved_section": "{1} moved to another section in {2}.",
}


def event_words(event: Mapping[str, Any]) -> str:
    """A change in a service's life as a sentence."""
    before, after = (_listed(event[side]) for side in ("from_services", "to_services"))
    return _VERBS.get(event["kind"], "{0} → {1}, {2}.").format(
        before, after or before, event["financial_year"] or "an unknown year"
    )


def _listed(joined: str | None) -> str:
    """Names that the view joins with ` | `, as a list in a sentence."""
    *first, last = (joined or "").split(" | ")
    return f"{', '.join(first)} and {last}" if first else last


def year_chart(
    figures: Sequence[Row], question: Question, given: Mapping[str, str]
) -> Chart | None:
    """What figures came to in each year, as bars; None where there is nothing to draw."""
    sums: dict[str, float] = defaultdict(float)
    for row in figures:
        if row["financial_year"]:
            sums[row["financial_year"]] += row["amount"] or 0.0
    if not any(sums.values()):
        return None
    rows: list[Row] = [{"year": year, "pounds": round(sums[year], 2)} for year in sorted(sums)]
    top = max(rows, key=lambda row: float(row["pounds"]))
    return chart(
        "Year by year",
        f"Most in {top['year']}: {pounds_words(top['pounds'])}.",
        charts.both_widths(charts.year_bars(rows)),
        rows,
        question,
        given,
    )

"""What differs between two databases, record by record, in words.

Reads only the promised views, so any two databases of ours can be compared. Figures are compared
twice: as printed in a document that both know (they may only move when our reading does), and
as the current figure of a service in a year (which a new document may rightly restate).
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

# Kinds that say our reading of the same document moved: what a change of code must not do unseen.
MOVED = frozenset({"figure added", "figure removed", "figure moved", "document removed"})
CHANGE_COLUMNS = (
    "position",
    "document",
    "kind",
    "service",
    "financial_year",
    '"before"',
    '"after"',
    "explanation",
)
BAD_VERDICTS = ("misread", "publisher", "contradicts", "contradicted", "contradiction")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; `before` and `after` are printed or worded values, None where absent.

    `moved_pence` is the size of the difference in money, without sign; 0 where there is none.
    """

    kind: str
    document: str | None
    service: str | None
    financial_year: str | None
    before: str | None
    after: str | None
    explanation: str
    moved_pence: int = 0


def compare(old: sqlite3.Connection, new: sqlite3.Connection) -> tuple[Change, ...]:
    """Every difference from `old` to `new`, largest sums first within a kind; none if equal."""
    found = [
        *_documents(old, new),
        *_figures(old, new),
        *_history(old, new),
        *_events(old, new),
        *_links(old, new),
        *_contradictions(old, new),
    ]
    order = {kind: number for number, kind in enumerate(dict.fromkeys(c.kind for c in found))}
    return tuple(
        sorted(
            found,
            key=lambda c: (
                order[c.kind],
                -c.moved_pence,
                c.service or "",
                c.financial_year or "",
                c.explanation,
            ),
        )
    )


def compare_files(old: Path, new: Path) -> tuple[Change, ...]:
    """`compare` for two database files, opened read-only."""
    with closing(open_read_only(old)) as before, closing(open_read_only(new)) as after:
        return compare(before, after)


def open_read_only(path: Path) -> sqlite3.Connection:
    """A read-only connection; raises FileNotFoundError where there is no file."""
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such database; run `spendtrail run` first")
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def note_changes(database: Path, fresh: Path) -> tuple[Change, ...]:
    """Writes into `fresh` how it differs from the `database` it is to replace; gives that back.

    Where nothing differs, `fresh` keeps the changes that `database` told of, so that a run
    with nothing new does not make its readers forget the last news. A database of another
    version of ours, or a damaged one, is nothing to compare with.
    """
    if not database.exists():
        return ()
    with closing(sqlite3.connect(fresh)) as new, new:
        new.execute("PRAGMA journal_mode = MEMORY")
        try:
            with closing(open_read_only(database)) as old:
                changes = compare(old, new)
                kept = old.execute(f"SELECT {', '.join(CHANGE_COLUMNS)} FROM change").fetchall()
        except sqlite3.DatabaseError:
            return ()
        rows = (
            [
                (
                    n,
                    c.document,
                    c.kind,
                    c.service,
                    c.financial_year,
                    c.before,
                    c.after,
                    c.explanation,
                )
                for n, c in enumerate(changes, start=1)
            ]
            if changes
            else kept
        )
        marks = ", ".join("?" * len(CHANGE_COLUMNS))
        names = ", ".join(CHANGE_COLUMNS)
        new.executemany(f"INSERT INTO change ({names}) VALUES ({marks})", rows)
    return changes


def figures_moved(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes in which a published figure is read otherwise than before.

    A restated current figure counts only where no document came or went to restate it.
    """
    listed = tuple(changes)
    same_documents = not any(c.kind.startswith("document ") for c in listed)
    kinds = MOVED | ({"restated", "no longer current"} if same_documents else set())
    return tuple(c for c in listed if c.kind in kinds)


def money(pence: int | None) -> str | None:
    """Pence as pounds for a reader (`£1,234.50`, `£7,000`); None stays None."""
    if pence is None:
        return None
    pounds = Decimal(abs(pence)) / 100
    text = f"{pounds:,.2f}" if pence % 100 else f"{pounds:,.0f}"
    return f"{'-' if pence < 0 else ''}£{text}"


def _pence(pounds: float | None) -> int | None:
    return None if pounds is None else round(pounds * 100)


def _documents(old: sqlite3.Connection, new: sqlite3.Connection) -> Iterator[Change]:
    sql = "SELECT document, count(*), sum(amount) FROM spending GROUP BY document"
    names = "SELECT document FROM documents"
    before = {name for (name,) in old.execute(names)}
    after = {name for (name,) in new.execute(names)}
    counted = {row[0]: row[1:] for row in (*old.execute(sql), *new.execute(sql))}
    for kind, documents in (("added", after - before), ("removed", before - after)):
        for name in sorted(documents):
            amounts, pounds = counted.get(name, (0, 0))
            said = f"{amounts} amounts, {money(_pence(pounds) or 0)}"
            yield Change(
                f"document {kind}",
                name,
                None,
                None,
                said if kind == "removed" else None,
                said if kind == "added" else None,
                f"{name} was {kind}: {said}",
                abs(_pence(pounds) or 0),
            )


def _figures(old: sqlite3.Connection, new: sqlite3.Connection) -> Iterator[Change]:
    """Amounts of the documents that both know, matched by their printed words, not by position."""
    before, after = _printed(old), _printed(new)
    both = {key[0] for key in before} & {key[0] for key in after}
    for key in sorted(before.keys() | after.keys(), key=str):
        if key[0] not in both:
            continue
        gone, come = before.get(key, Counter()), after.get(key, Counter())
        lost, won = sorted((gone - come).elements()), sorted((come - gone).elements())
        document, service, provider, year, phase = key
        name = service or provider or "a line without a name"
        for number in range(max(len(lost), len(won))):
            was = lost[number] if number < len(lost) else None
            now = won[number] if number < len(won) else None
            kind = "added" if was is None else "removed" if now is None else "moved"
            yield Change(
                f"figure {kind}",
                document,
                name,
                year,
                money(was),
                money(now),
                f"{document}: {phase} of {name} for {year or 'no year'} "
                f"{'is new' if was is None else 'is gone' if now is None else 'is read anew'}: "
                f"{money(was) or 'nothing'} before, {money(now) or 'nothing'} now",
                abs((now or 0) - (was or 0)),
            )


_Key = tuple[str, str | None, str | None, str | None, str]


def _printed(connection: sqlite3.Connection) -> dict[_Key, Counter[int]]:
    found: dict[_Key, Counter[int]] = {}
    for document, service, provider, year, phase, pounds in connection.execute(
        "SELECT document, service_printed, provider_printed, financial_year, phase, amount"
        " FROM spending WHERE amount IS NOT NULL"
    ):
        key = (document, service, provider, year, phase)
        found.setdefault(key, Counter())[_pence(pounds) or 0] += 1
    return found


def _history(old: sqlite3.Connection, new: sqlite3.Connection) -> Iterator[Change]:
    before, after = _current(old), _current(new)
    for key in sorted(before.keys() | after.keys()):
        _, year = key
        was, now = before.get(key), after.get(key)
        if was and now and was[1] == now[1]:
            continue
        service, _, document = now or was or ("", 0, "")
        if was is None and now is not None:
            kind, said = "new current figure", f"{money(now[1])} for {year}, stated by {document}"
        elif now is None:
            kind, said = "no longer current", f"no figure for {year} any more"
        else:
            kind, said = "restated", f"{year} is now {money(now[1])}, stated by {document}"
        yield Change(
            kind,
            document,
            service,
            year,
            money(was[1]) if was else None,
            money(now[1]) if now else None,
            f"{service}: {said}" + (f"; it was {money(was[1])}" if was and now else ""),
            abs((now[1] if now else 0) - (was[1] if was else 0)),
        )


def _current(connection: sqlite3.Connection) -> dict[tuple[str, str], tuple[str, int, str]]:
    rows = connection.execute(
        "SELECT coalesce(service_id, service), coalesce(financial_year, ''), min(service),"
        " sum(amount), min(document) FROM spending_history WHERE amount IS NOT NULL"
        " GROUP BY 1, 2"
    )
    return {
        (key, year): (service, _pence(pounds) or 0, document)
        for key, year, service, pounds, document in rows
    }


def _events(old: sqlite3.Connection, new: sqlite3.Connection) -> Iterator[Change]:
    sql = (
        "SELECT kind, from_services, to_services, financial_year, evidence, document"
        " FROM service_events"
    )
    before = {row[:4] for row in old.execute(sql)}
    for kind, source, target, year, evidence, document in new.execute(sql):
        if (kind, source, target, year) not in before:
            name = target or source
            said = f"{name}: {kind.replace('_', ' ')} in {year or 'an unknown year'}; {evidence}"
            yield Change(f"service {kind}", document, name, year, source, target, said)


def _links(old: sqlite3.Connection, new: sqlite3.Connection) -> Iterator[Change]:
    sql = "SELECT line_id, service, service_printed, decided_by, document FROM service_links"
    before = {row[0]: row for row in old.execute(sql)}
    for line_id, service, printed, decided_by, document in new.execute(sql):
        was = before.get(line_id)
        if was and was[1] != service:
            said = f"“{printed}” belongs to {service} now, by {decided_by}; it was {was[1]}"
            yield Change("relinked", document, service, None, was[1], service, said)


def _contradictions(old: sqlite3.Connection, new: sqlite3.Connection) -> Iterator[Change]:
    marks = ", ".join("?" * len(BAD_VERDICTS))
    sql = (
        "SELECT document, kind, scope, verdict, explanation, difference FROM checks"
        f" WHERE verdict IN ({marks})"
    )
    before = {row[:4]: row for row in old.execute(sql, BAD_VERDICTS)}
    after = {row[:4]: row for row in new.execute(sql, BAD_VERDICTS)}
    for kind, one, other in (
        ("new contradiction", after, before),
        ("contradiction gone", before, after),
    ):
        for key in sorted(one.keys() - other.keys(), key=str):
            document, _, scope, verdict, explanation, difference = one[key]
            pence = abs(_pence(difference) or 0) if isinstance(difference, int | float) else 0
            was, now = (None, verdict) if kind.startswith("new") else (verdict, None)
            yield Change(kind, document, scope, None, was, now, explanation or "", pence)

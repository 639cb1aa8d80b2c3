"""Which rows of a budget table are totals, and which lines each sums, by arithmetic and words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from extractors.budget.closing import Fit, fit
from extractors.budget.entries import (
    Entry,
    left_out,
    same_section,
    total_words,
    without_total_words,
)
from extractors.budget.rows import plain


def find_totals(entries: list[Entry], typical: float) -> None:
    """Decide by arithmetic which rows with figures are totals, and what each of them sums."""
    _find_bare_totals(entries, typical)
    _settle(entries)
    for position in _promising(entries, typical):
        _try_unnamed_total(entries, position, typical)
    # Totals that stand before their lines are known from the last one upwards.
    for position in reversed(_promising(entries, typical)):
        if entries[position].kind != "total":
            _try_unnamed_total(entries, position, typical)
    _settle(entries)
    if _find_totals_with_slips(entries, typical):
        _settle(entries)
    # A row that is called a total and sums nothing may be a line of that name.
    for position, entry in enumerate(entries):
        if entry.kind != "total" or entry.evidence.startswith("closes"):
            continue
        words = total_words(entry.label)
        named = plain(without_total_words(entry.label))
        sections = {e.section for e in entries if e.kind == "line"}
        if words in {"sub", "grand"} or not named or any(same_section(named, s) for s in sections):
            continue
        if _SAYS_TOTAL.match(entry.label) or not entry.texts:
            continue  # figures below the label of a total are no service's
        scopes = _scopes(entries, position)
        near = [scopes["run"]]
        if not any(e.values for e in entries[position + 1 :]):
            near.append(scopes["all"])  # the last figures of all, below the sections' own totals
        if any(len(rows) >= 2 and _comes_near(entries, entry, rows) for rows in near):
            continue  # it sums the lines before it, with a slip
        before = sum(e.evidence.startswith("closes") for e in entries if e.kind == "total")
        entry.kind = "line"
        _settle(entries)
        after = sum(e.evidence.startswith("closes") for e in entries if e.kind == "total")
        few_texts = len(entry.texts) <= max(1, typical - 1)
        if after > before or (not few_texts and typical >= 2):
            entry.evidence = "called a total, but a line by arithmetic"
            continue
        entry.kind = "total"
        _settle(entries)
    for entry in entries:
        if entry.kind == "orphan" and any(e.kind == "line" for e in entries):
            entry.evidence = "figures without a label that sum nothing"


# `Total - Roads` is no name of a service, as `Total Respect Project` is.
_SAYS_TOTAL = re.compile(r"\W*(?:sub|grand|overall)?[\s-]*totals?\s*(?:[-–—:]\s|:)", re.I)


def _find_totals_with_slips(entries: list[Entry], typical: float) -> bool:
    """Make totals of rows without a total's words that all but close, where the rest says so.

    A bare row at the end of its lines that comes near their sum is a total with a slip when it
    closes in another column, when it is named after its section, or when a total that is called one
    closes only without it.
    """
    found = False
    for position, entry in enumerate(entries):
        bare = entry.kind == "orphan" or entry.styled or (len(entry.texts) <= 1 and typical >= 2)
        alone = typical < 2 and len(entry.texts) <= 1
        if entry.kind not in {"line", "orphan"} or not entry.values or not (bare or alone):
            continue
        run = _scopes(entries, position)["run"]
        if len(run) < 2 or not _comes_near(entries, entry, run):
            continue
        partly = _fit(entries, entry, run).closed > 0
        label = plain(entry.label)
        named = bool(label) and any(plain(entries[i].section or "") == label for i in run)
        if (bare and (partly or named)) or _is_left_out(entries, position):
            entry.kind = "total"
            found = True
    return found


def _comes_near(entries: Sequence[Entry], total: Entry, run: Sequence[int]) -> bool:
    """Whether a row's figures are within a fifth of the sums of the lines before it."""
    sums = _sums(entries, run)
    return all(
        column in sums and abs(value - sums[column]) <= abs(sums[column]) / 5
        for column, (value, _) in total.values.items()
        if value or column in sums
    )


def _is_left_out(entries: Sequence[Entry], position: int) -> bool:
    """Whether a later total closes when this row is left out of what it sums, and only then."""
    for total in entries[position + 1 :]:
        if total.kind != "total" or position not in total.scope:
            continue
        rest = [i for i in total.scope if i != position]
        if _fit(entries, total, rest).whole and not _fit(entries, total, total.scope).whole:
            return True
    return False


def _promising(entries: Sequence[Entry], typical: float) -> list[int]:
    """The rows worth a closer look: bare or styled ones, and those that equal a sum of neighbours.

    Long lists of payments have thousands of lines; a running sum rules nearly all of them out.
    """
    found = []
    with_values = [i for i, e in enumerate(entries) if e.kind in {"line", "orphan"} and e.values]
    if len(with_values) <= 60:
        return with_values
    sums: dict[int, int] = {}
    whole: dict[int, int] = {}
    for i in with_values:
        for column, (value, _) in entries[i].values.items():
            whole[column] = whole.get(column, 0) + value
    for i in with_values:
        entry = entries[i]
        bare = entry.kind == "orphan" or (len(entry.texts) <= 1 and typical >= 2) or entry.styled
        equal = all(
            abs(sums.get(column, 0) - value) <= 100 or abs(whole[column] - 2 * value) <= 100
            for column, (value, _) in entry.values.items()
        )
        if bare or equal:
            found.append(i)
        for column, (value, _) in entry.values.items():
            sums[column] = sums.get(column, 0) + value
    return found


def _lines(entries: Sequence[Entry]) -> list[int]:
    return [i for i, e in enumerate(entries) if e.kind == "line"]


def _scopes(entries: Sequence[Entry], position: int) -> dict[str, tuple[int, ...]]:
    """The sets of lines that a total at this position could sum, by name."""
    lines = _lines(entries)
    before = [i for i in lines if i < position]
    after = [i for i in lines if i > position]
    run_start = max(
        (i for i in range(position) if entries[i].kind in {"total", "banner"}), default=-1
    )
    banner_start = max((i for i in range(position) if entries[i].kind == "banner"), default=-1)
    next_stop = min(
        (i for i in range(position + 1, len(entries)) if entries[i].kind in {"total", "banner"}),
        default=len(entries),
    )
    section = entries[before[-1]].section if before else None
    outer = entries[before[-1]].outer if before else None
    grand_start = max(
        (i for i in range(position) if entries[i].kind == "total" and entries[i].grand), default=-1
    )
    named = plain(without_total_words(entries[position].label))
    own = [i for i in lines if named and same_section(named, entries[i].section)]
    but = left_out(entries[position].label)
    kept = [i for i in before if plain(entries[i].label) != but] if but else []
    return {
        "all but what it leaves out": tuple(kept) if len(kept) < len(before) else (),
        "named section": tuple(own),
        "named year": _of_named_year(entries, lines, entries[position].label),
        "run": tuple(i for i in before if i > run_start),
        "banner": tuple(i for i in before if i > banner_start),
        "section": tuple(
            i for i in before if section is not None and entries[i].section == section
        ),
        "outer": tuple(i for i in before if outer is not None and entries[i].outer == outer),
        "since grand": tuple(i for i in before if i > grand_start),
        "all": tuple(before),
        "run after": tuple(i for i in after if i < next_stop),
        "all after": tuple(after),
        "whole table": tuple(lines),
    }


_YEAR_IN_LABEL = re.compile(r"\b(?:19|20)\d\d(?:\s?[/–-]\s?\d\d)?\b")


def _of_named_year(entries: Sequence[Entry], lines: Sequence[int], label: str) -> tuple[int, ...]:
    """The lines whose own words print the one year that a total's label names."""
    years = set(_YEAR_IN_LABEL.findall(label))
    if len(years) != 1:
        return ()
    (year,) = years
    of_year = tuple(i for i in lines if any(year in cell.text for cell in entries[i].texts))
    return of_year if len(of_year) < len(lines) else ()


def _fit(entries: Sequence[Entry], total: Entry, rows: Sequence[int]) -> Fit:
    not_known = {column for i in rows for column in entries[i].not_known}
    return fit(total.values, [entries[i].values for i in rows], not_known)


_SUB_ORDER = (
    "all but what it leaves out",
    "named section",
    "named year",
    "run",
    "banner",
    "section",
    "outer",
    "run after",
    "since grand",
    "all",
    "all after",
)
_GRAND_ORDER = (
    "all but what it leaves out",
    "since grand",
    "all",
    "whole table",
    "all after",
    "outer",
    "run",
    "section",
)
_PLAIN_ORDER = (
    "all but what it leaves out", "named section", "named year", "run", "banner", "section",
    "since grand", "all", "outer", "run after", "all after", "whole table",
)  # fmt: skip
# Scopes that reach over other totals.
_ACROSS = {"since grand", "all", "all after", "whole table"}


def _settle(entries: list[Entry]) -> None:
    """Find for each total the rows it sums: those that close, else those its words point to."""
    for entry in entries:
        if entry.kind == "total":
            entry.grand = False
    totals = [i for i, e in enumerate(entries) if e.kind == "total"]
    for position in totals:
        entry = entries[position]
        words = total_words(entry.label)
        scopes = _scopes(entries, position)
        everything = set(_lines(entries))
        order = {"sub": _SUB_ORDER, "grand": _GRAND_ORDER}.get(words, _PLAIN_ORDER)
        # With lines of its own, a section's total does not reach over the total before it: round
        # figures of two sections may come to it by chance, save in two columns at once.
        of_section = words == "sub" or (words != "grand" and bool(scopes["named section"]))
        single = sum(value != 0 for value, _ in entry.values.values()) < 2
        bounded = of_section and single and bool(scopes["run"])
        if bounded:
            order = tuple(name for name in order if name not in _ACROSS)
        chosen, result = "", Fit(0, 0)
        for name in order:
            rows = scopes[name]
            if not rows:
                continue
            found = _fit(entries, entry, rows)
            if result.whole:
                # What closes to the last digit is meant, not what is a rounding away.
                if found.whole and found.exact == found.closed > max(1, result.exact):
                    chosen, result = name, found
            elif found.whole or found.closed > result.closed:
                chosen, result = name, found
        if not result.whole and not bounded:
            parts = _sum_of_totals(entries, position) or _last_lines(entries, position)
            if parts is not None and _fit(entries, entry, parts).closed > result.closed:
                scopes = {**scopes, "sub-totals": parts}
                chosen, result = "sub-totals", _fit(entries, entry, parts)
        if not chosen:
            chosen = _by_words(words, scopes, position, totals, entries)
        rows = scopes.get(chosen, ())
        entry.scope = rows
        whole = set(rows) == everything
        several = any(t != position for t in totals)
        sectioned = len({entries[i].section for i in everything}) > 1
        entry.grand = (
            words == "grand"
            or (whole and words != "sub" and (not sectioned or len(rows) == len(everything)))
            or (whole and not several)
        )
        if words == "sub" and whole and several:
            entry.grand = False
        if words != "grand" and not several and rows and rows == scopes["named section"]:
            entry.grand = False  # the one section's own total, though it covers the whole table
        label = "closes" if result.whole else "does not close"
        entry.evidence = f"{label} over {chosen}" if chosen else "sums nothing"


def _sum_of_totals(entries: Sequence[Entry], position: int) -> tuple[int, ...] | None:
    """The lines of a total that sums other totals and loose lines, as `Net budget` often does.

    Groups are the lines of each closing total before it, and the lines no total took; the last few
    groups are tried together, then any choice of them where two columns or more must close.
    """
    groups: list[frozenset[int]] = []
    for i, entry in enumerate(entries[:position]):
        if entry.kind == "line":
            groups.append(frozenset({i}))
        elif entry.kind == "total" and entry.evidence.startswith("closes"):
            scope = frozenset(entry.scope)
            groups = [g for g in groups if not g <= scope] + [scope]
    total = entries[position]
    known = [_sums(entries, sorted(group)) for group in groups]

    def closes(chosen: Sequence[int]) -> bool:
        rows = sorted({i for number in chosen for i in groups[number]})
        return _fit(entries, total, rows).whole

    columns = [c for c, (value, _) in total.values.items() if value]
    for count in range(2, len(groups) + 1):
        if (len(columns) >= 2 or _parts_no_section(entries, groups, count)) and closes(
            range(len(groups) - count, len(groups))
        ):
            return _rows_of(groups[-count:])
    if len(columns) < 2 or len(groups) > 14:
        return None
    first = columns[0]
    wanted, step = total.values[first]
    for chosen in _subsets(len(groups)):
        if abs(sum(known[n].get(first, 0) for n in chosen) - wanted) <= 2 * step and closes(chosen):
            return _rows_of([groups[n] for n in chosen])
    return None


def _last_lines(entries: Sequence[Entry], position: int) -> tuple[int, ...] | None:
    """The last lines before a total, across totals between them, that close in two columns or more.

    So does `All savings for delivery` over some lines of a memorandum and one below its sub-total.
    """
    total = entries[position]
    if sum(value != 0 for value, _ in total.values.values()) < 2:
        return None
    before = [i for i in _lines(entries) if i < position][-_MOST_LAST:]
    for count in range(2, len(before) + 1):
        rows = tuple(before[-count:])
        found = _fit(entries, total, rows)
        if found.whole and found.closed >= 2:
            return rows
    return None


_MOST_LAST = 12


def _parts_no_section(
    entries: Sequence[Entry], groups: Sequence[frozenset[int]], count: int
) -> bool:
    """Whether the last groups take all loose lines of a section or none."""
    kept, left = groups[-count:], groups[:-count]
    loose = {entries[i].section for group in kept if len(group) == 1 for i in group}
    return not any(entries[i].section in loose for group in left for i in group)


def _subsets(count: int) -> Iterator[tuple[int, ...]]:
    """Choices of two groups or more, the larger first."""
    for size in range(count, 1, -1):
        yield from combinations(range(count), size)


def _rows_of(groups: Sequence[frozenset[int]]) -> tuple[int, ...]:
    return tuple(sorted(i for group in groups for i in group))


def _sums(entries: Sequence[Entry], rows: Sequence[int]) -> dict[int, int]:
    sums: dict[int, int] = {}
    for i in rows:
        for column, (value, _) in entries[i].values.items():
            sums[column] = sums.get(column, 0) + value
    return sums


def _by_words(
    words: str,
    scopes: Mapping[str, tuple[int, ...]],
    position: int,
    totals: Sequence[int],
    entries: Sequence[Entry],
) -> str:
    """The rows a total that does not close is meant to sum: as the others do, those below it."""
    if words != "grand" and scopes["run after"] and _lead(entries, totals):
        order: tuple[str, ...] = ("named section", "run after")
    elif words == "grand":
        order = ("all", "all after")
    elif words == "sub":
        order = ("named section", "run", "run after", "all")
    elif scopes["named section"]:
        order = ("named section",)
    elif position == totals[-1] and len(totals) > 1 and not scopes["run"]:
        order = ("all",)
    elif position == totals[-1] and len({entries[i].section for i in scopes["all"]}) <= 1:
        order = ("all", "run after")
    else:
        order = ("run", "all", "run after", "all after")
    return next((name for name in order if scopes[name]), "")


def _lead(entries: Sequence[Entry], totals: Sequence[int]) -> bool:
    """Whether totals stand over their lines: two or more close over those below, none above."""
    closing = {"run": 0, "run after": 0}
    for position in totals:
        scopes = _scopes(entries, position)
        for name in closing:
            rows = scopes[name]
            closing[name] += len(rows) >= 2 and _fit(entries, entries[position], rows).whole
    return closing["run after"] >= 2 and not closing["run"]


def _find_bare_totals(entries: list[Entry], typical: float) -> None:
    """Totals without a word for it, known by their bareness: each sums rows to the next bare one.

    At least two such rows must close, all after or all before their lines. Where they do, another
    that is printed alike, and comes near in its columns or closes in one of them, has a slip.
    """
    bare = [
        i
        for i, e in enumerate(entries)
        if e.kind in {"line", "orphan"}
        and e.values
        and ((len(e.texts) <= 1 and typical >= 2) or e.styled)
    ]
    if len(bare) < 2 or len(bare) * 2 > sum(bool(e.values) for e in entries):
        return
    stops = [*bare, *(i for i, e in enumerate(entries) if e.kind in {"total", "banner"})]
    plain_rows = [i for i, e in enumerate(entries) if e.kind == "line" and i not in bare]
    for after in (True, False):
        closing, slips = [], []
        for i in bare:
            if after:
                end = min((s for s in stops if s > i), default=len(entries))
                rows = [r for r in plain_rows if i < r < end]
            else:
                start = max((s for s in stops if s < i), default=-1)
                rows = [r for r in plain_rows if start < r < i]
            if rows and _fit(entries, entries[i], rows).whole:
                closing.append(i)
            elif len(rows) >= 2 and (
                _closes_partly(entries, entries[i], rows) or _comes_near(entries, entries[i], rows)
            ):
                slips.append(i)
        if len(closing) >= 2:
            whole = [i for i in bare if _fit(entries, entries[i], plain_rows).whole]
            looks = {_printed_as(entries[i]) for i in closing}
            slips = [i for i in slips if _printed_as(entries[i]) in looks]
            for i in (*closing, *whole, *slips):
                entries[i].kind = "total"
            return


def _closes_partly(entries: Sequence[Entry], total: Entry, rows: Sequence[int]) -> bool:
    """Whether a figure of a row, and not a nought, is the sum of others in its column."""
    figures = {column: read for column, read in total.values.items() if read[0]}
    return fit(figures, [entries[i].values for i in rows]).closed > 0


def _printed_as(entry: Entry) -> tuple[bool, tuple[int, ...]]:
    """How a row stands out: in its style, and by the columns that its words reach over."""
    return entry.styled, tuple(cell.column_span for cell in entry.texts)


def _try_unnamed_total(entries: list[Entry], position: int, typical: float) -> None:
    """Make a row a total because it closes: a bare or oddly named one, after or before lines."""
    entry = entries[position]
    if not any(value for value, _ in entry.values.values()):
        return
    was = entry.kind
    entry.kind = "total"
    scopes = _scopes(entries, position)
    entry.kind = was
    bare = len(entry.texts) <= 1 and typical >= 2
    hint = was == "orphan" or bare or entry.styled
    last = not any(e.values for e in entries[position + 1 :])
    for name in (
        "run", "named year", "banner", "section", "since grand", "all", "run after", "all after",
    ):  # fmt: skip
        rows = scopes[name]
        if len(rows) < 2:
            continue
        found = _fit(entries, entry, rows)
        if not found.whole:
            continue
        first = name.endswith("after")
        strong = len(rows) >= 3 and (found.closed >= 2 or len(rows) >= 4 or last)
        covers = last and not first and len(rows) >= 2
        if hint or (strong and not first) or covers or (first and len(rows) >= 4 and position == 0):
            entry.kind = "total"
            return
    stands_out = entry.styled or (entry.texts and all(cell.bold for cell in entry.texts))
    if was == "line" and stands_out and _sums_totals(entries, position):
        entry.kind = "total"


def _sums_totals(entries: Sequence[Entry], position: int) -> bool:
    """Whether a row that stands out is the sum of totals before it: `Net change`.

    The last two totals or more must close, in two columns of figures or more.
    """
    entry = entries[position]
    if sum(value != 0 for value, _ in entry.values.values()) < 2:
        return False
    groups: list[frozenset[int]] = []
    for before in entries[:position]:
        if before.kind == "total" and before.evidence.startswith("closes"):
            scope = frozenset(before.scope)
            groups = [g for g in groups if not g <= scope] + [scope]
    for chosen in _subsets(len(groups)) if len(groups) <= 10 else ():
        rows = _rows_of([groups[n] for n in chosen])
        found = _fit(entries, entry, rows)
        if found.whole and found.closed >= 2:
            return True
    return False


def sections_from_totals(entries: list[Entry], title: str | None, over: str | None) -> None:
    """Name sections by their totals where no banner or column does; give totals their section.

    The banner over the first section may have been read as the table's `title`; `over` is the
    heading over the labels where that is the name of the table's one section.
    """
    for position, entry in enumerate(entries):
        if entry.kind != "total":
            continue
        if over and plain(without_total_words(entry.label)) == plain(over):
            for i in entry.scope:
                entries[i].section = entries[i].section or over
            entry.section = over
            continue
        before = tuple(i for i in range(position) if entries[i].kind == "line")
        flat = {entries[i].outer for i in before} == {None}
        across = flat and len({entries[i].section for i in before}) > 1 and entry.scope == before
        if entry.grand or (across and entry.evidence.startswith("closes")):
            entry.section = None
            continue
        sections = {entries[i].section for i in entry.scope}
        named = without_total_words(entry.label)
        if title and plain(named) == plain(title):
            named = title
        if sections == {None} and named:
            for i in entry.scope:
                entries[i].section = named
            sections = {named}
        outers = {entries[i].outer for i in entry.scope}
        outer = next(iter(outers)) if len(outers) == 1 else None
        if outer is not None and named and same_section(plain(named), outer):
            entry.section = outer
        elif len(sections) == 1:
            entry.section = next(iter(sections))
        else:
            entry.section = (
                next(iter(outers)) if len(outers) == 1 and outers != {None} else named or None
            )

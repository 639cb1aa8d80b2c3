"""Names of sections: from headings over tables, from the totals that sum them up, from banners."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from extractors.budget.entries import total_words, without_total_words
from extractors.budget.rows import plain
from extractors.budget.shapes import shape
from extractors.budget.vocabulary import UNIT, row_words
from extractors.model import CARDS, Document, PrintedBudget, PrintedTotal, Table
from normalizers.years import parse_years
from pipeline.restatements import title_alone


def sections_above(
    document: Document, budgets: Sequence[PrintedBudget], award_totals: Sequence[PrintedTotal]
) -> dict[int, str]:
    """Section names for tables of one kind that each stand under a heading of their own."""
    tables = {table.number: table for table in document.tables}
    alike: dict[tuple[str, ...], list[int]] = {}
    for budget in budgets:
        if not budget.lines:
            continue
        if tables[budget.table].reader == CARDS:  # some have a label that others do without
            alike.setdefault((CARDS,), []).append(budget.table)
            continue
        if row_words("summary").search(tables[budget.table].title or ""):
            continue
        shape_of = tuple(_bare(column.heading) or column.role for column in budget.columns)
        alike.setdefault(shape_of, []).append(budget.table)
    found: dict[int, str] = {}
    paying = {budget.table for budget in budgets if budget.lines}
    for numbers in alike.values():
        if len(numbers) < 2:
            continue
        titles = {
            n: _banner_at_the_end(tables[n - 1] if n - 1 in paying else None)
            or section_title(tables[n])
            for n in numbers
        }
        known = [title for title in titles.values() if title]
        # Cards at the head of a page without a heading go on with those before.
        own = [t for n, t in titles.items() if tables[n].reader != CARDS or tables[n].title]
        apart = len(own) == len(set(own)) > 1
        if len(known) == len(numbers) and apart and all(map(_names_a_theme, known)):
            found |= {n: title for n, title in titles.items() if title}
    found |= _sections_that_totals_name(budgets, tables)
    summed = {total.section for total in award_totals if total.section}
    for budget in budgets:
        title = section_title(tables[budget.table])
        if title in summed and title and not any(line.section for line in budget.lines):
            found[budget.table] = title  # `Arts`, and beside it `£8,840 in four grants`
    return found


def _bare(heading: str) -> str:
    """A heading's words without its unit, which may stand over one column of them only."""
    return re.sub(r"\W+", " ", UNIT.sub(" ", heading).casefold()).strip()


def _sections_that_totals_name(
    budgets: Sequence[PrintedBudget], tables: Mapping[int, Table]
) -> dict[int, str]:
    """Headings of tables that their own totals name: `Total core grants` under `Core grants`.

    A table without a heading whose one total is `Capital programme` is that section.
    """
    found: dict[int, str] = {}
    for budget in budgets:
        title = section_title(tables[budget.table])
        if not budget.lines or any(line.section for line in budget.lines):
            continue
        named = [plain(without_total_words(total.label)) for total in budget.totals]
        if title is None:
            only = budget.totals[0].label if len(budget.totals) == 1 else ""
            if only and named == [plain(only)]:
                found[budget.table] = only
        elif any(
            len(name) > 3 and (plain(title).startswith(name) or plain(title).endswith(f" {name}"))
            for name in named
        ):
            found[budget.table] = _without_years(title)
    return found if sum(bool(budget.lines) for budget in budgets) > 1 else {}


def numbered_headings(document: Document) -> dict[str, str]:
    """Headings as they are printed, `4.1 Supporting victims`, each without its number.

    The number is the chapter's, and next year another's; a code (`220 Cemetery`) is part of a name,
    and so is a number that tells two headings of one name apart.
    """
    numbered = {
        f"{p.number} {p.text}": p.text
        for p in document.passages
        if p.kind == "heading" and p.number and _CHAPTER.fullmatch(p.number)
    }
    often = Counter(numbered.values())  # `4.1 Grants` and `5.1 Grants` are two
    return {printed: name for printed, name in numbered.items() if often[name] == 1}


_CHAPTER = re.compile(r"\d|\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+[.)]?")


def _without_years(title: str) -> str:
    """A title without the years at its end: `Capital programme 2024/25 to 2026/27`."""
    years = parse_years(title)
    if not years or re.search(r"[^\W\d_]", title[years[-1].end :]):
        return title
    return title[: years[0].start].rstrip(" ,:–-(") or title


def section_named(label: str, sections: Iterable[str]) -> str | None:
    """The section that a total in running text is of: `Total for Prevent`."""
    for mention in reversed(parse_years(label)):
        label = label[: mention.start] + label[mention.end :]
    bare = re.sub(
        r"\b(?:sub-?total|total|for|of|the|all|awards?|grants?|funding)\b", " ", label, flags=re.I
    )
    words = re.sub(r"\W+", " ", bare.casefold()).strip()
    known = {s: re.sub(r"\W+", " ", s.casefold()).strip() for s in sorted(sections)}
    alike = [s for s, name in known.items() if name == words]
    # `Strand A` is short for `Strand A – Larger projects`.
    begun = [s for s in known if re.split(r"\s*[–:-]\s+", s.casefold())[0] == words]
    return next(iter(alike), begun[0] if len(begun) == 1 else None)


def _names_a_theme(title: str) -> bool:
    """Whether a heading names a theme, not a table of its own (`Grants 2019/20`, `Contracts`)."""
    years = parse_years(title)
    rest = title if not years else title[: years[0].start] + title[years[-1].end :]
    money = row_words("money")
    others = re.findall(r"[^\W\d_]{4,}", money.sub(" ", rest))
    return len(others) > (1 if money.search(rest) else 0)


def _banner_at_the_end(table: Table | None) -> str | None:
    """A heading that the table before ends with: it stands over the next one."""
    if table is None:
        return None
    last = [c for c in table.cells if c.row == table.row_count - 1 and c.text.strip()]
    if len(last) != 1 or not (last[0].bold or last[0].column_span > 1) or len(last[0].text) > 80:
        return None
    return last[0].text if shape(last[0].text) == "text" else None


def _title_row(table: Table) -> str | None:
    """The words of a first row that stands over all the headings of a table."""
    filled = [[c for c in table.cells if c.row == row and c.text.strip()] for row in (0, 1)]
    if len(filled[0]) == 1 and len(filled[1]) > 1 and table.header_rows > 0:
        first = filled[0][0]
        if first.column_span == table.column_count > 1 and shape(first.text) == "text":
            return first.text
    return None


def section_title(table: Table) -> str | None:
    """The heading over a table as a section's name: its number and `Table 3:` are no part of it."""
    above = table.heading_path[-1] if table.heading_path else ""
    # A sentence under the heading describes the section, it does not name it.
    sentence = bool(table.title and re.search(r"\w{3}\.$", table.title))
    text = above if sentence and above else table.title or above
    text = _title_row(table) or text
    return title_alone(text) or None


def section_of_total(total: PrintedTotal, over: str | None, title: str | None) -> str | None:
    """The section of a total: its own, or the heading over its table, which it may abridge."""
    if total.section is None:
        return None if total_words(total.label) == "grand" else over
    longer = (name for name in (over, title) if name and abridges(total.section, name))
    return next(longer, total.section)


def sections_of_bare_totals(
    labels: Iterable[tuple[int, str]], paying: Mapping[int, Table]
) -> dict[int, str]:
    """Headings of tables whose totals name nothing: the `Total` of one of several `paying` tables
    is not that of the document. `labels` are those of totals without a section, by table.
    """
    bare = {table for table, label in labels if table in paying and _is_bare(label)}
    if len(paying) < 2:
        return {}
    titles = {table: section_title(paying[table]) for table in bare}
    return {table: title for table, title in titles.items() if title and not _is_money(title)}


def _is_bare(label: str) -> bool:
    """Whether a total's label names nothing: `Total`, `Total awarded`."""
    return total_words(label) == "total" and _is_money(without_total_words(label))


def _is_money(words: str) -> bool:
    """Whether words speak of money alone: `Grants 2019/20`, `awarded`."""
    return not re.search(r"[^\W\d_]{4,}", row_words("money").sub(" ", words))


def abridges(short: str, name: str) -> bool:
    """Whether a section's name is a heading's first or last words: `Priority 1` of `Priority 1:
    Safer streets`, `Committee` of `Amenities Committee`."""
    if plain(name).endswith(f" {plain(short)}"):
        return True
    rest = name[len(short) :] if name.casefold().startswith(short.casefold()) else ""
    return bool(re.match(r"\s*[:–—-]\s*\w", rest))

"""What surrounds a table's figures: its unit, and where years and phases are looked for.

A year is looked for in the column's heading, the row, the other headings, the table's title, its
caption, the section, the dates of the row and the document, in this order; a phase likewise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.budget.clauses import COUNT, YEAR, counted
from extractors.budget.closing import Worth
from extractors.budget.shapes import looks_like_money, shape
from extractors.budget.vocabulary import award_words, row_words
from extractors.model import (
    Cell,
    Document,
    Passage,
    PrintedAmount,
    PrintedBudget,
    PrintedLine,
    Table,
)
from normalizers.amounts import POUND, parse_amount, parse_unit
from normalizers.model import Phase
from normalizers.years import (
    financial_year,
    names_a_month,
    parse_years,
    phase_for_year,
    phase_of,
    without_definitions,
    year_of,
    year_within,
    years_in,
)

_UNIT_STATEMENT = re.compile(
    r"\b(?:figures?|amounts?|sums?|values?|tables?|budgets?|all)\b[^.]{0,60}\b(?:in|are|as|to)\b[^.]{0,40}"
    r"(?:£\s?[,.'’]?0{3}|thousands?|£\s?['’‘]?[km]\b|millions?)",
    re.I,
)

_UNIT_ALONE = re.compile(r"\(?£\s?[,.'’‘]?(?:0{3}['’]?s?|k|m|millions?|thousands?)\)?", re.I)


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a table's figures, in the order in which years and phases are looked for."""

    title: str
    caption: str
    section_above: str
    document_year: str | None
    document_phase: Phase | None
    unit_pence: int
    defined: Mapping[int, int]
    dash_is_zero: bool
    layout_years: Mapping[int, str]
    heading_year: str | None = None
    marked: tuple[Cell, ...] = ()  # the cells that call a footnote
    dated_names: bool = True  # most services name a year: `Grants 2023/24`, `Grants 2024/25`


def is_about_money(document: Document) -> bool:
    """Whether a document says at large that it is about money: in its title or by a unit."""
    opening = " ".join(_opening(document, None))
    return bool(row_words("money").search(opening)) or document_unit(document) != POUND


def document_unit(document: Document) -> int:
    """The unit that a document states once for all its tables; pounds where it states none.

    What is said of one section or table holds for that alone (see `table_unit`).
    """
    said = (
        unit
        for passage in document.passages
        for part, unit in _units_said(passage.text)
        if part is None and not _speaks_of_section(passage, document)
    )
    return next((unit for unit in said if unit not in {None, POUND}), POUND)


def _speaks_of_section(passage: Passage, document: Document) -> bool:
    """Whether a few words like `Amounts in £m` are said of their own section's tables alone:
    after sections with tables of their own, and over another."""
    path = passage.heading_path
    if not path or len(passage.text.split()) > 8 or re.search(r"\ball\b", passage.text, re.I):
        return False
    earlier = {p.heading_path for p in document.passages if p.order < passage.order} - {path}
    paths = {table.heading_path for table in document.tables}
    return path in paths and bool(paths & earlier)


_PART = r"(?:section|part|table|chart)"  # an annex is often the document
_OF_A_PART = re.compile(
    rf"\b(?:this|that|the following|the next|each) {_PART}\b|\b(?:table|figures) below\b"
    r"|\b(?P<named>(?:table|annex|appendix|part|section) (?:[A-Z]|\d{1,2}))\b",
    re.I,
)


def _unit_said_of(table: Table, document: Document) -> int | None:
    """The unit that running text states for this table by its number, or for its section."""
    by_number = f"table {table.number}" if table.title is None else ""
    titles = " ".join((table.title or by_number, *table.heading_path)).casefold()
    for passage in document.passages:
        for named, unit in _units_said(passage.text):
            if named is None and not _speaks_of_section(passage, document):
                continue
            if named:
                said = bool(re.search(rf"\b{re.escape(named)}\b", titles))
            else:
                path = passage.heading_path
                said = bool(path) and table.heading_path[: len(path)] == path
            if said:
                return unit
    return None


@lru_cache(maxsize=1 << 15)  # each table of a document asks again
def _units_said(text: str) -> tuple[tuple[str | None, int | None], ...]:
    """The units that a text states: for the document (None), its own part (empty), a named one."""
    found = []
    for sentence in _sentences(text) if _UNIT_STATEMENT.search(text) else ():
        part, match = _OF_A_PART.search(sentence), _UNIT_STATEMENT.search(sentence)
        if match:
            named = (part["named"] or "").casefold() if part else None
            found.append((named, parse_unit(match[0])))
    return tuple(found)


def table_unit(table: Table, document: Document) -> int:
    """The unit of a table's bare figures where no heading states one."""
    for text in (
        _unit_over_labels(table),
        table.subtitle,
        table.title,
        _full_width_words(table),
        *_unit_sentences(table.intro),
        *reversed(table.heading_path),
    ):
        if text:
            unit = parse_unit(text)
            if unit is not None:
                return unit
    said = _unit_said_of(table, document)
    unit = said or document_unit(document)
    if unit > POUND and (_prints_pence(table) or (said is None and _signs_alone(table, document))):
        return POUND
    return unit


def _prints_pence(table: Table) -> bool:
    """Whether nearly all sums of a table are pounds and pence, with the sign: `£38,500.00`."""
    sums = [c.text for c in table.cells if "£" in c.text and looks_like_money(c.text)]
    exact = sum(bool(re.search(r"\d,?\d{3}\.\d\d\b", text)) for text in sums)
    return len(sums) > 2 and exact > 0.6 * len(sums)


def _signs_alone(table: Table, document: Document) -> bool:
    """Whether a table prints all its sums with the sign and by the pound (`£64,500`), where
    others of the document print theirs bare: `All figures in £000` is said of those."""
    own = _sums(table)
    signed = bool(own) and all("£" in text for text in own)
    if not signed or not any(re.search(r"£\s?\d{1,3},\d{3}", text) for text in own):
        return False
    others = [_sums(other) for other in document.tables if other is not table and _pays(other)]
    if {text.strip("£ ") for text in own} & {text for sums in others for text in sums}:
        return False  # the same sum in both: they are of one unit
    return any(sums and not any("£" in text for text in sums) for sums in others)


def _pays(table: Table) -> bool:
    """Whether a heading of a table names a year or speaks of money, not of counts."""
    heads = [c.text for c in table.cells if c.row < max(1, table.header_rows)]
    return any(parse_years(text) or row_words("money").search(text) for text in heads)


def _sums(table: Table) -> list[str]:
    """The sums in a table's cells: figures with a mark of money."""
    texts = [c.text for c in table.cells if c.row >= table.header_rows]
    return [text for text in texts if looks_like_money(text) and shape(text) == "figure"]


def _unit_over_labels(table: Table) -> str | None:
    """The heading of the first column where it is a unit alone: `£000` speaks for the table."""
    heads = [c for c in table.cells if c.row < max(1, table.header_rows) and c.column == 0]
    return next((c.text for c in heads if _UNIT_ALONE.fullmatch(c.text.strip())), None)


def _full_width_words(table: Table) -> str:
    """Words of leading rows that run over most columns or stand alone: units are printed there."""
    leading = [c for c in table.cells if c.row < max(2, table.header_rows) and c.text.strip()]
    filled = Counter(cell.row for cell in leading)
    return " ".join(
        cell.text
        for cell in leading
        if cell.column_span >= max(2, table.column_count - 1)
        or (filled[cell.row] == 1 and cell.row < table.header_rows)
    )


_SUMS_REQUESTED = re.compile(
    r"\b(?:amounts?|sums?|figures?|totals?|columns?)\b[^.]*\b(?:request|sought|appl|ask|bid)", re.I
)


def _unit_sentences(text: str | None) -> list[str]:
    """The sentences before a table that may state its unit: the last, and those that say so in few
    words (`All figures £000.`)."""
    *before, last = _sentences(text)
    return [last, *(sentence for sentence in before if len(sentence.split()) <= 8)]


def _sentences(text: str | None) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", (text or "").strip())


def worth_of(table: Table, document: Document) -> Worth:
    """The reader of figures that `extractors.budget.read_budget` does its arithmetic with."""
    unit = table_unit(table, document)

    def worth(text: str, heading: str) -> tuple[int, int] | None:
        read = parse_amount(text, parse_unit(heading) or unit)
        return None if read.pence is None else (read.pence, read.precision_pence)

    return worth


def all_texts(document: Document) -> Iterable[str]:
    yield from (passage.text for passage in document.passages)
    for table in document.tables:
        yield from (cell.text for cell in table.cells)
        yield from (text for text in (table.title, table.subtitle, table.intro) if text)
        yield from (note.text for note in table.notes)


def _opening(document: Document, title: str | None) -> list[str]:
    """The texts that speak for the whole document: its title, first headings, file name."""
    first = [title] if title else []
    first += [p.text for p in document.passages if p.kind == "title"][:3]
    first += [p.text for p in document.passages if p.kind == "heading"][:3]
    first += [value for name, value in document.properties if name.lower() == "title"]
    first += [p.text for p in document.passages if p.kind in {"page_header", "page_footer"}][:2]
    first.append(re.sub(r"\.\w+$", "", document.file.rsplit("/", 1)[-1]).replace("_", " "))
    return [text for text in first if text]


@cache
def _of_all_sums() -> re.Pattern[str]:
    """`All awards are for the financial year 2025/26 unless it is said otherwise.`, `Fifteen
    organisations will share £116,940 from the fund in 2025/26.`"""
    awards = award_words("awards").pattern
    return re.compile(
        rf"\b(?:all|every|each)\s+(?:of the\s+)?(?:\w+\s+)?"
        rf"(?:{awards}|award|grant|contract|sums?|amounts?|figures?|payments?|budgets?)\b[^.]*"
        r"\b(?:is|are|relates?|was|were|covers?)\s+(?:all\s+)?(?:(?:for|to|of|in)\s+)?(?:the\s+)?"
        rf"(?:financial\s+)?(?:years?\s+)?{YEAR}|"
        rf"^{COUNT}\s+(?:\w+\s+){{0,2}}(?:{awards})\b"
        r"[^.]*\b(?:will|are to|have|has|to)\s+(?:share|receive|get|benefit)",
        re.I,
    )


def document_year(document: Document, title: str | None) -> str | None:
    for text in _opening(document, title):
        year = year_of(text, calendar=False)
        if year:
            return year
    months = {year_of(text) for text in _opening(document, title) if _is_span(text)}
    if len(months) == 1:
        return months.pop()  # `1 January to 31 December 2023`
    told = {
        year
        for p in document.passages
        for sentence in _sentences(p.text)
        if _of_all_sums().search(sentence) and (year := year_of(sentence, calendar=False))
    }
    if len(told) == 1:
        return told.pop()
    # The one year that the running text speaks of, where it speaks of one only.
    named = {
        m.year
        for p in document.passages
        for m in parse_years(without_definitions(p.text))
        if not m.calendar and m.count == 1
    }
    return named.pop() if len(named) == 1 else None


def document_phase(document: Document, title: str | None) -> Phase | None:
    return next(
        (phase for text in _opening(document, title)[:2] if (phase := phase_of(text))), None
    )


def dash_is_zero(budget: PrintedBudget, table: Table) -> bool:
    """What a dash means in this table's amounts: zero, unless zeros are printed or dashes fill
    cells of words too (then it is a filler and means nothing)."""
    amounts = [a.text for line in budget.lines for a in line.amounts]
    amount_columns = {c.index for c in budget.columns if c.role == "amount"}
    if any(parse_amount(text).kind == "zero" for text in amounts):
        return False
    return not any(
        shape(cell.text) == "dash" for cell in table.cells if cell.column not in amount_columns
    )


def heading_year(budget: PrintedBudget, defined: Mapping[int, int]) -> str | None:
    """The one year that a table's headings of figures name, for those that name none themselves."""
    numbers = {"amount", "difference", "percentage", "other"}
    headings = [c.heading for c in budget.columns if c.role in numbers]
    years = {year for heading in headings if (year := year_of(heading, defined, calendar=False))}
    return years.pop() if len(years) == 1 else None


def find_year(
    printed: PrintedAmount, line: PrintedLine | None, setting: Setting
) -> tuple[str | None, str | None]:
    """The financial year of a figure and what says so, or None twice.

    A sum `over three years` is of as many from the year that its title, section or document names.
    """
    year, source = _year_and_source(printed, line, setting)
    if year and source in {"title", "caption", "section", "document"} and len(years_in(year)) == 1:
        notes = [text for role, text in line.fields if role == "note"] if line is not None else []
        told = (m for m in (_OVER_YEARS.search(printed.raw), *map(_OVER_YEARS.match, notes)) if m)
        if match := next(told, None):
            first, count = int(year[:4]), counted(match[1])
            return financial_year(first, first + (count or 1) - 1), source
    return year, source


_OVER_YEARS = re.compile(
    r"(?:paid |spread |payable )?\bover (?:the next )?(two|three|four|five|[2-5])[ -]years?\b"
    r"(?! old)",
    re.I,
)


def _year_and_source(
    printed: PrintedAmount, line: PrintedLine | None, setting: Setting
) -> tuple[str | None, str | None]:
    if printed.column in setting.layout_years:
        return setting.layout_years[printed.column], "layout"
    for heading in (printed.heading, printed.over):
        calendar = not names_a_month(heading)
        if year := year_of(heading, setting.defined, calendar=calendar) or year_within(heading):
            return year, "heading"
    if line is not None:
        if _WHOLE_TERM.search(printed.words) and (term := _term(line)):
            return term, "label"
        for role, text in line.fields:
            if role == "reference" and shape(text) == "year" and (year := year_of(text)):
                return year, "label"
        for role, text in line.fields:
            told = role == "reference" and shape(text) in {"text", "date"}
            if told and (year := year_of(text, setting.defined, calendar=_is_span(text))):
                return year, "label"
    around = _year_around(setting)
    named = next((text for role, text in line.fields if role == "service"), "") if line else ""
    # `Return of 2023/24 underspend` among services without years is of the table's own year.
    if (setting.dated_names or around is None) and (
        year := year_of(named, setting.defined, calendar=False)
    ):
        return year, "label"
    if around:
        return around
    if line is not None and line.section:
        # `Round 1: confirmed July 2024` is when it was decided.
        calendar = not names_a_month(line.section)
        if year := year_of(line.section, setting.defined, calendar=calendar):
            return year, "section"
    if year := year_of(setting.section_above, calendar=False):
        return year, "section"
    if line is not None:
        dated = {
            year for role, text in line.fields if role == "reference" and (year := _dated(text))
        }
        if len(dated) == 1:
            return dated.pop(), "label"
    if setting.document_year:
        return setting.document_year, "document"
    return None, None


def _year_around(setting: Setting) -> tuple[str, str] | None:
    """The year of a table's other headings, its title or its caption, and which it was."""
    if setting.heading_year:
        return setting.heading_year, "heading"
    for source, text in (("title", setting.title), ("caption", setting.caption)):
        if year := year_of(text, setting.defined, calendar=False):
            return year, source
    return None


def _is_span(text: str) -> bool:
    """Whether a text gives the months of a calendar year (`Jan–Dec 2024`), not a date in it."""
    return any(m.calendar and len(m.printed) > 8 for m in parse_years(text))


# A sum for the whole term of a contract, not for a year of it.
_WHOLE_TERM = re.compile(
    r"\b(?:total|whole|full|lifetime|overall)\b.*\b(?:contract|term|life|value)\b", re.I
)


def _term(line: PrintedLine) -> str | None:
    """The financial years between the first and the last date that a line prints."""
    years = [year for role, text in line.fields if role == "reference" and (year := _dated(text))]
    if len(years) < 2:
        return None
    first, last = int(min(years)[:4]), int(max(years)[:4])
    return financial_year(first, last)


_DATE = re.compile(r"(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4}|\d\d)")


def _dated(text: str) -> str | None:
    """The financial year in which a printed day falls."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        return None
    year = int(match["y"]) if len(match["y"]) == 4 else 2000 + int(match["y"])
    month, day = int(match["m"]), int(match["d"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    begins = year if (month, day) >= (4, 1) else year - 1
    return f"{begins}-{(begins + 1) % 100:02d}"


def find_phase(
    printed: PrintedAmount, line: PrintedLine | None, setting: Setting, year: str | None
) -> tuple[Phase, str | None]:
    found = phase_of(printed.heading) or phase_of(printed.over)
    if found and found != "budget":
        return found, "heading"
    if year and (special := phase_for_year(setting.title, year)):
        return special, "title"
    if found:
        return found, "heading"
    if found := phase_of(setting.title):
        return found, "title"
    caption = _sentences(setting.caption)[-1]
    found = phase_of(caption)
    # `Members asked for a separate service` says nothing of the sums below.
    if found and (found != "requested" or _SUMS_REQUESTED.search(caption)):
        return found, "caption"
    if line is not None and line.section and (found := phase_of(line.section)):
        return found, "section"
    if setting.document_phase:
        return setting.document_phase, "document"
    return "budget", None


def setting_outside(
    document: Document,
    above: str,
    defined: Mapping[int, int],
    document_year: str | None,
    document_phase: Phase | None,
    intro: str = "",
) -> Setting:
    """The setting of figures in running text: the words before them, the headings above and the
    document."""
    return Setting(
        title="",
        caption=intro,
        section_above=above,
        document_year=document_year,
        document_phase=document_phase,
        unit_pence=POUND,
        defined=defined,
        dash_is_zero=False,
        layout_years={},
    )

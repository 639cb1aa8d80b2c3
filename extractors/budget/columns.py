"""What each column of a table holds, from its heading, the shapes of its cells, its position."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.budget.entries import (
    named_by_total,
    part_named,
    total_words,
    without_total_words,
)
from extractors.budget.header import YEAR_HEADING, Header
from extractors.budget.not_money import (
    LOOKS_LIKE_MONEY,
    UNCALLED,
    need_sign_of_money,
    without_counts,
    without_page_numbers,
)
from extractors.budget.profiles import Profile, profile_of
from extractors.budget.rows import Row, plain
from extractors.budget.shapes import has_digit
from extractors.budget.vocabulary import award_words, roles_of, row_words
from extractors.model import Column, Role, Table

_YEAR_ALONE = re.compile(
    r"(?:fy\s?)?(?:(?:19|20)\d\d|\d\d)(?:\s?[/–-]\s?\d{1,4})?|(?:year|yr|blwyddyn)\s?\d", re.I
)
_NAMING: tuple[Role, ...] = ("service", "provider", "provision", "section")
_OF_A_YEAR = re.compile(r"\byear\s+(?:20)?\d\d\s?[/–-]\s?\d\d$", re.I)
_NUMERIC = {"amount", "percentage", "difference"}
_NAMED_BY_AREA = "an area names the rows"
_FOR = re.compile(r"for(?: what)?[:?]?", re.I)
_SIGNS = re.compile(r"\([+−–-]\)")


def number_roles(heading: str) -> tuple[tuple[float, Role, str], ...]:
    """The roles of a column of figures by its heading; `Over (+) / under (-)` is `Over / under`."""
    return roles_of(" ".join(_SIGNS.sub(" ", heading).split()), "number")


def _is_numeric(profile: Profile, heading: str) -> bool:
    shown = profile.figures + profile.percents
    if profile.figures or _is_amount_heading(heading):
        shown += profile.bare_years
    counted = profile.filled - profile.dashes
    if counted == 0:
        return bool(profile.dashes and number_roles(heading)[:1])
    return shown >= 0.6 * counted


def _is_amount_heading(heading: str, least: float = 0) -> bool:
    """Whether a heading is a year's or speaks of money, with at least so much weight."""
    scored = number_roles(heading)
    money = scored and scored[0][1] == "amount" and scored[0][0] >= least
    return bool(YEAR_HEADING.search(heading) or money)


_GROUPING: tuple[Role, ...] = ("mechanism", "section")


def infer_columns(
    table: Table, header: Header, body: tuple[Row, ...], about_money: bool = False
) -> tuple[Column, ...]:
    """The role of every column, with the evidence for it.

    `about_money` says that the document at large is about money (see `_need_sign_of_money`).

    Columns of figures and columns of words have vocabularies of their own, so that a `Grant`
    above figures is an amount and above words a service.
    """
    profiles = [profile_of(column, body) for column in range(table.column_count)]
    context = " ".join(
        part
        for part in (table.title, table.subtitle, *header.titles, *table.heading_path[-1:])
        if part
    )
    columns = [
        _number_column(i, header.headings[i], profile, context)
        if _is_numeric(profile, header.headings[i])
        else _other_column(i, header.headings[i], profile)
        for i, profile in enumerate(profiles)
    ]
    if header.headings and named_by_total(header.headings[0], body):
        columns[0] = Column(0, "other", header.headings[0], "its total says that it is a section")
    columns = _codes_before_names(columns, profiles)
    columns = without_page_numbers(columns, body)
    columns = need_sign_of_money(columns, profiles, table, context, about_money)
    columns = without_counts(columns, profiles, table)
    named = _kinds_of_funding(_name_columns(columns, profiles), profiles)
    named = _areas_below_banners(named, profiles, body)
    named = _summed_by_rows(named, body)
    about = f"{context} {' '.join(table.heading_path)} {table.intro or ''}"
    return tuple(_paid_by_title(_paid_for_purposes(named, profiles, about), context))


def _number_column(index: int, heading: str, profile: Profile, context: str) -> Column:
    percent_words = profile.percents > profile.figures
    scored = number_roles(heading)
    if percent_words:
        return Column(index, "percentage", heading, "its cells are percentages")
    if _YEAR_ALONE.fullmatch(heading.strip()) and (profile.figures or profile.bare_years):
        return Column(index, "amount", heading, "heading: a year")
    if scored:
        score, role, words = scored[0]
        # Whatever its heading, a column of pounds holds no count and no reference.
        counted = role == "reference" and (2 * profile.pounds > profile.filled or "£" in heading)
        # `Extension year 2026/27` is a year of money.
        counted = counted or bool(_OF_A_YEAR.search(heading))
        if not counted and (role == "amount" or score >= 1 or not profile.money):
            return Column(index, role, heading, f"heading: {words}")
    if YEAR_HEADING.search(heading):
        return Column(index, "amount", heading, "heading: a year")
    if profile.money:
        return Column(index, "amount", heading, LOOKS_LIKE_MONEY)
    if not heading and profile.figures:
        return Column(index, "amount", heading, "figures without a heading")
    return Column(index, "other", heading, UNCALLED)


def _other_column(index: int, heading: str, profile: Profile) -> Column:
    if profile.filled == 0:
        number = number_roles(heading)
        if heading and (
            YEAR_HEADING.search(heading)
            or (number and number[0][1] == "amount" and number[0][0] >= 2)
        ):
            return Column(index, "amount", heading, "heading, though no cell is filled")
        text = roles_of(heading, "text")
        return Column(index, text[0][1] if text else "other", heading, "no cell is filled")
    if profile.dates + profile.codes + profile.years > 0.5 * profile.filled:
        text = roles_of(heading, "text")
        role: Role = text[0][1] if text and text[0][1] == "priority" else "reference"
        return Column(index, role, heading, "its cells are dates, years or codes")
    if _is_amount_heading(heading) and profile.money * 3 >= profile.filled:
        return Column(index, "amount", heading, "heading, and cells that look like money")
    scored = roles_of(heading, "text")
    if scored:
        score, role, words = scored[0]
        number = number_roles(heading)
        if (
            number
            and number[0][1] == "amount"
            and number[0][0] > score
            and profile.money * 2 >= profile.filled
        ):
            return Column(index, "amount", heading, f"heading: {number[0][2]}")
        return Column(index, role, heading, f"heading: {words}" + (" (weak)" if score < 1 else ""))
    if _FOR.fullmatch(heading.strip()):
        return Column(index, "provision", heading, "heading: what the money is for")
    return Column(index, "other", heading, "no known heading")


def _kinds_of_funding(columns: list[Column], profiles: list[Profile]) -> list[Column]:
    """A `Scheme` that comes round for organisations, each with a purpose, is how they are paid."""
    by_role = {column.role: column for column in columns}
    service, provider = by_role.get("service"), by_role.get("provider")
    if service is None or provider is None or "provision" not in by_role:
        return columns
    grouping, naming = profiles[service.index], profiles[provider.index]
    if grouping.filled < 8 or grouping.distinct > 0.3 or naming.distinct < 0.7:
        return columns
    role: Role | None = next((r for r in _GROUPING if r not in by_role), None)
    if role is None:
        return columns
    said = f"comes round for many organisations ({service.evidence})"
    return [replace(c, role=role, evidence=said) if c is service else c for c in columns]


def _paid_for_purposes(
    columns: list[Column], profiles: list[Profile], context: str
) -> list[Column]:
    """Names without a heading are of those who are paid, where grants have a purpose each.

    Where no column has a heading, the words beside the names are the purposes.
    """
    by_role = {column.role: column for column in columns}
    service, purpose = by_role.get("service"), by_role.get("provision")
    if service is None or service.heading or "provider" in by_role:
        return columns
    if not award_words("grants").search(context):
        return columns
    if not any(column.heading for column in columns):
        beside = [c for c in columns if c.role == "other" and profiles[c.index].words]
        purpose = purpose or (beside[0] if len(beside) == 1 else None)
    elif purpose is not None and not row_words("purpose").search(purpose.heading):
        return columns
    if purpose is None:
        return columns
    said = "names without a heading beside the purpose of a grant"
    roles: dict[int, Role] = {service.index: "provider", purpose.index: "provision"}
    return [
        replace(c, role=roles[c.index], evidence=said) if c.index in roles else c for c in columns
    ]


def _areas_below_banners(
    columns: list[Column], profiles: list[Profile], body: tuple[Row, ...]
) -> list[Column]:
    """A column that may hold areas (`Division`) groups nothing where banners do."""
    banners = sum(len(r.filled) == 1 and not has_digit(r.filled[0].text) for r in body)
    if banners < 2 or any(c.role == "reach" for c in columns):
        return columns
    return [
        replace(c, role="reach", evidence=f"areas, below banners ({c.evidence})")
        if c.role == "section"
        and not profiles[c.index].merged
        and any(role == "reach" for _, role, _ in roles_of(c.heading, "text"))
        else c
        for c in columns
    ]


def _summed_by_rows(columns: list[Column], body: tuple[Row, ...]) -> list[Column]:
    """A column groups the rows where rows that name nothing else sum up most of its values (`of
    which Core funding`, `Homelessness total`)."""
    if any(c.role == "section" for c in columns):
        return columns
    named = set()
    for row in body:
        words = [c for c in row.filled if columns[c.column].role not in _NUMERIC]
        if len(words) == 1 and (part_named(words[0].text) or total_words(words[0].text)):
            named.add(plain(without_total_words(words[0].text)))
    for column in columns:
        if column.role not in {"mechanism", "service", "note", "reach", "other"}:
            continue
        own = (c for row in body for c in row.filled if c.column == column.index)
        values = {plain(c.text) for c in own if c.column_span == 1}
        if len(values & named) > 1 and 2 * len(values & named) > len(values):
            said = f"its values are summed up ({column.evidence})"
            return [
                replace(c, role="section", evidence=said) if c is column else c for c in columns
            ]
    return columns


_GIVEN_TO = re.compile(
    r"\b(?:grants?|awards?|payments?|contributions?)\s+(?:made |paid |awarded )?to\s", re.I
)


def _paid_by_title(columns: list[Column], context: str) -> list[Column]:
    """Areas that name the rows are who is paid, where the title says so: `Grants to districts`."""
    if any(c.role == "provider" for c in columns) or not _GIVEN_TO.search(context):
        return columns
    return [
        replace(c, role="provider") if c.role == "service" and _NAMED_BY_AREA in c.evidence else c
        for c in columns
    ]


def _codes_before_names(columns: list[Column], profiles: list[Profile]) -> list[Column]:
    """Bare whole numbers before the names are codes where others are money.

    They have no heading, or that of the names beside them (`Cost centre`).
    """
    names = next((i for i, p in enumerate(profiles) if 2 * p.words > p.filled), 0)
    headed = any(c.role == "amount" and c.heading and c.index > names for c in columns)
    return [
        replace(column, role="reference", evidence="bare numbers before the names")
        if headed
        and column.index < names
        and column.role == "amount"
        and not _is_amount_heading(column.heading, least=1)
        and not profiles[column.index].money
        else column
        for column in columns
    ]


def _groups_rows(columns: list[Column], profiles: list[Profile], first: int) -> bool:
    """Whether a first column without a known heading is of themes in merged cells beside who is
    paid, or what for."""
    names = [profiles[c.index].filled for c in columns if c.role in {"provider", "service"}]
    return profiles[first].merged and 2 * profiles[first].filled <= max(names, default=0)


def _says_how(profile: Profile) -> bool:
    return profile.mechanisms >= 0.6 and profile.distinct < 0.7


def _is_award(heading: str) -> bool:
    return any(award_words(name).search(heading) for name in ("grants", "given"))


def _name_columns(columns: list[Column], profiles: list[Profile]) -> list[Column]:
    """Fill in the roles that headings left open, and leave each single role to one column."""
    named = list(columns)
    weak = [c.index for c in named if c.role == "other" and profiles[c.index].words]
    taken = {c.role for c in named}

    def give(index: int, role: Role, why: str) -> None:
        named[index] = replace(named[index], role=role, evidence=why)
        taken.add(role)
        if index in weak:
            weak.remove(index)

    single = ("service", "provider", "mechanism", "reach", "section", "provision")
    for role in single:
        holders = [c for c in named if c.role == role]
        if len(holders) > 1:
            # `Programme` that groups the rows stands beside `Project` that names them.
            naming = [c for c in holders if profiles[c.index].distinct > 0.7]
            grouped = any(profiles[c.index].distinct < 0.6 for c in holders)
            strongest = max(
                naming if role == "service" and grouped and naming else holders,
                key=lambda c: (
                    max((s for s, r, _ in roles_of(c.heading, "text") if r == role), default=0),
                    -c.index,
                ),
            )
            for column in holders:
                if column is not strongest:
                    second = next(
                        (
                            r
                            for s, r, _ in roles_of(column.heading, "text")
                            if r not in taken and s >= 0.5
                        ),
                        None,
                    )
                    if role == "section" and "service" not in taken:
                        second = "service"
                    elif (
                        role == "service"
                        and second is None
                        and "section" not in taken
                        and (
                            column.index < strongest.index
                            or (
                                profiles[column.index].distinct < 0.5
                                and profiles[column.index].words > 5
                            )
                        )
                    ):
                        second = "section"
                    elif role == "service" and second is None and "provision" not in taken:
                        second = "provision"
                    if second:
                        give(column.index, second, f"a second {role} column")
                    else:
                        named[column.index] = replace(
                            column, role="note", evidence=f"a second {role} column"
                        )
    for index in list(weak):
        profile = profiles[index]
        if named[index].heading:
            # A heading that no word list knows, over nothing but organisations.
            if not {"provider", "service"} & taken:
                if profile.organisations >= 0.6:
                    give(index, "provider", "its cells name organisations")
            elif "mechanism" not in taken and _says_how(profile):
                give(index, "mechanism", "its cells say how it is funded")
            continue
        if (
            "provider" not in taken
            and profile.organisations >= 0.4
            and profile.organisations > profile.mechanisms
        ):
            give(index, "provider", "its cells name organisations")
        elif "mechanism" not in taken and _says_how(profile):
            give(index, "mechanism", "its cells say how it is funded")
        elif "reach" not in taken and profile.places >= 0.6 and index > 0:
            give(index, "reach", "its cells name areas")
    provision = next((c for c in named if c.role == "provision"), None)
    if provision is not None and "service" not in taken and profiles[provision.index].names >= 0.8:
        taken.discard("provision")
        give(provision.index, "service", f"its cells are names ({provision.evidence})")
    groups = named[0] if named and named[0].role == "priority" else None
    if groups is not None and "section" not in taken and len(named) > 3:
        profile = profiles[0]
        if profile.words and (profile.merged or profile.distinct < 0.7) and not profile.codes:
            give(0, "section", f"its cells group the rows ({groups.evidence})")
    leftmost = next((c.index for c in named if profiles[c.index].words), None)
    if leftmost is not None and "service" not in taken:
        open_text = [i for i in weak if profiles[i].length <= 80] or weak
        first = leftmost if leftmost in weak else None
        if "provider" not in taken:
            chosen = first if first is not None else (open_text[0] if open_text else None)
            if chosen is not None:
                give(chosen, "service", "the first column of words")
            elif named[leftmost].role in {"section", "provision", "reach"}:
                area = named[leftmost].role == "reach"
                said = _NAMED_BY_AREA if area else "names the rows"
                give(leftmost, "service", f"{said} ({named[leftmost].evidence})")
        elif first is not None and "section" not in taken and _groups_rows(named, profiles, first):
            give(first, "section", "its cells group the rows")
        elif first is not None:
            give(first, "service", "the first column of words")
        elif (section := next((c for c in named if c.role == "section"), None)) is not None and (
            profiles[section.index].distinct >= 0.9
            and not profiles[section.index].merged
            and 2 * profiles[section.index].filled > max(p.filled for p in profiles)
        ):
            give(section.index, "service", f"groups nothing ({section.evidence})")
        elif (
            open_text
            and profiles[open_text[0]].length <= 60
            and profiles[open_text[0]].descriptions < 0.5
            and not named[open_text[0]].heading
        ):
            give(open_text[0], "service", "a column of short words")
    elif leftmost in weak and "section" not in taken and _groups_rows(named, profiles, leftmost):
        give(leftmost, "section", "its cells group the rows")
    elif leftmost is not None and leftmost in weak and not named[leftmost].heading:
        # Titles without a heading, and beside them longer words: the titles are the names.
        holder = next(c.index for c in named if c.role == "service")
        described = profiles[leftmost].length < 0.7 * profiles[holder].length
        awarded = any(c.role == "amount" and _is_award(c.heading) for c in named)
        if profiles[leftmost].distinct >= 0.8:
            if awarded and "provider" not in taken and (described or "provision" in taken):
                give(leftmost, "provider", "titles over what each grant is for")
            elif described and "provision" not in taken:
                give(holder, "provision", "describes what the first column names")
                give(leftmost, "service", "the first column of words")
    for index in sorted(weak, key=lambda i: -profiles[i].length):
        if "provision" not in taken and profiles[index].length > 25 and not named[index].heading:
            give(index, "provision", "the column of the longest words")
    return named

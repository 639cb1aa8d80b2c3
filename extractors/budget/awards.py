"""Awards printed outside tables: bullets, label lines under a heading, cards of labels and values.

A sum in ordinary prose is no award line. What is read must be shaped like a list: several entries
of one pattern, or several cards with the same labels.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from extractors.budget.prose import project_and_purpose, told_awards
from extractors.budget.rows import plain
from extractors.budget.shapes import shape
from extractors.budget.splitting import reads_like_name, split_cell
from extractors.budget.vocabulary import (
    HERE,
    VocabularyError,
    roles_of,
    row_words,
    whole_words,
)
from extractors.model import (
    Cell,
    Document,
    Passage,
    PrintedAmount,
    PrintedLine,
    PrintedTotal,
    Role,
    Table,
)

_KEYS = {"context", "recipients", "purpose", "sentence", "english"}
_RUNNING = {"paragraph", "list_item", "text_box", "heading"}


@cache
def _words(name: str) -> re.Pattern[str]:
    data = tomllib.loads((HERE / "awards.toml").read_text(encoding="utf-8"))
    if set(data) != _KEYS or any(set(entry) != {"words"} for entry in data.values()):
        raise VocabularyError(f"awards.toml: must have exactly {sorted(_KEYS)}, each with `words`")
    return whole_words(data[name]["words"])


@dataclass(frozen=True, slots=True)
class Awards:
    """The awards of a document in printed order, and totals printed under them."""

    lines: tuple[PrintedLine, ...] = ()
    totals: tuple[PrintedTotal, ...] = ()


def read_awards(document: Document) -> tuple[PrintedLine, ...]:
    """The awards that a document prints outside its tables, each once.

    `row` is None and `passage` the order of the passage that holds the amount; the column of an
    amount counts the awards of its passage. A page that prints the list again in another
    language, or prose that repeats an award, adds nothing.
    """
    return find_awards(document).lines


def find_awards(document: Document) -> Awards:
    """The awards outside tables, with the totals printed under them."""
    passages = [p for p in document.passages if p.kind in _RUNNING and p.text.strip()]
    listed = _awards_of(untangle(passages))
    return Awards(tuple(listed or _told(passages)), tuple(_totals(passages)))


_TOTAL_LINE = re.compile(
    r"(?P<label>(?:grand |overall )?total\b[^£:]{0,60}?)\s*(?::|\t|–|-|=|of|is)?\s*"
    r"(?P<amount>£\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:k|m|million|thousand)\b)?)\.?",
    re.I,
)


def _totals(passages: Sequence[Passage]) -> Iterator[PrintedTotal]:
    """Lines such as `Total awarded: £53,850`."""
    for passage in passages:
        match = _TOTAL_LINE.fullmatch(passage.text.strip())
        if match:
            label, text = match["label"].strip(), match["amount"]
            amount = PrintedAmount(0, label, text, text, passage.marks, passage.places)
            yield PrintedTotal(passage.order, label, None, (amount,), passage.places)


def _told(passages: Sequence[Passage]) -> list[PrintedLine]:
    """Awards told in sentences, where three or more are; a list in the document says it better."""
    told = told_awards(passages)
    context = " ".join(p.text for p in passages if p.kind in {"title", "heading", "paragraph"})
    if len(told) < 3 or not _words("context").search(context):
        return []
    lines = []
    for award in told:
        service, provision = project_and_purpose(award.rest)
        fields: list[tuple[str, str]] = [("provider", award.name)]
        fields += [("service", service)] if service else []
        fields += [("provision", provision)] if provision else []
        amount = PrintedAmount(
            award.number,
            "",
            award.amount,
            award.amount,
            award.passage.marks,
            award.passage.places,
        )
        lines.append(
            PrintedLine(
                row=None,
                section=None,
                fields=tuple(fields),
                amounts=(amount,),
                passage=award.passage.order,
                places=award.passage.places,
            )
        )
    return _once(lines)


def read_cells(table: Table) -> tuple[PrintedLine, ...]:
    """The awards printed in the cells of a table that has no column of amounts.

    Cards side by side and lists set in columns come as such tables: each column is read downwards
    as running text. `row` is the row of the cell that holds the amount.
    """
    path = tuple(text for text in (*table.heading_path[-1:], table.title, table.intro) if text)
    cells = sorted(
        (cell for cell in table.cells if cell.text.strip()), key=lambda c: (c.column, c.row)
    )
    some_bold = sum(cell.bold for cell in cells) <= 0.6 * len(cells)
    passages = [
        Passage(
            number,
            "paragraph",
            cell.text,
            level=cell.column + 1,
            heading_path=path,
            places=cell.places,
            marks=cell.marks,
            bold=cell.bold and some_bold,
        )
        for number, cell in enumerate(cells)
    ]
    labelled = _labels_down(table)
    if labelled:
        cells = [value for _, value in labelled]
        passages = [
            Passage(
                n,
                "paragraph",
                f"{label.text.rstrip(' :')}: {value.text}",
                heading_path=path,
                places=value.places,
                marks=value.marks,
            )
            for n, (label, value) in enumerate(labelled)
        ]
    found = []
    for line in _awards_of(passages):
        cell = cells[line.passage or 0]
        amounts = tuple(replace(amount, column=cell.column) for amount in line.amounts)
        section = line.section if line.section not in path else None
        found.append(replace(line, row=cell.row, passage=None, amounts=amounts, section=section))
    return tuple(found)


def _labels_down(table: Table) -> list[tuple[Cell, Cell]]:
    """Labels and values of a table that prints one fact a row, its label in the first column."""
    at = {(cell.row, cell.column): cell for cell in table.cells if cell.text.strip()}
    rows = sorted({row for row, column in at if column == 0})
    pairs = [(at[row, 0], at[row, 1]) for row in rows if (row, 1) in at]
    known = sum(_is_bare_label(label.text.rstrip(" :")) for label, _ in pairs)
    return pairs if table.column_count == 2 and known >= 3 and known * 2 >= len(pairs) else []


def _awards_of(passages: Sequence[Passage]) -> list[PrintedLine]:
    cards, used = _cards(passages)
    entries = _entries([p for p in passages if p.order not in used])
    return _once(_sectioned([*cards, *entries]))


def untangle(passages: Sequence[Passage]) -> list[Passage]:
    """Passages with columns that were read across (`Tea and Tech⇥Green Corner`) read downwards.

    A run of passages is taken apart where most of its lines have the same number of tabs.
    """
    found: list[Passage] = []
    run: list[Passage] = []
    for passage in (*passages, None):
        if (
            passage is not None
            and len(passage.text) <= 160
            and passage.kind in {"paragraph", "heading"}
        ):
            run.append(passage)
            continue
        found += _untangled(run)
        run = []
        if passage is not None:
            found.append(passage)
    return found


def _untangled(run: Sequence[Passage]) -> list[Passage]:
    tabbed = [p for p in run if "\t" in p.text]
    if len(tabbed) < 4 or not all(p.places and p.places[0].box for p in run):
        return list(run)
    start, end = run.index(tabbed[0]), run.index(tabbed[-1]) + 1
    block = run[start:end]
    count = Counter(p.text.count("\t") for p in tabbed).most_common(1)[0][0] + 1
    if len(tabbed) * 2 < len(block):
        return list(run)
    boxes = [place.box for p in block for place in p.places[:1] if place.box]
    left, right = min(b.x0 for b in boxes), max(b.x1 for b in boxes)
    columns: list[list[Passage]] = [[] for _ in range(count)]
    for passage in block:
        parts = passage.text.split("\t")
        box = passage.places[0].box
        assert box is not None
        first = 0
        if len(parts) == 1:
            first = min(count - 1, int((box.x0 - left) / max(1.0, right - left) * count + 0.1))
        for number, part in enumerate(parts):
            at = min(count - 1, first + number)
            columns[at].append(replace(passage, text=part))
    return [*run[:start], *(p for column in columns for p in column), *run[end:]]


# --- cards: labels and values ---------------------------------------------------------


@dataclass(slots=True)
class _Card:
    """One card being read: its name, its labelled values by role, its amounts."""

    name: str | None
    heading_path: tuple[str, ...]
    fields: list[tuple[str, str]] = field(default_factory=list)
    amounts: list[PrintedAmount] = field(default_factory=list)
    passage: Passage | None = None
    labels: list[str] = field(default_factory=list)
    last: str = ""
    loose: str | None = None  # words without a label, between name and sum


_LABEL_LINE = re.compile(r"^(?P<label>[A-Z£][^:\t\n£]{1,38}?)\s*(?::|\t)\s*(?P<value>\S.*)$")
_YEAR_LABEL = re.compile(r"(?:\d{4}|\d\d)\s?[/–-]\s?(?:\d{4}|\d\d)|year \d", re.I)


def _label_role(label: str, value: str) -> Role | None:
    """The role of a printed label, as far as its words and its value tell."""
    if len(label.split()) > 6:
        return None
    kind = shape(value)
    if kind in {"figure", "unknown"}:
        scored = roles_of(label, "number")
        if scored and scored[0][0] >= 2:
            return scored[0][1]
        if _YEAR_LABEL.fullmatch(label.strip()) and kind == "figure":
            return "amount"
        return "reference" if kind == "figure" and "£" not in value else None
    scored = roles_of(label, "text")
    return scored[0][1] if scored and scored[0][0] >= 2 else None


def _is_bare_label(text: str) -> bool:
    """Whether a short text is nothing but a label (`Organisation`, `Amount awarded`)."""
    if len(text) > 40 or re.search(r"[£\d.]", text):
        return False
    bare = text.strip(" :")
    texts, numbers = roles_of(bare, "text"), roles_of(bare, "number")
    words = bare.split()
    known = (texts and texts[0][0] >= 2) or (numbers and numbers[0][0] >= 2)
    # `Open Gate Charity` is a charity's name; `Charity name` and `CHARITY NAME` are labels.
    name = len(words) >= 3 and all(word[:1].isupper() for word in words) and not bare.isupper()
    return bool(known) and len(words) <= 4 and not name


def _cards(passages: Sequence[Passage]) -> tuple[list[PrintedLine], set[int]]:
    """Awards printed as labelled values, and the passages they take."""
    cards: list[_Card] = []
    open_card: _Card | None = None
    repeated = _repeated_labels(passages)
    known = _known_labels(passages)
    position = 0
    while position < len(passages):
        passage = passages[position]
        before = passages[position - 1] if position else passage
        if {passage.kind, before.kind} == {"paragraph"} and passage.level != before.level:
            open_card = None  # the next column of a table
        text = passage.text.strip()
        pairs = _label_pairs(text, known)
        following = passages[position + 1] if position + 1 < len(passages) else None
        if not pairs and following is not None and _is_bare_label(text):
            value = following.text.strip()
            if plain(value) not in repeated and not _label_pairs(value, known):
                role = _label_role(text.strip(" :"), value)
                if role is not None:
                    open_card = _add(cards, open_card, text.strip(" :"), value, role, following)
                    position += 2
                    continue
        if not pairs and plain(text) in repeated and following is not None:
            position += 2  # a label that no word explains: its value is left where it stands
            continue
        if pairs:
            for label, value, role in pairs:
                open_card = _add(cards, open_card, label, value, role, passage)
        elif open_card is not None and open_card.name and _LONE_SUM.fullmatch(text):
            open_card = _add(cards, open_card, "", text, "amount", passage)
        elif passage.kind == "heading" or (passage.bold and len(text) <= 80):
            open_card = _Card(text, _above(passage, text), passage=passage)
            cards.append(open_card)
        elif open_card is not None and open_card.last and _continues(text):
            role_at = len(open_card.fields) - 1
            if role_at >= 0 and open_card.fields[role_at][0] == open_card.last:
                name, value = open_card.fields[role_at]
                open_card.fields[role_at] = (name, f"{value} {text}")
        elif (
            open_card is not None
            and open_card.name
            and not open_card.labels
            and not open_card.loose
        ):
            open_card.loose = text
        else:
            open_card = None
        position += 1
    good = [card for card in cards if _is_award(card)]
    bare = [card for card in good if card.labels == [""]]
    alike = [
        c
        for c in good
        if sum(set(c.labels) & set(o.labels) != set() for o in good) >= (3 if c in bare else 2)
    ]
    if not alike and len(good) == 1 and len(good[0].labels) >= 3:
        alike = good
    used = {c.passage.order for c in alike if c.passage is not None}
    return [_card_line(card) for card in alike], used


_LONE_SUM = re.compile(r"£\s?\d[\d,]*(?:\.\d+)?\s?(?:k|m|million|thousand)?", re.I)


def _repeated_labels(passages: Sequence[Passage]) -> set[str]:
    """Short texts that stand three times or more above something else: the labels of cards."""
    counts = Counter(
        plain(p.text) for p in passages if (p.kind == "heading" or p.bold) and len(p.text) <= 40
    )
    return {text for text, count in counts.items() if count >= 3}


def _known_labels(passages: Sequence[Passage]) -> re.Pattern[str] | None:
    """A pattern of the labels that stand twice or more (`Grant:`, `Delivered by:`)."""
    counts = Counter(
        label for p in passages for label in _LABELS.findall(p.text) if roles_of(label, "text")
    ) + Counter(
        match["label"].strip() for p in passages if (match := _LABEL_LINE.match(p.text.strip()))
    )
    labels = sorted((k for k, count in counts.items() if count >= 2), key=len, reverse=True)
    if not labels:
        return None
    return re.compile(r"\s+(?=(?:" + "|".join(map(re.escape, labels)) + r")\s*:)")


# A capitalised label of one to three words before a colon, anywhere in a line.
_LABELS = re.compile(r"(?:^|(?<=\s))([A-Z][a-z]+(?: [a-z]+){0,2})(?=:\s)")


def _label_pairs(text: str, known: re.Pattern[str] | None) -> list[tuple[str, str, Role]]:
    """The labelled values of one line; several where known labels follow one another in it."""
    if len(text) > 400:
        return []
    found = []
    for piece in known.split(text) if known else [text]:
        match = _LABEL_LINE.match(piece)
        if not match or _is_total_label(match["label"]):
            continue
        label, value = match["label"].strip(), match["value"].strip()
        role = _label_role(label, value)
        if role is not None:
            found.append((label, value, role))
    return found


def _is_total_label(label: str) -> bool:
    return bool(re.match(r"(?:grand |overall )?total\b", label, re.I))


def _continues(text: str) -> bool:
    return len(text) <= 80 and text[:1].islower()


def _above(passage: Passage, text: str) -> tuple[str, ...]:
    path = passage.heading_path
    return path[:-1] if path and path[-1] == text else path


def _add(
    cards: list[_Card], card: _Card | None, label: str, value: str, role: Role, passage: Passage
) -> _Card:
    if card is None or plain(label) in map(plain, card.labels):
        path = passage.heading_path
        if path and _is_bare_label(path[-1]):
            path = path[:-1]
        card = _Card(None, path)
        cards.append(card)
    card.labels.append(label)
    card.last = role
    if role == "amount":
        card.passage = passage
        card.amounts.append(
            PrintedAmount(len(card.amounts), label, value, value, passage.marks, passage.places)
        )
    elif role in {"service", "provider", "provision", "mechanism", "reach", "priority", "note"}:
        card.fields.append((role, value))
    elif role == "section":
        card.fields.append(("theme", value))
    elif role == "reference" and shape(value) in {"year", "date", "text"}:
        card.fields.append((role, value))
    return card


def _is_award(card: _Card) -> bool:
    named = card.name is not None or any(role in {"service", "provider"} for role, _ in card.fields)
    return named and any(shape(a.text) in {"figure", "unknown"} for a in card.amounts)


def _card_line(card: _Card) -> PrintedLine:
    fields = list(card.fields)
    if card.loose and card.labels == [""]:
        parts = split_cell(card.loose)
        fields += [("service", parts[0]), ("provision", parts[1])] if parts else []
        fields += [] if parts else [("provision", card.loose)]
    roles = {role for role, _ in fields}
    section = next((text for role, text in fields if role == "theme"), None)
    if card.name is not None and {"service", "provider"} <= roles and "provision" not in roles:
        # Under the award's own name, `Activity: …` says what it is for.
        fields = [("provision" if role == "service" else role, text) for role, text in fields]
        roles = {role for role, _ in fields}
    if card.name is not None and "service" not in roles:
        role = "service" if "provider" in roles else _name_role(card.name)
        fields.insert(0, (role, card.name))
    elif card.name is not None and "provider" not in roles:
        fields.insert(0, ("provider", card.name))
    assert card.passage is not None
    return PrintedLine(
        row=None,
        section=section or (card.heading_path[-1] if len(card.heading_path) >= 2 else None),
        fields=tuple(f for f in fields if f[0] != "theme"),
        amounts=tuple(card.amounts),
        passage=card.passage.order,
        places=card.passage.places,
    )


def _name_role(name: str) -> Role:
    return "provider" if row_words("organisation").search(name) else "service"


# --- entries of lists ------------------------------------------------------------------

_AMOUNT = (
    r"£\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:k|m|million|thousand)\b)?"
    r"(?:\s?(?:p\.?a\.?|per annum|per year|a year|each year)(?!\w))?"
)
_JOIN = r"\s*(?:[–—-]|:|,|\t)\s*"
_NAME = r"[A-Z0-9‘“\"'][^£:;]{1,110}?"
_FORMS = (
    # Wyrehaven NHS Trust (£5,650, Speak Up)
    re.compile(
        rf"(?P<name>{_NAME})\s*\((?P<amount>{_AMOUNT})"
        r"(?:[,;:–-]\s*(?P<inside>[^()]+))?\)(?P<rest>.*)"
    ),
    # £2,250 to New Leaf towards a drop-in; £500 – New Leaf
    re.compile(
        rf"(?P<amount>{_AMOUNT})(?P<link>\s+(?:to|for)\s+|{_JOIN}|\s+(?:was )?awarded to\s+)"
        r"(?P<after>.+)"
    ),
    # New Leaf – £2,250 for a drop-in; New Leaf: £2,250; New Leaf £2,250
    re.compile(rf"(?P<name>{_NAME})(?:{_JOIN}|\s+)(?P<amount>{_AMOUNT})(?P<rest>.*)"),
)
_PIECES = re.compile(
    r"(?:;\s*|(?<=\))\s*(?:,\s*)?(?:and\s+)?(?=[A-Z])|(?<=[a-z0-9)])\s*,?\s+and\s+(?=£))"
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One award of a list entry: who or what, how much, and the words that follow."""

    name: str
    amount: str
    rest: str
    service: str | None = None
    named_as: Role | None = None


def _entries(passages: Sequence[Passage]) -> list[PrintedLine]:
    """Awards of lists: runs of entries of one heading that all have the shape of an award."""
    found: list[PrintedLine] = []
    for group in _groups(passages):
        read = [(passage, _read_entry(passage.text)) for passage in group.entries]
        good = [(passage, entries) for passage, entries in read if entries]
        with_money = [p for p in group.entries if "£" in p.text]
        awards = sum(len(entries) for _, entries in good)
        is_list = all(p.kind == "list_item" for p, _ in good)
        if awards < (2 if is_list else 3) or len(good) < 0.6 * len(with_money):
            continue
        if not _words("context").search(group.context):
            continue
        role = _names_are(group.context, [e.name for _, entries in good for e in entries])
        for passage, entries in good:
            found += [
                _entry_line(entry, passage, number, role) for number, entry in enumerate(entries)
            ]
    return found


@dataclass(frozen=True, slots=True)
class _Group:
    context: str
    entries: tuple[Passage, ...]


def _groups(passages: Sequence[Passage]) -> Iterable[_Group]:
    """Runs of list items, or of short paragraphs with money, under one heading."""
    run: list[Passage] = []
    before = ""
    for passage in (*passages, None):
        same = (
            passage is not None
            and passage.kind != "heading"
            and (passage.kind == "list_item" or ("£" in passage.text and len(passage.text) <= 200))
        )
        if (
            same
            and passage is not None
            and (
                not run
                or (run[-1].heading_path == passage.heading_path and run[-1].kind == passage.kind)
            )
        ):
            run.append(passage)
            continue
        if run:
            yield _Group(" ".join((*run[0].heading_path, before)), tuple(run))
            run = []
        if same and passage is not None:
            run = [passage]
        elif passage is not None:
            before = passage.text
    # A list of one entry is judged with its neighbours by `_entries`' count of awards.


def _read_entry(text: str) -> list[_Entry]:
    """The awards of one list entry, or none where it is not shaped like one."""
    shown = " ".join(text.replace("\t", " – ").split()).rstrip(" .;,")
    pieces = [piece.strip(" ,") for piece in _PIECES.split(shown) if piece.strip(" ,")]
    if len(pieces) > 1 and all(re.search(_AMOUNT, piece) for piece in pieces):
        entries = [_read_piece(piece.removeprefix("and ")) for piece in pieces]
        return [e for e in entries if e] if all(entries) else []
    entry = _read_piece(shown)
    return [entry] if entry else []


def _read_piece(piece: str) -> _Entry | None:
    if len(re.findall(_AMOUNT, piece)) != 1:
        return None
    for form in _FORMS:
        match = form.fullmatch(piece)
        if match is None:
            continue
        parts = match.groupdict()
        if parts.get("after") is not None:
            name, rest = _name_and_purpose(parts["after"])
            named_as: Role | None = "service" if parts["link"].strip() == "for" else None
            if parts["link"].strip() == "to":
                named_as = "provider"
        else:
            name, rest, named_as = parts["name"], parts.get("rest") or "", None
        name = name.strip(" ,–—-:")
        if not _is_name(name):
            continue
        rest = rest.strip()
        if rest and not re.match(r"[–—:,(\-]|\w", rest):
            continue
        if _words("sentence").search(_outside_purpose(rest)):
            continue
        return _Entry(name, match["amount"], rest, parts.get("inside"), named_as)
    return None


def _outside_purpose(rest: str) -> str:
    """The words after an amount as far as they are not what the award is for."""
    match = re.match(r"[\s,–—:(-]*", rest)
    bare = rest[match.end() :] if match else rest
    purpose = _words("purpose").match(bare)
    return "" if purpose or rest[:1] in "–—-:,(" else bare


def _name_and_purpose(text: str) -> tuple[str, str]:
    match = re.search(
        rf"\s+(?={_words('purpose').pattern})|\s+[–—-]\s+|,\s+|:\s+|\s*\(", text, re.I
    )
    return (text[: match.start()], text[match.start() :]) if match else (text, "")


def _is_name(name: str) -> bool:
    words = name.split()
    return (
        0 < len(words) <= 14
        and not _words("sentence").search(name)
        and not _is_total_label(name)
        and not re.search(r"\d{4}|%", name)
        and any(word[:1].isupper() for word in words)
    )


def _names_are(context: str, names: Sequence[str]) -> Role:
    """Whether the names of a list are organisations or services."""
    organisations = sum(bool(row_words("organisation").search(name)) for name in names)
    if organisations * 3 >= len(names) or _words("recipients").search(context):
        return "provider"
    return "service"


def _entry_line(entry: _Entry, passage: Passage, number: int, role: Role) -> PrintedLine:
    named = entry.named_as or role
    fields: list[tuple[str, str]] = [(named, entry.name)]
    service, provision = _purpose(entry.rest, named)
    if entry.service:
        service = entry.service.strip()
    if service:
        fields.append(("service" if named == "provider" else "provider", service))
    if provision:
        fields.append(("provision", provision))
    return PrintedLine(
        row=None,
        section=passage.heading_path[-1] if len(passage.heading_path) >= 2 else None,
        fields=tuple(fields),
        amounts=(
            PrintedAmount(number, "", entry.amount, entry.amount, passage.marks, passage.places),
        ),
        passage=passage.order,
        places=passage.places,
    )


def _purpose(rest: str, named: Role) -> tuple[str | None, str | None]:
    """The project and the description in the words after an award."""
    bare = re.sub(r"^[\s,–—:-]+", "", rest).strip()
    purpose = _words("purpose").match(bare)
    if purpose:
        bare = bare[purpose.end() :].strip()
    if not bare:
        return None, None
    last = re.search(r"\(([A-Z][^()]*)\)$", bare)
    if last:
        return last[1], bare[: last.start()].strip(" ,–—-") or None
    inside = re.fullmatch(r"\(([^()]+)\)", bare)
    if inside:
        bare = inside[1].strip()
    head, comma, tail = (
        re.split(r"(,\s+|\s+[–—-]\s+|:\s+)", bare, maxsplit=1)
        if re.search(r",\s+|\s+[–—-]\s+|:\s+", bare)
        else (bare, "", "")
    )
    if comma and reads_like_name(head) and named == "provider":
        return head, tail
    if reads_like_name(bare) and named == "provider" and not bare.endswith("."):
        return bare, None
    by = re.fullmatch(r"(?:delivered by|provided by|by|to)\s+(.+)", bare, re.I)
    if by and named == "service":
        return by[1], None
    return None, bare


# --- each award once ------------------------------------------------------------------


def _sectioned(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Lines in printed order; a heading is a section only where several group the awards."""
    ordered = sorted(lines, key=lambda line: (line.passage or 0, line.amounts[0].column))
    if len({line.section for line in ordered}) < 2:
        return [replace(line, section=None) for line in ordered]
    return ordered


def _once(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines without those that repeat a list, in another language or in other words."""
    kept = list(lines)
    half = len(kept) // 2
    if half >= 2 and len(kept) % 2 == 0:
        first, second = kept[:half], kept[half:]
        if [_sums(line) for line in first] == [_sums(line) for line in second]:
            kept = first if _english(first) >= _english(second) else second
    seen: set[tuple[str, ...]] = set()
    result = []
    for line in kept:
        key = (
            *(plain(text) for role, text in line.fields if role in {"service", "provider"}),
            *_sums(line),
        )
        if key not in seen:
            seen.add(key)
            result.append(line)
    return result


def _sums(line: PrintedLine) -> tuple[str, ...]:
    return tuple(re.sub(r"\s", "", amount.text) for amount in line.amounts)


def _english(lines: Sequence[PrintedLine]) -> int:
    return sum(len(_words("english").findall(text)) for line in lines for _, text in line.fields)

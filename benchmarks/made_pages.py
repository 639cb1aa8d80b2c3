"""Made pages with known tables, in many house styles: practice for the chooser of grids.

No publisher's page is copied. A page is drawn straight into the page layer's types with the
widths of the standard PDF fonts, so thousands can be made in a minute. The same seed gives
the same pages.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from icdar import Piece, TruthCell
from reportlab.pdfbase.pdfmetrics import stringWidth

from extractors.model import Box, Fill, Page, Rule, Word

_NOUNS = """
service support grant victim outreach youth community safety partnership programme advice centre
council trust board police county district forum family recovery hub project fund prevention
mediation housing harm training referral contract court health school pathway equipment staff
premises insurance income transfer reserve maintenance library highway
"""
NOUNS = _NOUNS.split()
_SMALL = """
and of for the with in to via by
"""
SMALL = _SMALL.split()
_PLACES = """
Ashby Northfold Westmarch Eastmere Saltmoor Holmdale Larkfield Thornwick Oxmere
"""
PLACES = _PLACES.split()
_LONG = """
The authority agreed to provide further resources during the year so that the scheme can
continue while partners review how they work together and report on what was achieved by each of
the projects that received funding from the main allocation or another source.
"""
LONG = _LONG.split()


@dataclass
class Sheet:
    """A page while it is drawn."""

    dice: random.Random
    width: float = 595.0
    height: float = 842.0
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    tables: list[list[TruthCell]] = field(default_factory=list)

    def line(self, text: str, x: float, top: float, size: float, font: str) -> float:
        """Draws a line of words; returns where it ends."""
        space = stringWidth(" ", font, size)
        for part in text.split(" "):
            if not part:
                x += space
                continue
            wide = stringWidth(part, font, size)
            box = Box(x, top, x + wide, top + 1.12 * size)
            self.words.append(Word(part, box, size, bold="Bold" in font))
            x += wide + space
        return x - space

    def across(self, y: float, x0: float, x1: float, width: float, grey: float) -> None:
        self.rules.append(Rule(Box(x0, y, x1, y), width, grey))

    def down(self, x: float, y0: float, y1: float, width: float, grey: float) -> None:
        self.rules.append(Rule(Box(x, y0, x, y1), width, grey))


def wrap(text: str, width: float, size: float, font: str) -> list[str]:
    """Lines of text no wider than the width, where words allow."""
    lines: list[str] = []
    for word in text.split():
        if lines and stringWidth(f"{lines[-1]} {word}", font, size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def phrase(dice: random.Random, low: int, high: int) -> str:
    """A name or short description."""
    words = []
    for i in range(dice.randint(low, high)):
        small = i and dice.random() < 0.2
        words.append(dice.choice(SMALL) if small else dice.choice(NOUNS))
    if words[-1] in SMALL:
        words.append(dice.choice(NOUNS))
    text = " ".join(words)
    if dice.random() < 0.25:
        text += f" ({dice.choice(PLACES)})"
    return text[0].upper() + text[1:]


def sentence(dice: random.Random, low: int, high: int) -> str:
    """Running words."""
    start = dice.randrange(len(LONG))
    words = [
        LONG[(start + i * 3) % len(LONG)].rstrip(".").lower()
        for i in range(dice.randint(low, high))
    ]
    text = " ".join(words)
    return text[0].upper() + text[1:] + "."


def figure(dice: random.Random, kind: str) -> str:
    """A printed number of a kind of column."""
    value = dice.choice(
        (dice.randint(1, 999), dice.randint(1000, 99999), dice.randint(10**5, 10**7))
    )
    if dice.random() < 0.06:
        return dice.choice(("-", "–", "0", "n/a", "TBC"))
    match kind:
        case "pounds":
            return f"£{value:,}"
        case "pence":
            return f"{value:,}.{dice.randint(0, 99):02}"
        case "percent":
            return f"{dice.randint(0, 1000) / 10}%"
        case "bracket":
            return f"({value:,})" if dice.random() < 0.4 else f"{value:,}"
        case "small":
            return f"{dice.randint(0, 99)}.{dice.randint(0, 9)}"
        case _:
            return f"{value:,}"


FIGURES = ("plain", "plain", "pounds", "pence", "percent", "bracket", "small")
TEXTS = ("name", "name", "long", "short", "code")


def words_for(dice: random.Random, kind: str) -> str:
    """A body cell's text for a kind of column."""
    match kind:
        case "name":
            return phrase(dice, 1, 5)
        case "long":
            return phrase(dice, 4, 14)
        case "short":
            return dice.choice(PLACES) if dice.random() < 0.6 else phrase(dice, 1, 2)
        case "code":
            return f"{dice.choice('ABCR')}{dice.randint(1, 99)}"
        case "prose":
            return sentence(dice, 6, 40)
        case _:
            return figure(dice, kind)


@dataclass
class Style:
    """How a table looks."""

    rules: str
    size: float
    leading: float
    pad: float
    air: float
    text_at: str
    figures_at: str
    grey: float
    font: str
    bold_head: bool
    shaded_head: bool
    banner: str


def a_style(dice: random.Random) -> Style:
    """A house style."""
    return Style(
        dice.choice(
            (
                "full",
                "full",
                "full",
                "columns",
                "frame",
                "across",
                "across",
                "book",
                "book",
                "zebra",
                "zebra",
                "none",
                "none",
                "none",
                "head",
            )
        ),
        dice.choice((7.0, 8.0, 9.0, 9.5, 10.0, 11.0)),
        dice.choice((1.12, 1.18, 1.25, 1.35)),
        dice.choice((2.0, 3.0, 4.5, 6.0)),
        dice.choice((0.0, 0.0, 1.0, 2.5, 4.0, 7.0)),
        dice.choice(("top", "top", "middle")),
        dice.choice(("top", "top", "middle", "bottom")),
        dice.choice((0.0, 0.0, 0.5, 0.8)),
        dice.choice(("Helvetica", "Helvetica", "Times-Roman")),
        dice.random() < 0.75,
        dice.random() < 0.4,
        dice.choice(("span", "first", "none", "none")),
    )


def bold(font: str) -> str:
    """The heavy cut of a font."""
    return "Times-Bold" if font.startswith("Times") else "Helvetica-Bold"


def table(sheet: Sheet, x0: float, top: float, width: float, bottom: float) -> float:
    """Draws a table into the stripe; returns where it ends."""
    dice = sheet.dice
    style = a_style(dice)
    if dice.random() < 0.14:
        kinds = [*dice.choice((["code"], [])), "prose", "prose"][: dice.randint(2, 3)]
        style.rules = dice.choice(("full", "full", "across", "none", "zebra"))
        style.air = max(style.air, 2.5)
    else:
        n_text = dice.choice((1, 1, 1, 2, 2, 3, 4))
        n_figures = dice.choice((1, 2, 3, 4, 5, 7)) if n_text < 3 else dice.choice((0, 1, 2, 3))
        kind = dice.choice(FIGURES)
        kinds = [dice.choice(TEXTS) for _ in range(n_text)]
        kinds[0] = dice.choice(("name", "name", "short", "code")) if n_text > 1 else "name"
        kinds += [kind if dice.random() < 0.8 else dice.choice(FIGURES) for _ in range(n_figures)]
        if dice.random() < 0.2 and n_figures:
            kinds.append("short")
    weights = {"name": 3.0, "long": 4.5, "short": 1.7, "code": 0.9, "prose": 7.0}
    shares = [weights.get(k, 1.5) * dice.uniform(0.85, 1.25) for k in kinds]
    widths = [width * s / sum(shares) for s in shares]
    need = style.size * 5.4 + 2 * style.pad
    while len(kinds) > 2 and any(
        w < need for w, k in zip(widths, kinds, strict=True) if k in FIGURES
    ):
        at = max(i for i, k in enumerate(kinds) if k in FIGURES)
        del kinds[at], shares[at]
        widths = [width * s / sum(shares) for s in shares]
    xs = [x0]
    for w in widths:
        xs.append(xs[-1] + w)
    rows = rows_of(dice, kinds, style)
    truth: list[TruthCell] = []
    y = top
    drawn: list[tuple[float, float, str, list[tuple[int, int, str]]]] = []
    number = 0
    for role, cells in rows:
        font = (
            bold(style.font)
            if (role == "head" and style.bold_head) or role in ("total", "banner")
            else style.font
        )
        laid = []
        for column, span, text in cells:
            room = xs[column + span] - xs[column] - 2 * style.pad
            laid.append((column, span, wrap(text, room, style.size, font)))
        deepest = max((len(lines) for _, _, lines in laid), default=1)
        height = deepest * style.size * style.leading + style.air + 2 * min(style.pad, 3)
        if y + height > bottom:
            break
        if role == "head" and style.shaded_head:
            sheet.fills.append(Fill(Box(xs[0], y, xs[-1], y + height), (200, 210, 225)))
        elif role == "banner" and style.shaded_head and style.rules != "none":
            sheet.fills.append(Fill(Box(xs[0], y, xs[-1], y + height), (230, 230, 230)))
        elif style.rules == "zebra" and number % 2:
            sheet.fills.append(Fill(Box(xs[0], y, xs[-1], y + height), (240, 240, 240)))
        for column, span, lines in laid:
            where = (
                style.figures_at if kinds[column] in FIGURES and role != "head" else style.text_at
            )
            free = (deepest - len(lines)) * style.size * style.leading
            start = y + min(style.pad, 3) + style.air / 2
            start += {"top": 0.0, "middle": free / 2, "bottom": free}[where]
            centred = span > 1 and role == "head"
            right = (kinds[column] in FIGURES) and not centred
            for i, text in enumerate(lines):
                wide = stringWidth(text, font, style.size)
                x = xs[column] + style.pad
                if right:
                    x = xs[column + span] - style.pad - wide
                elif centred:
                    x = (xs[column] + xs[column + span] - wide) / 2
                sheet.line(text, x, start + i * style.size * style.leading, style.size, font)
            truth.append(TruthCell(number, column, 1, span, " ".join(lines)))
        drawn.append((y, y + height, role, [(c, s, "") for c, s, _ in laid]))
        y += height
        number += 1
    if number < 2:
        return y
    rule_table(sheet, style, xs, drawn)
    sheet.tables.append(truth)
    return y


def rows_of(
    dice: random.Random, kinds: list[str], style: Style
) -> list[tuple[str, list[tuple[int, int, str]]]]:
    """Rows as (role, cells); a cell is (column, span, text); blank cells are left out."""
    count = len(kinds)
    rows: list[tuple[str, list[tuple[int, int, str]]]] = []
    figures = [i for i, k in enumerate(kinds) if k in FIGURES]
    heads = dice.choice((1, 1, 1, 1, 2, 0)) if count > 2 else dice.choice((1, 1, 0))
    if heads == 2 and len(figures) >= 2 and figures[-1] - figures[0] == len(figures) - 1:
        step = 2 if len(figures) % 2 == 0 and dice.random() < 0.6 else len(figures)
        rows.append(("head", [(c, step, f"20{dice.randint(10, 24)}/25") for c in figures[::step]]))
    if heads:
        head = []
        for i, kind in enumerate(kinds):
            if kind in FIGURES:
                text = dice.choice(
                    ("2021/22", "Budget (£)", "2022/23 budget £000", "Actual", "% change", "Total")
                )
            else:
                text = phrase(dice, 1, 3) if dice.random() < 0.95 or i else ""
            if text:
                head.append((i, 1, text))
        rows.append(("head", head))
    sparse = dice.random() < 0.3
    since = 0
    total = dice.randint(3, 34)
    for number in range(total):
        if style.banner != "none" and (since > dice.randint(3, 7) or number == 0):
            since = 0
            name = " ".join(dice.choice(NOUNS) for _ in range(2)).upper()
            wide = style.banner == "span" and style.rules in ("full", "across", "zebra")
            rows.append(("banner", [(0, count if wide else 1, name)]))
        since += 1
        cells = []
        for i, kind in enumerate(kinds):
            if i and sparse and dice.random() < 0.2:
                continue
            cells.append((i, 1, words_for(dice, kind)))
        rows.append(("body", cells))
        if figures and dice.random() < 0.07:
            rows.append(
                ("total", [(0, 1, "Sub-total"), *((i, 1, figure(dice, kinds[i])) for i in figures)])
            )
    if figures and figures[0] > 0 and dice.random() < 0.6:
        rows.append(
            ("total", [(0, 1, "Total"), *((i, 1, figure(dice, kinds[i])) for i in figures)])
        )
    return rows


def rule_table(
    sheet: Sheet,
    style: Style,
    xs: list[float],
    drawn: list[tuple[float, float, str, list[tuple[int, int, str]]]],
) -> None:
    """Draws the lines of a table's style."""
    top, bottom = drawn[0][0], drawn[-1][1]
    weight, grey = sheet.dice.choice((0.4, 0.5, 1.0)), style.grey
    heads = [d for d in drawn if d[2] == "head"]
    match style.rules:
        case "full":
            for y0, y1, _, cells in drawn:
                sheet.across(y0, xs[0], xs[-1], weight, grey)
                inner = {c + i for c, s, _ in cells if s > 1 for i in range(1, s)}
                for i, x in enumerate(xs):
                    if i not in inner:
                        sheet.down(x, y0, y1, weight, grey)
            sheet.across(bottom, xs[0], xs[-1], weight, grey)
        case "columns":
            for x in xs:
                sheet.down(x, top, bottom, weight, grey)
            for y in (top, heads[-1][1] if heads else top, bottom):
                sheet.across(y, xs[0], xs[-1], weight, grey)
        case "frame":
            for x in (xs[0], xs[-1]):
                sheet.down(x, top, bottom, weight, grey)
            for y in (top, bottom):
                sheet.across(y, xs[0], xs[-1], weight, grey)
        case "across":
            for y0, _, _, _ in drawn:
                sheet.across(y0, xs[0], xs[-1], weight, grey)
            sheet.across(bottom, xs[0], xs[-1], weight, grey)
        case "book":
            for y in {top, heads[-1][1] if heads else top, bottom}:
                sheet.across(y, xs[0], xs[-1], weight, grey)
            if len(heads) == 2:
                for c, s, _ in heads[0][3]:
                    if s > 1:
                        sheet.across(heads[0][1], xs[c] + 3, xs[c + s] - 3, weight, grey)
        case "head":
            if heads:
                sheet.across(heads[-1][1], xs[0], xs[-1], weight, grey)
            for y0, _, role, _ in drawn:
                if role == "total":
                    sheet.across(y0, xs[0], xs[-1], weight, grey)
        case _:
            pass


def prose(sheet: Sheet, x0: float, top: float, width: float, lines: int, size: float) -> float:
    """A paragraph, plain, numbered or justified; returns where it ends."""
    dice = sheet.dice
    kind = dice.choice(("plain", "plain", "number", "justified"))
    indent = 28.0 if kind == "number" else 0.0
    text = sentence(dice, lines * 8, lines * 12)
    laid = wrap(text, width - indent, size, "Helvetica")
    if kind == "number":
        sheet.line(f"{dice.randint(1, 9)}.{dice.randint(1, 9)}", x0, top, size, "Helvetica")
    for i, line in enumerate(laid):
        y = top + i * size * 1.2
        if kind == "justified" and i < len(laid) - 1 and " " in line:
            words = line.split()
            free = width - sum(stringWidth(w, "Helvetica", size) for w in words)
            x = x0
            for word in words:
                x = sheet.line(word, x, y, size, "Helvetica") + free / (len(words) - 1)
        else:
            sheet.line(line, x0 + indent, y, size, "Helvetica")
    return top + len(laid) * size * 1.2 + size


def bullets(sheet: Sheet, x0: float, top: float, width: float, size: float) -> float:
    """A bulleted list; returns where it ends."""
    dice = sheet.dice
    y = top
    for _ in range(dice.randint(2, 6)):
        sheet.line("•", x0 + 12, y, size, "Helvetica")
        for line in wrap(sentence(dice, 5, 22), width - 30, size, "Helvetica"):
            sheet.line(line, x0 + 28, y, size, "Helvetica")
            y += size * 1.2
    return y + size


def labels(sheet: Sheet, x0: float, top: float, width: float, size: float) -> float:
    """A chart's labels or a contact block: scattered short words, no table."""
    dice = sheet.dice
    if dice.random() < 0.5:
        for i in range(dice.randint(3, 6)):
            sheet.line(
                dice.choice(("Telephone", "Email", "Address", "Web")) + ":",
                x0,
                top + i * size * 1.3,
                size,
                "Helvetica-Bold",
            )
            sheet.line(phrase(dice, 1, 4), x0 + 60, top + i * size * 1.3, size, "Helvetica")
        return top + 8 * size
    for _ in range(dice.randint(8, 16)):
        sheet.line(
            dice.choice((phrase(dice, 1, 1), f"{dice.randint(1, 99)}%")),
            x0 + dice.random() * (width - 80),
            top + dice.random() * 150,
            size,
            "Helvetica",
        )
    return top + 170


def made_page(seed: int) -> tuple[Page, list[Piece]]:
    """A page and its true tables."""
    dice = random.Random(seed)
    turned = dice.random() < 0.3
    sheet = Sheet(dice, *((842.0, 595.0) if turned else (595.0, 842.0)))
    margin = dice.choice((40.0, 56.0, 72.0))
    width = sheet.width - 2 * margin
    size = dice.choice((9.0, 10.0, 11.0))
    y = margin
    plan = dice.random()
    if plan < 0.1:  # prose in two columns, perhaps a table in one of them
        half = (width - 24) / 2
        for x in (margin, margin + half + 24):
            y = margin
            while y < sheet.height - margin - 90:
                if dice.random() < 0.15:
                    y = table(sheet, x, y, half, sheet.height - margin) + 14
                else:
                    y = prose(sheet, x, y, half, dice.randint(3, 8), size)
    elif plan < 0.16:  # two tables side by side
        y = prose(sheet, margin, y, width, 3, size)
        half = (width - 30) / 2
        ends = [
            table(sheet, x, y, half, sheet.height - margin) for x in (margin, margin + half + 30)
        ]
        prose(sheet, margin, max(ends) + 12, width, 2, size)
    else:
        while y < sheet.height - margin - 60:
            roll = dice.random()
            if roll < 0.32:
                y = prose(sheet, margin, y, width, dice.randint(1, 6), size)
            elif roll < 0.40:
                y = bullets(sheet, margin, y, width, size)
            elif roll < 0.44:
                y = labels(sheet, margin, y, width, size)
            elif roll < 0.54:
                sheet.line(phrase(dice, 2, 5), margin, y, size + 2, "Helvetica-Bold")
                y += 2.2 * size
            else:
                share = dice.choice((1.0, 1.0, 0.8, 0.6))
                y = table(sheet, margin, y, width * share, sheet.height - margin)
                y += dice.choice((8.0, 14.0, 24.0))
    sheet.line(str(dice.randint(1, 60)), sheet.width / 2, sheet.height - 30, 9.0, "Helvetica")
    page = Page(
        seed, sheet.width, sheet.height, tuple(sheet.words), tuple(sheet.rules), tuple(sheet.fills)
    )
    return page, [Piece(seed, tuple(cells)) for cells in sheet.tables]

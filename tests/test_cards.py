"""Cards with the same labels are one table: a row each, the labels its headings."""

from extractors.grid.cards import read_cards
from extractors.grid.lines import page_lines
from extractors.model import Box, Fill, Page, Rule, Word

SIZE = 10.0
LINE = 14.0


def words(x: float, top: float, text: str, bold: bool = False, size: float = SIZE) -> list[Word]:
    made = []
    for part in text.split():
        wide = 5.0 * len(part)
        made.append(Word(part, Box(x, top, x + wide, top + size), size, bold))
        x += wide + 2.5
    return made


def page(columns: list[tuple[float, list[str]]]) -> Page:
    """Columns of lines; a line that begins with `*` is bold."""
    made: list[Word] = []
    for x, lines in columns:
        for at, line in enumerate(lines):
            made += words(x, 50 + LINE * at, line.lstrip("*"), line.startswith("*"))
    return Page(1, 595, 842, tuple(made))


def rows(page_: Page) -> list[list[str]]:
    grids = read_cards(page_, page_lines(page_.words))
    if not grids:
        return []
    made: list[list[str]] = [[] for _ in range(grids[0].row_count)]
    for cell in grids[0].cells:
        made[cell.row].append(cell.text)
    return made


def test_labels_above_their_values() -> None:
    def card(name: str, award: str) -> list[str]:
        return ["Organisation", f"*{name}", "Award", f"*{award}"]

    left = [*card("Harbour Trust", "£1,500"), *card("Open Gate", "£900")]
    right = [*card("Unity Hall", "£12,000"), *card("Beacon", "£7,250")]
    assert rows(page([(50, left), (300, right)])) == [
        ["Organisation", "Award"],
        ["Harbour Trust", "£1,500"],
        ["Unity Hall", "£12,000"],
        ["Open Gate", "£900"],
        ["Beacon", "£7,250"],
    ]


def test_labels_with_a_colon_under_titles() -> None:
    lines = []
    for title, name, grant in (
        ("Kick Off", "YMCA", "£500"),
        ("The Shed", "Aid", "£750"),
        ("Splash", "Hall", "£1,100"),
    ):
        lines += [f"*{title}", f"Delivered by: {name}", f"Grant: {grant}"]
    assert rows(page([(50, lines)])) == [
        ["", "Delivered by:", "Grant:"],
        ["Kick Off", "YMCA", "£500"],
        ["The Shed", "Aid", "£750"],
        ["Splash", "Hall", "£1,100"],
    ]


def test_two_cards_are_no_pattern() -> None:
    lines = ["Delivered by: YMCA", "Grant: £500", "Delivered by: Aid", "Grant: £750"]
    assert rows(page([(50, lines)])) == []


def test_labels_that_never_stand_by_money_are_a_form() -> None:
    lines = ["Name: A Person", "Post: Officer"] * 3
    assert rows(page([(50, lines)])) == []


def test_words_that_come_again_in_a_column_are_no_labels() -> None:
    lines = ["Grant", "Grant", "Police", "Grant", "Police", "Grant", "£5,000"]
    assert rows(page([(50, lines)])) == []


def tables(page_: Page) -> list[list[list[str]]]:
    made = []
    for grid in read_cards(page_, page_lines(page_.words)):
        own: list[list[str]] = [[] for _ in range(grid.row_count)]
        for cell in grid.cells:
            own[cell.row].append(cell.text)
        made.append(own)
    return made


def titled(title: str, name: str, grant: str) -> list[str]:
    return [f"*{title}", f"Delivered by: {name}", f"Grant: {grant}", ""]


def test_headings_between_cards_part_them_into_tables() -> None:
    sport = [*titled("Kick Off", "YMCA", "£500"), *titled("Splash", "Hall", "£1,100")]
    arts = [*titled("Clay", "Kiln", "£300"), *titled("Choir", "Kirk", "£750")]
    lines = ["*Sport for all", "", *sport, "", "*Arts in the town", "", *arts]
    assert [[row[0] for row in own[1:]] for own in tables(page([(50, lines)]))] == [
        ["Kick Off", "Splash"],
        ["Clay", "Choir"],
    ]


def test_a_total_between_cards_is_no_title_of_the_next() -> None:
    first = [*titled("Kick Off", "YMCA", "£500"), *titled("Splash", "Hall", "£1,100")]
    second = [*titled("Clay", "Kiln", "£300"), *titled("Choir", "Kirk", "£750")]
    lines = [*first, "", "*Total for sport £1,600", "", *second]
    assert [row[0] for own in tables(page([(50, lines)])) for row in own[1:]] == [
        "Kick Off",
        "Splash",
        "Clay",
        "Choir",
    ]


def test_cards_in_two_languages_side_by_side_are_two_tables() -> None:
    cards = [("Kick Off", "YMCA", "£500"), ("Splash", "Hall", "£1,100"), ("Clay", "Kiln", "£300")]
    english, welsh = [], []
    for title, name, grant in cards:
        english += [f"*{title}", f"Provider: {name}", f"Grant: {grant}", ""]
        welsh += [f"*{title}", f"Darparwr: {name}", f"Swm: {grant}", ""]
    found = tables(page([(50, english), (300, welsh)]))
    assert [own[0][1:] for own in found] == [["Provider:", "Grant:"], ["Darparwr:", "Swm:"]]
    assert [[row[0] for row in own[1:]] for own in found] == [[c[0] for c in cards]] * 2


def test_a_heading_close_over_a_card_is_no_part_of_its_title() -> None:
    lines: list[str] = []
    for title in ("Kick Off", "Splash", "Clay", "Choir"):
        heading = ["*Arts in the town"] if title == "Clay" else []
        lines += [*heading, title, "Delivered by: Hall", "Grant: £500", ""]
    found = tables(page([(50, lines)]))
    assert [row[0] for own in found for row in own[1:]] == ["Kick Off", "Splash", "Clay", "Choir"]


def test_a_label_may_hold_its_year() -> None:
    lines = []
    for title, one, two in (("Kick Off", "£500", "£550"), ("Clay", "£300", "£310")):
        lines += [f"*{title}", f"Award 2023-4: {one}", f"Award 2024/25: {two}", ""]
    lines += ["*Choir", "Award 2023-4: £750", "Award 2024/25: £800"]
    assert rows(page([(50, lines)])) == [
        ["", "Award 2023-4:", "Award 2024/25:"],
        ["Kick Off", "£500", "£550"],
        ["Clay", "£300", "£310"],
        ["Choir", "£750", "£800"],
    ]


def boxed(
    x: float, top: float, title: str, about: str, provider: str, sum_: str, place: str
) -> tuple[list[Word], list[Rule]]:
    """A card in a box with round corners: its title set off from the words about it, these from
    labels two by two above their values."""
    drawn = words(x + 10, top + 8, title, bold=True) + words(x + 10, top + 36, about)
    for at, (label, value) in enumerate(
        [("Delivered by", provider), ("Investment", sum_), ("Where", place), ("Target", "40 men")]
    ):
        left, down = x + 10 + 110 * (at % 2), top + 66 + 28 * (at // 2)
        drawn += words(left, down, label, size=6) + words(left, down + 10, value)
    right, bottom = x + 230, top + 130
    rules = [Rule(Box(x + 8, y, right - 8, y), 0.75, 0.8) for y in (top, bottom)]
    rules += [Rule(Box(side, top + 8, side, bottom - 8), 0.75, 0.8) for side in (x, right)]
    return drawn, rules


KICK_OFF = ("Kick Off", "Football after school", "YMCA", "£96,400", "All wards")
RESETTLE = ("Resettle", "Support from the gate", "Hill Trust", "£14,250", "Two prisons")
LABELS = ["Delivered by", "Investment", "Where", "Target"]


def boxed_page(*cards: tuple[float, float, tuple[str, str, str, str, str]]) -> Page:
    drawn: list[Word] = []
    rules: list[Rule] = []
    for x, top, said in cards:
        own, outline = boxed(x, top, *said)
        drawn += own
        rules += outline
    return Page(1, 595, 842, tuple(drawn), tuple(rules))


def test_what_stands_over_the_labels_in_their_drawn_box_is_title_and_words() -> None:
    clay = ("Clay", "Pots for all ages", "Kiln", "£300", "Town")
    found = rows(boxed_page((40, 60, KICK_OFF), (310, 60, RESETTLE), (40, 210, clay)))
    assert found[0] == ["", "", *LABELS]
    assert [row[:4] for row in found[1:]] == [list(c[:4]) for c in (KICK_OFF, RESETTLE, clay)]


def test_two_cards_are_a_pattern_where_boxes_are_drawn_for_them() -> None:
    found = rows(boxed_page((40, 60, KICK_OFF), (310, 60, RESETTLE)))
    assert found == [
        ["", "", *LABELS],
        [*KICK_OFF, "40 men"],
        [*RESETTLE, "40 men"],
    ]


def test_two_tables_in_drawn_boxes_are_no_cards() -> None:
    drawn: list[Word] = []
    rules: list[Rule] = []
    north = ("North", [("Service", "Cost"), ("Helpline", "£9,000"), ("Refuge", "£7,500")])
    south = ("South", [("Service", "Cost"), ("Mediation", "£4,000"), ("Advice", "£2,500")])
    for x, (title, lines) in ((40, north), (310, south)):
        drawn += words(x + 10, 68, title, bold=True)
        for at, (name, cost) in enumerate(lines):
            drawn += words(x + 10, 90 + LINE * at, name) + words(x + 120, 90 + LINE * at, cost)
        rules += [Rule(Box(x, y, x + 230, y), 0.75, 0.8) for y in (60, 150)]
        rules += [Rule(Box(side, 60, side, 150), 0.75, 0.8) for side in (x, x + 230)]
    assert rows(Page(1, 595, 842, tuple(drawn), tuple(rules))) == []


def test_a_bar_on_top_of_a_panel_holds_the_title_of_its_card() -> None:
    drawn: list[Word] = []
    fills = []
    for at, (title, name, grant) in enumerate(
        [("Kick Off", "YMCA", "£500"), ("The Shed", "Aid", "£750"), ("Splash", "Hall", "£1,100")]
    ):
        top = 60 + 120 * at
        fills += [Fill(Box(40, top, 300, top + 26), (90, 40, 130))]
        fills += [Fill(Box(40, top + 26, 300, top + 100), (240, 240, 240))]
        drawn += words(50, top + 8, title, bold=True) + words(50, top + 32, "For all ages")
        drawn += words(50, top + 56, f"Delivered by: {name}")
        drawn += words(50, top + 70, f"Grant: {grant}")
    found = rows(Page(1, 595, 842, tuple(drawn), fills=tuple(fills)))
    assert [row[0] for row in found] == ["", "Kick Off", "The Shed", "Splash"]
    assert [row[1] for row in found] == ["", *["For all ages"] * 3]


def two_languages(*cards: tuple[str, str, str, str]) -> Page:
    """Cards side by side in Welsh and English, larger bold titles over bold labels."""
    drawn: list[Word] = []
    for x, labels in ((50, ("Sefydliad", "Swm", "Ardal")), (310, ("Provider", "Grant", "Area"))):
        top = 60.0
        for title, name, grant, about in cards:
            drawn += words(x, top, title, bold=True, size=11)
            for label, value in zip(labels, (name, grant, "Dale"), strict=True):
                top += LINE
                key = words(x, top, f"{label}:", bold=True)
                drawn += key + words(key[-1].box.x1 + 2.5, top, value)
            drawn += words(x, top + LINE, about)
            top += 3 * LINE
    return Page(1, 595, 842, tuple(drawn))


AWARDS = (
    ("Kick Off", "YMCA", "£500", "Football for all on Friday nights."),
    ("The Shed", "Aid", "£750", "Benches and tools for older men."),
    ("Splash", "Hall", "£1,100", "Swimming in the summer holidays."),
)


def test_bold_labels_under_larger_titles_are_cards_of_their_own_language() -> None:
    found = tables(two_languages(*AWARDS))
    assert [own[0][1] for own in found] == ["Sefydliad:", "Provider:"]
    assert [[row[:3] for row in own[1:]] for own in found] == [[list(a[:3]) for a in AWARDS]] * 2


def test_a_sentence_under_the_last_value_is_no_part_of_it() -> None:
    for own in tables(two_languages(*AWARDS)):
        assert [row[3:] for row in own] == [[own[0][3], ""], *(["Dale", a[3]] for a in AWARDS)]


def test_a_last_value_that_wraps_goes_on() -> None:
    lines = []
    for title in ("Kick Off", "The Shed", "Splash"):
        lines += [f"*{title}", "Grant: £500", "Area: Millgate and Upper Fold with", "Scarr", ""]
    assert [row[-1] for row in rows(page([(50, lines)]))] == [
        "Area:",
        *["Millgate and Upper Fold with Scarr"] * 3,
    ]


def test_cards_that_print_all_in_two_languages_side_by_side_are_two_tables() -> None:
    welsh, english = [], []
    for name, prosiect, project, sum_ in (
        ("Clwb Criced", "Rhwydi newydd", "New nets", "£1,250"),
        ("Papur Bro", "Rhifynnau llafar", "Talking editions", "£640"),
        ("Food Share", "Oergell gymunedol", "Community fridge", "£3,900"),
    ):
        welsh += [f"*{name}", "PROSIECT", prosiect, "DYFARNIAD", sum_, "CYFNOD", "2025/26", ""]
        english += ["", "PROJECT", project, "AWARD", sum_, "PERIOD", "2025/26", ""]
    page_ = page([(50, welsh), (300, english)])
    first, second = read_cards(page_, page_lines(page_.words))
    assert [c.text for c in first.cells if c.row == 1] == [
        "Clwb Criced", "Rhwydi newydd", "£1,250", "2025/26",
    ]  # fmt: skip
    assert [c.text for c in second.cells if c.row < 2] == [
        "", "PROJECT", "AWARD", "PERIOD", "Clwb Criced", "New nets", "£1,250", "2025/26",
    ]  # fmt: skip


def test_a_label_set_as_the_others_are_need_not_come_round() -> None:
    def card(x: float, top: float, name: str, grant: str, label: str, count: str) -> list[Word]:
        small, large = 7.0, 14.0
        return [
            *words(x, top, "DELIVERED BY", size=small),
            *words(x, top + 9, name, bold=True),
            *words(x, top + 30, "GRANT 2025/26", size=small),
            *words(x + 110, top + 30, label, size=small),
            *words(x, top + 39, grant, size=large),
            *words(x + 110, top + 39, count, size=large),
        ]

    made = [
        *card(50, 50, "Amber Rooms", "£19,200", "PEOPLE", "48"),
        *card(320, 50, "Drum House", "£16,480", "PAIRS", "35"),
        *card(50, 150, "Wheels of Hope", "£13,650", "VISITS", "1,150"),
    ]
    heads, *read = rows(Page(1, 595, 842, tuple(made)))
    assert [{h: text for h, text in zip(heads, row, strict=True) if text} for row in read] == [
        {"DELIVERED BY": "Amber Rooms", "GRANT 2025/26": "£19,200", "PEOPLE": "48"},
        {"DELIVERED BY": "Drum House", "GRANT 2025/26": "£16,480", "PAIRS": "35"},
        {"DELIVERED BY": "Wheels of Hope", "GRANT 2025/26": "£13,650", "VISITS": "1,150"},
    ]


def test_a_value_beside_its_label_goes_on_in_the_next_line() -> None:
    def card(top: float, title: str, what: list[str], sum_: str) -> list[Word]:
        made = words(50, top, title, bold=True, size=12.0)
        at = top + 20
        for label, value in (
            ("Run by", [f"{title} Trust"]),
            ("What it does", what),
            ("Funding", [sum_]),
        ):
            made += words(50, at, label, bold=True)
            for line in value:
                made += words(170, at, line)
                at += 16.0  # as far apart as the labels are
        return made

    drawn = [
        *card(50, "Gateway", ["First contact and practical help, whether or", "it was told"], "£4"),
        *card(180, "Advocacy", ["Community ambassadors"], "£7"),
        *card(290, "Peers", ["An annual retreat"], "£9"),
    ]
    read = rows(Page(1, 595, 842, tuple(drawn)))
    assert read[1][2] == "First contact and practical help, whether or it was told"
    assert [row[-1] for row in read[1:]] == ["£4", "£7", "£9"]


def test_headings_that_each_name_a_card_stand_under_those_over_several() -> None:
    def card(name: str, who: str, sum_: str) -> list[str]:
        return ["", f"*{name}", "", f"Provider: {who}", f"Funding: {sum_}"]

    lines = ["*Victims", "", *card("Care", "Aid", "£400"), *card("Court", "Oak", "£220")]
    lines += ["", "*Total: £620", "", "*Children", "", *card("Talk", "Kirk", "£58")]
    lines += card("Theatre", "Door", "£20")
    read = tables(page([(50, lines)]))
    assert [[row[0] for row in own[1:]] for own in read] == [["Care", "Court"], ["Talk", "Theatre"]]


def test_what_stands_at_the_foot_of_a_card_in_another_type_is_no_part_of_its_value() -> None:
    drawn = boxed_page((40, 60, KICK_OFF), (310, 60, RESETTLE))
    feet = [word for x in (50, 320) for word in words(x, 178, "Ref VRP-01", size=6)]
    heads, *read = rows(Page(1, 595, 842, (*drawn.words, *feet), drawn.rules))
    assert [row[heads.index("Target")] for row in read] == ["40 men", "40 men"]
    assert [row[-1] for row in read] == ["Ref VRP-01", "Ref VRP-01"]


def test_two_labels_at_one_height_may_belong_to_two_cards() -> None:
    """Cells of a table that come again look like labels until no card is found; the first label
    beside another one begins a card of its own, and what stands below is read without an error."""
    lines = ["Sole|", "Ward|Sole", "of Kent|alone"] + ["Ward|", "of Hale|"] * 2 + ["Sole|"] * 2
    made: list[Word] = []
    for at, line in enumerate(lines):
        left, right = line.split("|")
        small = 10.0 if left[0].isupper() else 8.0
        made += words(50, 50 + LINE * at, left, size=small)
        made += words(85, 50 + LINE * at, right, size=small)
    assert rows(Page(1, 595, 842, tuple(made))) == []

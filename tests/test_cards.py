"""Cards with the same labels are one table: a row each, the labels its headings."""

from extractors.grid.cards import read_cards
from extractors.grid.lines import page_lines
from extractors.model import Box, Page, Word

SIZE = 10.0
LINE = 14.0


def words(x: float, top: float, text: str, bold: bool = False) -> list[Word]:
    made = []
    for part in text.split():
        wide = 5.0 * len(part)
        made.append(Word(part, Box(x, top, x + wide, top + SIZE), SIZE, bold))
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

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

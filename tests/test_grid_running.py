"""Running heads and feet are no part of tables; the headings of tables are no running heads."""

from dataclasses import replace

import pytest

from extractors.grid.running import without_running
from extractors.model import Box, Page, Word


def line(text: str, top: float, bold: bool = False) -> list[Word]:
    """Words 60 points apart where two spaces stand, else close together."""
    words, x = [], 50.0
    for part in text.split("  "):
        for word in part.split():
            words.append(
                Word(word, Box(x, top, x + 5 * len(word), top + 10), 10, glued=False, bold=bold)
            )
            x += 5 * len(word) + 3
        x += 60
    return words


def pages(*printed: list[list[Word]]) -> list[Page]:
    return [
        Page(number, 595, 842, tuple(w for words in own for w in words))
        for number, own in enumerate(printed, 1)
    ]


def body(top: float) -> list[list[Word]]:
    return [line(f"Service {i}  {i},200", top + 14 * i) for i in range(10)]


def left(printed: list[Page]) -> list[str]:
    return [" ".join(w.text for w in page.words) for page in without_running(printed)]


@pytest.mark.parametrize("foot", ["Decision 2025/017 Page {}", "Commissioning Plan  {}", "{}"])
def test_a_foot_that_counts_the_pages_goes(foot: str) -> None:
    printed = pages(*([*body(400), line(foot.format(n), 800)] for n in (1, 2)))
    assert left(printed) == left(pages(body(400), body(400)))


def test_a_foot_of_the_only_page_goes_where_it_calls_itself_a_page() -> None:
    printed = pages([*body(400), line("Record of decision Page 1", 800)])
    assert left(printed) == left(pages(body(400)))


def test_a_head_in_two_halves_goes() -> None:
    head = line("Kelder Borough Council  Revenue Estimates 2025/26", 30)
    assert left(pages([head, *body(90)], [head, *body(90)])) == left(pages(body(90), body(90)))


@pytest.mark.parametrize(
    "heading", [line("Service  2024/25", 60), line("Service  Award", 60, bold=True)]
)
def test_the_heading_of_a_table_that_comes_again_stays(heading: list[Word]) -> None:
    printed = pages([heading, *body(90)], [heading, *body(90)])
    assert left(printed) == [" ".join(w.text for w in page.words) for page in printed]


def test_a_last_row_with_other_figures_stays() -> None:
    printed = pages(
        [*body(400), line("Total  4,500", 800)], [*body(400), line("Total  4,700", 800)]
    )
    assert "4,500" in left(printed)[0]


def test_a_foot_set_tight_under_a_table_goes() -> None:
    printed = pages(*([*body(662), line(f"Decision 2025/017 Fund Page {n}", 799)] for n in (1, 2)))
    assert left(printed) == left(pages(body(662), body(662)))


def small(text: str, top: float, size: float = 7.0) -> list[Word]:
    return [replace(w, size=size) for w in line(text, top)]


def test_a_head_in_small_print_of_a_type_of_its_own_goes() -> None:
    printed = pages([small("Kelder Borough Council  Estimates", 30), *body(90)])
    assert left(printed) == left(pages(body(90)))


def test_headings_in_the_small_print_of_their_table_stay() -> None:
    rows = [small(f"Mentors  Oak Trust  {i},200", 130 + 14 * i) for i in range(3)]
    printed = pages([small("Service  Provider", 60), *rows, *body(400)])
    assert left(printed) == [" ".join(w.text for w in page.words) for page in printed]


def test_a_head_of_another_colour_in_the_usual_size_stays() -> None:
    blue = [replace(w, colour=(0, 0, 200)) for w in line("Service  Provider", 60)]
    printed = pages([blue, *body(90)])
    assert left(printed) == [" ".join(w.text for w in page.words) for page in printed]

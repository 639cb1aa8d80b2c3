"""A banner over a section is a row of its own, whether a rule stands under it or not."""

import pytest
from grid_pages import across, page, prose, right, rows_of, words

from extractors.grid import read_page
from extractors.model import Box, Fill, Word

SECTIONS = {
    "Street Scene": [("Street cleansing", "1,204"), ("Graffiti removal", "137"), ("Signs", "41")],
    "Parks and Open Spaces": [
        ("Grounds maintenance contract (Verdalis Ltd)", "984"),
        ("Allotments", "12"),
        ("Tree works", "155"),
    ],
    "Community Safety": [("Wardens", "121"), ("Outreach", "60"), ("CCTV", "246")],
}


@pytest.mark.parametrize("look", ["bold", "plain"])
@pytest.mark.parametrize("ruled", ["rows", "banners and rows", "nothing"])
def test_a_banner_does_not_begin_the_name_below_it(look: str, ruled: str) -> None:
    drawn: list[list[Word]] = [words("Budget head", 60, 200, bold=True)]
    drawn[0] += right("2024/25", 380, 200, bold=True) + right("2025/26", 500, 200, bold=True)
    rules, expected, y = [across(213, 56, 505, 0.7)], [["Budget head", "2024/25", "2025/26"]], 216
    for section, lines in SECTIONS.items():
        drawn.append(words(section, 60, y, bold=look == "bold"))
        expected.append([section, "", ""])
        rules += [across(y + 12, 56, 505, 0.7)] if "banners" in ruled else []
        y += 14
        for name, amount in lines:
            drawn.append(words(name, 60, y) + right(amount, 380, y) + right(amount, 500, y))
            expected.append([name, amount, amount])
            rules.append(across(y + 12, 56, 505, 0.7))
            y += 14
    fills = [Fill(Box(56, 197, 505, 213), (46, 110, 80))]
    rules = [] if ruled == "nothing" else rules
    (grid,) = read_page(page([*prose(100), *drawn], rules, fills))
    assert rows_of(grid) == expected


def test_a_banner_over_a_row_with_its_sum_on_the_last_line() -> None:
    drawn: list[list[Word]] = [words("Service", 60, 200, bold=True)]
    drawn[0] += words("Provider", 280, 200, bold=True) + right("2025/26", 500, 200, bold=True)
    expected, y = [["Service", "Provider", "2025/26"]], 214
    for section, lines in SECTIONS.items():
        drawn.append(words(section, 60, y, bold=True))
        expected.append([section, "", ""])
        y += 17
        for name, amount in lines:
            drawn += [words(name, 60, y) + words("Vale Road Safety", 280, y)]
            drawn += [words("Partnership", 280, y + 11) + right(amount, 500, y + 11)]
            expected.append([name, "Vale Road Safety Partnership", amount])
            y += 30
    (grid,) = read_page(page([*prose(100), *drawn]))
    assert rows_of(grid) == expected


@pytest.mark.parametrize("sections", [2, 3])
@pytest.mark.parametrize("ruled", [True, False], ids=["rules under rows", "no rules"])
@pytest.mark.parametrize("high", [13.0, 17.0], ids=["set close", "set apart"])
def test_a_banner_beside_codes_is_a_row_and_each_code_stays_with_its_name(
    high: float, ruled: bool, sections: int
) -> None:
    drawn: list[list[Word]] = [words("Code", 60, 200, bold=True)]
    drawn[0] += words("Budget head", 120, 200, bold=True) + right("2024/25", 500, 200, bold=True)
    expected, y, code = [["Code", "Budget head", "2024/25"]], 200 + high, 4100
    rules = [across(y - 1.5, 56, 505, 0.7)]
    for section, lines in list(SECTIONS.items())[:sections]:
        drawn.append(words(section, 120, y, bold=True))
        expected.append(["", section, ""])
        y += high
        for name, amount in lines:
            drawn.append(words(str(code), 60, y) + words(name, 120, y) + right(amount, 500, y))
            expected.append([str(code), name, amount])
            y, code = y + high, code + 10
            rules.append(across(y - 1.5, 56, 505, 0.7))
    (grid,) = read_page(page([*prose(100), *drawn], rules if ruled else []))
    assert rows_of(grid) == expected


def test_a_service_over_who_is_paid_is_no_banner_where_the_rest_stands_at_the_foot() -> None:
    rows = [
        ("Steer Clear", "Harbourside Youth Trust", "Mentoring in the months after", "36,400"),
        ("Trawl", "Penwith Fishing Heritage", "Boat-building course for teenagers", "22,150"),
        ("The Den", "Lanwith Town Council", "Open-access youth club, three times", "18,900"),
        ("Girls Speak", "Vale Young Women", "Group work on healthy lives", "27,300"),
        ("Moto Mend", "Clayland Skills Ltd", "", "9,875"),
    ]
    drawn = [words("Service and provider", 60, 200, bold=True) + words("For", 260, 200, bold=True)]
    drawn[0] += right("2025/26", 500, 200, bold=True)
    rules, y = [across(197, 56, 505), across(213, 56, 505)], 216
    for name, who, what, sum_ in rows:
        drawn.append(words(name, 60, y, bold=True) + (words(what, 260, y) if what else []))
        last = "a first caution" if what else "Motorcycle repair"
        drawn.append(words(who, 60, y + 11) + words(last, 260, y + 11) + right(sum_, 500, y + 11))
        y += 28
        rules.append(across(y - 4, 56, 505))
    (grid,) = read_page(page([*prose(100), *drawn], rules))
    assert [r[0] for r in rows_of(grid)[1:]] == [f"{name}\n{who}" for name, who, *_ in rows]

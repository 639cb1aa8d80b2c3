"""Which of several readings of one place counts, where it is no matter of degree."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import pytest
from grid_pages import words

from extractors.grid.choice import choose
from extractors.grid.draft import Draft, DraftCell
from extractors.grid.lines import page_lines
from extractors.grid.settled import Unfinished, settle
from extractors.grid.shading import uncut
from extractors.model import Box

XS = [56.0, 200.0, 340.0, 500.0]
HIGH = 16.0
HEAD = ["Service", "Provider", "Award"]
BODY = [["Mentors", "Oak Trust", "12,400"], ["Shed", "Aid", "1,750"], ["Pantry", "Kirk", "900"]]
TEXT = "The panel considered the report and agreed that the funding should go on as before. " * 2


def draft(
    rows: Sequence[Sequence[str]],
    top: float,
    score: float,
    bold: Sequence[int] = (),
    reader: str = "space/rows",
    xs: Sequence[float] = XS,
) -> Draft:
    """A reading whose rows are 16 points high; the words of those in `bold` are bold."""
    ys = [top + HIGH * i for i in range(len(rows) + 1)]
    cells = [
        DraftCell(i, j, 1, 1, None, words(text, xs[j] + 4, ys[i] + 3, bold=i in bold))
        for i, row in enumerate(rows)
        for j, text in enumerate(row)
        if text
    ]
    facts: dict[str, float] = defaultdict(float)
    return Draft(reader, list(xs), ys, cells, facts=facts, score=score)


def moved_down(made: Draft, points: float) -> None:
    """Print the last row of a reading further down."""
    made.ys[-1] += points
    for cell in made.cells:
        if cell.row == made.rows - 1:
            cell.words = [
                replace(w, box=replace(w.box, top=w.box.top + points, bottom=w.box.bottom + points))
                for w in cell.words
            ]


def best(drafts: Sequence[Draft], expected: Unfinished | None = None) -> Draft:
    settle(drafts, expected)
    return max(drafts, key=lambda d: d.score)


def test_running_text_over_the_headings_is_none_of_them() -> None:
    whole = draft([[TEXT], HEAD, *BODY], 200, 0.65)
    below = draft([HEAD, *BODY], 216, 0.6)
    assert best([whole, below]) is below


def test_running_text_over_a_reading_that_promises_far_less_is_no_reason() -> None:
    whole = draft([[TEXT], HEAD, *BODY], 200, 0.75)
    below = draft([HEAD, *BODY], 216, 0.5)
    assert best([whole, below]) is whole


def test_bold_headings_under_a_title_begin_another_table() -> None:
    other = ["Project", "Group", "Grant"]
    whole = draft([HEAD, *BODY, ["Small grants"], other, *BODY], 200, 0.7, bold=(0, 4, 5))
    below = draft([other, *BODY], 200 + 5 * HIGH, 0.6, bold=(0,))
    assert best([whole, below]) is below


def test_a_heading_over_two_columns_of_the_table_above_begins_another_table() -> None:
    rows = [[*row[:2], "1,200", row[2]] for row in BODY]
    heads = ["Project", "Group", "2023/24", "to 2025/26"]
    under = [[*row[:2], "", row[2]] for row in BODY]
    whole = draft([*rows, ["Part B"], heads, *under], 200, 0.7, bold=(3, 4))
    below = draft(
        [["Project", "Group", "2023/24 to 2025/26"], *BODY], 200 + 4 * HIGH, 0.6, bold=(0,)
    )
    assert best([whole, below]) is below


def test_plain_headings_under_a_title_and_running_text_begin_another_table() -> None:
    other = ["Service", "Provider", "Contract value"]
    words_ = ["Three contracts were let for three years and are not counted below."]
    whole = draft([HEAD, *BODY, ["Contracts"], words_, other, *BODY], 200, 0.7, bold=(0, 4))
    below = draft([other, *BODY], 200 + 6 * HIGH, 0.6)
    assert best([whole, below]) is below


def test_headings_that_come_again_under_a_title_go_on_with_the_table() -> None:
    whole = draft([HEAD, *BODY, ["Small grants"], HEAD, *BODY], 200, 0.7, bold=(0, 4, 5))
    below = draft([HEAD, *BODY], 200 + 5 * HIGH, 0.6, bold=(0,))
    assert best([whole, below]) is whole


def test_headings_of_two_lines_are_kept_whole() -> None:
    # The rows begin at 216 in both; one leaves out the upper line of the headings.
    upper = draft([["Name of service", "Name of provider", "Award made"], *BODY], 200, 0.5)
    upper.ys[0] -= 11
    lower = draft([["service", "provider", "made"], *BODY], 200, 0.6)
    assert best([upper, lower]) is upper


def test_a_row_of_figures_is_no_upper_half_of_headings() -> None:
    upper = draft([["Night shelter", "Oak Trust", "4,100"], *BODY], 200, 0.5)
    upper.ys[0] -= 11
    lower = draft([["shelter", "Trust", "4,100"], *BODY], 200, 0.6)
    assert best([upper, lower]) is lower


def test_bands_part_rows_better_than_white_space() -> None:
    space = draft([HEAD, *BODY], 200, 0.65)
    bands = draft([HEAD, *BODY], 200, 0.6, reader="bands/lines")
    assert best([space, bands]) is bands


def test_bands_that_part_fewer_rows_are_not_preferred() -> None:
    space = draft([HEAD, *BODY], 200, 0.65)
    bands = draft([HEAD, *BODY[:2]], 200, 0.6, reader="bands/lines")
    bands.ys[-1] = space.ys[-1]
    assert best([space, bands]) is space


def test_a_few_rows_at_the_head_of_a_page_are_told_as_those_before() -> None:
    before = Unfinished(tuple(XS), "spread")
    rows = draft(BODY, 40, 0.6, reader="space/tight")
    alike = draft([[*BODY[0]], BODY[1]], 40, 0.55, reader="space/spread")
    alike.ys[-1] = rows.ys[-1]
    assert best([rows, alike], before) is alike


@pytest.mark.parametrize(("reader", "gives_way"), [("space/tight", False), ("space/lines", True)])
def test_more_than_a_few_rows_are_told_by_themselves_save_line_by_line(
    reader: str, gives_way: bool
) -> None:
    before = Unfinished(tuple(XS), "wrapped")
    rows = draft(BODY * 4, 40, 0.6, reader=reader)
    alike = draft(BODY * 3, 40, 0.55, reader="space/wrapped")
    alike.ys[-1] = rows.ys[-1]
    assert best([rows, alike], before) is (alike if gives_way else rows)


def test_rules_between_all_rows_part_them_better_than_white_space() -> None:
    rows = [HEAD, *BODY, ["Helpline", "Beacon", "8,650"]]
    ruled = draft(rows, 200, 0.6, reader="rules/ruled")
    ruled.ruled_rows = 1.0
    cut = draft([*rows[:4], ["Help"], ["line", "Beacon", "8,650"]], 200, 0.65)
    cut.ys = [*ruled.ys[:-1], ruled.ys[-1] - 8, ruled.ys[-1]]
    cut.facts["lone_rows"] = 0.2
    assert best([cut, ruled]) is ruled


def test_a_lone_title_over_the_headings_is_no_part_of_the_first() -> None:
    upper = draft([["Grants made Service", "Provider", "Award"], *BODY], 200, 0.5)
    upper.ys[0] -= 11
    lower = draft([HEAD, *BODY], 200, 0.6)
    assert best([upper, lower]) is lower


def test_a_year_over_one_heading_is_part_of_it() -> None:
    upper = draft([["Service", "Provider", "2024/25 Award"], *BODY], 200, 0.5)
    upper.ys[0] -= 11
    lower = draft([HEAD, *BODY], 200, 0.6)
    assert best([upper, lower]) is upper


def test_running_text_and_a_footer_round_a_table_are_no_part_of_it() -> None:
    rows = [HEAD, *BODY * 4]
    whole = draft([[TEXT], *rows, ["Budget book", "", "1"]], 200, 0.65)
    below = draft(rows, 216, 0.6)
    assert best([whole, below]) is below


def test_words_may_stand_between_a_title_and_the_headings_of_another_table() -> None:
    other = ["Project", "Group", "Grant"]
    rows = [HEAD, *BODY, ["Small grants"], ["Brackets are income."], other, *BODY]
    whole = draft(rows, 200, 0.7, bold=(0, 4, 6))
    below = draft([other, *BODY], 200 + 6 * HIGH, 0.6, bold=(0,))
    assert best([whole, below]) is below


def test_as_many_rows_are_better_parted_by_rules() -> None:
    rows = [HEAD, *BODY, ["Helpline", "Beacon", "8,650"]]
    ruled = draft(rows, 200, 0.6, reader="space/eager")
    ruled.ruled_rows = 1.0
    moved = draft(rows, 200, 0.65, reader="rules/eager")
    moved.ys[1] += 8
    moved.ruled_rows = 0.9
    assert best([moved, ruled]) is ruled


def test_headings_of_all_columns_over_units_of_some_are_kept() -> None:
    unit = ["", "(£000s)", "£000s", "(£000s)"]
    names = ["Service", "2019/20 (£000s)", "2020/21 £000s", "2021/22 (£000s)"]
    rows = [["Mentors", "12", "14", "9"], ["Shed", "1", "2", "3"], ["Pantry", "9", "8", "7"]]
    xs = [56.0, 160.0, 260.0, 360.0, 500.0]
    kept, cut = (
        draft([first, *rows], 200, score, xs=xs) for first, score in ((names, 0.5), (unit, 0.6))
    )
    kept.ys[0] -= 11
    assert best([kept, cut]) is kept


@pytest.mark.parametrize("count", [3, 6])
def test_headings_that_stand_wide_apart_head_two_columns(count: int) -> None:
    xs = [56.0, 150.0, 260.0, 400.0, 500.0]
    names = ["Shed", "Choir", "Clay", "Pantry", "Mentors", "Helpline"][:count]
    rows = [["", name, "Oak Trust", "1,750"] for name in names]
    rows[2][0] = "Prevention"
    fine = draft([["Theme", "Service", "Provider", "Award"], *rows], 200, 0.6, xs=xs)
    coarse = draft(
        [["Theme Service", *HEAD[1:]], *(r[1:] for r in rows)], 200, 0.65, xs=[xs[0], *xs[2:]]
    )
    assert best([fine, coarse]) is fine


def test_two_tables_that_each_promise_more_are_not_read_as_one() -> None:
    first, second = draft([HEAD, *BODY], 200, 0.9), draft([HEAD, *BODY], 200 + 5 * HIGH, 0.9)
    whole = draft([HEAD, *BODY, ["Small grants"], HEAD, *BODY], 200, 0.79)
    assert choose([whole, first, second]) == [first, second]


FOUR = [56.0, 200.0, 340.0, 420.0, 500.0]
YEARS = [["Service", "Provider", "2023/24", "2024/25"], ["Mentors", "Oak Trust", "4,100", "4,250"],
         ["Shed", "Aid", "1,750", "-"], ["Pantry", "Kirk", "900", "950"]]  # fmt: skip
PLAIN = ["Choir", "Sing Ltd", "750", "800"]


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        pytest.param(PLAIN, True, id="a row like those above"),
        pytest.param(
            ["Anytown council", "Budget book", "", "12"], False, id="a foot with its page"
        ),
        pytest.param(["Figures", "are rounded", "to", "thousands"], False, id="words"),
    ],
)
def test_a_last_row_of_figures_under_the_last_band_is_kept(last: list[str], kept: bool) -> None:
    short = draft(YEARS, 200, 0.65, reader="bands/wrapped", xs=FOUR)
    whole = draft([*YEARS, last], 200, 0.6, reader="space/wrapped", xs=FOUR)
    assert best([short, whole]) is (whole if kept else short)


def test_figures_far_below_are_no_last_row() -> None:
    short = draft(YEARS, 200, 0.65, reader="bands/wrapped", xs=FOUR)
    whole = draft([*YEARS, PLAIN], 200, 0.6, reader="space/wrapped", xs=FOUR)
    moved_down(whole, 3 * HIGH)
    assert best([short, whole]) is short


def test_a_reading_that_leaves_out_a_row_of_figures_is_not_preferred() -> None:
    rows = [HEAD, *BODY, ["Helpline", "Beacon", "8,650"], ["Total", "", "23,700"]]
    whole = draft(rows, 200, 0.6)
    part = draft(rows[:-1], 200, 0.65)
    assert best([whole, part]) is whole


def test_a_page_number_at_the_foot_is_no_row_of_figures() -> None:
    rows = [HEAD, *BODY, ["Helpline", "Beacon", "8,650"]]
    whole, part = draft([*rows, ["Budget book", "", "12"]], 200, 0.6), draft(rows, 200, 0.65)
    moved_down(whole, 5 * HIGH)
    assert best([whole, part]) is part


def test_a_note_under_headings_does_not_begin_the_table() -> None:
    rows = BODY * 3
    whole = draft([HEAD, [TEXT], *rows], 200, 0.65)
    below = draft(rows, 232, 0.6)
    assert best([whole, below]) is whole


def test_words_over_the_headings_of_some_columns_are_kept() -> None:
    years = [["", "2025-26", "2026-27", "2027-28"], ["Mentors", "12", "14", "9"]]
    xs = [56.0, 160.0, 260.0, 360.0, 500.0]
    below = draft([*years, ["Shed", "1", "2", "3"]], 200, 0.65, xs=xs)
    whole = draft([["", "", "Indicative"], *years, ["Shed", "1", "2", "3"]], 184, 0.6, xs=xs)
    whole.cells = [replace(c, column_span=2) if c.row == 0 else c for c in whole.cells]
    assert best([whole, below]) is whole


def test_a_list_of_bullets_beside_a_table_is_none_of_its_columns() -> None:
    listed = ["• £450 to the Scouts", "• £300 to the Players", "• £500 for a freezer"]
    rows = [[bullet, name, amount] for bullet, (name, _, amount) in zip(listed, BODY, strict=True)]
    whole = draft([["Small grants", "Organisation", "Award"], *rows], 200, 0.7)
    whole.facts["bulleted"] = 0.2
    alone = draft(
        [["Organisation", "Award"], *(one[1:] for one in rows)], 200, 0.6, xs=[200.0, 340.0, 500.0]
    )
    alone.facts["number_columns"] = 0.5
    assert best([whole, alone]) is alone


@pytest.mark.parametrize(("rows", "kept"), [(1, 1), (2, 2)])
def test_no_row_ends_within_a_band_that_holds_one_row_of_figures(rows: int, kept: int) -> None:
    drawn = words("Phoenix courses", 60, 100)
    for i, (name, thousands) in enumerate([("The Forge", "38.5"), ("Cadets", "9.5")][:rows]):
        drawn += words(name, 60, 111 + 11 * i) + words(thousands, 480, 111 + 11 * i)
    cut = draft([["Phoenix"], ["The Forge", "Grant", "38.5"]], 100, 0.5)
    whole = draft([["Phoenix The Forge", "Grant", "38.5"]], 100, 0.5)
    assert len(uncut([cut, whole], page_lines(drawn), [Box(50, 98, 505, 134)])) == kept


@pytest.mark.parametrize(("promised", "halves"), [(0.2, False), (0.5, True)])
def test_only_a_half_that_is_a_table_itself_is_taken_out_of_what_lies_over_it(
    promised: float, halves: bool
) -> None:
    whole = draft([HEAD, *BODY], 200, 0.8)
    half = draft([row[:2] for row in BODY], 216, promised, reader="uneven/wrapped", xs=XS[:3])
    settle([whole, half])
    assert choose([whole, half]) == [half if halves else whole]


@pytest.mark.parametrize("surer", [True, False])
def test_headings_are_parted_as_over_another_table_of_the_page(surer: bool) -> None:
    xs = [56.0, 200.0, 270.0, 340.0, 500.0]
    heads = ["Service", "How", "Reach", "Award"]
    long = [["Mentors", "Tender", "County", "12,400"], ["Shed", "Grant", "Hill", "1,750"]]
    joined = [["Pantry", "Grant Dale", "900"], ["Choir", "Tender County", "750"]]
    parted = [["Pantry", "Grant", "Dale", "900"], ["Choir", "Tender", "County", "750"]]
    sibling = draft([heads, *long], 200, 0.9 if surer else 0.4, xs=xs)
    coarse = draft([["Service", "How Reach", "Award"], *joined], 400, 0.65, xs=[*xs[:2], *xs[3:]])
    fine = draft([heads, *parted], 400, 0.5, xs=xs)
    settle([sibling, coarse, fine])
    assert (fine.score > coarse.score) is surer


@pytest.mark.parametrize("full", [True, False])
def test_a_total_below_a_row_without_a_bare_figure_is_kept(full: bool) -> None:
    more = ["Homes", "Saltmarsh Ltd", "up to 15,000"] if full else ["Homes", "", ""]
    whole = draft([HEAD, *BODY, more, ["Total", "", "30,050"]], 200, 0.55)
    moved_down(whole, 6)
    cut = draft([HEAD, *BODY], 200, 0.6)
    assert (best([whole, cut]) is whole) is full


def test_the_headings_of_a_table_below_bring_its_rows_no_nearer() -> None:
    years = ["Service", "Provider", "13/14 £"]
    whole = draft([years, *BODY, ["Victims", "", ""], years, BODY[0]], 200, 0.55)
    cut = draft([years, *BODY], 200, 0.6)
    assert best([whole, cut]) is cut

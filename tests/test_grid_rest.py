"""The last rows of a table at the head of the next page, where themes stand in its first column."""

from grid_pages import page, prose, right, rows_of, words

from extractors.grid.rest import rest_of_table

XS = (54.0, 125.0, 237.0, 400.0, 480.0, 531.0)


def test_rows_without_a_theme_of_their_own_are_rows() -> None:
    drawn = [
        words("Cultural Centre", 130, 60) + words("staff training", 240, 60),
        words("British Sign Language", 240, 76),
        words("Deaf Lorne", 130, 82) + right("5,640", 470, 82) + right("5,640", 525, 82),
        words("videos on crime", 240, 88),
        words("Rainbow Coast", 130, 105) + words("Festival stall", 240, 105),
        words("Gateway Learning", 130, 121),
        words("Mate crime workshops", 240, 127) + right("11,200", 470, 127),
        words("Disability Forum", 130, 133),
        words("Total", 60, 152) + right("167,870", 470, 152) + right("139,045", 525, 152),
    ]
    drawn[4] += right("1,950", 470, 105) + right("Nil", 525, 105)
    drawn[6] += right("9,800", 525, 127)
    grid = rest_of_table(page([*drawn, *prose(220)]), XS)
    assert grid is not None
    assert [[text for text in row if text] for row in rows_of(grid)] == [
        ["Cultural Centre", "staff training"],
        ["Deaf Lorne", "British Sign Language videos on crime", "5,640", "5,640"],
        ["Rainbow Coast", "Festival stall", "1,950", "Nil"],
        ["Gateway Learning Disability Forum", "Mate crime workshops", "11,200", "9,800"],
        ["Total", "167,870", "139,045"],
    ]

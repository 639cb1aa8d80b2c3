"""Glossaries, acronyms, priorities, forms and names: what a document lists, as records."""

from typing import Any

import pytest

from extractors.model import Box, Cell, Document, Passage, Place, Table
from normalizers.acronyms import find_acronyms, split_term
from normalizers.model import Text
from pipeline.forms import form_rows
from pipeline.mentions import Name, find_names
from pipeline.narrative import Located, term_rows
from pipeline.priorities import codes_of, priority_rows


def passages(*texts: tuple[str, str | None, tuple[str, ...]], **facts: Any) -> Document:
    return Document(
        "a.docx",
        "",
        "docx",
        passages=tuple(
            Passage(n, "paragraph", words, number=number, heading_path=path, **facts)
            for n, (words, number, path) in enumerate(texts, start=1)
        ),
    )


def table(*rows: tuple[str, ...], title: str | None = None, header: int = 0) -> Document:
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    whole = Table(1, len(rows), max(map(len, rows)), cells, title=title, header_rows=header)
    return Document("a.pdf", "", "pdf", tables=(whole,))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "the Integrated Offender Management (IOM) cohort",
            [("IOM", "Integrated Offender Management")],
        ),
        ("Community Safety Partnerships (CSPs) who", [("CSPs", "Community Safety Partnerships")]),
        ("Serious and Organised Crime (SOC) in", [("SOC", "Serious and Organised Crime")]),
        (
            "the Police and Crime Commissioner (“the PCC”)",
            [("PCC", "Police and Crime Commissioner")],
        ),
        ("Conditional Cautioning And Relationship Abuse (C2ARA)", []),
        ("a grant (GBP) was paid", []),
        ("as agreed (see Appendix A)", []),
        ("in the past (NOTE) it was", []),
    ],
)
def test_acronyms_that_the_text_defines(text: str, found: list[tuple[str, str]]) -> None:
    assert [(short, meaning) for short, meaning, _ in find_acronyms(text)] == found


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("ASB\tAnti-Social Behaviour", ("ASB", "Anti-Social Behaviour")),
        ("SP (1-17)\tPriorities", ("SP (1-17)", "Priorities")),
        ("LLR – Leicester and Rutland", ("LLR", "Leicester and Rutland")),
        ("VCS: Voluntary Sector", ("VCS", "Voluntary Sector")),
        ("Appendix C", None),
    ],
)
def test_glossary_entries(line: str, entry: tuple[str, str] | None) -> None:
    assert split_term(line) == entry


def test_a_glossary_under_its_heading_and_no_further() -> None:
    path = ("Appendix D", "Glossary")
    document = passages(
        ("ASB\tAnti-Social Behaviour", None, path),
        ("CSE\tChild Exploitation", None, path),
        ("Appendix B", None, path),
        ("Financial:\tNone", None, ("Implications",)),
    )
    rows = list(term_rows(document, ()))
    assert [(r.term, r.meaning, r.source) for r in rows] == [
        ("ASB", "Anti-Social Behaviour", "glossary"),
        ("CSE", "Child Exploitation", "glossary"),
    ]


def test_a_meaning_that_goes_on_below_in_its_own_column() -> None:
    def at(order: int, text: str, left: float) -> Passage:
        place = Place(1, Box(left, order * 10.0, 500, order * 10.0 + 9))
        return Passage(order, "paragraph", text, heading_path=("Glossary",), places=(place,))

    document = Document("a.pdf", "", "pdf", passages=(
        at(1, "Districts\tBlaby District, Hinckley", 70), at(2, "and Melton Borough", 200),
        at(3, "LLR\tLeicester", 70),
    ))  # fmt: skip
    assert [r.meaning for r in term_rows(document, ())] == [
        "Blaby District, Hinckley and Melton Borough", "Leicester",
    ]  # fmt: skip


def test_a_glossary_that_is_a_table_and_acronyms_of_the_text() -> None:
    document = table(
        ("Term", "Meaning"), ("ASB", "Anti-Social Behaviour"), title="Glossary", header=1
    )
    text = Located(Text("p1", "paragraph", "", None, "Youth Offending Service (YOS)"), ())
    assert [(r.term, r.source) for r in term_rows(document, [text])] == [
        ("ASB", "glossary"), ("YOS", "text"),
    ]  # fmt: skip


def test_priorities_with_their_themes_and_numbers() -> None:
    path = ("Strategic Priorities", "Theme: Supporting Victims")
    document = passages(
        ("To reduce crime", "1.", path), ("Other words", None, path), ("Not one", "2.", ("Budget",))
    )
    assert [(r.code, r.theme, r.priority) for r in priority_rows(document)] == [
        ("1", "Supporting Victims", "To reduce crime")
    ]


@pytest.mark.parametrize(
    ("printed", "codes"),
    [
        ("SP3; SP2", ("SP3", "SP2")),
        ("SP5/6; SP9", ("SP5", "SP6", "SP9")),
        ("Various", ()),
        ("", ()),
    ],
)
def test_codes_of_a_line(printed: str, codes: tuple[str, ...]) -> None:
    assert codes_of(printed) == codes


def test_ticks_belong_to_the_label_beside_them() -> None:
    document = table(("Age", "☒", "Sex", "☐"), ("Race", "☐", "None", "☒"), title="Form")
    assert [(r.label, r.checked) for r in form_rows(document)] == [
        ("Age", True), ("Sex", False), ("Race", False), ("None", True),
    ]  # fmt: skip


def test_ticks_in_one_cell() -> None:
    document = table(("Is it new?", "☒ Yes ☐ No"))
    assert [(r.label, r.checked) for r in form_rows(document)] == [
        ("Is it new?: Yes", True), ("Is it new?: No", False),
    ]  # fmt: skip


def test_implications_laid_with_a_tab_or_as_a_table() -> None:
    laid = passages(
        ("Financial:\tNone", None, ("Implications",)), ("Legal:\tNone", None, ("Implications",))
    )
    tabled = table(("Financial:", "None"), ("Legal:", "None"), title="Implications")
    for document in (laid, tabled):
        assert [(r.form, r.label, r.answer) for r in form_rows(document)] == [
            ("Implications", "Financial", "None"), ("Implications", "Legal", "None"),
        ]  # fmt: skip


def test_a_table_of_figures_is_no_form() -> None:
    assert not list(form_rows(table(("Victims", "1,395,707"), ("Prevention", "1,052,148"))))


def test_names_longest_first_and_with_a_capital() -> None:
    names = {
        "leicester": (
            Name(("leicester", "city", "council"), "provider", "Leicester City Council"),
            Name(("leicester",), "place", "Leicester"),
        ),
        "kicks": (Name(("kicks",), "service", "Kicks"),),
    }
    text = "Leicester City Council in Leicester kicks off; Kicks too."
    assert [(printed, name.kind) for _, printed, name in find_names(text, names)] == [
        ("Leicester City Council", "provider"), ("Leicester", "place"), ("Kicks", "service"),
    ]  # fmt: skip

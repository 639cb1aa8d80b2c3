"""What a document says of itself, from any publisher."""

import pytest

from normalizers.facts import Facts, infer
from normalizers.model import Text


def facts(
    *texts: tuple[str, str], properties: dict[str, str] | None = None, file: str = "a.pdf"
) -> Facts:
    return infer(
        [Text(f"p{n}", kind, "", None, words) for n, (kind, words) in enumerate(texts)],
        properties or {},
        file,
    )


@pytest.mark.parametrize(
    ("words", "publisher"),
    [
        (
            "POLICE & CRIME COMMISSIONER FOR LEICESTERSHIRE",
            "Office of the Police and Crime Commissioner for Leicestershire",
        ),
        (
            "Office of the Police and Crime Commissioner for Devon and Cornwall",
            "Office of the Police and Crime Commissioner for Devon and Cornwall",
        ),
        ("Kent County Council", "Kent County Council"),
        ("London Borough of Bexley", "London Borough of Bexley"),
        ("A report to the County Council", None),
    ],
)
def test_publisher_of_the_first_page(words: str, publisher: str | None) -> None:
    assert facts(("text_box", words)).publisher == publisher


def test_a_council_that_is_paid_is_not_the_publisher() -> None:
    found = facts(
        *[("paragraph", "Words about the work.")] * 12,
        *[("paragraph", "A grant goes to Leicester City Council.")] * 9,
        ("paragraph", "As the Police and Crime Commissioner for Leicestershire, I commission."),
    )
    assert found.publisher == "Office of the Police and Crime Commissioner for Leicestershire"


def test_date_and_title_behind_their_labels() -> None:
    found = facts(
        ("paragraph", "Report of\tOFFICE OF THE POLICE & CRIME COMMISSIONER"),
        ("paragraph", "Date\tMONDAY 9 JUNE 2014 – 2.00PM"),
        ("paragraph", "Subject\tCOMMISSIONING"),
        ("paragraph", "The Plan was revised in October 2013."),
    )
    assert (found.title, found.published_on) == ("Commissioning", "2014-06-09")


def test_a_document_without_a_date_gives_the_evidence_instead() -> None:
    found = facts(("paragraph", "In December 2019 the Commissioner agreed a budget to March 2021."))
    assert found.published_on is None
    assert found.published_evidence == (
        "not before December 2019, the latest date that it speaks of as past"
    )


def test_what_it_replaces_and_for_which_year() -> None:
    (found,) = facts(
        (
            "paragraph",
            "This information refreshes and therefore replaces the information included within "
            "the Commissioning Framework 2018-21 document for the financial year 2020-21.",
        )
    ).replaces
    assert (found.document, found.financial_year) == ("Commissioning Framework 2018-21", "2020-21")


def test_what_others_replaced_is_not_what_this_document_replaces() -> None:
    assert not facts(("paragraph", "The Framework was refreshed in December 2013.")).replaces
    assert not facts(
        ("paragraph", "It is no time for a refresh of the Police and Crime Plan.")
    ).replaces


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Commissioning Framework 2017-2018", "commissioning framework"),
        (
            "OPCC responses to Commissioning Framework consultation comments",
            "consultation responses",
        ),
        ("Decision Record 2024/015", "decision"),
        ("Community Grants Payments 2016-17", "grants and awards"),
        ("Medium Term Financial Plan", "medium term financial plan"),
        ("Contracts Register", "contracts register"),
    ],
)
def test_kind_by_title(title: str, kind: str) -> None:
    assert facts(("title", title)).kind == kind


def test_two_reports_in_one_file_are_a_pack() -> None:
    heading = ("heading", "Purpose of Report")
    assert facts(heading, ("paragraph", "x"), heading).kind == "report pack"


def test_years_of_the_title_else_of_the_money() -> None:
    assert facts(("title", "Framework 2018-21")).financial_years == (
        "2018-19",
        "2019-20",
        "2020-21",
    )
    assert facts(
        ("paragraph", "The budget for 2014/15 was £400,000. It will be refreshed for 2015/16.")
    ).financial_years == ("2014-15",)


def test_the_year_of_a_replacement_may_be_the_title_s() -> None:
    (found,) = facts(
        ("title", "Commissioning Framework 2020-21"),
        (
            "paragraph",
            "Appendix A shows how it is to be used, and for this one year it stands in place of "
            "what the Framework for 2018-21 had printed.",
        ),
    ).replaces
    assert (found.document, found.financial_year) == ("Framework for 2018-21", "2020-21")


def test_the_force_that_is_paid_tells_which_commissioner() -> None:
    assert (
        facts(
            ("paragraph", "The Police and Crime Commissioner agreed the budget."),
            ("provider", "Cleveland Police"),
            ("provider", "Cleveland Police"),
            ("provider", "Redcar Council"),
        ).publisher
        == "Office of the Police and Crime Commissioner for Cleveland"
    )
    assert (
        facts(("paragraph", "We pay Kent Police and Essex Police for the PCC.")).publisher is None
    )


def test_a_title_of_a_kind_alone_gives_way_to_one_behind_a_label() -> None:
    label = ("paragraph", "Title\tSafer Neighbourhoods Fund: grants awarded for 2024-25")
    found = facts(("title", "Decision Notice"), label)
    assert found.title == "Safer Neighbourhoods Fund: grants awarded for 2024-25"
    assert facts(("title", "Decision Notice")).title == "Decision Notice"
    assert facts(("title", "Commissioning Framework"), label).title == "Commissioning Framework"


def test_the_name_of_a_web_page_is_no_title() -> None:
    found = facts(("heading", "Community Fund 2024/25"), properties={"title": "fund-2024.html"})
    assert found.title == "Community Fund 2024/25"

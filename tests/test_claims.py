"""Claims of the text against the tables: each verdict is what a reader of both places says."""

import pytest

from extractors.model import Place
from normalizers.model import Text
from normalizers.narrative import read_mentions
from pipeline.claims import find_claims
from pipeline.figures import Figure, collect_figures, short_name, stems
from pipeline.findings import Narrative, find
from pipeline.narrative import Located
from pipeline.records import AmountRow, DocumentRow, LineRow, PrintedTotalRow, Records
from pipeline.verdicts import Judged, judge_claims, tell_of_each_other

OLD, NEW = "framework-2016.docx", "framework-2017.pdf"
MEANINGS = {"IOM": "Integrated Offender Management"}


def line(
    document: str, name: str, year: str, pounds: float, **facts: str
) -> tuple[LineRow, AmountRow]:
    key = f"{document}/{name}/{facts.get('provider', '')}"
    return (
        LineRow(
            line_id=key,
            document=document,
            position=1,
            table_number=1,
            row=1,
            table_title="Commissioning budget",
            section=facts.get("section"),
            service_printed=name,
            provision=facts.get("provision"),
            provider_printed=facts.get("provider"),
            place=Place(page=9),
        ),
        AmountRow(
            amount_id=f"{key}/{year}",
            line_id=key,
            document=document,
            position=1,
            column=3,
            financial_year=year,
            phase="budget",
            pence=round(pounds * 100),
            printed=f"{pounds:,.0f}",
            unit_pence=100,
            place=Place(page=9),
        ),
    )


def total(
    document: str, year: str, pounds: int, section: str | None = None, title: str = "Budget"
) -> PrintedTotalRow:
    return PrintedTotalRow(
        document=document,
        table_number=1,
        row=99,
        column=3,
        table_title=title,
        section=section,
        label="Total",
        financial_year=year,
        phase="budget",
        pence=pounds * 100,
        printed=f"{pounds:,}",
        computed_pence=pounds * 100,
        verdict="agrees",
        place=Place(page=11),
    )


ROWS = [
    line(NEW, "Locality Fund", "2017-18", 500000),
    line(NEW, "Integrated Offender Management (IOM)", "2017-18", 358000),
    line(NEW, "Grants and emergent ideas fund", "2017-18", 575530),
    line(NEW, "Think Family", "2017-18", 114750, provision="Contribution to troubled families"),
    line(NEW, "Changing Lives", "2017-18", 9000, provision="Contribution to troubled families"),
    line(NEW, "Drug Disposals sessions", "2017-18", 28107, provision="Behaviour sessions"),
    line(NEW, "New Dawn", "2017-18", 32050, provision="Behaviour sessions"),
    line(
        NEW, "Youth Mentoring", "2017-18", 147556, section="Reducing Offending", provider="Twenty"
    ),
    line(OLD, "Locality Fund", "2016-17", 450000),
    line(OLD, "IOM", "2016-17", 368000),
    line(OLD, "Tags for IOM cohort", "2016-17", 40000),
    line(OLD, "Think Family", "2016-17", 89250),
    line(OLD, "Changing Lives", "2016-17", 7000),
]
TOTALS = [
    total(NEW, "2017-18", 4668359),
    total(NEW, "2017-18", 1994599, section="Reducing Offending"),
    total(NEW, "2017-18", 1184734, section="Supporting Victims"),
    total(OLD, "2016-17", 3939983, title="Existing commitments for 2016/17"),
]
FIGURES: tuple[Figure, ...] = collect_figures(
    [row for row, _ in ROWS], [amount for _, amount in ROWS], TOTALS, MEANINGS
)


def judge(
    *paragraphs: str, document: str = NEW, years: tuple[str, ...] = ("2017-18",), heading: str = ""
) -> list[Judged]:
    texts = [
        Located(Text(f"p{n}", "paragraph", heading, None, words), (Place(page=4),))
        for n, words in enumerate(paragraphs)
    ]
    mentions = read_mentions([t.text for t in texts])
    claims = find_claims(document, years, texts, mentions, FIGURES, MEANINGS)
    return list(judge_claims(claims, FIGURES))


@pytest.mark.parametrize(
    ("sentence", "kind", "verdict", "words"),
    [
        ("The commissioning budget for 2017/18 is anticipated to be £4.668m.", "total", "rounding",
         "£4.668m rounds £4,668,359 (the printed grand total, page 11 of framework-2017.pdf)."),
        ("The overall budget for 2017/18 is £4,668,359.", "total", "agrees", "grand total"),
        ("The overall budget for 2017/18 is £4.7m.", "total", "rounding", "grand total"),
        ("The overall budget for 2017/18 is £4.662m.", "total", "contradicts", "£6,359"),
        ("Locality Fund – an additional £50k for grass roots", "increase", "agrees",
         "change from £450,000"),
        ("Locality Fund – an additional £60k for grass roots", "increase", "cannot_tell",
         "£50,000"),
        ("Troubled families – an additional £27,500 for the teams", "increase", "agrees",
         "2 lines"),
        ("Integrated Offender Management (IOM) – a £50k reduction", "reduction", "agrees",
         "Tags for IOM cohort"),
        ("Drug disposals – an investment of over £60k in behaviour", "award", "agrees", "£60,157"),
        ("Grants funding – an investment of £576k", "award", "rounding", "£575,530"),
        ("£1.99m for Reducing Offending in total", "total", "rounding", "sub-total"),
        ("Reducing Offending has £1.95m in 2017/18.", "total", "contradicts", "£44,599"),
        ("The budget for Youth Mentoring in 2017/18 is £160,000.", "total", "contradicts",
         "£147,556"),
        ("The total cost of Youth Mentoring in 2017/18 is £160,000.", "total", "cannot_tell", ""),
        ("The overall budget for 2017/18, with match funding, is £9m.", "total", "cannot_tell", ""),
        ("A maximum of £50,000 per application is available.", "maximum", "cannot_tell", "limit"),
        ("The Innovation Fund of 2013/14 was £50,000.", "total", "cannot_tell", "2013-14"),
        ("Up to now we paid £500,000 for the Locality Fund.", "award", "cannot_tell", "past"),
        ("The fund grows from £450,000 to £500,000.", "change", "cannot_tell", ""),
    ],
)  # fmt: skip
def test_verdicts(sentence: str, kind: str, verdict: str, words: str) -> None:
    one = judge(sentence)[0]
    assert (one.claim.kind, one.verdict) == (kind, verdict), one.explanation
    assert words in one.explanation


def test_a_part_of_a_section_is_its_one_line_that_fits() -> None:
    whole, part = judge("Of the £1.99m for Reducing Offending, only £148k goes to charities.")
    assert (whole.verdict, part.verdict) == ("rounding", "rounding")
    assert "Youth Mentoring" in part.explanation and "Twenty" in part.explanation


def test_amounts_that_the_text_makes_of_one_another() -> None:
    found = judge(
        "The commissioning budget for 2016/17 is anticipated to be £4.611m.",
        "The Framework for 2016/17 includes £3.940m committed previously.",
        "There is available funding therefore of £0.671m in 2016/17.",
        document=OLD,
        years=("2016-17",),
    )
    assert [one.verdict for one in found] == ["agrees", "rounding", "agrees"]
    assert "£3.940m (page 4 of framework-2016.docx) and £0.671m" in found[0].explanation


def test_percentages_are_reckoned_from_the_printed_figures() -> None:
    rows = [total(NEW, "2018-19", 4283405), total(NEW, "2019-20", 4316550)]
    figures = collect_figures([], [], rows, {})
    texts = [
        Located(
            Text("p1", "paragraph", "", None,
                 "The budget has increased, with a 0.7 % increase from 2018-19 to 2019-20."),
            (Place(page=1),),
        )
    ]  # fmt: skip
    mentions = read_mentions([t.text for t in texts])
    claims = find_claims(NEW, ("2018-19", "2019-20"), texts, mentions, figures, {})
    (one,) = judge_claims(claims, figures)
    assert one.verdict == "contradicts"
    assert "£33,145 on £4,283,405 is 0.77 %" in one.explanation


def test_a_change_from_a_figure_that_nobody_prints_cannot_be_told() -> None:
    found = judge(
        "The overall budget for 2017-18 has increased to £4,668,359, an increase of £98,911 from "
        "the original indicative 2017-18 budget (an increase of 2.2%)."
    )
    assert [one.verdict for one in found] == ["agrees", "cannot_tell", "rounding"]
    assert "indicative figure for 2017-18" in found[1].explanation


def test_the_heading_tells_what_a_comment_is_about() -> None:
    (low, high) = judge("The increase from £330,000 to £450,000 is positive.",
                        heading="LOCALITY FUND", document="comments.pdf",
                        years=("2014-15", "2015-16"))  # fmt: skip
    assert (low.verdict, high.verdict) == ("cannot_tell", "agrees")
    assert "the sentence names no year" in high.explanation


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Domestic Homicide Reviews – City – A contribution to enable reviews",
         "Domestic Homicide Reviews – City"),
        ("VCS infrastructure support– supporting voluntary and community organisations",
         "VCS infrastructure support"),
        ("Makes Moves - Charnwood", "Makes Moves – Charnwood"),
        ("Target Hardening", "Target Hardening"),
    ],
)  # fmt: skip
def test_the_name_of_a_service_without_its_description(printed: str, name: str) -> None:
    assert short_name(printed) == name


def test_words_match_by_their_stems() -> None:
    assert stems("Troubled Families programmes") == stems("the troubled family programme")
    assert stems("Contribution to support services") == frozenset()


def test_what_another_document_says_of_the_same_sum_is_told() -> None:
    mine = judge("The PCC Grant had a budget of £70,000.")
    theirs = judge("A PCC Grant of £70k was paid.", document="panel.pdf", years=("2014-15",))
    assert {one.verdict for one in (*mine, *theirs)} == {"cannot_tell"}
    told = tell_of_each_other([*mine, *theirs])
    assert "£70k is said of PCC Grant on page 4 of panel.pdf as well." in told[0].explanation


def test_documents_of_another_publisher_are_no_evidence() -> None:
    text = Located(
        Text("p1", "paragraph", "", None, "The overall budget for 2017/18 is £4.6m."), ()
    )
    other = "other.pdf"

    def verdict(publisher: str | None) -> str | None:
        records = Records(
            documents=(
                DocumentRow(document=NEW, sha256="", format="pdf", publisher="One"),
                DocumentRow(document=other, sha256="", format="pdf", publisher=publisher),
            ),
            printed_totals=(total(NEW, "2017-18", 4600000),),
        )
        narrative = Narrative(other, (text,), read_mentions([text.text]), ("2017-18",))
        silent = Narrative(NEW, (), (), ("2017-18",))
        (row,) = find(records, [silent, narrative]).narrative_amounts
        return row.verdict

    assert [verdict(name) for name in ("One", "Two", None)] == [
        "agrees",
        "cannot_tell",
        "cannot_tell",
    ]

"""The site: every address answers, every figure leads to its print, nothing printed does anything.

Asked without a network and without a browser; `test_serve_browser.py` has the browser.
"""

from __future__ import annotations

import csv
import html
import io
import random
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

pytest.importorskip("datasette", reason="the extra `serve` is not installed")

from PIL import Image

from extractors.pdf.layer import opened
from pipeline.charts import Flow, Node, alluvial, draw, ends_kept, year_bars
from pipeline.export import FORMULA_STARTS
from pipeline.pen import CannotDraw
from pipeline.questions import QUESTIONS, ask
from pipeline.serve.evidence import waterfall
from pipeline.serve.pictures import MOST_BYTES, Pictures
from pipeline.serve.search import match_words
from pipeline.store import build
from pipeline.stories import event_words, is_single, share
from pipeline.views import VIEWS
from tests.serving import DOCUMENT, HOSTILE, PUBLISHER, Asker, asking, hostile_records

RAW = Path(__file__).parent.parent / "raw_docs"


@pytest.fixture(scope="module")
def real(specimens: Path) -> Iterator[Asker]:
    with asking(specimens, RAW) as asker:
        yield asker


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    folder = tmp_path_factory.mktemp("hostile")
    build(hostile_records(), folder / "spendtrail.db")
    with asking(folder / "spendtrail.db", folder) as asker:
        yield asker


def rows(database: Path, sql: str) -> list[sqlite3.Row]:
    with sqlite3.connect(database) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute(sql).fetchall()


# --- every figure leads to its print ---------------------------------------------------


def test_every_amount_has_an_evidence_page_with_its_printed_words(real: Asker) -> None:
    amounts = rows(real.site.database, "SELECT amount_id, amount_printed FROM spending")
    assert amounts
    for amount in amounts:
        answer = real(f"/-/evidence/{amount['amount_id']}")
        assert answer.status_code == 200, amount["amount_id"]
        assert (
            html.escape(amount["amount_printed"], quote=False) in html.unescape(answer.text)
            or html.escape(amount["amount_printed"]) in answer.text
        )


def test_the_box_of_a_hundred_amounts_holds_the_printed_figure(specimens: Path) -> None:
    amounts = rows(
        specimens,
        "SELECT amount_printed, document, page, x0, top, x1, bottom FROM spending "
        "WHERE x0 IS NOT NULL AND confidence IS NULL ORDER BY amount_id",
    )
    chosen = random.Random(7).sample(amounts, min(100, len(amounts)))
    by_document: dict[str, list[sqlite3.Row]] = {}
    for amount in chosen:
        by_document.setdefault(amount["document"], []).append(amount)
    for name, found in by_document.items():
        with opened(RAW / name) as document:
            for a in found:
                page = document[a["page"] - 1]
                height = page.get_height()
                words = page.get_textpage().get_text_bounded(
                    a["x0"] - 1, height - a["bottom"] - 1, a["x1"] + 1, height - a["top"] + 1
                )
                squeezed = "".join(a["amount_printed"].split())
                assert squeezed in "".join(words.split()), (name, dict(a), words)


def test_the_picture_shows_the_box_in_red(real: Asker) -> None:
    amount = rows(
        real.site.database,
        "SELECT * FROM spending WHERE x0 IS NOT NULL ORDER BY amount_id LIMIT 1",
    )[0]
    whole = real(f"/-/evidence/{amount['amount_id']}.png")
    assert whole.headers["content-type"] == "image/png"
    picture = Image.open(io.BytesIO(whole.content)).convert("RGB")
    edge = picture.getpixel(
        (int((amount["x0"] + amount["x1"]) / 2 * 2), int((amount["top"] - 2) * 2 + 1))
    )
    assert edge == (214, 39, 40)
    sizes = {
        size: Image.open(
            io.BytesIO(real(f"/-/evidence/{amount['amount_id']}.png?size={size}").content)
        ).width
        for size in ("phone", "page", "print", "close")
    }
    assert sizes["phone"] < sizes["page"] < sizes["print"]
    assert sizes["close"] < sizes["page"]


def test_the_sum_is_written_out_and_its_parts_are_linked(real: Asker) -> None:
    total = rows(
        real.site.database,
        "SELECT * FROM printed_totals WHERE section IS NOT NULL AND verdict = 'agrees' LIMIT 1",
    )[0]
    parts = rows(
        real.site.database,
        f"SELECT amount_id FROM spending WHERE document = '{total['document']}' "
        f'AND table_number = {total["table_number"]} AND "column" = {total["column"]} '
        "AND section = '" + total["section"].replace("'", "''") + "'",
    )
    page = real(f"/-/evidence/{parts[0]['amount_id']}").text
    for part in parts[1:]:
        assert f'href="/-/evidence/{part["amount_id"]}"' in page
    assert f"{len(parts)} lines come to" in page


def test_a_word_table_is_shown_as_set_with_the_cell_marked(real: Asker) -> None:
    amount = rows(
        real.site.database,
        "SELECT * FROM spending WHERE page IS NULL AND table_number IS NOT NULL LIMIT 1",
    )[0]
    page = real(f"/-/evidence/{amount['amount_id']}").text
    marked = re.search(r'class="cell" id="cell"><mark>(.*?)</mark>', page, re.DOTALL)
    assert marked and "".join(amount["amount_printed"].split()) in "".join(
        html.unescape(marked[1]).split()
    )


# --- every address answers -----------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_question_answers_as_page_csv_and_json_with_the_same_rows(real: Asker, name: str) -> None:
    given = {p.name: p.example for p in QUESTIONS[name].parameters if p.example}
    with sqlite3.connect(real.site.database) as connection:
        columns, expected = ask(connection, QUESTIONS[name], given)
    assert real(f"/spendtrail/{name}", params=given).status_code == 200
    assert real(f"/spendtrail/{name}").status_code == 200
    written = list(
        csv.reader(io.StringIO(real(f"/spendtrail/{name}.csv", params=given).text, newline=""))
    )
    assert written[0] == columns and len(written) == len(expected) + 1
    answered = real(f"/spendtrail/{name}.json", params={**given, "_shape": "array"}).json()
    assert [tuple(row.values()) for row in answered] == expected


@pytest.mark.parametrize("view", [view.name for view in VIEWS])
def test_every_view_is_a_table_with_its_words_and_csv(real: Asker, view: str) -> None:
    answer = real(f"/spendtrail/{view}")
    assert answer.status_code == 200
    about = next(v for v in VIEWS if v.name == view)
    assert about.columns[0].meaning in html.unescape(answer.text)
    written = list(csv.reader(io.StringIO(real(f"/spendtrail/{view}.csv").text, newline="")))
    count = rows(real.site.database, f'SELECT count(*) FROM "{view}"')[0][0]
    assert len(written) == count + 1
    assert not re.search("timed out|Not counted in time", answer.text)


def test_names_documents_services_and_pages_have_addresses(real: Asker) -> None:
    database = real.site.database
    services = rows(database, "SELECT DISTINCT service_id FROM service_links ORDER BY 1")
    for row in services[::9]:  # each draws its chart
        assert real(f"/-/service/{quote(row[0])}").status_code == 200, row[0]
    for row in rows(database, "SELECT DISTINCT provider_id, provider FROM provider_names"):
        if row["provider_id"]:
            assert real(f"/-/provider/{quote(row['provider_id'])}").status_code == 200
            assert real(f"/-/provider/{quote(row['provider'])}").status_code == 200
    for row in rows(database, "SELECT document, sha256, pages FROM documents"):
        assert real(f"/-/document/{quote(row['document'])}").status_code == 200
        if row["pages"]:
            address = f"/-/page/{row['sha256'][:12]}/{row['pages']}"
            assert real(address).status_code == 200
            assert real(f"{address}.png?box=1,2,30,40&size=phone").status_code == 200


def test_the_other_pages_answer(real: Asker) -> None:
    for path in ("/", "/-/questions", "/-/search", "/-/history", "/-/history?real=2020-21"):
        assert real(path).status_code == 200, path
    assert real("/-/history.csv").headers["content-type"].startswith("text/csv")
    assert real("/spendtrail", params={"sql": "select 1"}).status_code == 200
    line = rows(real.site.database, "SELECT line_id, amount_id FROM spending LIMIT 1")[0]
    sent = real(f"/-/line/{line['line_id']}")
    assert sent.status_code == 302 and line["line_id"] in sent.headers["location"]


def test_search_finds_lines_and_text_and_takes_any_signs(real: Asker) -> None:
    found = real("/-/search", params={"q": "youth"}).text
    assert "/-/evidence/" in found and "/-/page/" in found
    for signs in ('"', "AND OR NOT", "a* NEAR(", "(((", "-", "'; --", "☃", "x" * 5000):
        assert real("/-/search", params={"q": signs}).status_code == 200, signs


def test_typed_words_are_no_query_language() -> None:
    assert match_words("youth AND (grants") == '"youth" "AND" "grants"*'
    assert match_words('"!') is None


# --- what is not there, and what must not be -----------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/-/evidence/nothing",
        "/-/evidence/nothing.png",
        "/-/evidence/..%2F..%2Fetc%2Fpasswd.png",
        "/-/document/..%2F..%2Fetc%2Fpasswd",
        "/-/document/%2Fetc%2Fpasswd",
        "/-/page/abababababab/1.png",
        "/-/page/../../../etc/passwd",
        "/-/page/43f724acd5e3/0.png",
        "/-/page/43f724acd5e3/1.png?size=huge",
        "/-/page/43f724acd5e3/1.png?box=1,2,3",
        "/-/page/43f724acd5e3/1.png?box=nan,1,2,3",
        "/-/page/43f724acd5e3/1?box=<script>",
        "/-/service/nothing",
        "/-/provider/nothing",
        "/spendtrail-static/..%2Fsite.py",
        "/-/history?real=1066-67",
        "/?publisher=nobody",
    ],
)
def test_what_is_not_there_is_said_so(real: Asker, path: str) -> None:
    answer = real(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text and "<script>" not in answer.text.replace('<script src="', "")


def test_only_the_bytes_that_were_read_are_shown(specimens: Path, tmp_path: Path) -> None:
    amount = rows(specimens, "SELECT * FROM spending WHERE x0 IS NOT NULL LIMIT 1")[0]
    address = f"/-/evidence/{amount['amount_id']}.png"
    with asking(specimens, tmp_path) as asker:
        assert "no longer among the documents" in asker(address).text
        other = next(p for p in sorted(RAW.glob("*.pdf")) if p.name != amount["document"])
        shutil.copyfile(other, tmp_path / amount["document"])
        answer = asker(address)
        assert answer.status_code == 404 and "another file now" in answer.text
        (tmp_path / amount["document"]).unlink()
        (tmp_path / amount["document"]).symlink_to(RAW / amount["document"])
        assert asker(address).status_code == 404  # a link out of the folder of documents
        shutil.copyfile(RAW / amount["document"], tmp_path / "kept")
        (tmp_path / amount["document"]).unlink()
        (tmp_path / "kept").rename(tmp_path / amount["document"])
        assert asker(address).status_code == 200


def test_the_store_of_pictures_is_bounded() -> None:
    pictures = Pictures(RAW)
    assert pictures.size <= MOST_BYTES


def test_hostile_print_is_text_everywhere(hostile: Asker) -> None:
    amounts = rows(hostile.site.database, "SELECT amount_id FROM spending")
    paths = [
        "/",
        f"/?publisher={quote(PUBLISHER)}",
        "/-/search?q=youth",
        "/-/search?q=" + quote(HOSTILE[0]),
        "/-/history",
        f"/-/document/{quote(DOCUMENT)}",
        f"/-/page/{'ab' * 6}/1",
        *(f"/-/service/pcc/s{n}" for n in range(len(HOSTILE))),
        "/-/provider/" + quote("o'hara/<b>", safe="/"),
        *(f"/spendtrail/{name}" for name in QUESTIONS),
        *(f"/spendtrail/{view.name}" for view in VIEWS),
        *(
            f"/spendtrail/{name}?"
            + "&".join(f"{p.name}={quote(HOSTILE[1])}" for p in question.parameters)
            for name, question in QUESTIONS.items()
        ),
        *(f"/-/evidence/{row[0]}" for row in amounts),
    ]
    for path in paths:
        answer = hostile(path)
        assert answer.status_code == 200, (path, answer.text[:300])
        for bad in ("<script>window", "<img src=x", "<b>Northfold", "<i>a</i>"):
            assert bad not in answer.text, path
        assert "49" not in re.findall(r"evil\u202c ?(\S+)", answer.text), path


def test_csv_of_hostile_print_runs_nothing(hostile: Asker) -> None:
    for path in ("/spendtrail/spending.csv", "/spendtrail/who_received.csv", "/-/history.csv"):
        for row in csv.reader(io.StringIO(hostile(path).text, newline="")):
            assert not any(
                cell.startswith(FORMULA_STARTS) and not re.fullmatch(r"-?[\d.]+", cell)
                for cell in row
            ), path


def test_the_report_holds_hostile_print_as_text(hostile: Asker) -> None:
    from pipeline.report import render

    written = render(hostile.site.database)
    assert written == render(hostile.site.database)
    for bad in ("<script", "<img src=x", "<b>Northfold", "<i>a</i>"):
        assert bad not in written
    assert not re.findall(r'(?:src|href)="(?!#)', written)


# --- a run that finishes meanwhile ------------------------------------------------------


def test_a_new_database_shows_at_the_next_request(tmp_path: Path) -> None:
    database = tmp_path / "spendtrail.db"
    build(hostile_records(), database)
    with asking(database, tmp_path) as asker:
        assert asker("/-/evidence/d-t1-r0-c0").status_code == 200
        from pipeline.records import DocumentRow, Records

        build(
            Records(documents=(DocumentRow(document="n.pdf", sha256="0" * 64, format="pdf"),)),
            database,
        )
        assert asker("/-/evidence/d-t1-r0-c0").status_code == 404
        assert asker("/-/document/n.pdf").status_code == 200
        assert asker("/").status_code == 200
        database.unlink()
        answer = asker("/")
        assert answer.status_code == 503 and "spendtrail run" in answer.text


def test_nobody_writes_and_every_answer_forbids_strangers(real: Asker) -> None:
    answer = real("/spendtrail", params={"sql": "delete from line"})
    assert "SELECT" in answer.text.upper() and answer.status_code in (200, 400)
    for path in ("/", "/spendtrail/spending", "/-/evidence/nothing"):
        assert "default-src 'self'" in real(path).headers["content-security-policy"]


# --- words and charts -----------------------------------------------------------------


def test_a_change_in_a_services_life_is_a_sentence() -> None:
    event = {
        "kind": "merged",
        "from_services": "North | South | East",
        "to_services": "County",
        "financial_year": "2021-22",
    }
    assert event_words(event) == "North, South and East merged into County in 2021-22."
    ended = {**event, "kind": "ended", "from_services": "North", "to_services": None}
    assert event_words(ended) == "North ended in 2021-22."


def test_a_waterfall_begins_where_the_step_before_ended() -> None:
    steps = waterfall(
        [{"words": w, "bits": b} for w, b in (("a", 6.0), ("none", 0.0), ("b", -2.0), ("c", 4.0))]
    )
    assert [(step.words, step.start, step.width) for step in steps] == [
        ("a", 0.0, 75.0),
        ("b", 50.0, 25.0),
        ("c", 50.0, 50.0),
    ]


def test_ribbons_leave_and_arrive_with_the_money_of_their_boxes() -> None:
    nodes = [Node("a", 0, "A", 60.0), Node("b", 0, "B", 40.0), Node("c", 1, "C", 90.0)]
    flows = [Flow("a", "c", 60.0, 54.0), Flow("b", "c", 40.0, 36.0)]
    ribbons = alluvial(("2020-21", "2021-22"), nodes, flows)["layer"][0]["data"]["values"]
    first = [point for point in ribbons if point["ribbon"] == 0]
    second = [point for point in ribbons if point["ribbon"] == 1]
    assert first[0]["high"] - first[0]["low"] == pytest.approx(60)
    assert first[-1]["high"] - first[-1]["low"] == pytest.approx(54)
    assert second[-1]["low"] == pytest.approx(first[-1]["high"])


def test_a_name_that_is_cut_keeps_its_end() -> None:
    assert ends_kept("Youth prevention and diversion – City", 20) == "Youth preve…n – City"
    assert ends_kept("Short", 20) == "Short"


def test_a_share_is_whole_only_where_it_is() -> None:
    assert (share(1, 1), share(0, 5), share(999_999, 1_000_000)) == ("100 %", "0 %", "99.9 %")


def test_only_one_financial_year_is_single() -> None:
    assert is_single("2017-18") and is_single("1999-00") and not is_single("2022-25")


def test_an_axis_names_thousands_millions_and_billions() -> None:
    for top, words in ((9_000, "£8,000"), (90_000, "£80k"), (5_000_000, "£4m"), (2.2e9, "£2bn")):
        drawn = draw(year_bars([{"year": "2020-21", "pounds": top}]), 340)
        assert words in drawn and "e+" not in drawn, top


def test_the_same_chart_is_the_same_text_and_asks_for_nothing() -> None:
    spec = year_bars([{"year": HOSTILE[0], "pounds": 5}])
    assert draw(spec, 340) == draw(spec, 340)
    assert "<script" not in draw(spec, 340)
    with pytest.raises(CannotDraw):
        draw({"mark": "nothing", "data": {"url": "http://example.org/x.json"}}, 340)

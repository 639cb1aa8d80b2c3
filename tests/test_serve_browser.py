"""The site in a real browser: three clicks to the boxed figure, nothing leaves the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("datasette", reason="the extra `serve` is not installed")
playwright = pytest.importorskip(
    "playwright.sync_api", reason="playwright, which drives the browser, is not installed"
)

ROOT = Path(__file__).parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = os.environ.get("SPENDTRAIL_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium on this machine (Debian: apt-get install chromium)"
)
DESK, PHONE = {"width": 1200, "height": 900}, {"width": 360, "height": 740}
GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def address(specimens: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "pipeline.cli", "serve", "--port", "0"]
    command += ["--raw", str(ROOT / "raw_docs"), "--output", str(specimens.parent)]
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip().rstrip("/")
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield started
        started.close()


class Visit:
    """One window: its page, what it asked for, and what its console complained of."""

    def __init__(self, browser: Any, address: str, scheme: str = "light", **size: Any) -> None:
        self.address = address
        self.context = browser.new_context(
            viewport=size.get("viewport", DESK), color_scheme=scheme, accept_downloads=True
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )

    def to(self, path: str) -> Any:
        self.page.goto(self.address + path)
        return self.page

    def ends_well(self) -> None:
        strangers = [
            url for url in self.asked if not url.startswith((self.address, "data:", "blob:"))
        ]
        self.context.close()
        assert not strangers
        assert not self.complaints


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Visit]:
    window = Visit(browser, address)
    yield window
    window.ends_well()


def boxed(page: Any) -> None:
    """The picture of the print is there and holds pixels of the box's red."""
    picture = page.locator("img.page")
    picture.scroll_into_view_if_needed()
    picture.evaluate("img => img.complete || new Promise(r => img.onload = r)")
    red = picture.evaluate(
        """img => { const c = document.createElement('canvas');
        c.width = img.naturalWidth; c.height = img.naturalHeight;
        const g = c.getContext('2d'); g.drawImage(img, 0, 0);
        const d = g.getImageData(0, 0, c.width, c.height).data; let n = 0;
        for (let i = 0; i < d.length; i += 4)
          if (d[i] === 214 && d[i+1] === 39 && d[i+2] === 40) n++;
        return n; }"""
    )
    assert red > 50


def test_three_clicks_from_the_front_page_to_the_boxed_figure_of_a_named_service(
    visit: Visit,
) -> None:
    page = visit.to("/")
    page.fill("main input[type=search]", "Crimestoppers")
    page.click("main form.find button")  # one
    page.locator("main td.money a", has_text="£").first.wait_for()
    rows = page.locator("tr", has_text="commissioning-framework-2017-18.pdf")
    rows.first.locator("td.money a").click()  # two
    assert "Crime" in page.inner_text("h1")
    boxed(page)


def test_a_figure_of_a_chart_leads_to_its_evidence(visit: Visit) -> None:
    page = visit.to("/")
    chart = page.locator("#compare_years")
    chart.locator("summary").click()
    chart.locator("tbody a").first.click()
    page.wait_for_selector("h1 .sum")
    boxed(page)


def test_facets_narrow_the_table(visit: Visit) -> None:
    page = visit.to("/spendtrail")
    page.click("text=Spending >> nth=0")
    before = page.inner_text("p.behind strong")
    page.locator(".facet-info[data-column=status], .facet-info[data-column=theme]").last.locator(
        "a"
    ).first.click()
    page.wait_for_load_state()
    assert page.url.count("=") > 1
    assert before.endswith("rows")


def test_a_question_is_asked_and_its_answer_taken_away_as_csv(visit: Visit) -> None:
    page = visit.to("/-/questions")
    page.click("text=Who received what in a year?")
    page.fill("#p-year", "2018-19")
    page.click("form.ask button")
    page.wait_for_url("**year=2018-19**")
    shown = int(page.inner_text("p.behind strong").split()[0])
    with page.expect_download() as taken:
        page.click("p.behind >> text=CSV")
    lines = Path(taken.value.path()).read_text(encoding="utf-8").splitlines()
    assert len(lines) == shown + 1
    assert taken.value.suggested_filename == "who_received.csv"


def test_the_citation_is_copied_and_said_so(visit: Visit) -> None:
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.to("/spendtrail/who_received?year=2017-18")
    page.locator("tbody td.money a").first.click()
    page.click("text=Copy the citation")
    page.wait_for_function("document.getElementById('copied').textContent !== ''")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "sha256" in copied and copied == page.inner_text("#citation").strip()


PAGES = (
    "/",
    "/-/search?q=youth",
    "/-/questions",
    "/spendtrail/who_received?year=2017-18",
    "/-/history",
    "/spendtrail",
    "/spendtrail/spending?_col=service&_col=amount&_col=status",
    "/-/document/commissioning-framework-2017-18.pdf",
    "/spendtrail?sql=select+1",
)


@pytest.fixture(scope="module")
def paths(specimens: Path) -> tuple[str, ...]:
    import sqlite3

    with sqlite3.connect(specimens) as db:
        pdf, word = (
            db.execute(
                f"SELECT amount_id FROM spending WHERE page IS {what} NULL ORDER BY 1 LIMIT 1"
            ).fetchone()[0]
            for what in ("NOT", "")
        )
        service = db.execute("SELECT service_id FROM spending_history ORDER BY 1").fetchone()[0]
    return (*PAGES, f"/-/evidence/{pdf}", f"/-/evidence/{word}", f"/-/service/{service}")


def test_on_a_phone_nothing_sticks_out(browser: Any, address: str, paths: tuple[str, ...]) -> None:
    window = Visit(browser, address, viewport=PHONE)
    for path in paths:
        page = window.to(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    page = window.to("/")
    assert page.locator(".chart .narrow").first.is_visible()
    assert not page.locator(".chart .wide").first.is_visible()
    window.ends_well()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(
    browser: Any, address: str, paths: tuple[str, ...], scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not there")
    window = Visit(browser, address, scheme)
    faults: dict[str, list[str]] = {}
    for path in paths if scheme == "light" else paths[::3]:
        page = window.to(path)
        for fault in axe.Axe().run(page).response["violations"]:
            if fault["impact"] in GRAVE:
                faults.setdefault(f"{fault['id']}: {fault['help']}", []).append(
                    f"{path} {fault['nodes'][0]['html'][:160]}"
                )
    window.ends_well()
    assert not faults


def test_without_a_mouse_the_first_stop_skips_to_the_content(visit: Visit) -> None:
    page = visit.to("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_report_opens_alone(browser: Any, specimens: Path) -> None:
    report = specimens.parent / "report.html"
    window = Visit(browser, report.as_uri())
    page = window.to("")
    assert "how far to trust it" in page.inner_text("h1")
    assert page.locator(".chart .wide svg").first.is_visible()
    window.ends_well()

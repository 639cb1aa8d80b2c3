"""A watch takes what is new from a real server on loopback, and says why it left the rest."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.fetch import FetchError, Web, checked_address
from pipeline.links import Link, find_links, judge_link
from pipeline.register import read_register
from pipeline.sightings import read_sightings
from pipeline.sources import Source, SourcesError, load_sources
from pipeline.watch import WatchReport, watch

PDF = b"%PDF-1.4\n% a framework\n%%EOF\n"
DAY = date(2026, 4, 1)


@dataclass
class Site:
    """Paths and what they answer: status, headers, body (bytes, or a function that writes)."""

    answers: dict[str, tuple[int, dict[str, str], object]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    base: str = ""

    def page(self, *links: str) -> None:
        body = "".join(f'<a href="{href}">{text}</a>' for href, text in map(_pair, links))
        self.answers["/index.html"] = (200, {"Content-Type": "text/html"}, body.encode())

    def file(self, path: str, body: bytes, **headers: str) -> None:
        self.answers[path] = (200, {k.replace("_", "-"): v for k, v in headers.items()}, body)


def _pair(link: str) -> tuple[str, str]:
    href, _, text = link.partition("|")
    return href, text or "Commissioning Framework 2026-27"


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            status, headers, body = site.answers.get(self.path, (404, {}, b""))
            etag = headers.get("ETag")
            if status == 200 and etag and self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key, value)
            self.end_headers()
            if callable(body):
                body(self.wfile)
            else:
                assert isinstance(body, bytes)
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site()) as running:
        yield running


def source(site: Site, **changes: object) -> Source:
    plain = Source(
        name="northfold",
        publisher="Northfold Commissioner",
        pages=(f"{site.base}/index.html",),
        allow_private=True,
        every_days=0,
        pace_seconds=0,
        contact="mailto:data@northfold.example",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def look(raw: Path, *sources: Source, day: date = DAY, **options: bool) -> WatchReport:
    return watch(raw, sources, day, lambda s: Web(s, "1", sleep=lambda _: None), **options)


def test_a_new_framework_on_an_index_page_is_stored_and_registered(site: Site, tmp_path: Path):
    site.page("/docs/Commissioning-Framework-2026-27.pdf", "/about.html|About us")
    site.file("/docs/Commissioning-Framework-2026-27.pdf", PDF)
    report = look(tmp_path, source(site))
    assert report.new == [f"{site.base}/docs/Commissioning-Framework-2026-27.pdf"]
    (row,) = read_register(tmp_path)
    assert row.path == "northfold/Commissioning-Framework-2026-27.pdf"
    assert row.publisher == "Northfold Commissioner"
    assert row.source_url == report.new[0]
    assert (tmp_path / row.path).read_bytes() == PDF
    document = next(s for s in read_sightings(tmp_path) if s.path)
    assert document.financial_year == "2026-27"
    assert document.first_seen == "2026-04-01"


def test_the_user_agent_names_us_and_the_contact(site: Site, tmp_path: Path):
    site.page()
    look(tmp_path, source(site))
    agents = {headers["User-Agent"] for _, headers in site.asked}
    assert agents == {"spendtrail/1 (+mailto:data@northfold.example)"}


def test_a_document_that_has_not_changed_is_asked_for_conditionally(site: Site, tmp_path: Path):
    site.page("/framework.pdf")
    site.file("/framework.pdf", PDF, ETag='"one"')
    look(tmp_path, source(site))
    report = look(tmp_path, source(site))
    assert report.unchanged == ["northfold/framework.pdf"]
    assert site.asked[-1][1]["If-None-Match"] == '"one"'
    assert len(read_register(tmp_path)) == 1


def test_new_bytes_under_an_old_address_become_a_version_beside_the_old(site: Site, tmp_path: Path):
    site.page("/framework.pdf")
    site.file("/framework.pdf", PDF)
    look(tmp_path, source(site))
    site.file("/framework.pdf", PDF + b"% silently mended\n")
    report = look(tmp_path, source(site), day=date(2026, 4, 2))
    assert report.replaced == [f"{site.base}/framework.pdf"]
    new, old = read_register(tmp_path)
    assert old.path == "northfold/framework.pdf"
    assert (tmp_path / old.path).read_bytes() == PDF
    assert new.path == f"northfold/framework-{new.sha256[:8]}.pdf"
    assert "replaces northfold/framework.pdf" in new.note


def test_another_document_of_the_same_year_may_replace_the_first(site: Site, tmp_path: Path):
    site.page("/commissioning-framework-2026-27.pdf")
    site.file("/commissioning-framework-2026-27.pdf", PDF)
    look(tmp_path, source(site))
    site.page("/refreshed/commissioning-framework-2026-27-final.pdf")
    site.file("/refreshed/commissioning-framework-2026-27-final.pdf", PDF + b"% refreshed")
    look(tmp_path, source(site))
    notes = [row.note for row in read_register(tmp_path) if "final" in row.path]
    assert len(notes) == 1
    assert "may replace northfold/commissioning-framework-2026-27.pdf" in notes[0]


def test_a_vanished_document_is_recorded_once_and_its_file_is_kept(site: Site, tmp_path: Path):
    site.page("/framework.pdf")
    site.file("/framework.pdf", PDF)
    look(tmp_path, source(site))
    site.page()
    del site.answers["/framework.pdf"]
    assert look(tmp_path, source(site)).vanished == ["northfold/framework.pdf"]
    assert look(tmp_path, source(site)).vanished == []
    assert (tmp_path / "northfold/framework.pdf").exists()
    assert any(s.vanished_on == "2026-04-01" for s in read_sightings(tmp_path))


def test_a_redirect_to_another_host_is_followed_only_when_allowed(site: Site, tmp_path: Path):
    with serving(Site()) as elsewhere:
        elsewhere.file("/store/framework.pdf", PDF)
        target = f"{elsewhere.base}/store/framework.pdf"
        site.page("/framework.pdf")
        site.answers["/framework.pdf"] = (302, {"Location": target}, b"")
        report = look(tmp_path, source(site))
        assert "allow_hosts" in report.failed[0]
        assert elsewhere.asked == []
        allowed = source(site, allow_hosts=(elsewhere.base.removeprefix("http://"),))
        assert look(tmp_path, allowed).new == [f"{site.base}/framework.pdf"]


def test_a_link_to_another_host_is_listed_as_unsure(site: Site, tmp_path: Path):
    site.page("https://cdn.example/framework.pdf")
    report = look(tmp_path, source(site))
    assert report.new == []
    assert "cdn.example" in report.unsure[0]


def test_a_body_that_drips_is_given_up_at_the_time_limit(site: Site, tmp_path: Path):
    def drip(out: object) -> None:
        try:
            for _ in range(200):
                out.write(b"x")  # type: ignore[attr-defined]
                out.flush()  # type: ignore[attr-defined]
                time.sleep(0.02)
        except OSError:
            pass  # the reader hung up, as it should

    site.page("/framework.pdf")
    site.answers["/framework.pdf"] = (200, {}, drip)
    report = look(tmp_path, source(site, max_seconds=0.3))
    assert "not finished after 0.3 seconds" in report.failed[0]


def test_an_endless_body_is_given_up_at_the_size_limit(site: Site, tmp_path: Path):
    site.page("/framework.pdf")
    site.file("/framework.pdf", PDF + b"0" * 300_000)
    report = look(tmp_path, source(site, max_bytes=100_000))
    assert "larger than 100,000 bytes" in report.failed[0]
    assert read_register(tmp_path) == ()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html><h1>Not found</h1></html>", "text/html"),
        (b"PK\x03\x04 a spreadsheet xl/workbook.xml", "application/zip"),
        (b"", "application/pdf"),
    ],
)
def test_a_page_that_calls_itself_pdf_is_not_stored(
    site: Site, tmp_path: Path, body: bytes, said: str
):
    site.page("/framework.pdf")
    site.file("/framework.pdf", body, Content_Type=said)
    report = look(tmp_path, source(site))
    assert f"neither PDF nor Word by its content ({said})" in report.failed[0]
    assert not list(tmp_path.rglob("*.pdf"))


def test_the_content_tells_the_type_where_server_and_address_are_wrong(site: Site, tmp_path: Path):
    site.page("/framework.doc")
    site.file("/framework.doc", PDF, Content_Type="application/msword")
    look(tmp_path, source(site))
    assert [row.path for row in read_register(tmp_path)] == ["northfold/framework.pdf"]


def test_robots_txt_is_obeyed(site: Site, tmp_path: Path):
    site.file("/robots.txt", b"User-agent: *\nDisallow: /private/\n")
    site.page("/private/framework.pdf")
    site.file("/private/framework.pdf", PDF)
    report = look(tmp_path, source(site))
    assert "robots.txt" in report.failed[0]
    assert all(path != "/private/framework.pdf" for path, _ in site.asked)


def test_a_server_in_trouble_is_asked_again_and_then_reported(site: Site, tmp_path: Path):
    site.page("/framework.pdf")
    site.answers["/framework.pdf"] = (503, {"Retry-After": "1"}, b"")
    report = look(tmp_path, source(site))
    assert "the server answers 503" in report.failed[0]
    assert [path for path, _ in site.asked].count("/framework.pdf") == 3


def test_two_requests_to_one_host_are_apart_by_the_pace(site: Site):
    site.page()
    pauses: list[float] = []
    web = Web(source(site, pace_seconds=5.0), "1", sleep=pauses.append, clock=lambda: 100.0)
    web.get(f"{site.base}/index.html")
    assert pauses == [5.0]  # robots.txt was asked first


def test_a_private_address_needs_the_source_to_say_so(site: Site, tmp_path: Path):
    site.page()
    report = look(tmp_path, source(site, allow_private=False))
    assert "not a public address" in report.failed[0]
    assert site.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "localhost"])
def test_addresses_inside_a_network_are_refused(host: str):
    with pytest.raises(FetchError, match="not a public address"):
        checked_address(host, 80, allow_private=False)


def test_a_dry_run_writes_nothing(site: Site, tmp_path: Path):
    site.page("/framework.pdf")
    site.file("/framework.pdf", PDF)
    report = look(tmp_path, source(site), dry_run=True)
    assert report.new == [f"{site.base}/framework.pdf"]
    assert list(tmp_path.iterdir()) == []


def test_a_page_is_left_alone_until_it_is_due(site: Site, tmp_path: Path):
    site.page()
    weekly = source(site, every_days=7)
    look(tmp_path, weekly)
    asked = len(site.asked)
    assert look(tmp_path, weekly, day=date(2026, 4, 7)).not_due == list(weekly.pages)
    assert len(site.asked) == asked
    assert look(tmp_path, weekly, day=date(2026, 4, 8)).not_due == []


def test_a_folder_is_a_source_like_a_page(tmp_path: Path):
    shared_drive, raw = tmp_path / "drive", tmp_path / "raw"
    shared_drive.mkdir()
    framework = shared_drive / "Commissioning Framework 2026-27.pdf"
    framework.write_bytes(PDF)
    (shared_drive / "holiday rota.pdf").write_bytes(PDF + b"%rota")
    drive = Source("drive", "Northfold", pages=(shared_drive.as_uri(),), every_days=0)
    assert len(look(raw, drive).new) == 1
    framework.write_bytes(PDF + b"% second edition\n")
    assert len(look(raw, drive).replaced) == 1
    framework.unlink()
    assert len(look(raw, drive).vanished) == 1
    assert len(read_register(raw)) == 2


def test_the_same_bytes_at_two_addresses_are_stored_once(site: Site, tmp_path: Path):
    site.page("/framework.pdf", "/copy-of-framework.pdf")
    site.file("/framework.pdf", PDF)
    site.file("/copy-of-framework.pdf", PDF)
    look(tmp_path, source(site))
    assert len(read_register(tmp_path)) == 1


def test_one_place_that_fails_does_not_stop_the_others(site: Site, tmp_path: Path):
    site.page("/framework.pdf")
    site.file("/framework.pdf", PDF)
    broken = source(site, name="broken", pages=(f"{site.base}/nowhere.html",))
    report = look(tmp_path, broken, source(site))
    assert len(report.failed) == 1
    assert len(report.new) == 1


# --- links ----------------------------------------------------------------------------

HERE = Source("here", "Northfold", pages=("https://northfold.example/",))


@pytest.mark.parametrize(
    ("address", "text", "judgement", "year"),
    [
        ("/cf.pdf", "Commissioning Framework 2017-2018", "take", "2017-18"),
        ("/a/commissioning_framework-2020-21.pdf", "Download", "take", "2020-21"),
        ("/grants.docx", "Grants awarded 2023/24", "take", "2023-24"),
        ("/framework/", "Commissioning Framework 2019/20", "unsure", "2019-20"),
        ("/x.pdf", "Precept report", "unsure", None),
        ("/y.pdf", "Grant application form", "other", None),
        ("/z.pdf", "Estates strategy 2013-17", "other", None),
    ],
)
def test_a_link_is_judged_by_words_address_and_ending(
    address: str, text: str, judgement: str, year: str | None
):
    judged = judge_link(Link(f"https://northfold.example{address}", text), HERE)
    assert (judged.judgement, judged.financial_year) == (judgement, year)
    assert judged.reason


def test_links_of_an_atom_feed_carry_the_entry_title():
    feed = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry>
      <title>Commissioning Framework</title><link href="/cf.pdf"/></entry></feed>"""
    assert find_links(feed, "https://northfold.example/news") == (
        Link("https://northfold.example/cf.pdf", "Commissioning Framework"),
    )


def test_links_of_a_page_are_resolved_once_without_fragments():
    page = (
        b'<base href="/docs/"><a href="a.pdf#p2">A</a><a href="a.pdf">B</a><a href="mailto:x">C</a>'
    )
    assert find_links(page, "https://northfold.example/i") == (
        Link("https://northfold.example/docs/a.pdf", "A"),
    )


# --- sources.toml ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[source]]\nname='a'\npublisher='b'\npagse=['x']", "unknown key 'pagse'"),
        ("[[source]]\nname='a'\npages=['x']", "'publisher' is missing"),
        ("[[source]]\nname='a'\npublisher='b'", "neither pages nor documents"),
        ("[[source]]\nname='a'\npublisher='b'\npages='x'", "must be a list of texts"),
        ("[[source]]\nname='a'\npublisher='b'\npages=['x']\nevery_days='1'", "must be int"),
        ("[[source]]\nname='a'\npublisher='b'\npages=['x']\nfolder='../x'", "below raw_docs"),
        ("[source]\nname='a'", "two brackets"),
        ("name = ", "not readable as TOML"),
    ],
)
def test_a_fault_in_sources_toml_names_the_key(tmp_path: Path, text: str, message: str):
    path = tmp_path / "sources.toml"
    path.write_text(text)
    with pytest.raises(SourcesError, match=message):
        load_sources(path)

"""Damaged, hostile and foreign files: a result or one named error, soon, never a crash."""

import os
import tempfile
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_documents import NAMES, document, p, tbl, tc, tr, write

import extractors
from extractors import word
from extractors.model import UnreadableDocument
from extractors.word import legacy, package

HOSTILE = Path(__file__).parent.parent.parent / "shared" / "corpus" / "hostile" / "docx"
FILES = sorted(HOSTILE.glob("*.doc*")) if HOSTILE.exists() else []
SECONDS = 10  # for one small hostile file; LibreOffice alone takes one to start


def code_of(path: Path) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        extractors.read(path, path.name)
    problem = caught.value.problem
    assert problem.severity == "error"
    assert path.name in problem.message
    return problem.code


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.docx", b"", "empty-file"),
        ("text.docx", b"This is no Word file.", "damaged-document"),
        ("cut.docx", b"PK\x03\x04" + b"\x00" * 100, "damaged-document"),
        ("picture.png", b"\x89PNG\r\n", "foreign-file"),
    ],
)
def test_files_that_are_no_word_files(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert code_of(path) == code


def zipped(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def test_a_zip_of_something_else_and_one_without_its_document(tmp_path: Path) -> None:
    assert code_of(zipped(tmp_path / "a.docx", {"data.csv": "1,2"})) == "foreign-file"
    lacking = zipped(tmp_path / "b.docx", {"[Content_Types].xml": "<Types/>"})
    assert code_of(lacking) == "missing-part"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_external_entities_are_never_resolved(tmp_path: Path, encoding: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("£1,000,000")
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        f"<w:document {NAMES}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    path = tmp_path / "entity.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", xml.encode(encoding))
    assert code_of(path) == "xml-doctype"


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "RATIO_FROM_BYTES", 100_000)
    path = write(tmp_path / "bomb.docx", p(" " * 3_000_000))
    assert code_of(path) == "oversized-document"
    monkeypatch.setattr(package, "PART_BYTES", 1_000_000)
    assert code_of(path) == "oversized-document"


def test_xml_that_breaks_off_is_refused_and_not_half_read(tmp_path: Path) -> None:
    path = tmp_path / "torn.docx"
    zipped(path, {"word/document.xml": f"<w:document {NAMES}><w:body><w:p><w:r>"})
    assert code_of(path) == "damaged-document"


def test_a_damaged_lesser_part_is_told_and_the_text_is_read(tmp_path: Path) -> None:
    reading = document(tmp_path, p("Grants of £5,000"), styles="<broken")
    assert [passage.text for passage in reading.passages] == ["Grants of £5,000"]
    assert [problem.code for problem in reading.problems] == ["damaged-part"]


def test_a_document_without_a_word_is_told(tmp_path: Path) -> None:
    assert [problem.code for problem in document(tmp_path, p()).problems] == ["no-text"]


def test_strict_files_are_read_like_others(tmp_path: Path) -> None:
    path = write(tmp_path / "plain.docx", p("Grants of £5,000"))
    strict = tmp_path / "strict.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(strict, "w") as fresh:
        for name in old.namelist():
            text = old.read(name).decode()
            text = text.replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "http://purl.oclc.org/ooxml/wordprocessingml/main",
            ).replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            fresh.writestr(name, text)
    assert [x.text for x in word.read(strict, "strict.docx").passages] == ["Grants of £5,000"]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def test_an_encrypted_file_is_named_so(tmp_path: Path) -> None:
    path = tmp_path / "locked.docx"
    path.write_bytes(OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le"))
    assert code_of(path) == "encrypted-document"


def test_an_old_word_file_without_libreoffice_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(legacy, "office", lambda: None)
    path = tmp_path / "old.doc"
    path.write_bytes(OLE + bytes(504) + "WordDocument".encode("utf-16-le"))
    with pytest.raises(UnreadableDocument, match=r"install LibreOffice|save it as \.docx"):
        extractors.read(path, path.name)


def test_what_is_only_called_an_old_word_file_is_not_read_as_words(tmp_path: Path) -> None:
    path = tmp_path / "sheet.doc"
    path.write_bytes(OLE + bytes(504) + "Workbook".encode("utf-16-le"))
    assert code_of(path) == "foreign-file"


@pytest.mark.skipif(legacy.office() is None, reason="LibreOffice is not installed")
def test_an_old_file_is_read_through_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "old.doc"
    path.write_text(
        r"{\rtf1\ansi Grants were made.\par\trowd\cellx3000\cellx6000 IDVA\intbl\cell "
        r"\'a312,000\intbl\cell\row\pard End.\par}"
    )
    reading = extractors.read(path, path.name)
    assert reading.format == "doc"
    assert [cell.text for cell in reading.tables[0].cells] == ["IDVA", "£12,000"]


@pytest.mark.skipif(not FILES, reason="shared/corpus is not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[-24:])
def test_every_hostile_file_ends_in_a_result_or_a_named_error(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "SPENDTRAIL_SLOW" not in os.environ:  # LibreOffice takes a second for each old file
        monkeypatch.setattr(legacy, "office", lambda: None)
    begun = time.monotonic()
    try:
        reading = extractors.read(path, path.name)
    except UnreadableDocument as error:
        assert path.name in error.problem.message
    else:
        assert reading.passages or reading.tables or reading.problems
    assert time.monotonic() - begun < SECONDS


PIECES = (
    p("Heading", style="H1"),
    p("1.\tA paragraph with a sum of £5,000 in it."),
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>',
    tbl(tr(tc("Theme", props='<w:vMerge w:val="restart"/>'), "£1"), tr(tc(props="<w:vMerge/>"))),
    '<w:ins w:id="1"><w:r><w:t>£9,000</w:t></w:r></w:ins>',
    "<w:sdt><w:sdtPr/></w:sdt>",
    '<w:r><w:footnoteReference w:id="9"/></w:r>',
    '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="abc"/></w:tcPr></w:tc></w:tr>',
    '<w:numPr><w:ilvl w:val="-3"/><w:numId w:val="1e400"/></w:numPr>',
    "<w:tbl/>",
    '<w:sym w:char="zz"/>',
)


def wrapped(parts: list[str]) -> str:
    """The pieces inside a wrapper that depends on how many there are."""
    name = ("p", "tc", "tbl", "sdt", "r")[len(parts)]
    return f"<w:{name}>{''.join(parts)}</w:{name}>"


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(st.sampled_from(PIECES), lambda inner: st.lists(inner, max_size=4).map(wrapped))
)
def test_pieces_in_places_where_they_do_not_belong_do_not_crash(body: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "odd.docx", body)
        reading = word.read(path, "odd.docx")
        word.second_reading(path)
    assert reading.passages or reading.tables or reading.problems


@pytest.mark.parametrize(
    ("flags", "code"),
    [(0, "damaged-document"), (0x41, "encrypted-document")],
    ids=["plain", "locked"],
)
def test_a_part_packed_in_an_unknown_way_is_encrypted_only_where_it_says_so(
    tmp_path: Path, flags: int, code: str
) -> None:
    data = bytearray(write(tmp_path / "made.docx", p("Grants made")).read_bytes())
    # Both headers of each part: flags (0x41: strongly encrypted), then the method.
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(sign)
        while start >= 0:
            data[start + at] |= flags
            data[start + at + 2 : start + at + 4] = (99).to_bytes(2, "little")
            start = data.find(sign, start + 4)
    path = tmp_path / "packed.docx"
    path.write_bytes(bytes(data))
    assert code_of(path) == code

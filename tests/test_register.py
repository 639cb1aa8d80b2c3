"""The register is read strictly, written whole, and a document enters it once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.register import (
    RegisterError,
    RegisterRow,
    add_document,
    read_register,
    write_register,
)

HEADER = "path,sha256,publisher,title,kind,published_on,source_url,licence,note\n"


def test_the_shipped_documents_are_all_registered_with_their_own_bytes() -> None:
    import hashlib

    raw = Path(__file__).parent.parent / "raw_docs"
    for row in read_register(raw):
        assert hashlib.sha256((raw / row.path).read_bytes()).hexdigest() == row.sha256
        assert row.publisher and row.title and row.kind


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("path,sha256\n", "line 1: the columns must be"),
        (HEADER + "a.pdf,,\n", "line 2: 3 values for 9 columns"),
        (HEADER + "../a.pdf,,,,,,,,\n", "must lie below the folder"),
        (HEADER + "/a.pdf,,,,,,,,\n", "must lie below the folder"),
        (HEADER + "a.pdf,,,,,1 May 2020,,,\n", "published_on '1 May 2020' must be a date"),
        (HEADER + "a.pdf,,,,,2020-13,,,\n", "must be a date"),
        (HEADER + "a.pdf,,,,,,,,\na.pdf,,,,,,,,\n", "line 3: path 'a.pdf' stands twice"),
        (HEADER + 'a.pdf,"x"y,,,,,,,\n', "not readable as CSV"),
    ],
)
def test_a_faulty_register_names_the_line_and_what_is_wrong(
    text: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "register.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError, match=r"register\.csv") as caught:
        read_register(tmp_path)
    assert said in str(caught.value)


PRINTED = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=20).map(
    str.strip
)


@settings(max_examples=40, deadline=None)
@given(st.lists(PRINTED, min_size=4, max_size=4))
def test_what_is_written_is_read_again(texts: list[str]) -> None:
    import tempfile

    publisher, title, licence, note = texts
    row = RegisterRow("ä/b.pdf", "00", publisher, title, "", "2020-05", "", licence, note)
    with tempfile.TemporaryDirectory() as folder:
        write_register(Path(folder), [row])
        assert read_register(Path(folder)) == (row,)


def test_the_same_document_is_added_once_and_another_of_its_name_is_refused(
    tmp_path: Path,
) -> None:
    raw, file = tmp_path / "raw_docs", tmp_path / "new.pdf"
    file.write_bytes(b"%PDF-1")
    row = add_document(raw, file)
    assert (raw / "new.pdf").read_bytes() == b"%PDF-1"
    (tmp_path / "other-name.pdf").write_bytes(b"%PDF-1")
    assert add_document(raw, tmp_path / "other-name.pdf") == row
    assert read_register(raw) == (row,)
    file.write_bytes(b"%PDF-2")
    with pytest.raises(FileExistsError, match=r"new\.pdf"):
        add_document(raw, file)


def test_a_document_in_the_folder_keeps_what_a_person_wrote_about_it(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1")
    write_register(tmp_path, [RegisterRow("a.pdf", "old", "PCC for X", "Plan")])
    row = add_document(tmp_path, tmp_path / "a.pdf")
    assert (row.publisher, row.title) == ("PCC for X", "Plan")
    assert row.sha256 != "old"

"""Old Word files (.doc, .rtf) read by way of LibreOffice, where it is installed."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from extractors.model import Document, Problem, UnreadableDocument
from extractors.word.document import document_of
from extractors.word.package import read_bytes

SECONDS = 60
MEMORY_BYTES = 2 * 1024 * 1024 * 1024
_PROGRAMS = ("soffice", "libreoffice")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # a .docx under a password is stored so
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STREAM = "WordDocument".encode("utf-16-le")


def office() -> str | None:
    """The LibreOffice program on this machine, or None."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def read(path: Path, file: str) -> Document:
    """The Document of an old Word file; `file` is its name below `raw_docs/`.

    LibreOffice turns it into .docx in a directory of its own, with a profile of its own
    (no macros, no other user's settings), within limits of time and memory. Raises
    UnreadableDocument where LibreOffice is missing or fails, or the file is encrypted.
    """
    data = read_bytes(path, file)
    document = document_of(converted(data, file), file, "doc")
    return replace(document, sha256=sha256(data).hexdigest())


def converted(data: bytes, file: str) -> bytes:
    """The bytes of an old Word file turned into .docx; raises as `read` does."""
    if _ENCRYPTED in data:
        raise _unreadable(
            "encrypted-document",
            f"{file} is encrypted; ask the publisher for a copy without a password.",
        )
    kind = _kind(data)
    if kind is None:
        raise _unreadable(
            "foreign-file",
            f"{file} is called a Word file but holds none; fetch it again, or register the "
            "document itself, as PDF or Word.",
        )
    program = office()
    if program is None:
        raise _unreadable(
            "legacy-word",
            f"{file} is an old Word file; install LibreOffice (libreoffice-writer) and run "
            "again, or open it in Word and save it as .docx.",
        )
    with tempfile.TemporaryDirectory(prefix="spendtrail-doc-") as folder:
        suffix, import_filter = kind
        source = Path(folder) / f"source{suffix}"
        source.write_bytes(data)
        return _convert(program, source, import_filter, file)


def _kind(data: bytes) -> tuple[str, str] | None:
    """The suffix and LibreOffice's import filter for the file; None where it is no old Word file.

    The filter is named because LibreOffice reads what it does not recognise as plain text.
    """
    if data.startswith(_COMPOUND) and _WORD_STREAM in data:
        return ".doc", "MS Word 97"
    if data.startswith(b"{\\rtf"):
        return ".rtf", "Rich Text Format"
    if b"<html" in data[:2048].lower():  # Word's "save as web page" under its old name
        return ".html", "HTML (StarWriter)"
    return None


def _convert(program: str, source: Path, import_filter: str, file: str) -> bytes:
    folder = source.parent
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_NO_MACROS, encoding="utf-8")
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        f"--infilter={import_filter}",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder),
        str(source),
    ]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"HOME": str(folder), "PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
        start_new_session=True,
        preexec_fn=_limit,
    )
    try:
        process.wait(timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise _unreadable(
            "legacy-word",
            f"{file} took LibreOffice longer than {SECONDS} seconds; open it in Word and save "
            "it as .docx.",
        ) from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    target = source.with_suffix(".docx")
    if not target.exists():
        raise _unreadable(
            "legacy-word",
            f"{file} could not be read by LibreOffice, it may be damaged; fetch it again, or "
            "open it in Word and save it as .docx.",
        )
    return target.read_bytes()


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _unreadable(code: str, message: str) -> UnreadableDocument:
    return UnreadableDocument(Problem(code, "error", message))


# Level 3: macros run from trusted places only, of which there are none; links never update.
_NO_MACROS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""

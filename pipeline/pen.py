"""Draws Vega-Lite specifications in a process of its own, a line of JSON in and a line out.

The drawing engine is a whole JavaScript runtime with threads. In our own process it would stop
the readers that a later run forks, and take its memory as long as we live.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Lock

VEGA_LITE = "6.4"
_PENS: dict[int, subprocess.Popen[str]] = {}  # by the process that holds it: none is shared
_LOCK = Lock()


class CannotDraw(RuntimeError):
    """The engine refused a specification or ended; the message has its words."""


def draw(spec: str) -> str:
    """A Vega-Lite specification (JSON) as SVG; raises CannotDraw."""
    with _LOCK:
        pen = _PENS.get(os.getpid())
        if pen is None or pen.poll() is not None:
            pen = subprocess.Popen(
                [sys.executable, "-I", str(Path(__file__))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
            _PENS[os.getpid()] = pen
        assert pen.stdin is not None and pen.stdout is not None
        try:
            pen.stdin.write(json.dumps(json.loads(spec)) + "\n")
            pen.stdin.flush()
            answer = pen.stdout.readline()
        except BrokenPipeError:
            answer = ""
    if not answer:
        raise CannotDraw("the drawing engine ended without an answer; is vl-convert-python whole?")
    told = json.loads(answer)
    if "fault" in told:
        raise CannotDraw(told["fault"])
    return str(told["svg"])


def put_down() -> None:
    """End the drawing process of this process, if there is one."""
    with _LOCK:
        pen = _PENS.pop(os.getpid(), None)
        if pen is not None and pen.stdin is not None and pen.stdout is not None:
            pen.stdin.close()
            pen.wait(10)
            pen.stdout.close()


atexit.register(put_down)


def _serve() -> None:
    """What the drawing process does until its input ends."""
    import vl_convert

    for line in sys.stdin:
        try:
            told = {
                "svg": vl_convert.vegalite_to_svg(line, vl_version=VEGA_LITE, allowed_base_urls=[])
            }
        except ValueError as error:
            told = {"fault": str(error)}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()

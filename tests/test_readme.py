"""README.md says what the code does: what is generated is fresh, what is listed is complete."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from pipeline.cli import main
from pipeline.manual import load_issue_codes, renew

ROOT = Path(__file__).parent.parent
CODES = {code for group in load_issue_codes().values() for code in group}
CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")


def test_the_generated_parts_and_the_answers_are_fresh(specimens: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert renew(text, specimens) == text, "README.md is stale: `make readme`"


def problem_codes() -> tuple[set[str], set[str]]:
    """Codes given to a Problem in so many words, and all kebab-case words in those modules."""
    given, words = set(), set()
    for path in sorted(
        p for room in ("extractors", "pipeline") for p in (ROOT / room).rglob("*.py")
    ):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        if "Problem" not in names:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words |= {node.value} if CODE.fullmatch(node.value) else set()
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                first = node.args[0]
                if name in {"Problem", "problem"} and isinstance(first, ast.Constant):
                    given.add(first.value)
    return given, words


def test_every_issue_code_is_explained_and_none_is_stale() -> None:
    given, words = problem_codes()
    assert not given - CODES, "explain them in pipeline/issues.toml"
    assert not CODES - words, "no code gives them any more"


def test_every_issue_of_the_shipped_documents_has_a_code_that_is_explained(specimens: Path) -> None:
    import sqlite3

    with sqlite3.connect(specimens) as db:
        assert {code for (code,) in db.execute("SELECT DISTINCT code FROM issues")} <= CODES


def test_every_command_has_help_with_an_example() -> None:
    for name, command in main.commands.items():
        assert command.help and "Example:" in command.help, name
        assert f"spendtrail {name}" in command.help, name
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert getattr(parameter, "help", None), f"{name} {parameter.name}"

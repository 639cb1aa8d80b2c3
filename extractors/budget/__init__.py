"""Tables and running text -> printed budget lines: roles, sections, lines, totals, numbers."""

from extractors.budget.awards import read_awards
from extractors.budget.lines import numbers_found, read_budget

__all__ = ["numbers_found", "read_awards", "read_budget"]

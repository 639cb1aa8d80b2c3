"""Tables and running text -> printed budget lines: roles, sections, lines, totals, numbers."""

from extractors.budget.lines import numbers_found, read_budget

__all__ = ["numbers_found", "read_budget"]

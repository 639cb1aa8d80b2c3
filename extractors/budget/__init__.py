"""Tables and running text -> printed budget lines: roles, sections, lines, totals, numbers."""

from extractors.budget.awards import Awards, find_awards, read_awards
from extractors.budget.lines import numbers_found, read_budget

__all__ = ["Awards", "find_awards", "numbers_found", "read_awards", "read_budget"]

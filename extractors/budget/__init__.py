"""Printed budget lines: column roles, sections and totals of a table, as printed."""

"""Documents become pages, tables, passages and printed budget lines. Interprets no value."""

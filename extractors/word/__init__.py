"""Word files: paragraphs, tables on their true grid, notes, forms, tracked changes."""

"""PDF files: the page layer, passages, and the tables found by `extractors.grid`."""

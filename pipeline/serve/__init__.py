"""The database in a browser: our pages on top of Datasette, read-only, on this machine."""

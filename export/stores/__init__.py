"""Flat tables in the forms in which tables are kept; one module a form. Each has `write(documents, place)`, which puts the
rows of documents, one document after the other, at a place that does not exist yet, and gives notes on what was cut."""

"""Bytes → clean text. `flow.ingest` reads and cleans one file."""

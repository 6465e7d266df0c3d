"""Bytes to characters; plain text and Markdown."""

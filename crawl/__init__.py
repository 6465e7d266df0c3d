"""Crawling: list pages to articles and their next pages, politely, into a WARC that `jihua convert` reads."""

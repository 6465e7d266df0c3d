"""Pictures of pages read by OCR (extra `ocr`): offline, on one thread, the same bytes out every time."""

"""Web pages: tree, style sheets, numbers, main part, blocks."""

"""Pages whose characters have places: PDF, OFD and pictures, as lines, paragraphs, tables and furniture."""

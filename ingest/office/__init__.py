"""Word, Rich Text, OpenDocument, workbooks and tables of rows."""

"""What the command line shows: the progress and table of a run, a document as a tree, its hits with their reasons."""

"""Many sources: find them, name their outputs, convert them side by side, tell what came of each."""

"""Clean text → plans. `flow.parse` runs the steps; each step is a module or room of its own."""

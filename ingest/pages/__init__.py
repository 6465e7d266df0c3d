"""Pages that belong together: an article in several files, frames, what lies beside a saved page."""

"""Pages for whoever keeps it running."""

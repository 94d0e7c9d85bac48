"""Who speaks, in which case, and what comes of their words."""

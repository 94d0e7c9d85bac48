"""Stories that read like transcripts, on real processes."""

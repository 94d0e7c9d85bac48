"""What it does: the steps of the moments, small classes with injected collaborators."""

"""What should happen: one script per moment."""

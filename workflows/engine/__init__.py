"""What stands behind the verbs of a moment script."""

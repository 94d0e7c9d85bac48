"""``segue ops``: one file for each group of commands; what they open is passed in by the root."""

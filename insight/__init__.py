"""What the journal shows: whose case is sore, and whose turn it is."""

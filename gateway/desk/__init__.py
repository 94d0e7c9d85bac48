"""The agent's desk: who waits and why, and a case to take in hand."""

"""Whose turn it is, and whose case is sore."""

"""Attacks from outside, one file for each kind; where every attack is tested is listed in docs/attacks.md."""

"""What holds: rules, parts, and stories on the whole."""

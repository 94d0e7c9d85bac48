"""Every moment played from its first question to its end, as a conversation."""

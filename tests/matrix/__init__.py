"""Every moment, every question, every switch of channel: the same outcome, nothing asked twice, nothing done twice."""

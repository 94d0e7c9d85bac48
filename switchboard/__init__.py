"""Who is there, and which moment: identity, routing, and the one door to Temporal."""

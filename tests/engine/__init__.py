"""What the engine promises: one test for each rule, then any order of events, then a real server."""

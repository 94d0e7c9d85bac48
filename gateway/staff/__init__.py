"""The people who work here, at the door: signing in, what each role may, and what is noted of it."""

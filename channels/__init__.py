"""How to say it and how to read it: a channel is two pure functions, render a turn and read a reply."""

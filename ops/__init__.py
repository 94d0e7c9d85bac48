"""How cases are looked after: replay, time travel, upgrade checks, repair, erasing and exporting."""

"""How the tables came to be, step by step. Run by ``database.engine.migrate``."""

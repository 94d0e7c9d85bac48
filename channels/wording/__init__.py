"""What Segue says: Fluent files, one folder per language, and the book that reads them."""

from channels.wording.book import MissingWording, Wording, wording

__all__ = ["MissingWording", "Wording", "wording"]

"""Reading a customer's words: text in; a typed answer, a wish, or why it is unclear out."""

from channels.reading.mask import has_card, mask, mask_remark
from channels.reading.openings import moment_for, wish_for
from channels.reading.reader import read
from channels.reading.said import Reading, Said, Unclear, Understood, Wish

__all__ = [
    "Reading",
    "Said",
    "Unclear",
    "Understood",
    "Wish",
    "has_card",
    "mask",
    "mask_remark",
    "moment_for",
    "read",
    "wish_for",
]

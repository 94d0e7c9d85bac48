"""Reading a customer's words: text in; a typed answer, a wish, or why it is unclear out."""

from channels.reading.mask import has_card, mask, mask_remark
from channels.reading.openings import moment_for, moments_for, wish_for
from channels.reading.reader import read
from channels.reading.said import Reading, Said, Unclear, Understood, Wish
from channels.reading.tongues import language_of

__all__ = [
    "Reading",
    "Said",
    "Unclear",
    "Understood",
    "Wish",
    "has_card",
    "language_of",
    "mask",
    "mask_remark",
    "moment_for",
    "moments_for",
    "read",
    "wish_for",
]

"""Which questions a channel can take, and where to go with those it can't."""

from __future__ import annotations

from models.people import Channel
from models.questions import AnyQuestion, File, PaymentMethod

# A card number is for pages, terminals and a keypad that keeps it from us; a photo has to be sent or shown.
_NO_FILES = {Channel.PHONE}
_NO_NEW_CARDS = {Channel.SMS, Channel.WHATSAPP, Channel.EMAIL, Channel.DESK}


def takes(channel: Channel, question: AnyQuestion) -> bool:
    """Whether every answer to the question can be given there. What is saved already can be picked anywhere."""
    match question:
        case File():
            return channel not in _NO_FILES
        case PaymentMethod():
            return channel not in _NO_NEW_CARDS or not question.new
        case _:
            return True


def nearest(channel: Channel, question: AnyQuestion) -> Channel:
    """The channel that can, with the shortest way from here: a link is one tap away, a text reaches a caller."""
    if takes(channel, question):
        return channel
    return Channel.SMS if channel is Channel.PHONE else Channel.WEB

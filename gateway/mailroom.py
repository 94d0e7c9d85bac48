"""What mail needs behind the door: the provider, who writes letters, and where lies what is nobody's."""

from __future__ import annotations

from dataclasses import dataclass

from channels.letters import Letters
from channels.providers.sendgrid import SendGridDoor
from database.unplaced import Unplaced


@dataclass(frozen=True)
class Mailroom:
    """``secret`` is the last part of the address mail is posted to, or the password of its basic authentication;
    ``signed`` says that what is posted must be signed. Empty and False: whoever knows the address may post.
    """

    door: SendGridDoor
    letters: Letters
    unplaced: Unplaced
    secret: str = ""
    signed: bool = False

"""What was said long ago is said back, and a plain yes keeps it: on every channel alike."""

from __future__ import annotations

import pytest

from channels import phone, sms, whatsapp
from channels.phone import Gather
from channels.reading import Said, Understood
from channels.reading.said import Way
from channels.wording.book import wording
from models.case import Pending, Status, Turn
from models.people import Assurance, Channel
from models.questions import PhoneNumber
from switchboard.reply import reply_to
from switchboard.switchboard import Speaker

NUMBER = "+14155550123"
ASKED = Pending(question=PhoneNumber("number"), revision=1, known=NUMBER)
TURN = Turn(case="welcome/c_1/1", moment="welcome", status=Status.OPEN, sequence=1, pending=[ASKED])
WORDS = wording("en", "America/New_York")


def test_a_text_says_what_we_have() -> None:
    assert "415-555-0123 on file. Reply YES to keep it." in sms.render(TURN, WORDS)
    assert "Reply YES to keep it." in whatsapp.render(TURN, WORDS).body


def test_a_call_says_what_we_have() -> None:
    [asked] = [verb for verb in phone.render(TURN, WORDS, action="/x") if isinstance(verb, Gather)]
    assert "on file. Say yes to keep it." in asked.prompt


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.WHATSAPP, Channel.PHONE, Channel.EMAIL])
def test_a_plain_yes_keeps_it_and_another_number_replaces_it(channel: Channel) -> None:
    speaker = Speaker("c_1", channel, Assurance.POSSESSION)
    way: Way = "speech" if channel is Channel.PHONE else "typed"
    assert reply_to(TURN, ASKED, Said("yes", way), speaker) == Understood(NUMBER)
    assert reply_to(TURN, ASKED, Said("415 555 0199", way), speaker) == Understood("+14155550199")

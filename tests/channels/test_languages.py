"""What a case writes on its own is in the language the customer speaks now, and reaches who they are now."""

from __future__ import annotations

import pytest

from activities.composing import Composer
from activities.ways import Way
from channels.letters import Letters
from database.customers import Customers
from database.passes import Passes
from models.case import Reach
from models.people import Channel
from tests.channels.test_outreach import MAIL, Office, carrier, office
from tests.channels.turns import QUESTIONS, turn

__all__ = ["carrier", "office"]
pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_who_has_come_to_speak_spanish_is_written_to_in_it(office: Office) -> None:
    await Customers(office.db).speaks(office.customer, "es")
    it = await office.stands(QUESTIONS["choice"])
    assert await office.reaches("asking", it, language="en") == "sent"
    assert "1) Ahora" in await office.phone.hears_text("Sobre")


async def test_who_turned_out_to_be_somebody_known_is_reached_there(office: Office) -> None:
    known = await Customers(office.db).meet(MAIL, language="es")
    await Customers(office.db).join(office.customer, known.id)
    it = await office.stands(QUESTIONS["choice"])
    assert await office.reaches("asking", it, reply_to=None) == "sent"
    assert "1) Ahora" in await office.phone.hears_text("Sobre")
    assert await office.outreach.call(office.case) == "calling"


async def test_a_mail_that_reminds_says_so_first(office: Office) -> None:
    it = turn(QUESTIONS["choice"], case=office.case)
    composer = Composer(
        Passes(office.db), office.post, "https://x.example", Letters(b"s", "reply.x.example", "https://x.example")
    )
    reach = Reach(key="r", kind="reminder", customer=office.customer, language="en", zone="America/New_York", turn=it)
    mail = await composer.compose(reach, Way(Channel.EMAIL, MAIL))
    assert "You have not finished paying your bill yet." in mail.body
    assert mail.extras["asked"] == f"{office.case} when 3"

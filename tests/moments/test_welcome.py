"""A customer's first month, as they have it by text."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from activities.care import Care
from models.care import Rating
from models.case import Event, Status
from models.people import Channel
from simulators.care import CareDesk
from tests.engine.shop import asks, fact, opening, status, story
from tests.moments.books import Counter
from tests.moments.papers import LoosePapers
from tests.moments.route import CUSTOMER
from tests.moments.talk import Clock, Talk
from workflows.rehearsal import Rehearsal
from workflows.welcome import Welcome


class Desk:
    """A care desk and one case at it."""

    def __init__(self) -> None:
        clock = Clock()
        self.care = CareDesk(LoosePapers(), "+18005550100", clock=clock)
        self.talk = Talk(Welcome, Care(self.care), *Counter().actors, clock=clock)
        self.case = self.talk.case

    async def released(self) -> Event:
        return Event(id="r1", name="released")


Making = Callable[..., Awaitable[Desk]]


@pytest.fixture
async def desk() -> AsyncIterator[Making]:
    made: list[Desk] = []

    async def make(*, active: bool = True) -> Desk:
        made.append(Desk())
        await made[-1].care.set_sim(CUSTOMER, active=active)
        return made[-1]

    yield make
    for each in made:
        await each.case.end()


A_MONTH = """
Segue: Welcome, it is good to have you with us! You can reach us at any time: reply here, or call +1 800-555-0100.
How would you like to hear from us?
1) By text message
2) By WhatsApp
3) By email
4) By phone
Reply with a number.
Customer: whatsapp please
Segue: There is nothing for you to do right now. We will let you know when there is news.
(3 days later)
(11 days later)
Segue sends (asking): Would you like your bills by email instead of on paper?
Reply YES or NO.
Customer: yes please
Segue: Done: your bills come by email now.
Shall a card pay each bill by itself, on the day it is due? Tell us which, or say no.
1) Visa ending 4242
2) Mastercard ending 0002
3) A new card
Reply with a number.
Customer: the visa
Segue: Done: Visa ending 4242 pays your bills from now on, each on the day it is due.
There is nothing for you to do right now. We will let you know when there is news.
(16 days later)
Segue sends (asking): You have been with us for a month. How do you like it so far?
1) Poor
2) Fair
3) Good
4) Very good
5) Excellent
Reply with a number.
Customer: excellent
Segue: Thank you for telling us!
All done: getting to know us. Anything else? Just reply.
"""


async def test_a_month_in_small_steps(desk: Making) -> None:
    here = await desk()
    await here.talk.follow(
        A_MONTH,
    )
    [known] = here.case.facts
    assert (known.name, known.value) == ("contact-preference", "whatsapp")
    assert await here.care.bills_by_email(CUSTOMER)
    assert await here.care.ratings(CUSTOMER) == [Rating(customer=CUSTOMER, stars=5)]


async def test_a_sim_card_that_is_not_seen_is_helped_with_by_a_person(desk: Making) -> None:
    here = await desk(active=False)
    await here.case.arrive(Channel.SMS)
    await here.case.answer("contact", None, Channel.SMS)
    await here.talk.follow(
        """
        (3 days later)
        Segue sends (asking): We have not seen your SIM card on our network yet. Would you like help with it?
        Reply YES or NO.
        Customer: yes
        Segue: One of our team is looking after this and will get in touch with you.
        (a person gives it back)
        (11 days later)
        Segue sends (asking): Would you like your bills by email instead of on paper?
        Reply YES or NO.
        Customer: no
        Segue: Shall a card pay each bill by itself, on the day it is due? Tell us which, or say no.
        1) Visa ending 4242
        2) Mastercard ending 0002
        3) A new card
        Reply with a number.
        Customer: no
        Segue: There is nothing for you to do right now. We will let you know when there is news.
        """,
        a_person_gives_it_back=here.released,
        arrived=True,
    )
    assert not await here.care.bills_by_email(CUSTOMER)


A_POOR_RATING = """
(3 days later)
Segue sends (asking): We have not seen your SIM card on our network yet. Would you like help with it?
Reply YES or NO.
Customer: no
Segue: The note that came with your SIM card says how to activate it. We are here if you need us.
There is nothing for you to do right now. We will let you know when there is news.
(11 days later)
Segue sends (asking): Would you like your bills by email instead of on paper?
Reply YES or NO.
Customer: no
Segue: Shall a card pay each bill by itself, on the day it is due? Tell us which, or say no.
1) Visa ending 4242
2) Mastercard ending 0002
3) A new card
Reply with a number.
Customer: no
Segue: There is nothing for you to do right now. We will let you know when there is news.
(16 days later)
Segue sends (asking): You have been with us for a month. How do you like it so far?
1) Poor
2) Fair
3) Good
4) Very good
5) Excellent
Reply with a number.
Customer: 2
Segue: What should we do better?
Reply in your own words.
Customer: shorter letters
Segue: Thank you for telling us!
All done: getting to know us. Anything else? Just reply.
"""


async def test_who_wants_no_help_hears_how_to_do_it_and_a_poor_rating_is_listened_to(
    desk: Making,
) -> None:
    here = await desk(active=False)
    await here.case.arrive(Channel.SMS)
    await here.case.answer("contact", "sms", Channel.SMS)
    await here.talk.follow(
        A_POOR_RATING,
        arrived=True,
    )
    assert await here.care.ratings(CUSTOMER) == [Rating(customer=CUSTOMER, stars=2, better="shorter letters")]


async def test_who_never_answers_is_left_alone_and_the_month_ends(desk: Making) -> None:
    here = await desk(active=False)
    await here.case.arrive(Channel.SMS)
    await here.case.skips(days=38)

    assert status(here.case) is Status.FINISHED
    assert story(here.case, "asked") == ["asked contact", "asked help", "asked e-bill", "asked autopay", "asked stars"]
    assert await here.care.ratings(CUSTOMER) == []
    assert not await here.care.bills_by_email(CUSTOMER)


async def test_a_change_of_mind_puts_the_bills_back_on_paper(desk: Making) -> None:
    here = await desk()
    await here.case.arrive()
    await here.case.answer("contact", "email")
    await here.case.skips(days=14)
    await here.case.answer("e-bill", True)
    assert await here.care.bills_by_email(CUSTOMER)

    await here.case.correct("e-bill", False)
    assert await here.care.bills_by_email(CUSTOMER)
    await here.case.answer("autopay", None)
    await here.case.skips(days=16)
    turn = await here.case.answer("stars", "4")

    assert turn.status is Status.FINISHED
    assert not await here.care.bills_by_email(CUSTOMER)


async def test_a_preference_that_is_known_is_not_asked_for() -> None:
    known = opening(Welcome, fact("contact-preference", "email"))
    case = Rehearsal(Welcome, Care(CareDesk(LoosePapers(), "+18005550100")), opening=known)

    turn = await case.arrive()

    assert asks(turn) == []
    assert "known contact" in story(case)
    await case.end()

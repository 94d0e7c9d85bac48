"""A technical problem, from the first words to a day after it was solved, as the customer has it by text."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial

import pytest

from activities.network import Network
from channels import sms
from models.answers import Slot
from models.case import Status
from models.network import Booking, Result, Trouble, Wanted
from models.people import Channel
from simulators.network import NetworkDesk
from tests.engine.shop import answers, asks, soon, story, told
from tests.moments.papers import LoosePapers
from tests.moments.route import CUSTOMER
from tests.moments.talk import WORDS, Clock, Talk
from workflows.rehearsal import Rehearsal
from workflows.resolve_technical_issue import ResolveTechnicalIssue


class Town:
    """A network desk and one case at it."""

    def __init__(self, technicians: int) -> None:
        clock = Clock()
        self.desk = NetworkDesk(LoosePapers(), clock=clock, technicians=technicians)
        self.talk = Talk(ResolveTechnicalIssue, Network(self.desk), clock=clock)
        self.case = self.talk.case

    async def visits(self) -> list[str]:
        return [stands for _, stands in await self.desk.visits(CUSTOMER)]

    async def tickets(self) -> list[str]:
        return await self.desk.tickets(CUSTOMER)


Making = Callable[..., Awaitable[Town]]


@pytest.fixture
async def town() -> AsyncIterator[Making]:
    made: list[Town] = []

    async def make(finds: Result = "clear", technicians: int = 3) -> Town:
        made.append(Town(technicians))
        await made[-1].desk.set_line(CUSTOMER, finds)
        return made[-1]

    yield make
    for each in made:
        await each.case.end()


async def test_an_outage_is_told_at_once_and_again_when_it_is_over(town: Making) -> None:
    here = await town()
    outage = await here.desk.declare_outage("Old Town", hours=4)

    await here.talk.follow(
        """
        Segue: What is not working, and since when?
        Reply in your own words.
        Customer: no internet since noon
        Segue: There is an outage in Old Town right now, very likely the cause. It should be over by March 2, 2:00 PM.
        There is nothing for you to do right now. We will let you know when there is news.
        (3 hours later)
        (it is over)
        Segue sends (notices): The outage in Old Town is over.
        Is everything working again for you?
        Reply YES or NO.
        Customer: yes
        Segue: Thank you, then this is solved. We are sorry for the trouble.
        All done: solving your technical problem. Anything else? Just reply.
        """,
        it_is_over=partial(here.desk.end_outage, outage.id),
    )
    assert await here.tickets() == []
    assert await here.desk.outage(CUSTOMER) is None


async def test_an_outage_without_news_is_not_called_over_and_what_else_it_may_be_is_checked(
    town: Making,
) -> None:
    here = await town()
    await here.desk.declare_outage("Old Town")

    await here.talk.follow(
        """
        Segue: What is not working, and since when?
        Reply in your own words.
        Customer: no internet since noon
        Segue: There is an outage in Old Town right now, very likely the cause. Our people are working on it.
        There is nothing for you to do right now. We will let you know when there is news.
        (3 days later)
        Segue sends (notices): Sorry: there is still no news about the outage in Old Town.
        Is everything working again for you?
        Reply YES or NO.
        Customer: no
        Segue: Please switch your device (at home: the router) off, wait ten seconds and switch it on. Does it work now?
        Reply YES or NO.
        """
    )


async def test_a_check_helps_and_it_lasts(town: Making) -> None:
    here = await town()
    await here.talk.follow(
        """
        Segue: What is not working, and since when?
        Reply in your own words.
        Customer: my wifi is gone
        Segue: Please switch your device (at home: the router) off, wait ten seconds and switch it on. Does it work now?
        Reply YES or NO.
        Customer: no
        Segue: Please unplug every cable of your router and plug it in again, firmly. Does it work now?
        Reply YES or NO.
        Customer: yes
        Segue: Good to hear! We will ask you tomorrow whether it is still fine.
        There is nothing for you to do right now. We will let you know when there is news.
        (23 hours later)
        (1 hour later)
        Segue sends (asking): It was working again. Is it still fine?
        Reply YES or NO.
        Customer: yes
        Segue: Thank you, then this is solved. We are sorry for the trouble.
        All done: solving your technical problem. Anything else? Just reply.
        """
    )
    assert await here.tickets() == []


async def test_what_helped_for_a_day_only_goes_on_where_it_was(town: Making) -> None:
    here = await town("mended")
    await here.talk.follow(
        """
        Segue: What is not working, and since when?
        Reply in your own words.
        Customer: the internet is so slow
        Segue: Please move closer to your router, or to a window, and try again. Is it better there?
        Reply YES or NO.
        Customer: yes
        Segue: Good to hear! We will ask you tomorrow whether it is still fine.
        There is nothing for you to do right now. We will let you know when there is news.
        (1 day later)
        Segue sends (asking): It was working again. Is it still fine?
        Reply YES or NO.
        Customer: no
        Segue: We are sorry to hear that. Let us go on where we were.
        Please switch your device (at home: the router) off, wait ten seconds and switch it on. Does it work now?
        Reply YES or NO.
        Customer: no
        Segue: We are testing your connection; no need to wait.
        We found a fault on our side and have mended it.
        Please try again now. Does it work?
        Reply YES or NO.
        """
    )


async def test_nothing_helps_so_a_technician_comes_and_the_ticket_is_closed_a_day_later(
    town: Making,
) -> None:
    here = await town("fault")
    await here.talk.follow(
        """
        Segue: What is not working, and since when?
        Reply in your own words.
        Customer: all my calls drop
        Segue: Please switch airplane mode on, wait ten seconds, and switch it off again. Does it work now?
        Reply YES or NO.
        Customer: no
        Segue: We are testing your connection; no need to wait.
        We found a fault that needs a technician.
        A technician should come and have a look. Which time suits you?
        1) March 3, 8:00 AM to 12:00 PM
        2) March 3, 1:00 PM to 5:00 PM
        3) March 4, 8:00 AM to 12:00 PM
        Reply with a number.
        Customer: 2
        Segue: A technician will come on March 3, 1:00 PM to 5:00 PM. Your reference is YV3LUJ.
        There is nothing for you to do right now. We will let you know when there is news.
        (1 day later)
        (the technician leaves)
        (1 day later)
        Segue sends (asking): Is everything really working since our technician's visit?
        Reply YES or NO.
        Customer: yes
        Segue: Thank you, then this is solved. We are sorry for the trouble.
        All done: solving your technical problem. Anything else? Just reply.
        """,
        the_technician_leaves=partial(here.desk.leave, CUSTOMER),
    )
    assert await here.tickets() == ["closed"]
    assert await here.visits() == ["over"]


REOPENED = """
Segue: What is not working, and since when?
Reply in your own words.
Customer: something is odd
Segue: Please switch your device (at home: the router) off, wait ten seconds and switch it on. Does it work now?
Reply YES or NO.
Customer: no
Segue: We are testing your connection; no need to wait.
We found a fault that needs a technician.
A technician should come and have a look. Which time suits you?
1) March 3, 8:00 AM to 12:00 PM
2) March 3, 1:00 PM to 5:00 PM
3) March 4, 8:00 AM to 12:00 PM
Reply with a number.
Customer: the first one
Segue: A technician will come on March 3, 8:00 AM to 12:00 PM. Your reference is YV3LUJ.
There is nothing for you to do right now. We will let you know when there is news.
(3 days later)
Segue sends (asking): Is everything really working since our technician's visit?
Reply YES or NO.
Customer: no
Segue: We are sorry to hear that. Your ticket is open again.
A technician should come and have a look. Which time suits you?
1) March 6, 8:00 AM to 12:00 PM
2) March 6, 1:00 PM to 5:00 PM
3) March 9, 8:00 AM to 12:00 PM
Reply with a number.
Customer: 1
Segue: A technician will come on March 6, 8:00 AM to 12:00 PM. Your reference is YV3LUJ.
There is nothing for you to do right now. We will let you know when there is news.
(3 days later)
Segue sends (asking): Is everything really working since our technician's visit?
Reply YES or NO.
Customer: no
Segue: We are sorry to hear that. Your ticket is open again.
One of our team is looking after this and will get in touch with you.
"""


async def test_what_is_not_fixed_is_reopened_under_the_same_ticket_and_goes_to_a_person_in_the_end(
    town: Making,
) -> None:
    here = await town("fault")
    await here.talk.follow(
        REOPENED,
    )
    assert await here.tickets() == ["open"]
    assert await here.visits() == ["over", "over"]


async def test_who_goes_away_during_a_long_test_is_told_what_it_found(town: Making) -> None:
    here = await town("mended")
    await here.case.arrive(Channel.PHONE)
    await here.case.answer("symptom", "my calls drop", Channel.PHONE)
    here.desk.tests_may_end.clear()

    answering = await soon(here.case, here.case.answer("check/airplane/helped", False, Channel.PHONE))
    await here.case.skips(seconds=2)
    turn = await answering
    assert turn.working
    assert told(turn) == ["check/test-mobile/testing"]
    await here.case.leave(Channel.PHONE)
    here.desk.tests_may_end.set()
    await asyncio.sleep(0)
    await here.case.host.quiet()

    reach = here.talk.delivery.reached[0]
    assert sms.render(reach.turn, WORDS).splitlines()[-3:] == [
        "We found a fault on our side and have mended it.",
        "Please try again now. Does it work?",
        "Reply YES or NO.",
    ]
    turn = await here.case.arrive(Channel.WEB)
    assert asks(turn) == ["check/test-mobile/helped"]


async def test_other_words_for_the_symptom_keep_what_was_checked(town: Making) -> None:
    here = await town()
    await here.case.arrive()
    await here.case.answer("symptom", "no internet")
    await here.case.answer("check/restart/helped", False)

    turn = await here.case.correct("symptom", "my phone has no signal")
    assert asks(turn) == ["check/airplane/helped"]
    turn = await here.case.answer("check/airplane/helped", False)

    assert asks(turn) == ["visit/first/slot"]
    assert answers(turn)["check/restart/helped"] is False
    assert story(here.case, "did") == ["did Network.open_ticket"]


async def test_a_visit_can_be_moved_until_it_takes_place(town: Making) -> None:
    here = await town("fault")
    await here.talk.follow(
        """
        Segue: What is not working, and since when?
        Reply in your own words.
        Customer: something is odd
        Segue: Please switch your device (at home: the router) off, wait ten seconds and switch it on. Does it work now?
        Reply YES or NO.
        Customer: no
        Segue: We are testing your connection; no need to wait.
        We found a fault that needs a technician.
        A technician should come and have a look. Which time suits you?
        1) March 3, 8:00 AM to 12:00 PM
        2) March 3, 1:00 PM to 5:00 PM
        3) March 4, 8:00 AM to 12:00 PM
        Reply with a number.
        Customer: 1
        Segue: A technician will come on March 3, 8:00 AM to 12:00 PM. Your reference is YV3LUJ.
        There is nothing for you to do right now. We will let you know when there is news.
        Customer changes visit/first/slot: old-town-2026-03-04-08
        Segue: A technician will come on March 4, 8:00 AM to 12:00 PM. Your reference is YV3LUJ.
        There is nothing for you to do right now. We will let you know when there is news.
        (2 days later)
        (2 days later)
        Segue sends (asking): Is everything really working since our technician's visit?
        Reply YES or NO.
        """
    )
    assert await here.visits() == ["cancelled", "over"]
    turn = await here.case.correct("visit/first/slot", "old-town-2026-03-03-08")
    assert turn.note is not None
    assert turn.note.value == "sealed"


async def test_calling_it_off_cancels_the_visit_and_withdraws_the_ticket(town: Making) -> None:
    here = await town("fault")
    await here.case.arrive()
    await here.case.answer("symptom", "odd")
    turn = await here.case.answer("check/restart/helped", False)
    await here.case.answer("visit/first/slot", turn.pending[0].question.slots[0].id)  # type: ignore[union-attr]  # it is the TimeSlot

    turn = await here.case.cancel()

    assert turn.status is Status.CANCELLED
    assert await here.visits() == ["cancelled"]
    assert await here.tickets() == ["withdrawn"]


async def test_a_time_that_somebody_else_took_meanwhile_is_asked_for_again_saying_so(
    town: Making,
) -> None:
    here = await town("fault", technicians=1)
    await here.case.arrive()
    await here.case.answer("symptom", "odd")
    turn = await here.case.answer("check/restart/helped", False)
    slot: Slot = turn.pending[0].question.slots[0]  # type: ignore[union-attr]  # it is the TimeSlot
    ticket = await here.desk.open_ticket("k", Trouble(customer="c_neighbour", symptom="odd"))
    await here.desk.book("k", Booking(wanted=Wanted(ticket=ticket, visit="first"), slot=slot))

    turn = await here.case.answer("visit/first/slot", slot.id, Channel.SMS)

    assert sms.render(turn, WORDS).splitlines() == [
        "Sorry, somebody else has taken that time.",
        "A technician should come and have a look. Which time suits you?",
        "1) March 3, 1:00 PM to 5:00 PM",
        "2) March 4, 8:00 AM to 12:00 PM",
        "3) March 4, 1:00 PM to 5:00 PM",
        "Reply with a number.",
    ]
    assert await here.visits() == []


async def test_what_was_said_at_the_door_is_not_asked_again(town: Making) -> None:
    here = await town("clear")
    opening = here.case.opening.model_copy(update={"topic": {"said": "my internet is down since noon"}})
    case = Rehearsal(ResolveTechnicalIssue, *here.case.host.actors, opening=opening)
    turn = await case.arrive(Channel.SMS)
    assert [pending.question.key for pending in turn.pending] == ["check/restart/helped"]
    await case.end()


async def test_words_that_say_nothing_are_asked_about(town: Making) -> None:
    here = await town("clear")
    opening = here.case.opening.model_copy(update={"topic": {"said": "I have a technical problem"}})
    case = Rehearsal(ResolveTechnicalIssue, *here.case.host.actors, opening=opening)
    turn = await case.arrive(Channel.SMS)
    assert [pending.question.key for pending in turn.pending] == ["symptom"]
    await case.end()

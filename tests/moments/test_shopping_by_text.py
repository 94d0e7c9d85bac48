"""A new phone and another plan, by text, word for word."""

from __future__ import annotations

from models.case import Event, Status
from tests.moments import routes_change_plan, routes_upgrade_device
from tests.moments.routes_upgrade_device import leaves
from tests.moments.talk import Talk
from workflows.change_plan import ChangePlan
from workflows.upgrade_device import UpgradeDevice

SOLD_OUT_CHANGED_AND_SENT = """
Segue: Which phone would you like?
1) Nova 5
2) Aurora X2
3) Pebble 2
Reply with a number.
Customer: the aurora
Segue: Which color would you like?
1) Graphite
2) Gold
Reply with a number.
Customer: graphite
Segue: How much storage would you like?
1) 256 GB ($899)
2) 512 GB ($999)
Reply with a number.
Customer: 256 please
Segue: Would you like to trade in your old phone? Its value is taken off the price.
Reply YES or NO.
Customer: yes please
Segue: What is the IMEI of your old phone? Dial *#06# on it to see the number. To keep the phone, reply SKIP.
Reply with the 15 digits.
Customer: 35 693803 564380 9
Segue: That phone is reported as lost or stolen, so we can't take it.
What is the IMEI of your old phone? Dial *#06# on it to see the number. To keep the phone, reply SKIP.
Reply with the 15 digits.
Customer: skip
Segue: The new phone needs a 5G plan, and your Essential plan is not one. Which plan would you like with it?
1) Plus (30 GB, 5G, $50)
2) Unlimited (5G, $70)
Reply with a number.
Customer: plus
Segue: Shall we deliver it to you, or would you like to pick it up in a store?
1) Delivery
2) Pick-up
Reply with a number.
Customer: delivery
Segue: Order the Aurora X2, graphite, 256 GB for $899.00, delivered to 12 Elm Street? Your new plan: Plus (30 GB, 5G, $50).
Reply YES, or NO to change something.
(somebody buys the last one)
Customer: yes
Segue: Sorry, that one has been sold out in the meantime.
How much storage would you like?
1) 512 GB ($999)
Reply with a number.
Customer: 1
Segue: Order the Aurora X2, graphite, 512 GB for $999.00, delivered to 12 Elm Street? Your new plan: Plus (30 GB, 5G, $50).
Reply YES, or NO to change something.
Customer: yes
Segue: Thank you! Your Aurora X2, graphite, 512 GB is ordered. Your reference is A462P89F. Until it is on its way, you can still cancel.
There is nothing for you to do right now. We will let you know when there is news.
(2 days later)
(it leaves)
Segue sends (notices): Good news: your Aurora X2, graphite, 512 GB is on its way. Your reference is A462P89F.
All done: upgrading your phone. Anything else? Just reply.
"""  # noqa: E501 - a transcript keeps its lines


async def test_a_phone_is_sold_out_changed_and_sent() -> None:
    actors = routes_upgrade_device.actors()
    talk = Talk(UpgradeDevice, *actors)

    async def somebody_buys_the_last_one() -> None:
        await routes_upgrade_device.shop_of(actors).sell_out("aurora-x2-graphite-256")

    async def it_leaves() -> Event:
        return await leaves(actors, "c_test")

    await talk.follow(
        SOLD_OUT_CHANGED_AND_SENT,
        somebody_buys_the_last_one=somebody_buys_the_last_one,
        it_leaves=it_leaves,
    )


async def test_a_plan_is_changed_from_monday_on_and_stays() -> None:
    talk = Talk(ChangePlan, *routes_change_plan.actors())

    await talk.follow(
        """
        Segue: You use about 11 GB a month. That costs you about $71.00 with Essential. With Plus it would be $50.00. Which plan would you like?
        1) Plus (30 GB, 5G, $50)
        2) Unlimited (5G, $70)
        Reply with a number.
        Customer: unlimited
        Segue: From which day on?
        Reply with a day from March 2 to May 1.
        Customer: next monday
        Segue: Change to Unlimited for $70.00 a month, from March 9 on? For the rest of that month, $25.97 is added to your bill. You can go back within 14 days.
        Reply YES, or NO to change something.
        Customer changes plan: plus
        Segue: Change to Plus for $50.00 a month, from March 9 on? For the rest of that month, $11.13 is added to your bill. You can go back within 14 days.
        Reply YES, or NO to change something.
        Customer: yes
        Segue: Done: Plus for $50.00 a month, from March 9 on. Your reference is ZHUK343L. You can cancel until March 16: then everything is as before.
        There is nothing for you to do right now. We will let you know when there is news.
        (15 days later)
        """  # noqa: E501 - a transcript keeps its lines
    )
    assert talk.case.case.state.status is Status.FINISHED

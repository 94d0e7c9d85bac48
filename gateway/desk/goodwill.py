"""A gesture of goodwill: within a budget, on the customer's bill at once, and with its cost kept."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from fastapi import APIRouter, Request
from starlette.responses import Response

from channels.reading import mask_remark
from database.goodwill import Goodwill, key_of
from gateway.browser import field
from gateway.desk.case import once, place
from gateway.desk.seeing import Case, DeskCase, Form
from gateway.desk.showing import Shown, case_page
from gateway.desk.telling import tell
from models.follow_through import Gesture, Gift
from models.money import Money

router = APIRouter(prefix="/case/{moment}/{customer}/{number:int}", include_in_schema=False)
LONGEST = 300
LEAST = 3  # characters of a reason that says something


@router.post("/goodwill")
async def goodwill(request: Request, case: Case, form: Form) -> Response:
    """Give something, once for a form. Over the budget nothing is given, and what is left is said."""
    beyond = case.may_take_over and field(form, "beyond") == "1"
    gesture, why = gesture_in(case, form), mask_remark(field(form, "why", LONGEST).strip())
    if gesture is None or (beyond and len(why) < LEAST):
        code = "desk-gift-why-needed" if gesture else "desk-gift-no-amount"
        return await case_page(request, case, Shown(error=case.words.say(code), status=422, form=form))
    books, id = Goodwill(case.parts.database, case.parts.goodwill), f"desk:{case.turn.case}:{field(form, 'nonce', 80)}"
    gesture, me, them = gesture.model_copy(update={"why": why}), case.person.id, case.customer.id
    if not await books.reserve(id, gesture, case=case.turn.case, customer=them, staff=me, beyond=beyond):
        left = await books.left(me, them)
        error = case.words.say("desk-gift-over", left=left.beyond if beyond else left.ordinary)
        return await case_page(request, case, Shown(error=error, status=422, form=form))

    async def act(request_id: str) -> str:
        # The bill belongs to the record that the case began with.
        bill = await bill_for(case, gesture)
        await case.parts.back_office.give(key_of(request_id), case.turn.case.split("/")[1], gesture)
        await books.given(request_id)
        return place(case, told="given" if await told(case, gesture, bill, request_id) else "given-unwritten")

    return await once(request, case, form, act)


def gesture_in(case: DeskCase, form: Form) -> Gesture | None:
    """What the form gives, with its cost; None where that is nothing one can give."""
    budget, gift = case.parts.goodwill, next((g for g in Gift if g.value == field(form, "gift", 20)), None)
    if gift is None:
        return None
    try:
        typed = Decimal(field(form, "amount", 12).strip().replace(",", ".") or "0")
        amount = Money(amount=typed, currency=budget.currency)
    except (InvalidOperation, ValueError):
        return None
    cost = budget.cost(gift, amount)
    return Gesture(gift=gift, cost=cost) if cost else None


async def bill_for(case: DeskCase, gesture: Gesture) -> str:
    """What a credit comes off: the ``open`` bill, the ``next``, or ``both`` where it is more than is owed."""
    bill = await case.parts.back_office.open_bill(case.turn.case.split("/")[1])
    if bill is None or bill.owed.currency != gesture.cost.currency:
        return "next"
    return "open" if gesture.cost.amount <= bill.owed.amount else "both"


async def told(case: DeskCase, gesture: Gesture, bill: str, request_id: str) -> bool:
    """The story has it, and the customer reads it in their channel."""
    cost = gesture.cost.model_dump(mode="json")
    facts = {"gift": gesture.gift.value, "cost": cost, "bill": bill, "why": gesture.why or "none"}
    await case.parts.switchboard.deed(case.agent(), case.turn.case, f"{request_id}/story"[:200], "gave", facts)
    text = case.theirs.say("gift-text", gift=gesture.gift.value, cost=gesture.cost, bill=bill)
    return await tell(case.parts, case.customer, case.turn.case, f"gift:{key_of(request_id)}", text)

"""Two things at once: each text goes where it belongs, and what was interrupted is come back to."""

from __future__ import annotations

from models.case import Answer
from models.people import Address, Assurance, Channel
from tests.gateway.conftest import CUSTOMER
from tests.switchboard.conftest import FRIEND, Town


async def answered(town: Town) -> list[tuple[str, str]]:
    return [(request.key, request.value) for request in town.line.sent if isinstance(request, Answer)]


async def both(town: Town) -> None:
    """An upgrade under way, then a bill to pay in the middle of it."""
    await town.says("upgrade my phone")
    await town.says("I want to pay my bill")


async def on_the_page(town: Town, moment: str, key: str, value: object) -> None:
    speaker = await town.parts.switchboard.recognise(
        Channel.WEB, Address(kind="phone", value=CUSTOMER), Assurance.POSSESSION
    )
    turn = await town.turn(moment)
    await town.parts.switchboard.answer(speaker, turn.case, f"page:{key}", key, 1, value)


async def test_a_new_wish_in_the_middle_begins_a_second_case(town: Town) -> None:
    await town.says("upgrade my phone")
    said = await town.says("I want to pay my bill")
    assert "come back to upgrading your phone" in said
    assert "How much" in said
    assert (await town.asks("upgrade-device"), await town.asks("pay-bill")) == ("colour", "amount")


async def test_when_the_second_closes_the_first_goes_on(town: Town) -> None:
    await both(town)
    await town.says("40")
    await town.says("now")
    said = await town.says("yes")
    assert "Back to upgrading your phone" in said
    assert "color" in said
    assert "red" in said
    assert "blue" in await town.says("green") or await town.asks("upgrade-device") == "colour"
    await town.says("2")
    assert await town.asks("upgrade-device") == "storage"


async def test_when_the_second_is_called_off_the_first_goes_on(town: Town) -> None:
    await both(town)
    said = await town.says("cancel")
    assert "Back to upgrading your phone" in said


async def test_a_text_that_fits_one_of_them_goes_there(town: Town) -> None:
    await both(town)
    await town.says("blue")
    assert await town.asks("upgrade-device") == "storage"
    assert await town.asks("pay-bill") == "amount"
    await town.says("$40.00")
    assert await town.asks("pay-bill") == "when"


async def test_a_bare_number_belongs_to_the_one_last_asked(town: Town) -> None:
    await both(town)
    await town.says("1")
    assert await town.asks("upgrade-device") == "colour"
    assert await town.asks("pay-bill") == "when"


async def test_what_fits_both_is_one_short_question(town: Town) -> None:
    await town.says("upgrade my phone")
    await town.says("blue")
    await town.says("change my plan")
    await town.later(hours=3)
    # Neither was asked just now, and "the first one" is an answer to both.
    asked = await town.says("the first one")
    assert "Is that for" in asked
    await town.says("changing your plan")
    assert (await town.turn("change-plan")).answers[0].value == "basic"
    assert await town.asks("upgrade-device") == "storage"


async def test_what_fits_neither_shows_the_one_last_asked(town: Town) -> None:
    await both(town)
    assert "How much" in await town.says("blorg")


async def test_an_answer_to_the_question_before_is_not_taken_for_the_next(town: Town) -> None:
    await town.says("pay my bill")
    await on_the_page(town, "pay-bill", "amount", {"amount": "40.00", "currency": "USD"})
    said = await town.says("1")
    assert "already answered" in said
    assert "now, or on a later day" in said
    assert [key for key, _ in await answered(town)] == ["amount"]


async def test_words_that_answer_the_one_before_as_well_are_not_taken(town: Town) -> None:
    await town.says("upgrade my phone")
    await on_the_page(town, "upgrade-device", "colour", "red")
    said = await town.says("the second one")
    assert "already answered" in said
    assert "storage" in said
    assert await town.asks("upgrade-device") == "storage"


async def test_a_yes_to_something_closed_is_no_consent(town: Town) -> None:
    await both(town)
    await town.says("40")
    await town.says("now")
    await on_the_page(town, "upgrade-device", "colour", "red")
    await on_the_page(town, "upgrade-device", "storage", "large")
    await on_the_page(town, "pay-bill", "pay", True)
    said = await town.says("yes")
    assert "already answered" in said
    assert await town.asks("upgrade-device") == "insured"


async def test_the_same_text_twice_goes_the_same_way(town: Town) -> None:
    await both(town)
    first = await town.says("blue")
    await town.texts("blue", f"SM{town.texted}")
    assert await town.reply(f"SM{town.texted}") == first
    assert [key for key, _ in await answered(town)] == ["colour"]


async def test_an_old_button_is_about_its_own_case_and_no_other(town: Town) -> None:
    await town.says("upgrade my phone")
    turn = await town.turn("upgrade-device")
    for words in ("blue", "large", "yes"):
        await town.says(words)
    tap = f"{turn.case} colour 1 2"
    await town.texts("", "SM90", From=f"whatsapp:{CUSTOMER}", ButtonPayload=tap, ButtonText="red")
    assert "All done" in await town.reply("SM90") or "already completed" in await town.reply("SM90")
    await town.says("pay my bill")
    await town.texts("", "SM91", From=f"whatsapp:{CUSTOMER}", ButtonPayload=tap, ButtonText="red")
    assert "already answered" in await town.reply("SM91")
    assert [key for key, _ in await answered(town)] == ["colour", "storage", "insured"]


async def test_anothers_button_opens_nothing(town: Town) -> None:
    await town.says("upgrade my phone")
    turn = await town.turn("upgrade-device")
    for number, known in enumerate((False, True)):
        if known:
            await town.says("pay my bill", by=FRIEND)
        tap = {"ButtonPayload": f"{turn.case} colour 1 2", "ButtonText": "red"}
        await town.texts("", f"SM8{number}", From=f"whatsapp:{FRIEND}", **tap)
        assert "color" not in await town.reply(f"SM8{number}")
    assert await town.asks("upgrade-device") == "colour"
    assert await answered(town) == []

"""Hello is no answer to a question that takes any words."""

from __future__ import annotations

import pytest

from tests.switchboard.conftest import Town


@pytest.mark.parametrize("hello", ["hello", "Hi!", "good morning"])
async def test_hello_is_no_answer_to_a_question_that_takes_any_words(town: Town, hello: str) -> None:
    await town.says("I am a new customer, help me set up")
    assert await town.asks("welcome") == "better"
    await town.says(hello, over="whatsapp:")
    assert await town.asks("welcome") == "better"
    await town.says("shorter letters")
    assert (await town.turn("welcome")).status.closed

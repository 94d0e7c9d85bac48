"""What a script may not do is said when it is defined, and the sentence names the mend."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from datetime import UTC, datetime
from random import randint
from time import time as seconds
from uuid import uuid4

import pytest

from activities.step import spec_of
from models.errors import ScriptError
from tests.engine.shop import Shop, asks, choice, text
from workflows.moment import Moment
from workflows.rehearsal import Rehearsal


def test_an_effect_without_undo_or_final_is_refused() -> None:
    with pytest.raises(ScriptError, match=r"Shop\.reserve has an effect: give it undo=… or final=True"):

        class Careless(Moment):
            async def script(self) -> None:
                await self.do(Shop.reserve, "phone")


class Hidden(Moment):
    async def script(self) -> None:
        step = Shop.reserve
        await self.do(step, "phone")


async def test_an_effect_that_could_not_be_seen_then_is_refused_when_it_is_to_be_done() -> None:
    shop = Shop()

    assert (await Rehearsal(Hidden, shop).arrive()).status == "stuck"
    assert shop.did == []


def test_a_loop_around_questions_is_refused() -> None:
    with pytest.raises(ScriptError, match="no loops around questions"):

        class Nagging(Moment):
            async def script(self) -> None:
                while True:
                    await self.ask(text("name"))


def test_time_and_chance_are_refused() -> None:
    with pytest.raises(ScriptError, match=r"now\(\) differs on a re-run"):

        class Now(Moment):
            async def script(self) -> None:
                await self.tell("now", {"at": datetime.now(UTC)})

    with pytest.raises(ScriptError, match=r"randint\(\) differs"):

        class Chance(Moment):
            async def script(self) -> None:
                await self.tell("chance", {"n": random.randint(1, 6)})

    with pytest.raises(ScriptError, match=r"uuid4\(\) differs"):

        class Id(Moment):
            async def script(self) -> None:
                await self.tell("id", {"id": str(uuid.uuid4())})

    with pytest.raises(ScriptError, match=r"monotonic\(\) differs"):

        class Clock(Moment):
            async def script(self) -> None:
                await self.tell("clock", {"at": time.monotonic()})


def test_time_and_chance_by_their_bare_names_are_refused() -> None:
    with pytest.raises(ScriptError, match=r"uuid4\(\) differs"):

        class Id(Moment):
            async def script(self) -> None:
                await self.tell("id", {"id": str(uuid4())})

    with pytest.raises(ScriptError, match=r"randint\(\) differs"):

        class Chance(Moment):
            async def script(self) -> None:
                await self.tell("chance", {"n": randint(1, 6)})

    assert seconds.__module__ == "time"


def test_catching_everything_is_refused() -> None:
    with pytest.raises(ScriptError, match="never catches everything"):

        class Bare(Moment):
            async def script(self) -> None:
                try:
                    await self.ask(text("name"))
                except:  # noqa: E722 - what the test is about
                    await self.tell("swallowed")

    with pytest.raises(ScriptError, match="never catches everything"):

        class Base(Moment):
            async def script(self) -> None:
                try:
                    await self.ask(text("name"))
                except (ValueError, BaseException):  # noqa: BLE001 - what the test is about
                    await self.tell("swallowed")

    with pytest.raises(ScriptError, match="never catches everything"):

        class Cancelled(Moment):
            async def script(self) -> None:
                try:
                    await self.ask(text("name"))
                except asyncio.CancelledError:
                    await self.tell("swallowed")


def test_what_stands_beside_the_script_is_held_to_the_same() -> None:
    with pytest.raises(ScriptError, match=r"Shop\.reserve has an effect"):

        class Careless(Moment):
            async def script(self) -> None:
                await self.reserved()

            async def reserved(self) -> None:
                await self.do(Shop.reserve, "phone")

    with pytest.raises(ScriptError, match="no loops around questions"):

        class Nagging(Moment):
            async def ask_again(self) -> None:
                while True:
                    await self.ask(text("name"))

    with pytest.raises(ScriptError, match=r"uuid4\(\) differs"):

        class Chance(Moment):
            @staticmethod
            def named() -> str:
                return str(uuid4())

    with pytest.raises(ScriptError, match=r"monotonic\(\) differs"):

        class Clock(Moment):
            @property
            def late(self) -> bool:
                return time.monotonic() > 1


def test_a_verb_in_finally_is_refused() -> None:
    with pytest.raises(ScriptError, match="no verbs in finally"):

        class Tidy(Moment):
            async def script(self) -> None:
                try:
                    await self.ask(text("name"))
                finally:
                    await self.tell("bye")


class Plain(Moment):
    """All of what is allowed."""

    async def script(self) -> None:
        for item in ("a", "b"):
            with self.each("item", item):
                await self.ask(choice("colour", "red", "blue"))
        try:
            await self.do(Shop.price, "phone")
        except Exception:  # noqa: BLE001 - allowed: it never sees a stop
            await self.tell("no-price")
        finally:
            del item
        await self.do(Shop.order, self.today().isoformat(), final=True)


async def test_what_is_allowed_is_allowed() -> None:
    assert asks(await Rehearsal(Plain, Shop()).arrive()) == ["item/a/colour"]


def test_what_is_no_step_is_refused() -> None:
    async def plain(_: object) -> None: ...

    with pytest.raises(ScriptError, match="is not a step"):
        spec_of(plain)


def test_a_moments_id_is_its_name_in_kebab_case() -> None:
    assert (Plain.id, Hidden.id) == ("plain", "hidden")

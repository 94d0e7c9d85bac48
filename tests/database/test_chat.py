"""The lines of a chat: sealed, in order, each once; and where a customer is this moment."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from database.calls import Calls
from database.chat import LATELY, Chat, line_id
from database.engine import Database, now
from database.vault import Vault
from database.whereabouts import BELIEVED, There, Whereabouts
from models.answers import Attachment
from models.errors import Unknown
from models.people import Actor, Channel
from models.tables import ChatRow, OpenPageRow

CASE = "pay-bill/c_ada/1"
FILE = Attachment(id="f_1", name="bill.png", type="image/png", size=9)


async def test_lines_are_given_back_in_order_each_once(db: Database) -> None:
    chat = Chat(db, Vault(db, bytes(32)))
    for _ in range(3):
        await chat.say(CASE, once="SM1", text="hello", channel=Channel.SMS, fence=1, files=(FILE,))
    new = await chat.say(
        CASE, once="n", text="Hi, Ada", channel=Channel.SMS, fence=1, actor=Actor.AGENT, name="Ann", out="chat:n"
    )
    assert new
    first, second = await chat.lines(CASE)
    assert (first.id, first.text, first.files, first.ours) == (line_id(CASE, "SM1"), "hello", (FILE,), False)
    assert (second.text, second.name, second.out, second.ours) == ("Hi, Ada", "Ann", "chat:n", True)
    assert await chat.lines("pay-bill/c_eve/1") == []
    assert await chat.count(CASE) == len(await chat.of_customer("c_ada")) == 2


async def test_whoever_asks_for_all_gets_more_than_the_last(db: Database) -> None:
    chat = Chat(db, Vault(db, bytes(32)))
    for number in range(LATELY + 1):
        await chat.say(CASE, once=str(number), text=f"line {number}", channel=Channel.SMS, fence=1)
    assert len(await chat.of_customer("c_ada")) == LATELY
    assert len(await chat.of_customer("c_ada", most=None)) == LATELY + 1


async def test_nothing_of_it_is_readable_and_an_erased_customers_lines_are_gone(db: Database) -> None:
    vault = Vault(db, bytes(32))
    chat = Chat(db, vault)
    await chat.say(CASE, once="SM1", text="a secret", channel=Channel.SMS, fence=1)
    [row] = await db.rows(select(ChatRow.content))
    assert b"secret" not in row.content
    await vault.destroy("c_ada")
    (line,) = await chat.lines(CASE)
    assert (line.text, line.gone) == ("", True)
    with pytest.raises(Unknown):
        await chat.say(CASE, once="SM2", text="more", channel=Channel.SMS, fence=1)


async def test_a_page_is_open_until_it_is_closed_or_its_server_has_died(db: Database) -> None:
    where = Whereabouts(db)
    await where.page_open(CASE, "one")
    await where.page_open(CASE, "one")
    await where.page_open(CASE, "two")
    await where.page_closed(CASE, "one")
    assert await where.there(CASE) == There(page=True)
    await db.change(update(OpenPageRow).values(seen_at=now() - BELIEVED))
    assert await where.there(CASE) == There()


async def test_a_call_is_there_until_it_is_over(db: Database) -> None:
    calls, where = Calls(db), Whereabouts(db)
    await calls.attach("CA1", CASE)
    assert await where.there(CASE) == There(call=True)
    await calls.progress("CA1", 3, "completed")
    assert await where.there(CASE) == There()

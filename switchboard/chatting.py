"""Words that go to a person: kept as a line of the case's chat, put before the agent, and told to the case."""

from __future__ import annotations

from dataclasses import dataclass

from channels.reading import Said, mask_remark
from database.chat import Chat, line_id
from database.pops import Pops
from models.case import Claim, Turn
from models.people import Actor, Channel
from models.requests import WROTE
from switchboard.switchboard import Speaker, Switchboard


@dataclass(frozen=True)
class Chats:
    """The chats of all cases. A line is kept before the case hears of it, and is the same line however often."""

    chat: Chat
    pops: Pops

    async def heard(self, board: Switchboard, speaker: Speaker, case: str, claim: Claim, once: str, said: Said) -> Turn:
        """What the customer writes while ``claim`` stands. Raises NotConfirmed once the line is kept; come again."""
        text = mask_remark(said.text.strip())
        await self.chat.say(
            case, once=once, text=text, channel=speaker.channel, fence=claim.fence, files=said.attachments
        )
        await self._before(case, claim)
        facts = {"line": line_id(case, once), "over": speaker.channel.value, "name": ""}
        return await board.deed(speaker, case, f"{once}/wrote"[:200], WROTE, facts)

    async def _before(self, case: str, claim: Claim) -> None:
        """Onto the agent's screen: once until they have written back."""
        ours = sum(line.ours for line in await self.chat.lines(case))
        once = f"chat:{case}:{claim.fence}:{ours}"
        await self.pops.pop(claim.holder, "chat", case=case, customer=case.split("/")[1], once=once)

    async def first(self, case: str, claim: Claim, once: str) -> bool:
        """Whether nothing was written under this claim before that line."""
        under = [line.id for line in await self.chat.lines(case) if line.fence == claim.fence]
        return not under or under[0] == line_id(case, once)

    async def wrote(self, board: Switchboard, agent: Speaker, case: str, once: str, over: Channel, name: str) -> Turn:
        """The case hears of an agent's line, or refuses it: ``turn.note`` says why, and nothing may be sent."""
        facts = {"line": line_id(case, once), "over": over.value, "name": name}
        return await board.deed(agent, case, f"{once}/wrote"[:200], WROTE, facts)

    async def keep(
        self, case: str, claim: Claim, once: str, text: str, over: Channel, *, person: str, name: str, out: str | None
    ) -> None:
        """Keep an agent's line that the case has taken."""
        await self.chat.say(
            case,
            once=once,
            text=text,
            channel=over,
            fence=claim.fence,
            actor=Actor.AGENT,
            person=person,
            name=name,
            out=out,
        )


def first_name(claim: Claim) -> str:
    """What a customer calls the agent by."""
    return claim.name.split(" ")[0]

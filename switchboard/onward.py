"""Where a case goes on that was joined to another one: every old way into it leads there."""

from __future__ import annotations

from dataclasses import dataclass

from database.cases import Cases
from database.spoken import Question
from models.case import Note, Turn

MOST = 20  # how often a case may have been joined to another one


def onward_of(turn: Turn, case: str) -> str | None:
    """Where a case that took nothing says that it goes on."""
    return turn.joined if turn.note is Note.FINISHED and turn.case == case else None


@dataclass(frozen=True)
class Onward:
    """Reads the journal alone."""

    cases: Cases

    async def follow(self, case: str) -> str:
        """The case itself, or the one that it goes on in."""
        for _ in range(MOST):
            turn = await self.cases.turn(case)
            if turn is None or turn.joined is None:
                break
            case = turn.joined
        return case

    async def turn(self, case: str) -> Turn | None:
        """How the case stands that this one goes on in, which may be itself."""
        return await self.cases.turn(await self.follow(case))

    async def carried(self, case: str, key: str, revision: int) -> tuple[str, int] | None:
        """The key and revision under which the case that this one goes on in asks the very same question now."""
        before = await self.cases.turn(case)
        if before is None or before.joined is None:
            return None
        now = await self.turn(before.joined)
        asked = [p.question for p in before.pending if (p.question.key, p.revision) == (key, revision)]
        same = [p for p in now.pending if p.question in asked] if now is not None else []
        return (key, same[0].revision) if same else None

    async def question(self, asked: Question) -> Question:
        """What was asked in a case, as the one it goes on in asks it; revision 0: that one asks something else."""
        case = await self.follow(asked.case)
        if case == asked.case:
            return asked
        carried = await self.carried(asked.case, asked.key, asked.revision)
        return Question(case=case, key=asked.key, revision=carried[1] if carried else 0, at=asked.at)

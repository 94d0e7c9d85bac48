"""What is measured: a moment of many questions, the same without its journal, and a bare workflow beside it."""

from typing import Any

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from models.case import Closing, Opening
from models.journal import Page
from models.questions import Text
from workflows.engine.temporal_host import TemporalHost
from workflows.moment import Moment


@workflow.defn(name="turns")
class Turns(Moment):
    """As many questions as the topic says."""

    @workflow.run
    async def run(self, opening: Opening) -> Closing:
        return await self.play(opening)

    async def script(self) -> None:
        for number in range(self.topic["questions"]):
            with self.each("line", str(number)):
                await self.ask(Text("note"))


class NoJournal(TemporalHost):
    """A host whose journal is switched off."""

    async def write(self, page: Page) -> None:
        return None


@workflow.defn(name="unwritten-turns")
class UnwrittenTurns(Turns):
    """The same engine and script, and nothing written."""

    @workflow.init
    def __init__(self, opening: Opening) -> None:
        super().__init__(opening)
        self._host = self._case.host = NoJournal()

    @workflow.run
    async def run(self, opening: Opening) -> Closing:
        return await self.play(opening)


@workflow.defn(name="bare-turns")
class BareTurns:
    """What one would write by hand: a list, an update that appends to it, and a turn of the same form and size."""

    @workflow.init
    def __init__(self, opening: dict[str, Any]) -> None:
        self.case = opening["case"]
        self.questions: int = opening["topic"]["questions"]
        self.answers: list[dict[str, Any]] = []

    @workflow.run
    async def run(self, opening: dict[str, Any]) -> dict[str, Any]:
        await workflow.wait_condition(lambda: len(self.answers) == self.questions)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return {"status": "finished", "sequence": len(self.answers)}

    @workflow.update
    async def arrive(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.turn()

    @workflow.update
    async def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        given = {"key": request["key"], "kind": "text", "value": request["value"], "by": request["by"]}
        self.answers.append({**given, "revision": request["revision"], "changeable": True})
        return self.turn()

    @answer.validator
    def _check(self, request: dict[str, Any]) -> None:
        if request["key"] != self.key() or request["revision"] != 1:
            raise ApplicationError("already-answered", type="AlreadyAnswered", non_retryable=True)
        if not isinstance(request["value"], str) or not request["value"].strip():
            raise ApplicationError("unfit", type="Unfit", non_retryable=True)

    def key(self) -> str:
        return f"line/{len(self.answers)}/note"

    def turn(self) -> dict[str, Any]:
        question = {"key": self.key(), "fact": None, "optional": False, "kind": "text", "longest": 2000}
        return {
            "case": self.case,
            "moment": "bare-turns",
            "status": "open",
            "sequence": 2 * len(self.answers),
            "notices": [],
            "pending": [{"question": {**question, "about": {}}, "revision": 1, "because": None}],
            "answers": list(self.answers),
            "working": False,
            "note": None,
            "because": None,
        }

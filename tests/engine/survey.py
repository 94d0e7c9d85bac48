"""A moment with many questions and nothing else: what an answer costs, and what a move must not lose."""

from temporalio import workflow

from models.case import Closing, Opening
from models.questions import Text
from workflows.moment import Moment

QUESTIONS = 30


@workflow.defn(name="survey")
class Survey(Moment):
    @workflow.run
    async def run(self, opening: Opening) -> Closing:
        return await self.play(opening)

    async def script(self) -> None:
        for number in range(QUESTIONS):
            await self.ask(Text(f"q{number}"))
        await self.confirm("sure")

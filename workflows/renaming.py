"""A moment under an id that it had once, so that Temporal finds the code of cases that began under it."""

import re
from collections.abc import Iterator, Mapping

from temporalio import workflow

from models.case import Closing, Opening
from models.renamed import FORMERLY
from workflows.moment import Moment


def formerly(moment: type[Moment], id: str, home: str = __name__) -> type[Moment]:
    """The moment as a workflow type of the old id, in the module ``home``; its cases speak with the new id's words.

    The sandbox imports a workflow by its module and name: whoever makes one keeps it there under its name.
    """

    async def run(self: Moment, opening: Opening) -> Closing:
        return await self.play(opening)

    name = f"{moment.__name__}Formerly{''.join(part.capitalize() for part in re.findall('[a-z0-9]+', id))}"
    # As if it stood in the class: Temporal takes no other.
    run.__qualname__, run.__module__ = f"{name}.run", home
    del run.__annotations__["self"]
    body = {"run": workflow.run(run), "__module__": home, "__qualname__": name, "__doc__": moment.__doc__}
    old: type[Moment] = type(name, (moment,), body)
    old.id = moment.id
    return workflow.defn(name=id)(old)


def renamed(moments: Mapping[str, type[Moment]], home: str) -> Iterator[type[Moment]]:
    """All moments there are under an old id."""
    for old, new in FORMERLY.items():
        yield formerly(moments[new], old, home)

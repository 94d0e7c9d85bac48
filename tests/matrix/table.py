"""Plays every cell of the matrix and writes what came of each as a page: ``python -m tests.matrix.table [FILE]``."""

from __future__ import annotations

import asyncio
import sys
from html import escape
from pathlib import Path

from models.people import Channel
from tests.matrix import grid

STYLE = """
:root { color-scheme: light dark; --good: #1a7f4b; --bad: #c02b2b }
:root { --line: color-mix(in srgb, currentColor 18%, transparent) }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0 2.5rem }
th, td { border: 1px solid var(--line); padding: .3rem .7rem; text-align: center }
th { font-weight: 600 } th[scope=row] { text-align: left }
.good { color: var(--good) } .bad { color: var(--bad); font-weight: 700 } .none { opacity: .35 }
details { margin: .3rem 0 } code { font-size: .9em }
"""


def page(found: grid.Found) -> str:
    """The whole table: a square of channels for each moment, each cell counting the questions it was tried at."""
    wrong = grid.wrong(found)
    moments = sorted({moment for moment, _ in found})
    verdict = "Every one ends as it does without the switch." if not wrong else f"{len(wrong)} do not."
    parts = [
        "<!doctype html><html lang=en><meta charset=utf-8><title>Any moment, any step, any switch</title>",
        f"<meta name=viewport content='width=device-width'><style>{STYLE}</style>",
        "<h1>Any moment, any step, any switch</h1>",
        f"<p>{grid.count(found):,} cases were begun on one channel and finished on another.",
        f"<strong>{verdict}</strong></p>",
        *(_square(moment, {q: cells for (m, q), cells in found.items() if m == moment}) for moment in moments),
    ]
    if wrong:
        parts.append("<h2>What went wrong</h2>" + "".join(f"<p class=bad>{escape(each)}</p>" for each in wrong))
    return "\n".join(parts)


def _square(moment: str, questions: dict[str, dict[tuple[Channel, Channel], str]]) -> str:
    head = "".join(f"<th scope=col>{channel.value}</th>" for channel in Channel)
    rows = "".join(
        f"<tr><th scope=row>{first.value}</th>{''.join(_cell(questions, first, then) for then in Channel)}</tr>"
        for first in Channel
    )
    asked = ", ".join(f"<code>{escape(question)}</code>" for question in questions)
    return (
        f"<h2>{escape(moment)}</h2><p>Switched at each of: {asked}.</p>"
        f"<table><tr><td class=none>from, to</td>{head}</tr>{rows}</table>"
    )


def _cell(questions: dict[str, dict[tuple[Channel, Channel], str]], first: Channel, then: Channel) -> str:
    if first is then:
        return "<td class=none>·</td>"
    good = sum(not cells[first, then] for cells in questions.values())
    kind = "good" if good == len(questions) else "bad"
    return f"<td class={kind}>{good} of {len(questions)}</td>"


async def played() -> grid.Found:
    found: grid.Found = {}
    for moment in grid.every_moment():
        found |= await grid.all_cells(moment)
        sys.stderr.write(f"{moment}: {grid.count(found):,} cells so far, {len(grid.wrong(found))} wrong\n")
    return found


def main() -> int:
    file = Path(sys.argv[1] if len(sys.argv) > 1 else "matrix.html")
    found = asyncio.run(played())
    file.write_text(page(found), encoding="utf-8")
    sys.stdout.write(f"{grid.count(found):,} cells, {len(grid.wrong(found))} wrong: {file}\n")
    return 1 if grid.wrong(found) else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Words as the answer to the question that a case asks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from channels.picks import as_shown
from channels.reading import Reading, Said, read
from channels.wording.book import wording
from models.case import Pending, Turn
from switchboard.switchboard import Speaker


def reply_to(turn: Turn, pending: Pending, said: Said, speaker: Speaker) -> Reading:
    """What was meant, by the names that the question and the answers before it go by where the speaker is."""
    words = wording(speaker.language, speaker.zone)
    return read(
        as_shown(pending.question, turn.moment, words),
        said,
        today=today(speaker),
        language=speaker.language,
        names={line.key: words.label(turn.moment, line.key) for line in turn.answers},
        zone=speaker.zone,
        known=pending.known,
    )


def today(speaker: Speaker) -> date:
    """The speaker's date."""
    return datetime.now(UTC).astimezone(ZoneInfo(speaker.zone)).date()

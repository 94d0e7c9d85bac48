"""The front door: what somebody is asked before a case is found, and what their answer to that means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from channels.providers.outbox import Post
from channels.reading import Said, Understood, mask_remark, read
from channels.reading.openings import moments_for
from channels.wording.book import Wording, wording
from database.customers import Customers
from database.engine import Database
from database.offered import Offer, Offered, What
from database.passes import Passes
from database.ratings import Ratings
from database.spoken import Question, Spoken
from database.tries import Tries
from database.visits import Visits
from models.answers import Option
from models.case import Status
from models.questions import Choice, YesNo
from switchboard.passes import PassDesk
from switchboard.reply import today
from switchboard.switchboard import Speaker, Switchboard

Picked = Literal["yes", "no", "nothing"]


@dataclass(frozen=True)
class FrontDesk:
    """What the front door remembers of an address: what it was offered, what it was asked, whom it speaks for."""

    offered: Offered
    spoken: Spoken
    passes: PassDesk
    ratings: Ratings

    async def known(self, speaker: Speaker, switchboard: Switchboard) -> Speaker:
        """The speaker as far as this visit has made them known: by a pass, in its case, until that is closed."""
        if speaker.only or not speaker.visit:
            return speaker
        joined = await self.passes.visits.find(speaker.visit)
        case = await switchboard.cases.get(joined.case) if joined and joined.case else None
        if case is not None and case.status is Status.JOINED:
            case = await switchboard.cases.get(await switchboard.onward.follow(case.id))
        if joined is None or case is None or case.status.closed:
            return speaker
        assurance = max(speaker.assurance, joined.assurance, key=lambda level: level.rank)
        if await switchboard.owns(speaker.customer, case.id):
            return replace(speaker, assurance=assurance)
        owner = await switchboard.customers.get(joined.customer)
        zone = owner.zone if owner else speaker.zone
        return replace(speaker, customer=joined.customer, assurance=assurance, only=case.id, zone=zone)

    async def open_offer(self, speaker: Speaker) -> Offer | None:
        """What the speaker was offered last and has not answered."""
        return await self.offered.last(speaker.channel, speaker.reply_to) if speaker.reply_to else None

    async def last_asked(self, speaker: Speaker) -> Question | None:
        """The question that was last asked where the speaker is, on a channel that keeps it."""
        return await self.spoken.last(speaker.channel, speaker.reply_to) if speaker.reply_to else None

    async def offer(
        self, speaker: Speaker, what: What, *options: str, said: Said | None = None, misses: int = 0
    ) -> Offer:
        offer = Offer(what=what, options=options, words=mask_remark(said.text)[:600] if said else "", misses=misses)
        if speaker.reply_to:
            await self.offered.offer(speaker.channel, speaker.reply_to, offer)
        return offer

    async def settled(self, speaker: Speaker) -> None:
        if speaker.reply_to:
            await self.offered.settled(speaker.channel, speaker.reply_to)


def front_desk(database: Database, post: Post) -> FrontDesk:
    """The front door's memory in one database; ``post`` tells the owner of a pass that somebody guesses."""
    passes = PassDesk(Passes(database), Tries(database), Visits(database), Customers(database), post)
    return FrontDesk(Offered(database), Spoken(database), passes, Ratings(database))


def picked(offer: Offer, said: Said, speaker: Speaker) -> str | None:
    """Which of the options was meant: by number, by "the second one", or by its name."""
    words = words_of(speaker)
    names = {option: option.split("/")[0] for option in offer.options}
    titles = {option: words.moment_name(moment, "title") for option, moment in names.items()}
    options = [Option(id=o, label=titles[o], synonyms=(words.moment_name(m),)) for o, m in names.items()]
    reading = read(Choice("offer", options=options), said, today=today(speaker), language=speaker.language)
    if isinstance(reading, Understood):
        return str(reading.value)
    wished = moments_for(said.text, language=speaker.language)
    meant = [option for option, moment in names.items() if wished == (moment,)]
    return meant[0] if len(meant) == 1 else None


def agreed(said: Said, speaker: Speaker) -> Picked:
    """Whether somebody wants to go on: "something else" is a no."""
    reading = read(YesNo("resume"), said, today=today(speaker), language=speaker.language)
    if isinstance(reading, Understood):
        return "yes" if reading.value else "no"
    return "no" if one_of("front-something-else", said, speaker) else "nothing"


def one_of(message: str, said: Said, speaker: Speaker) -> bool:
    """Whether the words are one of those that a message lists, with commas between them."""
    plain = " ".join("".join(char if char.isalnum() else " " for char in said.text.lower()).split())
    return plain in {phrase.strip() for phrase in words_of(speaker).say(message).lower().split(",")}


def words_of(speaker: Speaker) -> Wording:
    return wording(speaker.language, speaker.zone)

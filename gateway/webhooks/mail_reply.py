"""A mail that is somebody's: what it replies to, what came of it, and the mail that answers it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from channels.letters import Thread, Token
from channels.preface import joined, notices
from channels.reading import Said
from channels.takes import takes
from channels.wording.book import Wording
from database.calls import PERSON
from database.outbox import Message
from gateway.mailroom import Mailroom
from gateway.parts import Parts
from gateway.webhooks.mail import InMail
from gateway.webhooks.ringing import ring
from models.answers import Attachment
from models.case import Turn
from models.errors import NotUnderstood
from models.people import Address, Channel
from models.renamed import FORMERLY
from switchboard.conversation import Heard, Standing
from switchboard.switchboard import Speaker

LONGEST = 5_000
MOST_FILES = 10
ELSEWHERE = ("", 0)
PASS_LIFETIME = timedelta(hours=24)


class MailReply:
    def __init__(self, parts: Parts, mail: Mailroom) -> None:
        self.parts = parts
        self.letters = mail.letters

    async def answer(
        self, id: str, mail: InMail, speaker: Speaker, to: Address | None, about: str | None = None
    ) -> None:
        """Hear a mail and answer it to ``to``; without an address nothing is sent back.

        ``about`` is the case it is for, where somebody said so. Raises NotConfirmed while the case can't be reached,
        and Unknown where there is none.
        """
        words = self.parts.words(speaker.language, speaker.zone)
        thread = Thread(mail.message_id, mail.subject, tuple(reversed(mail.references)))
        if to is not None:
            await self.parts.post.noted(Channel.EMAIL, to, mail.words)
        heard, lead = await self._heard(id, mail, speaker, words, about)
        heard = await ring(self.parts, heard, speaker) if heard else None
        if heard is not None and heard.language is not None:
            speaker = replace(speaker, language=heard.language)
        if heard is not None and heard.greeting == "person" and to is not None:
            await self.parts.calls.callback_wanted(speaker.customer, to, PERSON)
        if to is None or (heard is not None and heard.chat and not self._said(heard, lead, words)):
            return
        await self.parts.post.send(await self._letter(f"reply:{id}", heard, lead, speaker, to, thread))

    async def _heard(
        self, id: str, mail: InMail, speaker: Speaker, words: Wording, about: str | None
    ) -> tuple[Heard | None, str]:
        """What came of it, and a word of our own that comes first."""
        if len(mail.words) > LONGEST:
            return None, words.say("too-long")
        stood, asked = await self._stood(id, mail, speaker)
        known = await self.parts.switchboard.onward.turn(about) if about else None
        if known is not None:
            stood, asked = Standing(known.case, known.sequence), None
        files, refused = await self._files(id, mail, speaker, stood.case, words)
        if not mail.words and not files:
            return None, refused or words.say("empty")
        said = Said(mail.words, "typed", attachments=files)
        heard = await self.parts.conversation.hear(speaker, said, request_id=id, asked=asked, stood=stood)
        return heard, refused

    async def _stood(self, id: str, mail: InMail, speaker: Speaker) -> tuple[Standing, tuple[str, int] | None]:
        """Where the customer stood when it first came, and which question it replies to."""
        said = Said(mail.words, "typed")
        now = await self.parts.conversation.standing(speaker, said)
        stood = Standing.read(await self.parts.inbox.about(id, now.kept()))
        token, owner = self._token(mail, await self.parts.customers.records(speaker.customer))
        moments = self.parts.switchboard.moments | FORMERLY.keys()
        case = self.letters.case_of(token, owner, moments) if token else None
        turn = await self.parts.switchboard.look(case) if case else None
        if token is None or turn is None:
            return stood, None
        asked: tuple[str, int] = (_key(token, turn), token.revision)
        if turn.joined is not None:
            asked = await self.parts.switchboard.onward.carried(turn.case, *asked) or ELSEWHERE
            turn = await self.parts.switchboard.onward.turn(turn.case) or turn
        if not turn.status.closed or stood.case is None:
            here = stood.case == turn.case
            stood = Standing(turn.case, stood.sequence if here else turn.sequence, chat=stood.chat and here)
        if token.asks(""):
            return stood, None
        return stood, asked if stood.case == turn.case else ELSEWHERE

    def _token(self, mail: InMail, records: list[str]) -> tuple[Token | None, str]:
        """By the address it was sent to, else by the mail it replies to; and which of the writer's records it is of."""
        for places in (mail.to, mail.references):
            token = self.letters.token_of(places)
            owner = next((record for record in records if token and self.letters.holds(token, record)), None)
            if owner is not None:
                return token, owner
        return None, ""

    async def _files(
        self, id: str, mail: InMail, speaker: Speaker, case: str | None, words: Wording
    ) -> tuple[tuple[Attachment, ...], str]:
        kept: list[Attachment] = []
        refused = ""
        for number, part in enumerate(mail.files[:MOST_FILES]):
            try:
                kept.append(
                    await self.parts.attachments.keep(
                        speaker.customer,
                        case,
                        part.filename or "",
                        part.media_type,
                        part.content,
                        once=f"{id}/{number}",
                    )
                )
            except NotUnderstood as error:
                refused = words.say("email-file-too-big" if str(error) == "file-too-big" else "email-file-type")
        return tuple(kept), refused

    # -- what goes back -----------------------------------------------------------------------------------------

    async def _letter(
        self, key: str, heard: Heard | None, lead: str, speaker: Speaker, to: Address, thread: Thread
    ) -> Message:
        # Who wants no more mail of ours and writes one all the same waits for its answer.
        words = self.parts.words(speaker.language, speaker.zone)
        opening = self._opening(heard, words) if heard else ""
        if heard is None or heard.turn is None or heard.alone:
            text = self._said(heard, lead, words)
            return self.letters.plain(
                key=key, customer=speaker.customer, to=to, text=text, words=words, thread=thread, always=True
            )
        turn, echo, because = heard.turn, heard.echo, heard.because
        if heard.back is not None:
            lead = joined(lead, echo, *notices(turn, words, Channel.EMAIL), by="\n\n")
            turn, echo, because = heard.back, "", None
        return self.letters.message(
            key=key,
            customer=speaker.customer,
            to=to,
            turn=turn,
            words=words,
            link=await self._link(heard, turn, speaker),
            lead=joined(lead, opening, by="\n\n"),
            echo=echo,
            because=because,
            thread=thread,
            always=True,
        )

    def _said(self, heard: Heard | None, lead: str, words: Wording) -> str:
        """What is said without a question of a case."""
        told = notices(heard.turn, words, Channel.EMAIL) if heard and heard.turn else []
        return joined(lead, *told, self._opening(heard, words) if heard else "", by="\n\n")

    def _opening(self, heard: Heard, words: Wording) -> str:
        match heard.greeting:
            case "stopped":
                return words.say("email-stopped")
            case "started":
                return words.say("email-started")
            case "help":
                return words.say("email-help")
            case _:
                return heard.opening(words, Channel.EMAIL)

    async def _link(self, heard: Heard, turn: Turn, speaker: Speaker) -> str | None:
        """A way to the page, where a mail can't take the answer."""
        needed = heard.because is not None and heard.because.code == "needs-web"
        pending = turn.question
        if pending is None or not (needed or not takes(Channel.EMAIL, pending.question)):
            return None
        token = await self.parts.passes.issue(turn.case, speaker.customer, lifetime=PASS_LIFETIME)
        return self.parts.url(f"/c/{token}")


def _key(token: Token, turn: Turn) -> str:
    """The question a token names, among those the case asks or has asked; of any other it is over."""
    keys = [*(pending.question.key for pending in turn.pending), *(line.key for line in turn.answers)]
    return next((key for key in keys if token.asks(key)), ELSEWHERE[0])

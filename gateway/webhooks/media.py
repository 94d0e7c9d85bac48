"""What comes with a message besides its words: files, taps on buttons, and which message it replies to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from pydantic import JsonValue
from starlette.datastructures import FormData

from channels import sms, whatsapp
from channels.whatsapp import Written, tapped
from channels.wording.book import Wording
from gateway.parts import Parts
from gateway.webhooks.signature import text_of
from models.answers import Attachment
from models.case import Because, Turn
from models.errors import NotUnderstood
from models.people import Channel
from models.questions import File
from switchboard.heard import Heard
from switchboard.switchboard import Speaker

MOST = 10  # files in one message
PAYLOADS = ("ButtonPayload", "ListId")
NOT_KEPT = {
    because.code: because
    for because in (
        Because(code="file-empty"),
        Because(code="file-too-big"),
        Because(code="file-type"),
        Because(code="file-too-many"),
        Because(code="file-gone"),
    )
}
MEDIA, ASKED = "_media", "_asked"


@dataclass(frozen=True)
class Brought:
    """The files that were kept, and why another one was not."""

    files: tuple[Attachment, ...] = ()
    because: Because | None = None

    def said(self, words: Wording) -> str:
        """A kind word about files that nobody asked for, and a clear one about those that can't be taken."""
        kept = words.say("files-kept", count=len(self.files)) if len(self.files) > 1 else words.say("file-kept")
        refused = words.because(self.because) if self.because else ""
        return " ".join(part for part in (kept if self.files else "", refused) if part)


def words_of(form: FormData) -> str:
    """What was written, or what a tapped option would have been typed as."""
    tap = _tap(form)
    return tap.typed if tap else text_of(form, "Body") or text_of(form, "ButtonText")


async def besides(parts: Parts, form: FormData) -> dict[str, str]:
    """What the inbox keeps of a message besides its words: the question it replies to, and where its files are."""
    tap = _tap(form)
    asked = tap.asked if tap else await _replied(parts, text_of(form, "OriginalRepliedMessageSid"))
    count = text_of(form, "NumMedia")
    number = min(int(count), MOST) if count.isdecimal() and len(count) < 4 else 0
    media = [[text_of(form, f"MediaUrl{n}"), text_of(form, f"MediaContentType{n}")] for n in range(number)]
    found = {MEDIA: json.dumps(media)} if any(url for url, _ in media) else {}
    return found | ({ASKED: asked} if asked else {})


def _tap(form: FormData) -> whatsapp.Tapped | None:
    return next((tap for name in PAYLOADS if (tap := tapped(text_of(form, name)))), None)


async def _replied(parts: Parts, provider_id: str) -> str:
    key = await parts.outbox.key_of(provider_id) if provider_id else None
    message = await parts.outbox.get(key) if key else None
    return str(message.extras.get("asked") or "") if message else ""


async def brought(parts: Parts, id: str, body: Mapping[str, str], speaker: Speaker, case: str | None) -> Brought:
    """Fetch and keep a message's files, each once. Raises NotConfirmed while one can't be fetched: come again."""
    files: list[Attachment] = []
    because: Because | None = None
    for number, (url, kind) in enumerate(json.loads(body.get(MEDIA) or "[]")):
        once = f"{id}/{number}"
        try:
            content = await parts.door.media(url)
            name = f"file-{number + 1}"
            files.append(await parts.attachments.keep(speaker.customer, case, name, kind, content, once=once))
        except NotUnderstood as error:
            because = NOT_KEPT.get(error.reason, NOT_KEPT["file-gone"])
    return Brought(tuple(files), because)


def wanted(turn: Turn | None) -> bool:
    """Whether the turn asks for a file."""
    return turn is not None and turn.question is not None and isinstance(turn.question.question, File)


async def unasked(
    parts: Parts, id: str, speaker: Speaker, case: str | None, files: Brought, words: Wording
) -> tuple[Turn | None, Written] | None:
    """What is said to files without words that no question asks for: they are kept. None where one does ask."""
    if case is None:
        return None, Written(words.say("file-kept-no-case"))
    if wanted(await parts.switchboard.look(case)):
        return None
    turn = await parts.switchboard.arrive(speaker, case, f"{id}/arrive")
    names = ", ".join(file.name for file in files.files)
    await parts.switchboard.remark(speaker, case, f"{id}/files", names)
    reply = written(Heard(turn), turn, words, speaker.channel, None)
    return turn, led(files.said(words), reply)


def led(lead: str, reply: Written) -> Written:
    """The reply with something said before it, with and without its buttons."""
    content = reply.extras.get("content")
    extras = dict(reply.extras)
    if isinstance(content, dict):
        places = cast("dict[str, JsonValue]", content["variables"])
        extras["content"] = content | {"variables": places | {"1": f"{lead}\n{places['1']}"}}
    return Written(f"{lead}\n{reply.body}" if reply.body else lead, extras)


def written(heard: Heard, turn: Turn, words: Wording, channel: Channel, link: str | None) -> Written:
    """The turn as its channel writes it."""
    if channel is Channel.WHATSAPP:
        return whatsapp.render(turn, words, echo=heard.echo, because=heard.because, link=link)
    text = sms.render(turn, words, echo=heard.echo, because=heard.because, link=link)
    return Written(text, whatsapp.asked(turn))

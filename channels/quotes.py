"""What somebody wrote into a mail themselves: above, between or below what they quote, without their signature."""

from __future__ import annotations

import re
from html import unescape

LONGEST_TEXT = 200_000
LONGEST_HTML = 200_000
_MOST_LINES = 4_000

_ATTRIBUTION_BEGINS = re.compile(r"(On|El|Am|Le|Il|Op|Em|Den)\s", re.IGNORECASE)
_ATTRIBUTION_ENDS = re.compile(
    r"(wrote|writes|escribió|schrieb|a écrit|ha scritto|schreef|escreveu|skrev)\s?:?$", re.IGNORECASE
)
_DIVIDER = re.compile(
    r"[-_\s]{2,}(original message|forwarded message|begin forwarded message|mensaje original|mensaje reenviado"
    r"|ursprüngliche nachricht|message d'origine)[-_\s:]*",
    re.IGNORECASE,
)
_RULE = re.compile(r"_{10,}")
_FROM = re.compile(r"\*?(From|De|Von|Da|Van)\s?:\*?\s", re.IGNORECASE)
_OTHER_HEADER = re.compile(
    r"\*?(Sent|Date|To|Subject|Enviado|Enviado el|Fecha|Para|Asunto|Gesendet|Datum|An|Betreff|Envoyé|À|Objet)\s?:\*?\s",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"(Sent from my |Sent from Outlook|Sent via |Get Outlook for |Enviado desde |Obtener Outlook |Gesendet von |"
    r"Von meinem .{1,40} gesendet|Envoyé de mon )",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"((best|kind|warm|many|with kind)? ?(regards|wishes)|best|cheers|sincerely|yours( sincerely| truly)?"
    r"|thanks( a lot| again| so much)?|many thanks|thank you( so much| very much)?|thx"
    r"|(un |muchos |cordiales )?saludos?( cordiales)?|atentamente|(muchas )?gracias|mit freundlichen grüßen)\s?[,.!]?",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(hi|hello|hey|dear|good (morning|afternoon|evening)|hola|buenos días|buenas (tardes|noches)|estimad[oa]s?)"
    r"( [^\d.!?,:]{0,40}[,.!:]|[,.!:]?)",
    re.IGNORECASE,
)
_LAST, _AFTER_SIGN_OFF, _SHORT = 30, 7, 80
_BLANKS = re.compile(r"\n{3,}")


def reply_of(text: str | None, html: str | None = None) -> str:
    """The words of a reply, without what it quotes, its greeting and its signature; "" where it has none.

    ``text`` counts where there is any; ``html`` is turned to text where there is only that. Takes any length in time
    that grows with it, and reads the first 200,000 characters.
    """
    plain = (text or "")[:LONGEST_TEXT]
    if not plain.strip():
        plain = text_of_html(html or "")
    lines = [line.strip() for line in plain.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    own = _unsigned(_unquoted(lines[: _MOST_LINES * 4])[:_MOST_LINES])
    own = own[1:] if len(own) > 1 and _GREETING.fullmatch(own[0]) else own
    return _BLANKS.sub("\n\n", "\n".join(own)).strip()


def _unquoted(lines: list[str]) -> list[str]:
    own: list[str] = []
    at = 0
    while at < len(lines):
        if span := _attribution(lines, at):
            if not _quotes_follow(lines, at + span):
                break
            at += span
        elif _ends_here(lines, at):
            break
        else:
            if not lines[at].startswith(">"):
                own.append(lines[at])
            at += 1
    while own and not own[0]:
        own.pop(0)
    return own


def _attribution(lines: list[str], at: int) -> int:
    """How many lines "On Monday, X wrote:" takes here, up to three; 0 for none."""
    if not _ATTRIBUTION_BEGINS.match(lines[at]):
        return 0
    ends = (n for n, line in enumerate(lines[at : at + 3], start=1) if _ATTRIBUTION_ENDS.search(line[-60:]))
    return next(ends, 0)


def _quotes_follow(lines: list[str], at: int) -> bool:
    """Whether what is quoted bears its marks, so that words below it are the writer's again."""
    return next((line.startswith(">") for line in lines[at : at + 4] if line), False)


def _ends_here(lines: list[str], at: int) -> bool:
    """Whether an older mail begins here that bears no marks of its own."""
    line = lines[at]
    if _DIVIDER.fullmatch(line[:200]):
        return True
    if _RULE.fullmatch(line[:200]):
        return any(_heads(lines, after) for after in range(at + 1, min(at + 4, len(lines))))
    return _heads(lines, at)


def _heads(lines: list[str], at: int) -> bool:
    return bool(_FROM.match(lines[at])) and any(_OTHER_HEADER.match(line) for line in lines[at + 1 : at + 6])


def _unsigned(lines: list[str]) -> list[str]:
    for at, line in enumerate(lines):
        if line in {"--", "—"} or _DEVICE.match(line):
            return lines[:at]
        if at and at >= len(lines) - _LAST and _SIGN_OFF.fullmatch(line):
            rest = [after for after in lines[at + 1 :] if after]
            if len(rest) <= _AFTER_SIGN_OFF and all(len(after) <= _SHORT for after in rest):
                return lines[:at]
    return lines


# -- HTML -----------------------------------------------------------------------------------------------------

_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe"})
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "table", "blockquote", "hr", "pre"})
_QUOTED_CLASSES = frozenset({"gmail_quote", "gmail_attr", "yahoo_quoted", "moz-cite-prefix"})
_QUOTED_IDS = frozenset({"divRplyFwdMsg", "appendonsend", "mail-editor-reference-message-container"})


_TOKEN = re.compile(r"</?[A-Za-z][^<>]*>|[^<]+|<")
_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_ATTRIBUTE = re.compile(r"""\b(class|id|type)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_LONGEST_TAG = 2_000


def text_of_html(html: str) -> str:
    """HTML as plain text, without what it hides and what it quotes. Nothing in it is run, fetched or trusted.

    The standard library's parser takes minutes for 200 KB made to trouble it; this looks at each character once.
    """
    reader = _Reader()
    for token in _TOKEN.finditer(_without_comments(html[:LONGEST_HTML])):
        reader.take(token.group())
    return "".join(reader.found)


def _without_comments(html: str) -> str:
    """A comment that never ends hides the rest, as it does in a browser."""
    first, *others = html.split("<!--")
    return first + "".join(after for other in others for _, _, after in [other.partition("-->")])


class _Reader:
    def __init__(self) -> None:
        self.found: list[str] = []
        self._skipping: str | None = None
        self._depth = 0
        self._over = False

    def take(self, token: str) -> None:
        if found := _NAME.match(token):
            self._tag(found.group(2).lower(), token, closes=bool(found.group(1)))
        elif self._skipping is None and not self._over:
            self.found.append(unescape(token).replace("\n", " "))

    def _tag(self, tag: str, token: str, *, closes: bool) -> None:
        if self._skipping is not None:
            if tag == self._skipping:
                self._depth += -1 if closes else 1
                self._skipping = self._skipping if self._depth else None
            return
        given = {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(token[:_LONGEST_TAG])}
        # Outlook puts the older mail beside this mark, not into it.
        self._over |= given.get("id") in _QUOTED_IDS
        if not closes and (tag in _UNSEEN or _quoted(tag, given)):
            self._skipping, self._depth = tag, 1
        if tag in _BREAKS and not self._over:
            self.found.append("\n")


def _quoted(tag: str, given: dict[str, str]) -> bool:
    classes = set(given.get("class", "").split())
    return bool(classes & _QUOTED_CLASSES) or (tag == "blockquote" and (given.get("type") == "cite" or bool(classes)))

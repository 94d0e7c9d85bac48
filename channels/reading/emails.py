"""Reading an email address, typed or spoken: "jane dot doe at example dot com"."""

import re

from channels.reading.lexicon import Lexicon, alternation
from channels.reading.numbers import joined
from channels.reading.phrase import Phrase, without
from channels.reading.said import Reading, settle, unclear
from models.questions import Email

_ADDRESS = re.compile(r"[\w.+%'-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?![\w@-])")


def read_email(question: Email, phrase: Phrase) -> Reading:
    found = set(_ADDRESS.findall(re.sub(r" ?@ ?", "@", phrase.text)))
    if not found and "@" not in phrase.text:
        return _spoken(question, phrase)
    if len(found) > 1 or (found and phrase.has("negations")):
        return unclear("ambiguous")
    return settle(question, found.pop().lower()) if found else unclear("not-an-email")


def _spoken(question: Email, phrase: Phrase) -> Reading:
    """The signs put in for their names. A name in two words is asked back: there is no hearing what joins them."""
    lexicon = phrase.lexicon
    written = re.sub(r"(?<=\w)\.(?=\w)", " \x00 ", joined(phrase).rstrip("."))
    text = without(lexicon.pattern("contact.dot").sub("\x00", written), [lexicon.pattern("fillers")])
    at = alternation(lexicon.phrases("contact.at"))
    parts = re.split(rf" ?\b(?:{at})\b ?", text)
    if len(parts) != 2 or "\x00" not in parts[1]:
        return unclear("not-an-email" if len(parts) == 2 and _like_host(parts[1], lexicon) else "no-match")
    signs: dict[str, str] = {**lexicon.words["contact"]["signs"], "\x00": "."}
    local, host = (_signed(part, signs) for part in parts)
    around = lexicon.pattern("contact.around")
    local = " ".join(around.sub(" ", local).split())
    if re.fullmatch(r"\w( \w)+", local) or re.fullmatch(r"[^\W\d]+ [0-9]+", local):
        local = local.replace(" ", "")
    if " " in local or " " in host.strip():
        return unclear("ambiguous")
    address = f"{local}@{host.strip()}"
    return settle(question, address) if _ADDRESS.fullmatch(address) else unclear("not-an-email")


def _signed(text: str, signs: dict[str, str]) -> str:
    for word, sign in signs.items():
        text = re.sub(rf" ?(?<!\w){re.escape(word)}(?!\w) ?", sign, text)
    return text


def _like_host(host: str, lexicon: Lexicon) -> bool:
    return re.fullmatch(r"[\w-]+", host) is not None and host not in lexicon.phrases("contact.no_hosts")

"""Advice on links and addresses: where they lead, and what they say of it. For lessons in any language."""

import re
from collections.abc import Iterator

from tutorbot.curriculum.problem import Problem
from tutorbot.curriculum.report import problem
from tutorbot.workshop.script import ADDRESS, Script
from tutorbot.workshop.wording import Known

_VAGUE = re.compile(
    r"(?:(?:click|tap|press)\s+)?(?:here|this|link|this\s+link|this\s+page|read\s+more|more|find\s+out\s+more)",
    re.IGNORECASE,
)
_CLICK = re.compile(r"\bclick(?:ing)?\s+here\b", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z]+://)?(?:[^/\s@]*@)?([^/\s:?#]+)", re.IGNORECASE)
_CLAIM = re.compile(r"gov[.-]?uk|gov\.co\.uk", re.IGNORECASE)
_MADE_UP = ".example"


def links(script: Script, _: Known) -> Iterator[Problem]:
    """Links whose words do not say, or not truly, where they lead."""
    for link in script.links:
        words = link.words.strip(" .")
        if _VAGUE.fullmatch(words):
            yield problem(script.path, link.line, "click-here", words=" ".join(words.split()))
        elif ADDRESS.fullmatch(words) and _host(words) != _host(link.target):
            yield problem(script.path, link.line, "other-address", words=_host(words), host=_host(link.target))
    linked = {(link.line, " ".join(link.words.split()).lower()) for link in script.links}
    for passage in script.passages:
        for match in _CLICK.finditer(passage.text):
            line = passage.line_at(match.start())
            if (line, " ".join(match[0].split()).lower()) not in linked:
                yield problem(script.path, line, "click-here", words=" ".join(match[0].split()))


def addresses(script: Script, _: Known) -> Iterator[Problem]:
    """Addresses that only look like gov.uk, and those that are not private."""
    for address, line in _addresses(script):
        host = _host(address)
        if address.lower().startswith("http://"):
            yield problem(script.path, line, "not-private", link=address)
        if _claims(host):
            yield problem(script.path, line, "like-gov-uk", host=host)


def _addresses(script: Script) -> Iterator[tuple[str, int]]:
    for passage in script.passages:
        for match in ADDRESS.finditer(passage.text):
            yield match[0], passage.line_at(match.start())
    for link in script.links:
        if link.target not in link.words:
            yield link.target, link.line
    for source in script.header.texts("sources"):
        yield source, script.header.line("sources")


def _claims(host: str) -> bool:
    """Whether a host says that it is the government and is not."""
    real = host == "gov.uk" or host.endswith(".gov.uk")
    return bool(_CLAIM.search(host)) and not real and not host.endswith(_MADE_UP)


def _host(address: str) -> str:
    """The name in an address, without "www."."""
    match = _HOST.match(address)
    return match[1].lower().rstrip(".,;:!?)*\"'").removeprefix("www.") if match else ""

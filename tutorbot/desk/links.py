"""Links in a text, and whether they lead where learners may be sent: government, health, police, known charities.

Pure: no address is ever looked up. In doubt a link is strange.
"""

import re
import unicodedata

_OFFICIAL = (
    "gov.uk gov.scot mygov.scot gov.wales llyw.cymru parliament.uk senedd.wales senedd.cymru parliament.scot nhs.uk "
    "nhs.wales nhs.scot nhsinform.scot hscni.net police.uk ico.org.uk ofcom.org.uk fca.org.uk acas.org.uk "
    "financial-ombudsman.org.uk electoralcommission.org.uk moneyhelper.org.uk "
    "citizensadvice.org.uk cas.org.uk adviceni.net advice.scot ageuk.org.uk samaritans.org childline.org.uk "
    "nspcc.org.uk refuge.org.uk nationaldahelpline.org.uk iwf.org.uk reportharmfulcontent.com stopncii.org "
    "revengepornhelpline.org.uk thecyberhelpline.com internetmatters.org getsafeonline.org fullfact.org turn2us.org.uk "
    "stepchange.org lawworks.org.uk goodthingsfoundation.org"
)
OFFICIAL = frozenset(_OFFICIAL.split())
"""Hosts that may be named. Everything below one of them is meant too: `www.gov.uk`, `ceop.police.uk`."""

_ENDINGS = (
    "com|org|net|uk|co|io|info|biz|me|tv|ie|eu|us|de|fr|app|dev|xyz|top|shop|site|online|link|click|live|club|ly|gl|gd|gg|"
    "cc|to|ru|cn|wales|cymru|scot|london|example|test"
)
_LINK = re.compile(
    r"[a-z][a-z0-9+.\-]{1,20}://(?P<full>[^\s<>\"]*)"
    rf"|(?<![\w.@\-])(?P<bare>(?:[\w\-]+\.)+(?:{_ENDINGS}|xn--[\w\-]+))(?=[/?#:\\]|\b)(?![\w@\-])"
    r"|(?<![\w.@\-])(?P<path>(?:[\w\-]+\.)+[a-z]{2,20})(?=/)"
)
_AUTHORITY = re.compile(r"[/?#\\]")


def has_strange_link(text: str) -> bool:
    """Whether the text holds a link to anywhere but the official hosts."""
    return any(not _is_official(found) for found in _LINK.finditer(_plain(text)))


def _plain(text: str) -> str:
    """The text as a browser reads an address: one kind of letter and dot, nothing invisible."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("。", ".")
    return "".join(letter for letter in folded if unicodedata.category(letter) not in ("Cf", "Cs"))


def _is_official(found: re.Match[str]) -> bool:
    written = found["full"] if found["full"] is not None else found["bare"] or found["path"]
    place = _AUTHORITY.split(written, maxsplit=1)[0].rstrip(".,;:!?)]'*_")
    host = place.rpartition(":")[0] if re.fullmatch(r"[^:]*:\d+", place) else place
    scheme = found[0].partition("://")[0] if found["full"] is not None else "https"
    official = any(host == known or host.endswith(f".{known}") for known in OFFICIAL)
    plain = not any(sign in written for sign in "@\\") and "%" not in place  # what some programs read in another way
    return scheme in ("http", "https") and plain and official

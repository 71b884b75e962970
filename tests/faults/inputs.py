"""What anybody may send to our port: calls of Telegram, forms and addresses, whole, odd and spoiled.

The same seed gives the same inputs. `Known` is what an attacker may have come to know: the secret of the webhook,
cookies of learners and helpers, tickets.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote, quote_from_bytes, urlencode

from tests.faults.updates import DATA, TEXTS, WILD, any_update, spoiled, written

Pairs = list[tuple[bytes, bytes]]

HOOK = "/telegram/webhook"
SECRET = b"x-telegram-bot-api-secret-token"
FORMS = (
    "/start", "/press", "/say", "/leave", "/desk/enter", "/desk/leave", "/desk/presence", "/desk/me/hours",
    "/desk/me/languages", *(f"/desk/ticket/{{n}}/{act}" for act in (
        "reply", "note", "claim", "release", "close", "urgent", "transfer", "hand_over", "show_card", "step_back",
        "unsend", "block", "unblock", "send_held", "drop_held", "no_such_act",
    )),
)  # fmt: skip
PAGES = (
    "/", "/events", "/leave", "/mydata", "/mydata.json", "/healthz", "/readyz", "/metrics", "/help", "/privacy",
    "/helpers", "/desk", "/desk/me", "/desk/events", "/desk/overview", "/desk/enter", "/desk/ticket/{n}",
    "/desk/ticket/{n}/events", "/static/style.css", "/pictures/x.png", "/robots.txt", "/nowhere", HOOK,
)  # fmt: skip
FIELDS = (
    "text", "press", "step", "nonce", "seen", "promise", "start", "lesson", "token", "to", "outcome", "days", "from",
    "until", "languages", "language", "present", "hours", "older", "after", "back", "card", "x" * 300, "", "\x00",
)  # fmt: skip
NUMBERS = ("0", "1", "2", "-1", "007", "2147483648", "9" * 30, "9" * 5000, "1e3", "１", "٣", "x", "%00", "..%2f1")
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get", "X" * 50)
WORDS = (*TEXTS, *DATA, *NUMBERS, "next Next", "1.next", "pick:0 Blue", "\r\nSet-Cookie: a=b", "../../etc/passwd")
BYTES = (b"\xff\xfe", b"%", b"%zz", b"%ff%fe", b"\x00", b"a=b&" * 30, b"=", b"&&&", b"\r\n\r\n", "ÿ".encode("latin-1"))
HEADERS: Sequence[tuple[bytes, Sequence[bytes]]] = (
    (b"accept-language", (b"cy", b"xx-yy;q=nan", b"*", b"," * 500, b"en;q=1;q=2", b"\xff", b"a" * 8000)),
    (b"content-type", (b"application/json", b"multipart/form-data; boundary=x", b"text/plain; charset=nope", b"\xff")),
    (b"content-length", (b"-1", b"abc", b"99999999999999999999", b"1", b"", "٣".encode(), b"1_0")),
    (b"origin", (b"null", b"http://evil.example", b"http://[", b"//", b"\xff")),
    (b"referer", (b"http://[", b"http://testserver/", b"x" * 9000, b"http://[::1")),
    (b"sec-fetch-site", (b"cross-site", b"none", b"same-site", b"", b"\xff")),
    (b"host", (b"", b"evil.example", b"[", b"a:b:c", b"x" * 300, b"\xff")),
    (b"last-event-id", (b"1", b"-5", b"9" * 40, b"x", b"", "٣".encode())),
    (b"hx-request", (b"true", b"")),
    (b"if-none-match", (b'"x"', b"*", b"\xff")),
    (b"if-modified-since", (b"yesterday", b"Thu, 01 Jan 1970 00:00:00 GMT")),
    (b"range", (b"bytes=0-1", b"bytes=-", b"bytes=9-1", b"lines=1", b"bytes=" + b"0-1," * 300)),
    (b"accept-encoding", (b"gzip", b"br;q=0", b"\xff")),
    (b"x-forwarded-for", (b"127.0.0.1", b"not an address", b"\xff")),
    (b"authorization", (b"Bearer x", b"Bearer \xff", b"Basic =")),
    (b"expect", (b"100-continue", b"x")),
    (b"transfer-encoding", (b"identity", b"gzip")),
)
_FRAMING = {b"content-length", b"transfer-encoding", b"expect"}  # with these, who reads may wait for more


@dataclass
class Ask:
    """One request."""

    method: str = "GET"
    path: str = "/"  # as it is written on the wire
    query: bytes = b""
    headers: Pairs = field(default_factory=list)
    body: bytes = b""
    valid: bool = False  # an update as Telegram sends it, which must be understood


@dataclass
class Known:
    """What an attacker may know."""

    secret: bytes  # of the webhook
    group: int  # of helpers
    learners: list[bytes] = field(default_factory=list)  # cookies
    helpers: list[bytes] = field(default_factory=list)
    tickets: int = 3


def any_ask(chance: Random, number: int, known: Known) -> Ask:
    """Any input; of each kind its share."""
    kinds: Sequence[tuple[int, Callable[[Random, int, Known], Ask]]] = (
        (38, _update), (10, _hook), (34, _form), (18, _page),
    )  # fmt: skip
    weights, makers = zip(*kinds, strict=True)
    ask = chance.choices(makers, weights)[0](chance, number, known)
    if not ask.valid and chance.random() < 0.3:
        name, values = chance.choice(HEADERS)
        ask.headers = [pair for pair in ask.headers if pair[0] != name] + [(name, chance.choice(values))]
    if not ask.valid and chance.random() < 0.03:
        ask.method = chance.choice(METHODS)
    return ask


def on_the_wire(chance: Random, ask: Ask) -> tuple[bytes, bool]:
    """The request as bytes, whole or spoiled; and whether nothing need come back, for it may have no end."""
    target = ask.path.encode() + (b"?" + ask.query if ask.query else b"")
    headers = [(b"host", b"127.0.0.1"), (b"content-length", str(len(ask.body)).encode()), *ask.headers]
    lines = [name + b": " + value for name, value in {**dict(headers)}.items()]
    found = b"\r\n".join([ask.method.encode() + b" " + target + b" HTTP/1.1", *lines, b"", b""]) + ask.body
    if chance.random() < 0.3:
        place = chance.randrange(len(found))
        odd = chance.choice((b"", b"\r\n", b"\n", b"\x00", b"\xff" * 9, b" ", b"a: b\r\n" * 200, b"x" * 70_000))
        return found[:place] + odd + found[place + chance.choice((0, 1, 20, 10_000)) :], True
    return found, any(name in _FRAMING for name, _ in ask.headers)


def _update(chance: Random, number: int, known: Known) -> Ask:
    update, whole = any_update(chance, number, known.group), chance.random() < 0.5
    body = written(update if whole else spoiled(chance, update))
    return Ask("POST", HOOK, headers=[(SECRET, known.secret)], body=body, valid=whole)


def _hook(chance: Random, number: int, known: Known) -> Ask:
    """Somebody calls in Telegram's name, and knows its secret or does not."""
    whole = written(any_update(chance, number, known.group))
    deep = chance.choice((50, 900, 100_000))
    body = chance.choice(
        (
            b"", b"{", b"null", b"[]", b"1", b'"x"', b"\xff\xfe", b"\x00", b"NaN", b"{}", whole[: len(whole) // 2],
            whole + b"}", b"\xef\xbb\xbf" + whole, b"[" * deep, b'{"a":' * deep + b"1" + b"}" * deep,
            b'{"update_id": 1e400}', b'{"update_id": ' + b"9" * 5000 + b"}", b'{"update_id": true}',
            json.dumps({"update_id": number, "message": chance.choice(WILD)}).encode(),
            json.dumps({"update_id": number, chance.choice(TEXTS): chance.choice(WILD)}).encode(),
            b'{"update_id": 1, "update_id": 2}', b" " * 1_100_000 if chance.random() < 0.05 else b" ",
        )
    )  # fmt: skip
    secret = known.secret if chance.random() < 0.8 else chance.choice((b"", b"x", b"\xff", known.secret + b"x"))
    return Ask("POST", HOOK, headers=[(SECRET, secret)], body=body)


def _form(chance: Random, _number: int, known: Known) -> Ask:
    path = _filled(chance, chance.choice(FORMS), known)
    fields = [(chance.choice(FIELDS), chance.choice(WORDS)) for _ in range(chance.choice((0, 1, 2, 3, 6, 25)))]
    if chance.random() < 0.6:
        fields += [("text", chance.choice(WORDS)), ("press", chance.choice(WORDS)), ("to", chance.choice(NUMBERS))]
        fields += [("nonce", str(chance.random())), ("step", chance.choice(NUMBERS)), ("seen", chance.choice(NUMBERS))]
    body = urlencode(fields, errors="replace").encode()
    if chance.random() < 0.15:
        body = chance.choice((b"", body[: len(body) // 2])) + chance.choice(BYTES) + body
    if chance.random() < 0.005:
        body += b"text=" + b"x" * 140_000
    headers: Pairs = [(b"sec-fetch-site", b"same-origin")] if chance.random() < 0.85 else []
    return Ask("POST", path, headers=[*headers, *_cookies(chance, known)], body=body)


def _page(chance: Random, _number: int, known: Known) -> Ask:
    path, query = _filled(chance, chance.choice(PAGES), known), b""
    if chance.random() < 0.2:
        path += chance.choice(("/", "//", "/..", "%2f..%2f..%2fetc%2fpasswd", "%00", "%ff", "/%C3%BF%ED%A0%80"))
    if chance.random() < 0.5:
        query = urlencode([(chance.choice(FIELDS), chance.choice(WORDS)) for _ in range(3)], errors="replace").encode()
    if chance.random() < 0.1:
        query += quote_from_bytes(chance.choice(BYTES), safe="%&=").encode()
    return Ask("GET", path, query, _cookies(chance, known))


def _filled(chance: Random, path: str, known: Known) -> str:
    number = chance.choice((*range(1, known.tickets + 1), *NUMBERS)) if chance.random() < 0.5 else 1
    return path.format(n=quote(str(number), safe="%"))


def _cookies(chance: Random, known: Known) -> Pairs:
    learner, helper = chance.choice([b"", *known.learners[-20:]]), chance.choice([b"", *known.helpers])
    if chance.random() < 0.1:
        name = b"tutorbot_chat="
        learner = chance.choice((learner[:-3], name + helper[-40:], b"=;=;", b"\xff", name + b"x" * 9000))
    both = b"; ".join(one for one in (learner, helper) if one)
    return [(b"cookie", both)] if both else []

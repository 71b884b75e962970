"""What counts as a secret in people's words: a table of rules, one row each. Pure.

The rows are tried in order on the folded text (`folding`), and what one row has taken the next do not see. A row
without a kind takes what is harmless, as dates and help lines, out of the way of the rows below it.

Every pattern is bounded or can be read in one way only, so that the time is in proportion to the length of the text,
whatever it holds.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from tutorbot.desk import secret_checks as checks
from tutorbot.desk import secret_words as words

_compiled = cache(re.compile)  # when the first text comes: all of them take a while, and a start should not


class Kind(StrEnum):
    """What was hidden. The words for them are in messages/templates/hidden_kinds.md.j2."""

    CARD = "card"
    ACCOUNT = "account"  # sort code or account number
    IBAN = "iban"
    INSURANCE = "insurance"  # National Insurance number
    NHS = "nhs"
    TAX = "tax"  # Unique Taxpayer Reference
    PASSPORT = "passport"
    LICENCE = "licence"  # to drive
    PIN = "pin"
    CODE = "code"  # one-time code, or the three digits on the back of a card
    PASSWORD = "password"  # noqa: S105 - the word, not one
    EMAIL = "email"
    PHONE = "phone"
    NUMBER = "number"  # any other of six digits or more


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. `it` in the pattern is what is taken; all of it where there is no `it`."""

    kind: Kind | None  # None: harmless, and kept
    pattern: str
    check: Callable[[str], int] = len  # how many of its letters belong to it, from the first; 0: it is none
    near: str = ""  # one of these words must stand near it
    figures: bool = True  # finds nothing in a text without digits

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where this row finds something, from left to right."""
        pattern = _compiled(self.pattern)
        place = 0 if not self.near or _compiled(self.near).search(text) else len(text)
        while found := pattern.search(text, place):
            start, stop = found.span("it") if "it" in pattern.groupindex else found.span()
            length = self.check(text[start:stop]) if self._is_meant(text, start, stop) else 0
            if length:
                yield start, start + length
            place = start + length if length else found.start() + 1

    def _is_meant(self, text: str, start: int, stop: int) -> bool:
        around = (text[max(0, start - words.BEFORE) : start], text[stop : stop + words.AFTER])
        return not self.near or any(map(_compiled(self.near).search, around))


S = r"[ .\-/()]{0,3}"  # what people put between digits
L = r"[\s.\-/()]{0,3}"  # the same, or a new line
FREE, END = r"(?<![a-z0-9])", r"(?![a-z0-9])"  # nothing written right before, or behind
LONE, LAST = r"(?<!\d)", r"(?!\d)"  # no digit right before, or behind
WHOLE, ALL = r"(?<!\d)(?<!\d[ .\-/])", r"(?![ .\-/]?\d)"  # no more digits before or behind, not even with a gap
SURNAME = rf"[a-z]{S}(?:[a-z9]{S}){{4}}"
BORN = rf"\d{S}[0156]{S}\d{S}[0-3]{S}\d{S}\d{S}"
OR = r"(?:,? (?:or|and|neu|a) \d{4,8}(?!\d))?"  # another one
MAILBOX = r"(?<![\w.+'\-])[\w.+'\-]+"
DOMAIN = r"[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8}"
SPACED = r"[\w\-]{1,63}(?: ?\. ?[\w\-]{1,63}){0,4} ?\. ?(?:com|uk|org|net|ie|cymru|wales|example)\b"
LISTED = rf"{WHOLE}\d{{1,2}}(?:,? \d{{1,2}}){{1,5}}{ALL}"  # small numbers in a row
SIGN = r" ?[(\[]at[)\]] ?"  # "(at)"
DOT = r"(?: ?[(\[]dot[)\]] ?| dot )"


def _digits(count: int | str, gap: str = S) -> str:
    """So many digits, as 6 or as "3,7", with a gap between them."""
    few, _, many = str(count).partition(",")
    return rf"\d(?:{gap}\d){{{int(few) - 1},{int(many or few) - 1}}}"


def _row(
    kind: Kind | None,
    pattern: str,
    check: Callable[[str], int] = len,
    *,
    near: str = "",
    before: str = "",
    after: str = "",
) -> Rule:
    """A row. `before`, `after`: words that stand next to it, with no more than small words between."""
    figures = r"\d" in pattern
    if before:
        pattern = rf"{FREE}(?:{before}){words.GAP}(?P<it>{pattern})"
    if after:
        pattern = rf"(?P<it>{pattern}){words.GAP}(?:{after})"
    return Rule(kind, pattern, check, rf"{FREE}(?:{near})" if near else "", figures)


RULES: Sequence[Rule] = (
    _row(Kind.IBAN, rf"{FREE}[a-z]{{2}}\d\d(?:[ \-]?[a-z0-9]){{11,30}}", checks.iban),
    _row(Kind.ACCOUNT, rf"{LONE}\d\d[ \-]\d\d[ \-]\d\d[ ,;:]{{1,3}}\d{{8}}{LAST}"),
    *(
        _row(Kind.CARD, rf"{LONE}(?=[{first}]){_digits(length, L)}{LAST}", checks.card)
        for length, first in ((16, "2456"), (15, "3"), (14, "3"), (13, "4"), (19, "456"))
    ),
    _row(Kind.INSURANCE, rf"{FREE}[a-z]{S}[a-z]{S}{_digits(6)}{S}[a-d]{END}", checks.insurance),
    _row(Kind.INSURANCE, rf"[a-z]{S}[a-z]{S}{_digits(6)}(?:{S}[a-d]{END})?", before=words.INSURANCE),
    _row(Kind.LICENCE, rf"{FREE}{SURNAME}{BORN}[a-z]{S}[a-z9]{S}[a-z0-9]{S}[a-z]{S}[a-z]{END}"),
    _row(Kind.PASSPORT, rf"(?:gbr ?)?[a-z]{{0,2}} ?{_digits('7,9')}{LAST}", before=words.PASSPORT),
    _row(Kind.NHS, rf"{LONE}{_digits(10)}{LAST}", checks.nhs, near=words.NHS),
    _row(Kind.TAX, rf"{LONE}{_digits(10)}{LAST}", near=words.TAX),
    _row(Kind.ACCOUNT, rf"{_digits(6)}{ALL}", before=words.SORT_CODE),
    _row(Kind.ACCOUNT, rf"{_digits('6,10')}{ALL}", before=words.ACCOUNT),
    _row(Kind.PIN, rf"{_digits('4,8')}{ALL}{OR}", checks.no_date, before=words.PIN),
    _row(Kind.PIN, rf"{WHOLE}{_digits('4,8')}{ALL}", checks.no_date, after=words.PIN),
    _row(Kind.PIN, words.SPELLED, before=words.PIN),
    _row(Kind.CODE, rf"\d{{3,4}}{ALL}", before=words.ON_THE_BACK),
    _row(Kind.CODE, rf"(?:[a-z]{{1,2}}-)?{_digits('4,8')}{ALL}{OR}", checks.code, before=words.CODE),
    _row(Kind.CODE, rf"{WHOLE}{_digits('4,8')}{ALL}", checks.code, after=words.CODE),
    _row(Kind.CODE, words.SPELLED, before=words.CODE),
    _row(Kind.CODE, rf"[a-z0-9]{{5,10}}{END}", checks.mixed, before=words.CODE),
    _row(Kind.PASSWORD, r"[^\s\0]{2,60}(?: [^\s\0]{1,60}){0,5}", checks.password, before=words.PASSWORD_IS),
    _row(Kind.EMAIL, rf"{MAILBOX}(?:@{DOMAIN}| ?@ ?{SPACED})", checks.email),
    _row(Kind.EMAIL, rf"{MAILBOX}(?:{SIGN}| at )[\w\-]{{1,63}}(?:{DOT}[\w\-]{{2,63}}){{1,4}}"),
    _row(Kind.EMAIL, rf"{MAILBOX}{SIGN}{DOMAIN}"),
    _row(Kind.PASSWORD, r"[^\s\0]{5,60}", checks.mixed, before=words.PASSWORD),
    _row(Kind.PASSWORD, r"(?<!\S)[^\s\0]{5,60}(?!\S)", checks.mixed, near=words.PASSWORD),
    _row(None, r"[£$€] ?\d{1,3}(?:[, ]?\d{3}){0,2}(?:\.\d\d)?(?![\d,])"),
    _row(None, rf"{WHOLE}{_digits('3,12')}{ALL}", checks.help_line),
    _row(Kind.PHONE, rf"{LONE}\+?\(?{_digits('10,15')}{LAST}", checks.phone),
    _row(Kind.PHONE, rf"\+{S}{_digits('8,15')}{LAST}"),
    _row(Kind.PHONE, rf"{FREE}[0o]{S}7(?:{S}[\do]){{9}}{END}"),
    _row(Kind.NUMBER, words.SPELLED_LONG),
    _row(None, r"(?<![\d/.\-])\d{1,4}([/.\-])\d{1,2}\1\d{1,4}(?![\d/.\-]?\d)", checks.date),
    _row(None, rf"{WHOLE}\d{{1,2}} \d{{1,2}} \d{{2,4}}{ALL}", checks.date),
    _row(None, r"(?<![\d:.])\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?![:.]?\d)", checks.time),
    _row(None, rf"{WHOLE}(?:19|20)\d\d(?:[/\-](?:19|20)?\d\d| (?:19|20)\d\d){{0,9}}{ALL}"),
    _row(Kind.ACCOUNT, rf"{LONE}\d\d-\d\d-\d\d{ALL}"),
    _row(None, LISTED, checks.rising, before=words.COUNTED),
    _row(None, LISTED, checks.rising, after=words.COUNTS),
    _row(Kind.NUMBER, rf"{LONE}\d(?:{S}\d){{5,}}", checks.no_list),
)


def find(text: str) -> list[tuple[Kind, int, int]]:
    """The secrets of a folded text, from left to right: kind, where it begins, where it ends."""
    found: list[tuple[Kind, int, int]] = []
    figures = any(map(str.isdigit, text))
    for rule in RULES:
        spans = [*rule.spans(text)] if figures or not rule.figures else ()
        if spans:
            found += [(rule.kind, *span) for span in spans if rule.kind]
            text = _blanked(text, spans)
    return sorted(found, key=lambda one: one[1])


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with something unreadable in the place of each span, of the same length."""
    pieces, end = [], 0
    for start, stop in spans:
        pieces += [text[end:start], "\x00" * (stop - start)]
        end = stop
    return "".join([*pieces, text[end:]])

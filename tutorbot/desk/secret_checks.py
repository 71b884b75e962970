"""Whether a row of digits or letters is what it looks like: check digits, dates, help lines. Pure.

Every check takes what a pattern found, in folded letters, and returns how many of them belong to it, from the first; 0
if it is not that.
"""

import re
from datetime import date as calendar
from itertools import pairwise

from stdnum import iban as ibans
from stdnum import luhn
from stdnum.gb import nhs as nhs_numbers

from tutorbot.desk.secret_words import END, PLAIN

_NO_DIGIT = re.compile(r"\D+")
_GROUPS = re.compile(r"\d+")
_WORDS = re.compile(r"[a-z0-9]+")
_SHORTEST = 14  # letters of an international bank account number
_CARDS = re.compile(r"4(?:.{12}|.{15}|.{18})|(?:5[1-5]|2[2-7]).{14}|3[47].{13}|3[0689].{12}|[56].{12,18}")
_NOT_ISSUED = frozenset({"bg", "gb", "nk", "kn", "nt", "tn", "zz"})  # no National Insurance number begins so
_LINES = "999 112 111 101 119 105 159 7726 85258 116123 116000 116006 116111 116117"
SHORT_LINES = frozenset(_LINES.split())
_SERVICES = re.compile(r"(?:0|44|0044)(?:800|808|500|3\d\d|84\d|87\d)\d{4,7}")  # never a person's own number
_KEPT_MAIL = frozenset({"report@phishing.gov.uk", "phishing@hmrc.gov.uk"})
_DEVICE = re.compile(r"(?:iphone|ipad|galaxy|windows|android|ios)-?\d+")
_SIGNS = frozenset("!#$%&+=@^~*")


def digits(text: str) -> str:
    """Only its digits."""
    return _NO_DIGIT.sub("", text)


def card(text: str) -> int:
    """A payment card: a known beginning and length, and its check digit."""
    number = digits(text)
    return len(text) if _CARDS.fullmatch(number) and luhn.is_valid(number) else 0


def iban(text: str) -> int:
    """An international bank account number, perhaps with more words behind it."""
    ends = (word.end() for word in _WORDS.finditer(text))
    return next((end for end in ends if end > _SHORTEST and ibans.is_valid(text[:end])), 0)


def insurance(text: str) -> int:
    """A National Insurance number. It has no check digit, but not every two letters begin one."""
    letters = "".join(filter(str.isalpha, text))
    known = letters[0] not in "dfiquv" and letters[1] not in "dfiquvo" and letters[:2] not in _NOT_ISSUED
    return len(text) if known else 0


def nhs(text: str) -> int:
    """An NHS number, by its check digit."""
    return len(text) if nhs_numbers.is_valid(digits(text)) else 0


def phone(text: str) -> int:
    """A phone number of this country, of 11 digits or 10, or one that begins with + or 00."""
    number = digits(text)
    if text.startswith("+") or number.startswith("00"):
        return len(text)
    lengths = {"0": (11, 10), "7": (10,)}.get(number[0], ())
    ends = [place + 1 for place, letter in enumerate(text) if letter.isdigit()]
    return next((ends[length - 1] for length in lengths if _ends_there(text, ends, length)), 0)


def _ends_there(text: str, ends: list[int], length: int) -> bool:
    """Whether a group of digits ends with the digit of this number."""
    return len(ends) >= length and not text[ends[length - 1] : ends[length - 1] + 1].isdigit()


def help_line(text: str) -> int:
    """Numbers that everybody may ring: help lines, and the 0800, 0808 and 03 numbers of services."""
    number, groups = digits(text), _GROUPS.findall(text)
    known = number in SHORT_LINES or _SERVICES.fullmatch(number) or SHORT_LINES.issuperset(groups)
    return len(text) if known else 0


def date(text: str) -> int:
    """A day, in any of the ways people write one."""
    first, second, third = map(int, _GROUPS.findall(text))
    return len(text) if _is_day(third, second, first) or _is_day(first, second, third) else 0


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        calendar(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return False
    return year < 100 or 1880 <= year <= 2100


def time(text: str) -> int:
    """A time of day."""
    hour, minute, *_ = map(int, _GROUPS.findall(text))
    return len(text) if hour < 24 and minute < 60 else 0


def no_date(text: str) -> int:
    """Digits that are no day."""
    groups = _GROUPS.findall(text)
    return 0 if len(groups) == 3 and max(map(len, groups)) < 5 and date(text) else len(text)


def code(text: str) -> int:
    """Digits that are neither a help line nor a day."""
    return 0 if help_line(text) else no_date(text)


def no_list(text: str) -> int:
    """Digits that are no list such as 1 2 3 4 5 6."""
    number = digits(text)
    return 0 if number in "123456789" and len(_GROUPS.findall(text)) == len(number) else len(text)


def rising(text: str) -> int:
    """Small numbers that grow, as ages do; a row of pairs of digits in any other order may be a sort code."""
    numbers = [*map(int, _GROUPS.findall(text))]
    grow = all(before < after for before, after in pairwise(numbers))
    return len(text) if grow else 0


def email(text: str) -> int:
    """An email address that is not one to report to."""
    return 0 if text.replace(" ", "") in _KEPT_MAIL else len(text)


def mixed(text: str) -> int:
    """Letters with digits or signs among them: no plain word, no plain number, no link, no phone's name."""
    core = text.rstrip(".,;:?)*").lstrip("(*")
    letters = any(map(str.isalpha, core))
    odd = any(map(str.isdigit, core)) or not _SIGNS.isdisjoint(core) or core.count("-") > 1
    plain = "://" in core or core.startswith("www.") or _DEVICE.fullmatch(core)
    return len(text) if letters and odd and not plain and len(core) > 4 else 0


def password(text: str) -> int:
    """What was said to be a password, of up to six words; 0 where the sentence only speaks about one."""
    first, *others = text.split(" ")
    bare = first.strip(".,;:!?\"'()")
    if not bare or bare in PLAIN or bare.endswith(("ing", "ed")):
        return 0
    if not first.isalpha():
        return len(first)
    length = len(first)
    for word in others:
        if word in END or not word.isalpha():
            break
        length += 1 + len(word)
    return length

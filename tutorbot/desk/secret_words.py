"""The words around a secret that tell what it is, in English and Welsh, in the spellings people use. Pure.

Regular expressions over folded text: small letters, no accents. They are what people write, not what we say.
"""

BEFORE, AFTER = 60, 30  # letters in which a word counts as near

_SMALL = (
    "is|was|are|it|its|it s|s|no|num|numb|numbr|number|numbers|nr|for|my|the|a|an|one|time|card|bank|phone|mobile|i"
    "|use|used|put|in|to|of|on|at|that|thats|this|be|so|yes|here|say|says|said|sent|me|got|have|from|think|called|and"
    "|as|your|ur|back|first|yw|ydy|fy|mae|y|yr|o|rhif"
)
GAP = rf"[^\w\n]{{0,4}}(?:(?:{_SMALL})\b[^\w\n]{{0,4}}){{0,5}}"
"""What may stand between such a word and the secret: signs, and a few small words."""

INSURANCE = r"national insurance|nat ins|n\.? ?i\.?|nino|insurance|yswiriant gwladol|yg"
NHS = r"n ?h ?s\b|gig\b|health (?:no|num)|hospital (?:no|num)"
TAX = r"utr\b|unique tax|tax ?payer|tax (?:ref|num|no)|self assess|cyfeirnod treth"
PASSPORT = r"pass ?ports?|pasbort|basbort|phasbort"
SORT_CODE = r"sort ?codes?|sort|s/c|cod didoli"
ACCOUNT = r"accounts?|acounts?|acct?|acc|a/c|ac|cyfrif|gyfrif|nghyfrif"
PIN = r"pins?\b|mhin\b|phin\b|pincode|(?<!time )pass ?code|unlock code"
ON_THE_BACK = r"cvv2?|cvc2?|cvn|csc|sec(?:urity)? code|cod diogelwch|numbers? on (?:the|my) back"
_NO_CODE = "".join(
    rf"(?<!{word} )" for word in ("post", "dress", "bar", "area", "zip", "sort", "qr", "tax", "error", "dialling")
)
CODE = rf"{_NO_CODE}codes?\b|(?<!sort )cod\b(?! post)|otp\b|passcode|one time (?:pass\w*|number)|texted"
_NO_PASS = "".join(rf"(?<!{word} )" for word in ("bus", "rail", "travel", "boarding", "library", "day"))
PASSWORD = rf"pass ?words?\b|pas+w(?:o?r)?d\b|passwrd\b|pw\b|pwd\b|{_NO_PASS}pass\b|(?:c|g|ngh)yf?rinair\b"
PASSWORD_IS = rf"(?:{PASSWORD})[^\n:=.,;]{{0,20}}?(?: ?[:=] ?|\bis\b|\byw\b| - )"

_FIGURES = (
    "zero|oh|nought|one|two|three|four|five|six|seven|eight|nine"
    "|dim|sero|un|dau|dwy|tri|tair|pedwar|pedair|pump|chwech|saith|wyth|naw"
)
SPELLED = rf"(?:(?:{_FIGURES})\b[ ,\-]{{0,2}}){{3,7}}(?:{_FIGURES})\b"
"""Four to eight figures in words."""
SPELLED_LONG = rf"\b(?:(?:{_FIGURES}|hundred|double|treble|triple)\b[ ,\-]{{0,2}}){{7,40}}(?:{_FIGURES}|hundred)\b"
"""Eight or more: a phone number, or more."""

COUNTED = (
    r"ages?|aged|kids|children|grand ?kids|grand ?children|bus(?:es)?|trams?|routes?|times|quarter past|half past"
    r"|oed(?:ran)?|plant|bws|bysiau"
)
"""Behind them stand small numbers that are no secret."""
COUNTS = r"ye?a?rs? olds?|years|o ?clock|bus(?:es)?\b|oed\b|mlwydd"
"""The same in front of them."""

_PLAIN = (
    "too wrong not case strong weak short long on in for the same a an my gone lost being correct right ok okay what "
    "old new good bad blank empty missing different invalid longer at under there it i to from by with no never always "
    "still and but or so that this your you hard easy very really also just secret private please safe unsafe known "
    "full fine off out up down over only all like about again where who something anything nothing his her our their "
    "incorrect forgotten hidden written stolen public rubbish difficult simple visible ready "
    "rhy anghywir yn ddim wedi ar i fy y yr"
)
PLAIN = frozenset(_PLAIN.split())
"""Words behind "the password is" that are none."""

_END = "and but it what can is please so now or the i does doesnt wont not for to thanks when why how a ond"
END = frozenset(_END.split())
"""Words with which a sentence goes on behind a password."""

"""The words on the back of every button: a verb, or verb:argument.

They travel to the channel and come back, where anybody may change them: whoever reads one checks it.
"""

NEXT = "next"
BACK = "back"
AGAIN = "again"  # show this card once more
CARRY_ON = "carry"  # back to the exact card
MENU = "menu"
MORE = "more"  # more:<first row in sight, from 0>
COURSE = "course"  # course:<id>
OPEN = "open"  # open:<lesson id>
HELP = "help"
PROGRESS = "progress"
LANGUAGE = "language"
SPEAK = "speak"  # speak:<language>
PRIVACY = "privacy"
MYDATA = "mydata"  # show me what is kept about me
FORGET = "forget"  # forget me; then forget:sure, forget:now, or forget:no
STOP = "stop"
WORD = "word"  # word:<key>: what it means
SKIP = "skip"  # give no name

PICK = "pick"  # pick:<answer, from 0>
UNPICK = "unpick"  # unpick:<answer, from 0>
CHECK = "check"  # these are all the answers I tick
HINT = "hint"  # hint:<which, from 1>
ANSWER = "answer"  # show me the answer
WORDS = "words"  # the hard words on this card
DID = "did"  # I did it
STUCK = "stuck"  # I am stuck (on something to do for real)

PERSON = "person"
YES = "yes"  # yes, ask a person
NOT_NOW = "notnow"
BEFORE = "before"  # not a person yet: the card before this one
CANCEL = "cancel"  # take the question back
SEND = "send"  # send what you have shown me, with something hidden in it
REWRITE = "rewrite"  # do not send it: I write it again
LEAVE = "leave"  # go back to the lesson while a helper is here
RATE = "rate"  # rate:yes, rate:some, rate:no

RIGHTS = frozenset({PRIVACY, MYDATA, FORGET})
"""Verbs that nothing stands in the way of: they work even while a helper is there."""

NAVIGATION = frozenset({NEXT, BACK, AGAIN, MENU, PERSON, HINT, ANSWER, WORDS, CARRY_ON, LEAVE, HELP, MORE})
"""Verbs that move about rather than answer: small buttons that may share a row."""


def split(action: str) -> tuple[str, str]:
    """The verb and its argument, "" if it has none."""
    verb, _, argument = action.partition(":")
    return verb, argument


def join(verb: str, argument: object) -> str:
    """The action of this verb with this argument."""
    return f"{verb}:{argument}"

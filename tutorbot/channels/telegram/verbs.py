"""What the buttons and commands of the helpers' desk are called. A verb's form is that of `tutorbot.tutor.actions`.

A ticket's verb carries its number, `claim:27`, and where something is chosen from a list that too: `to:27:5`.
"""

from tutorbot.desk.briefing import CLAIM, CLOSE, RELEASE, TOOLS  # those of a card
from tutorbot.desk.ticket import Outcome
from tutorbot.runtime.doubt import ARRIVED, SEND_AGAIN  # those below an answer that may not have arrived

# about the desk
JOIN, HERE, AWAY = "join", "here", "away"

# lists in the place of a card's buttons; CLOSE and TOOLS are such, too
FEWER = "fewer"  # back to the first buttons
HELPERS, GROUPS, ANSWERS = "helpers", "groups", "answers"

# acts
URGENT, SHOW, BACK3 = "urgent", "show", "back3"
SEND_HELD, DROP_HELD = "sendheld", "dropheld"  # the number is that of the answer

# acts with a choice
TO, OVER, CANNED = "to", "over", "canned"

OUTCOMES = {
    "solved": Outcome.SOLVED,
    "referred": Outcome.REFERRED,
    "noanswer": Outcome.NO_ANSWER,
    "nohelp": Outcome.NO_HELP,
}
"""How a ticket ends, by the verb of its button."""

LISTS = frozenset({CLOSE, TOOLS, FEWER, HELPERS, GROUPS, ANSWERS})
HELD = frozenset({SEND_HELD, DROP_HELD})
DOUBTFUL = frozenset({SEND_AGAIN, ARRIVED})  # the number is that of the answer
ABOUT_DESK = frozenset({JOIN, HERE, AWAY})
NUMBERED = LISTS | HELD | DOUBTFUL | frozenset({CLAIM, RELEASE, URGENT, SHOW, BACK3, *OUTCOMES})
CHOOSING = frozenset({TO, OVER, CANNED})

PRIVATE_COMMANDS = frozenset({"desk", "here", "away", "name", "leave"})
"""What a helper may write to the bot alone as well."""

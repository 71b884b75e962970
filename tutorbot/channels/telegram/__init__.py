"""Telegram: learners in private chats, helpers in a group with topics.

In: `poller` or `webhook` brings an update to `inbox`, `updates` says what it means, and `aside` answers the press.
Out: `transport` sends one owed message, by `post` to a learner or by `topics` to the helpers' group; `compose` and
`pictures` make it, `faults` says what an error means, `pace` how fast. `api` is the wire, and `bot` joins it all.
"""

import os

# The way python-telegram-bot offers to get lengths of time as timedelta, without a warning for each.
os.environ.setdefault("PTB_TIMEDELTA", "true")

"""Telegram: learners in private chats, helpers in a group with topics.

In: `poller` or `webhook` brings an update to `inbox`; `updates`, `group_updates` and `content` say what it means, as
values of `inbound`; `aside` answers the press. What helpers do goes to `desk`, and from there to `presses`, `talk` or
`orders`; `counter` answers them, with the lists of `menus`. `groups` knows their chats, `verbs` the names of buttons.
Out: `transport` sends one owed message, by `post` to a person or by `topics` to a helpers' group; `compose` and
`pictures` make it, `faults` says what an error means, `pace` how fast. `api` is the wire, `commands` says who we are,
and `bot` joins it all.
"""

import os

# The way python-telegram-bot offers to get lengths of time as timedelta, without a warning for each.
os.environ.setdefault("PTB_TIMEDELTA", "true")

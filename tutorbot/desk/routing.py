"""Which tickets have their card in the helpers' chat. Pure.

Under a flood of questions the queue grows in the database, not in the chat: a group has at most `CARDS` waiting tickets
with a card. One more gets none; instead the group is told once that others wait. As soon as one of those with a card is
taken, closed or taken back, the next in the queue gets its card. Urgent tickets always have one. The web shows all.
"""

CARDS = 10  # a card is two calls, a topic and a message, and a group may be sent 20 a minute

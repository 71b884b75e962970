"""Telegram: learners in private chats, helpers in a group with topics."""

import os

# The way python-telegram-bot offers to get lengths of time as timedelta, without a warning for each.
os.environ.setdefault("PTB_TIMEDELTA", "true")

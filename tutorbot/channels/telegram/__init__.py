"""Telegram: learners in private chats, helpers in a group with topics."""

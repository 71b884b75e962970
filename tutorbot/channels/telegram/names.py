"""What the bot is called, for links that lead to it."""

from contextlib import suppress

from telegram.error import TelegramError

from tutorbot.channels.telegram.api import Api


async def bot_link(token: str, api_url: str, start: str) -> str:
    """The link that opens the bot with this start word; "" where there is no token, or Telegram does not answer."""
    if not token:
        return ""
    async with Api(token, api_url) as api:
        with suppress(TelegramError):
            bot = await api.call("getMe")
            return f"https://t.me/{bot['username']}?start={start}"
    return ""

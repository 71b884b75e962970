"""A bare python-telegram-bot bot: answers the press and sends one message. Remembers nothing, decides nothing.

`python -m benchmarks.bare_bot <Bot API URL> <token> <httpx|aiohttp> <concurrent|sequential>`
"""

import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from benchmarks.lessons import BARE_BUTTONS, BARE_TEXT
from tutorbot.channels.telegram.api import AiohttpRequest

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)] for data, label in BARE_BUTTONS])


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """The first message."""
    if update.effective_chat:
        await context.bot.send_message(update.effective_chat.id, BARE_TEXT, reply_markup=KEYBOARD)


async def press(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Any button."""
    if update.callback_query:
        await update.callback_query.answer()
        await context.bot.send_message(update.callback_query.from_user.id, BARE_TEXT, reply_markup=KEYBOARD)


def main(url: str, token: str, transport: str, order: str) -> None:
    """Run until stopped."""
    builder = Application.builder().token(token).base_url(f"{url}/bot").concurrent_updates(order == "concurrent")
    if transport == "aiohttp":
        builder = builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest())
    application = builder.build()
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(press))
    application.run_polling(allowed_updates=["message", "callback_query"])


if __name__ == "__main__":
    main(*sys.argv[1:])

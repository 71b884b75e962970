"""How helpers in Telegram are answered: in their group through the outbox, as its pace wants it; in a chat of their
own aside; and by the buttons below a message.
"""

from tutorbot.channels.telegram.aside import Aside
from tutorbot.channels.telegram.compose import keyboard, text_of
from tutorbot.channels.telegram.groups import HelpersGroups
from tutorbot.channels.telegram.inbound import Spot
from tutorbot.channels.telegram.menus import small
from tutorbot.desk.ticket import Status
from tutorbot.messages.locale import FALLBACK
from tutorbot.messages.message import Message
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.desk import Case, Desk, Who
from tutorbot.tutor.replies import Choice, Md, Reply

NO_BUTTONS = Message()
_NOD = "👍"


class Counter:
    """Between the desk and those who stand at it."""

    def __init__(self, desk: Desk, groups: HelpersGroups, aside: Aside, renderer: Renderer) -> None:
        self.desk, self.groups = desk, groups
        self._aside, self._renderer = aside, renderer

    async def ticket_at(self, spot: Spot) -> int | None:
        """The ticket that something in a group is about."""
        home = self.groups.at(spot.chat)
        return await self.desk.ticket_of(home.address, spot.thread, spot.answered) if home else None

    async def case_for(self, who: Who, ticket: int) -> Case | Reply:
        """An open ticket, for a helper who may do something about it; or why not."""
        case = await self.desk.case(who, ticket)
        if isinstance(case, str):
            return notice(case)
        return notice("closed") if case.ticket.status is Status.CLOSED else case

    def words(self, reply: Reply) -> str:
        """Plain words, for a pressed button."""
        return self._renderer.words(reply)

    async def answer(self, spot: Spot, reply: Reply, ticket: int | None = None) -> None:
        """Answer what somebody wrote."""
        home = self.groups.at(spot.chat)
        if home:
            await self.desk.tell(home.address, reply, ticket, str(spot.message))
        else:
            self.say_aside(spot.chat, reply)

    def say_aside(self, chat: int, reply: Reply) -> None:
        """Say something where there is no pace to keep."""
        message = small(self._renderer.message(reply, FALLBACK))
        text = text_of(message)
        self._aside.call(
            "sendMessage",
            chat_id=chat,
            text=text.text,
            entities=text.entities or None,
            link_preview_options={"is_disabled": True},
            reply_markup=keyboard(message),
        )

    def nod(self, spot: Spot) -> None:
        """Say that it was done, without a message."""
        place = {"chat_id": spot.chat, "message_id": spot.message}
        self._aside.call("setMessageReaction", **place, reaction=[{"type": "emoji", "emoji": _NOD}])

    def show_choices(self, spot: Spot, choices: tuple[Choice, ...]) -> None:
        """Other buttons below a message of ours."""
        self.show_buttons(spot, small(self._renderer.message(spoken("", choices), FALLBACK)))

    def show_buttons(self, spot: Spot, message: Message) -> None:
        """The buttons of this message below another one; none, if it has none."""
        place = {"chat_id": spot.chat, "message_id": spot.message}
        self._aside.call("editMessageReplyMarkup", **place, reply_markup=keyboard(message))


def notice(what: str) -> Reply:
    """What the desk says to a helper."""
    return Reply("desk_notice", {"what": Md(what), "helper": ""})


def spoken(words: str, choices: tuple[Choice, ...] = ()) -> Reply:
    """Words that are made already, with something to choose."""
    return Reply("desk_words", {"words": words}, choices)

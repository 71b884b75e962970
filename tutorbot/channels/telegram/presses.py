"""The buttons that helpers press: acts of the desk, and lists in the place of a card's buttons."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from tutorbot.channels.telegram import menus
from tutorbot.channels.telegram.commands import Me
from tutorbot.channels.telegram.counter import NO_BUTTONS, Counter
from tutorbot.channels.telegram.inbound import DeskPress
from tutorbot.channels.telegram.verbs import (
    ABOUT_DESK,
    ANSWERS,
    BACK3,
    CANNED,
    DOUBTFUL,
    DROP_HELD,
    FEWER,
    GROUPS,
    HELD,
    HELPERS,
    HERE,
    JOIN,
    LISTS,
    OUTCOMES,
    OVER,
    SEND_HELD,
    SHOW,
    TO,
    URGENT,
)
from tutorbot.desk.briefing import CLAIM, CLOSE, RELEASE
from tutorbot.runtime.desk import Case, Desk
from tutorbot.runtime.doubt import ARRIVED, SEND_AGAIN
from tutorbot.tutor.replies import Choice, Reply

_ACTS: Mapping[str, Callable[[Desk, DeskPress], Awaitable[str]]] = {
    CLAIM: lambda desk, press: desk.claim(press.key, press.who, press.ticket),
    RELEASE: lambda desk, press: desk.release(press.key, press.who, press.ticket),
    URGENT: lambda desk, press: desk.mark_urgent(press.key, press.who, press.ticket),
    SHOW: lambda desk, press: desk.show_card(press.key, press.who, press.ticket),
    BACK3: lambda desk, press: desk.step_back(press.key, press.who, press.ticket),
    TO: lambda desk, press: desk.transfer(press.key, press.who, press.ticket, _number(press.choice)),
    OVER: lambda desk, press: desk.hand_over(press.key, press.who, press.ticket, _number(press.choice)),
    CANNED: lambda desk, press: desk.canned_reply(press.key, press.who, press.ticket, press.choice),
    SEND_HELD: lambda desk, press: desk.send_held(press.key, press.who, press.ticket),
    DROP_HELD: lambda desk, press: desk.drop_held(press.key, press.who, press.ticket),
    SEND_AGAIN: lambda desk, press: desk.send_again(press.key, press.who, press.ticket),
    ARRIVED: lambda desk, press: desk.arrived(press.key, press.who, press.ticket),
}


class Presses:
    """Carries out presses."""

    def __init__(self, counter: Counter, me: Me) -> None:
        self._counter, self._desk, self._me = counter, counter.desk, me

    async def pressed(self, press: DeskPress) -> str:
        """Returns after the commit, with words for the one who pressed."""
        if press.verb in ABOUT_DESK:
            return await self._about_desk(press)
        if press.verb in LISTS:
            return await self._list(press)
        words = await self._act(press)
        if press.verb in HELD:
            if not await self._desk.is_held(press.ticket):
                self._counter.show_buttons(press.spot, NO_BUTTONS)
        elif press.verb in DOUBTFUL:
            if not await self._desk.is_doubtful(press.ticket):
                self._counter.show_buttons(press.spot, NO_BUTTONS)
        elif press.verb not in (CLAIM, RELEASE):  # after these the card is brought up to date, buttons and all
            await self._put_back(press)
        return words

    async def _about_desk(self, press: DeskPress) -> str:
        if press.verb != JOIN:
            return await self._desk.presence(press.key, press.who, here=press.verb == HERE)
        home = self._counter.groups.at(press.spot.chat)
        if home is None or not await self._me.sees(press.who.address.id, home.now):
            return self._counter.words(Reply("desk_not_in"))
        return await self._desk.join(press.key, press.who, home.group)

    async def _act(self, press: DeskPress) -> str:
        if press.verb in OUTCOMES:
            return await self._desk.close(press.key, press.who, press.ticket, OUTCOMES[press.verb])
        return await _ACTS[press.verb](self._desk, press)

    async def _list(self, press: DeskPress) -> str:
        case = await self._counter.case_for(press.who, press.ticket)
        if isinstance(case, Reply):
            return self._counter.words(case)
        if press.verb == FEWER:
            await self._put_back(press)
            return ""
        offered = await choices(self._desk, press.verb, case)
        if not is_choice(offered):
            return self._counter.words(Reply("desk_nobody"))
        self._counter.show_choices(press.spot, offered)
        return ""

    async def _put_back(self, press: DeskPress) -> None:
        """A card's own buttons again; none below what was only a question of ours."""
        home, ref = self._counter.groups.at(press.spot.chat), str(press.spot.message)
        card = await self._desk.card_at(home.address, ref, press.ticket) if home else None
        self._counter.show_buttons(press.spot, card or NO_BUTTONS)


async def choices(desk: Desk, verb: str, case: Case) -> tuple[Choice, ...]:
    """What there is to choose from."""
    ticket = case.ticket
    match verb:
        case _ if verb == CLOSE:
            return menus.outcomes(ticket)
        case _ if verb == HELPERS:
            return menus.helpers(ticket, await desk.helpers(ticket.group))
        case _ if verb == GROUPS:
            return menus.groups(ticket, await desk.groups())
        case _ if verb == ANSWERS:
            return menus.canned(ticket, desk.canned())
    return menus.tools(ticket, await desk.groups())


def is_choice(offered: Sequence[Choice]) -> bool:
    """Whether there is more to choose than the way back."""
    return len(offered) > 1


def _number(choice: str) -> int:
    """A number that was chosen; 0, which is nobody's, for what is none."""
    return int(choice) if choice.isdecimal() and len(choice) < 10 else 0

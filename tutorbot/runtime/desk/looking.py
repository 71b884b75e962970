"""What helpers see: the queue, a ticket with all that belongs to it, who else is there. Changes nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from tutorbot.desk.audit import Audited
from tutorbot.desk.briefing import briefing
from tutorbot.desk.group import Group
from tutorbot.desk.helper import Helper
from tutorbot.desk.overview import Overview, overview
from tutorbot.desk.tally import day_of
from tutorbot.desk.ticket import Ticket
from tutorbot.messages.message import Message
from tutorbot.runtime.desk.tools import Tools, Who
from tutorbot.runtime.entries import DESK_LANGUAGE
from tutorbot.runtime.facts import LONDON
from tutorbot.runtime.ports import Store, Transaction
from tutorbot.runtime.values import Address, Entry, Held, settled
from tutorbot.tutor.replies import Reply

_CANNED = "canned"  # the folder of ready-made answers


@dataclass(frozen=True, slots=True)
class Case:
    """A ticket with all that a helper may see of it."""

    ticket: Ticket
    briefing: Message
    entries: Sequence[Entry]
    acts: Sequence[Audited] = ()  # what was done about it
    held: Sequence[Held] = ()  # answers that wait for a second press
    doubtful: Sequence[Entry] = ()  # answers of which nobody knows whether they arrived


@dataclass(frozen=True, slots=True)
class Canned:
    """A ready-made answer."""

    name: str
    title: str
    text: str


class Looking:
    """The desk's windows."""

    def __init__(self, store: Store, tools: Tools, clock: Callable[[], datetime]) -> None:
        self._store, self._tools, self._clock = store, tools, clock

    async def ticket_of(self, address: Address, thread: str = "", ref: str = "") -> int | None:
        """The ticket of a topic of a helpers' chat, or else of the message that was replied to."""

        def look(tx: Transaction) -> int | None:
            ticket = tx.tickets.of_thread(str(address), thread) if thread else None
            return ticket.id if ticket else tx.record.ticket_of_ref(address, ref) if ref else None

        return await self._store.read(look)

    async def queue(self, who: Who, *, closed: bool = False) -> Sequence[Ticket]:
        """Open tickets of the helper's group, urgent ones first, then longest waiting; or the ones closed last."""

        def look(tx: Transaction) -> Sequence[Ticket]:
            helper = tx.helpers.of_address(who.address)
            return tx.tickets.list(helper.group, closed=closed) if helper and helper.joined else ()

        return await self._store.read(look)

    async def case(self, who: Who, ticket: int) -> Case | str:
        """Everything the helper may see of a ticket; or why they may see nothing: a word as `Tools.words` knows it."""

        def look(tx: Transaction) -> Case | str:
            found = _for(tx, who, ticket)
            if isinstance(found, str):
                return found
            written = settled(tx.record.of_ticket(ticket))
            held = [one for one in tx.held.of_ticket(ticket) if not _is_more_of_album(one)]
            doubtful = tx.doubts.of_ticket(ticket)
            return Case(found, self._card(found), written, tx.audit.of_ticket(ticket), held, doubtful)

        return await self._store.read(look)

    async def card_at(self, chat: Address, ref: str, ticket: int) -> Message | None:
        """The ticket's card, if it is this message of its group's own chat: who can press it sees it already."""
        found = await self._store.read(lambda tx: tx.tickets.get(ticket))
        stands = found is not None and found.chat == str(chat) and ref in found.card_ref.split()
        return self._card(found) if found and stands else None

    async def held_of(self, who: Who, ticket: int) -> Sequence[Held]:
        """Answers of a ticket that wait for a second press, for the helpers of its group."""

        def look(tx: Transaction) -> Sequence[Held]:
            return () if isinstance(_for(tx, who, ticket), str) else tx.held.of_ticket(ticket)

        return await self._store.read(look)

    async def is_held(self, held_id: int) -> bool:
        """Whether this answer still waits for a second press."""
        return await self._store.read(lambda tx: tx.held.get(held_id) is not None)

    async def is_doubtful(self, answer: int) -> bool:
        """Whether nobody knows yet whether this answer arrived."""
        return await self._store.read(lambda tx: tx.doubts.get(answer) is not None)

    async def was_passed_on(self, source: str) -> bool:
        """Whether a learner got this message of a helper."""
        return await self._store.read(lambda tx: tx.record.of_source(source) is not None)

    def concerns(self, text: str) -> Sequence[str]:
        """Why such an answer is held, as words for the template `desk_concerns`; () if it is not."""
        return tuple(map(str, self._tools.caution(text)))

    async def helper_of(self, who: Who) -> Helper | None:
        """The helper behind this address; None if they were never here."""
        return await self._store.read(lambda tx: tx.helpers.of_address(who.address))

    async def helpers(self, group: int = 0) -> Sequence[Helper]:
        """Those who have joined this group; 0: the oldest."""

        def look(tx: Transaction) -> Sequence[Helper]:
            found = tx.groups.get(group)
            return tx.helpers.of_group(found.id) if found else ()

        return await self._store.read(look)

    async def groups(self) -> Sequence[Group]:
        """All groups, the oldest first."""
        return await self._store.read(lambda tx: tx.groups.list())

    async def overview(self, who: Who, span: int) -> Overview | None:
        """How the coordinator's group is doing, today and in the days before it; None for other helpers.

        Nothing in it tells of one learner, and nothing of it changes when one is forgotten.
        """

        def look(tx: Transaction) -> Overview | None:
            helper = tx.helpers.of_address(who.address)
            if helper is None or not (helper.joined and helper.coordinates):
                return None
            group = tx.groups.get(helper.group) or Group(helper.group)
            now, crew = self._clock(), tx.helpers.of_group(group.id)
            on = [one.name for one in crew if one.is_on(group.hours, now, LONDON)]
            days = [day_of(now, LONDON) - timedelta(days=ago) for ago in reversed(range(span))]
            spells = tx.tickets.spells(group.id, datetime.combine(days[0], time(), LONDON))
            return overview(on, spells, tx.counts.since(days[0], group.id), days, now, LONDON, self._named)

        return await self._store.read(look)

    def _named(self, lesson_id: str, card: int) -> tuple[str, str]:
        """What a lesson and its card of this number are called now."""
        lesson = self._tools.curriculum().lesson(lesson_id, DESK_LANGUAGE)
        cards = lesson.cards if lesson else ()
        return lesson.title if lesson else lesson_id, cards[card - 1].title if 0 < card <= len(cards) else ""

    def canned(self, language: str = DESK_LANGUAGE, **names: str) -> Sequence[Canned]:
        """Ready-made answers, in this language. `names`: `helper` and `learner`, where they are known."""
        renderer = self._tools.entries.renderer
        values = {"helper": "", "learner": "", **names}
        found = []
        for name in renderer.names(_CANNED):
            title, _, text = renderer.words(Reply(f"{_CANNED}/{name}", values), language).partition("\n")
            found.append(Canned(name, title.removeprefix("#").strip(), text.strip()))
        return found

    def _card(self, ticket: Ticket) -> Message:
        return self._tools.entries.renderer.message(briefing(ticket, self._clock()), DESK_LANGUAGE)


def _for(tx: Transaction, who: Who, ticket: int) -> Ticket | str:
    """The ticket, for a helper of its group; or why not."""
    helper, found = tx.helpers.of_address(who.address), tx.tickets.get(ticket)
    if helper is None or not helper.joined:
        return "not_joined"
    if found is None:
        return "gone"
    return found if found.group == helper.group else "not_your_group"


def _is_more_of_album(held: Held) -> bool:
    """Whether it goes with another one that is held: the part of its album that has the words."""
    return bool(not held.text and held.message.media and held.message.media.album)

"""What helpers do, the same for the web desk and the helpers' chats. `Desk` is the one door.

Every act is one transaction over ticket and learner, is written in the audit, and is told to the learner by a turn of
the engine.

    tools      what every act needs          handling   whose a ticket is
    relay      what passes between them      teaching   the learner's lesson; blocking
    people     helpers come and go           signing    the web desk's door
    looking    what helpers see
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from tutorbot.curriculum.library import Curriculum
from tutorbot.desk.audit import Act as AuditAct
from tutorbot.desk.audit import Audited
from tutorbot.desk.helper import Helper
from tutorbot.desk.ticket import Outcome, Status, Ticket
from tutorbot.messages.markup import clean
from tutorbot.messages.message import Copied
from tutorbot.runtime.desk import handling, people, relay, teaching
from tutorbot.runtime.desk.looking import Canned, Case, Looking
from tutorbot.runtime.desk.signing import Signing
from tutorbot.runtime.desk.tools import Caution, Tools, Who
from tutorbot.runtime.entries import DESK_LANGUAGE, Passing
from tutorbot.runtime.live import Live
from tutorbot.runtime.ports import Store, Transaction
from tutorbot.runtime.trail import following
from tutorbot.runtime.turns import Done, Turns
from tutorbot.runtime.values import Address, Author, NewEntry, Owed
from tutorbot.tutor.replies import Reply

__all__ = ["Canned", "Case", "Desk", "Who"]

Act = Callable[[Tools, Transaction, Helper, Ticket, datetime], Done]
OwnAct = Callable[[Tools, Transaction, Helper, datetime], Done]


class Desk(Looking, Signing):
    """The helpers' side. Every act returns words to show to the helper at once, or "".

    `key`: unique over all channels; the same key again changes nothing.
    """

    def __init__(
        self,
        store: Store,
        curriculum: Callable[[], Curriculum],
        turns: Turns,
        live: Live,
        deliver: Callable[[Sequence[Owed]], None],
        clock: Callable[[], datetime],
        caution: Caution = lambda _: (),
    ) -> None:
        Looking.__init__(self, store, Tools(curriculum, turns, caution), clock)
        self._live, self._deliver = live, deliver

    # --- Whose a ticket is ------------------------------------------------------------------------------------------

    async def claim(self, key: str, who: Who, ticket: int) -> str:
        """Take a waiting ticket. Of two who claim at once one gets it, and the other is told who."""
        return await self._act(key, who, ticket, handling.claim)

    async def release(self, key: str, who: Who, ticket: int) -> str:
        """Give one's own ticket back to the queue; a coordinator also another's."""
        return await self._act(key, who, ticket, handling.release)

    async def close(self, key: str, who: Who, ticket: int, outcome: Outcome = Outcome.SOLVED) -> str:
        """Close one's own ticket, or one that nobody has; a coordinator also another's."""
        return await self._act(key, who, ticket, partial(handling.close, outcome=outcome))

    async def transfer(self, key: str, who: Who, ticket: int, helper_id: int) -> str:
        """Give one's own ticket to another helper of the group; a coordinator also another's, or a waiting one."""
        return await self._act(key, who, ticket, partial(handling.transfer, to=helper_id))

    async def hand_over(self, key: str, who: Who, ticket: int, group_id: int) -> str:
        """Put a ticket in another group's queue, with all that was written."""
        return await self._act(key, who, ticket, partial(handling.hand_over, to=group_id))

    async def mark_urgent(self, key: str, who: Who, ticket: int) -> str:
        """Put a ticket before all others; leads and coordinators are told at once."""
        return await self._act(key, who, ticket, handling.mark_urgent)

    # --- What passes between them -----------------------------------------------------------------------------------

    async def reply(
        self,
        key: str,
        who: Who,
        ticket: int,
        text: str,
        ref: str = "",
        source: str = "",
        media: Copied | None = None,
    ) -> str:
        """Answer the learner. Words of anybody but the one who has the ticket stay inside, as a note.

        `ref`: the channel's id of the message, where it stands in the helpers' chat already; `source`: the same as
        channel:chat:id, by which `edit` and `unsend` find it.
        """
        act = partial(relay.reply, text=clean(text), ref=ref, passing=Passing(source, media))
        return await self._act(key, who, ticket, act, closed_too=True)

    async def note(self, key: str, who: Who, ticket: int, text: str, ref: str = "", media: Copied | None = None) -> str:
        """Keep a note for helpers. The learner never sees it."""
        act = partial(relay.note, text=clean(text), ref=ref, passing=Passing(media=media))
        return await self._act(key, who, ticket, act, closed_too=True)

    async def canned_reply(self, key: str, who: Who, ticket: int, name: str) -> str:
        """Answer with one of `canned`, in the learner's language."""

        def act(tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime) -> Done:
            opening = ticket.opening
            answers = self.canned(opening.language, helper=helper.name, learner=opening.alias)
            text = next((answer.text for answer in answers if answer.name == name), "")
            if not text:
                return tools.done("no_canned")
            return relay.reply(tools, tx, helper, ticket, now, text=text, ref="", passing=Passing())

        return await self._act(key, who, ticket, act, closed_too=True)

    async def send_held(self, key: str, who: Who, held_id: int) -> str:
        """Pass on an answer that was held, as it is."""
        return await self._about_held(key, who, held_id, partial(relay.send_held, held=held_id))

    async def drop_held(self, key: str, who: Who, held_id: int) -> str:
        """Do not pass on an answer that was held."""
        return await self._about_held(key, who, held_id, partial(relay.drop_held, held=held_id))

    async def send_again(self, key: str, who: Who, answer: int) -> str:
        """Send a doubtful answer once more, once. `answer`: its number."""
        return await self._about_doubt(key, who, answer, again=True)

    async def arrived(self, key: str, who: Who, answer: int) -> str:
        """A doubtful answer has arrived, so that nothing more is done about it."""
        return await self._about_doubt(key, who, answer, again=False)

    async def reword_held(self, key: str, who: Who, held_id: int, text: str) -> str:
        """A message that is held was edited: it goes, or is held for what it says now."""
        return await self._about_held(key, who, held_id, partial(relay.reword_held, held=held_id, text=clean(text)))

    async def edit(self, key: str, who: Who, source: str, text: str, file: str = "") -> str:
        """A message that was passed on was edited: the learner's copy is, too. "" if it was none of those.

        `file`: what stands above the words now, as `Copied.file`; only words can be changed.
        """
        answer = await self._store.read(lambda tx: tx.record.of_source(source))
        if answer is None or answer.ticket is None:
            return ""
        act = partial(relay.edit, answer=answer, text=clean(text), file=file)
        return await self._act(key, who, answer.ticket, act, closed_too=True)

    async def unsend(self, key: str, who: Who, ticket: int, source: str = "") -> str:
        """Take one's last answer back, or the one that passes on `source`. The words say where that cannot be."""
        return await self._act(key, who, ticket, partial(relay.unsend, source=source), closed_too=True)

    # --- The learner's lesson, and whether they may ask -------------------------------------------------------------

    async def show_card(self, key: str, who: Who, ticket: int) -> str:
        """Show the learner their card again while they are being helped."""
        return await self._act(key, who, ticket, teaching.show_card)

    async def step_back(self, key: str, who: Who, ticket: int, cards: int = 3) -> str:
        """Send the learner back in their lesson: that is where they go on afterwards."""
        return await self._act(key, who, ticket, partial(teaching.step_back, cards=cards))

    async def block(self, key: str, who: Who, ticket: int, why: str) -> str:
        """Stop the learner's questions. They are told kindly where else to go; lessons go on."""
        return await self._act(key, who, ticket, partial(teaching.block, why=clean(why)), closed_too=True)

    async def unblock(self, key: str, who: Who, ticket: int) -> str:
        """Let the learner ask again. For coordinators."""
        return await self._act(key, who, ticket, teaching.unblock, closed_too=True)

    # --- Helpers ----------------------------------------------------------------------------------------------------

    async def arrive(self, who: Who) -> Helper:
        """Note that a helper is about."""
        return await self._store.transact(lambda tx: tx.helpers.at(who.address, clean(who.name), self._clock()))

    async def join(self, key: str, who: Who, group_id: int = 0) -> str:
        """Join the desk of a group; 0: the oldest. Whoever calls this has seen that they belong to it."""
        return await self._own(key, who, partial(people.join, group_id=group_id), stranger_too=True)

    async def leave(self, key: str, who: Who) -> str:
        """Leave the desk, or be found gone: their tickets go back to the queue at once."""
        return await self._own(key, who, people.leave)

    async def presence(self, key: str, who: Who, here: bool) -> str:
        """Say whether they are here."""
        return await self._own(key, who, partial(people.presence, here=here))

    async def set_name(self, key: str, who: Who, text: str) -> str:
        """Say what they are called. Learners see it."""
        return await self._own(key, who, partial(people.set_name, text=clean(text)))

    async def set_hours(self, key: str, who: Who, text: str) -> str:
        """Say when they are there, as "mon-fri 09:00-17:00"; "": as the group."""
        return await self._own(key, who, partial(people.set_hours, text=clean(text)))

    async def set_languages(self, key: str, who: Who, text: str) -> str:
        """Say what they speak, as "en cy"; "": as the group."""
        return await self._own(key, who, partial(people.set_languages, text=clean(text)))

    async def export_acts(self, who: Who, since: datetime) -> Sequence[Audited] | None:
        """What was done since then in the coordinator's group; that it was asked for, too. None for other helpers."""

        def work(tx: Transaction) -> Sequence[Audited] | None:
            helper = tx.helpers.of_address(who.address)
            if helper is None or not (helper.joined and helper.coordinates):
                return None
            tx.audit.add(AuditAct.EXPORTED, self._clock(), helper)
            return tx.audit.since(since, helper.group)

        return await self._store.transact(work)

    async def tell(self, to: Address, reply: Reply, ticket: int | None = None, ref: str = "") -> None:
        """Say something in a helpers' chat. `ticket`: it is about that one; `ref`: it answers that message."""

        def write(tx: Transaction) -> Sequence[Owed]:
            now, message = self._clock(), self._tools.entries.renderer.message(reply, DESK_LANGUAGE)
            entry = NewEntry(to, Author.DESK, message, now, ticket=ticket, owed=True, ref=ref)
            return self._tools.turns.write(tx, [entry], now)

        self._deliver(await self._store.transact(write))

    # --- How an act goes --------------------------------------------------------------------------------------------

    async def _act(self, key: str, who: Who, number: int, act: Act, *, closed_too: bool = False) -> str:
        """An act on a ticket of the helper's own group."""

        def work(tx: Transaction, helper: Helper, now: datetime) -> Done:
            ticket = tx.tickets.get(number)
            if ticket is None:
                return self._tools.done("gone")
            tx.learners.get(ticket.learner)  # locked before the ticket, as everywhere: else two could block each other
            ticket = tx.tickets.get(number) or ticket
            if ticket.group != helper.group:
                return self._tools.done("not_your_group")
            if ticket.status is Status.CLOSED and not closed_too:
                return self._tools.done("closed")
            return act(self._tools, tx, helper, ticket, now)

        return await self._once(key, who, work)

    async def _own(self, key: str, who: Who, act: OwnAct, *, stranger_too: bool = False) -> str:
        """An act that is about the helper alone."""
        return await self._once(key, who, partial(act, self._tools), stranger_too=stranger_too)

    async def _about_held(self, key: str, who: Who, held_id: int, act: Act) -> str:
        held = await self._store.read(lambda tx: tx.held.get(held_id))
        return await self._act(key, who, held.ticket, act) if held else self._tools.words("not_held")

    async def _about_doubt(self, key: str, who: Who, answer: int, *, again: bool) -> str:
        found = await self._store.read(lambda tx: tx.doubts.get(answer))
        if found is None or found.ticket is None:
            return self._tools.words("no_doubt")
        act = partial(relay.resolve, answer=answer, again=again)
        return await self._act(key, who, found.ticket, act, closed_too=True)

    async def _once(
        self,
        key: str,
        who: Who,
        work: Callable[[Transaction, Helper, datetime], Done],
        *,
        stranger_too: bool = False,
    ) -> str:
        """One transaction, the first time that this key comes; only for those who have joined, unless told."""

        def whole(tx: Transaction) -> Done:
            now = self._clock()
            if not tx.first_time(key, now):
                return Done()
            helper = tx.helpers.at(who.address, clean(who.name), now)
            return work(tx, helper, now) if helper.joined or stranger_too else self._tools.done("not_joined")

        with following(key):
            done = await self._store.transact(whole)
        self._deliver(done.owed)
        self._live.publish(*done.topics)
        return done.words

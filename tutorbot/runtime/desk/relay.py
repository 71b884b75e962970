"""What passes between helper and learner: answers, notes, and answers changed, taken back or held."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tutorbot.desk.audit import Act
from tutorbot.desk.helper import Helper
from tutorbot.desk.ticket import Status, Ticket
from tutorbot.messages.message import Copied, Message
from tutorbot.runtime.desk.tools import Tools
from tutorbot.runtime.entries import Passing
from tutorbot.runtime.ports import Transaction
from tutorbot.runtime.turns import Done
from tutorbot.runtime.values import Author, Entry, Held, Owed, settled
from tutorbot.tutor.events import HelperReplied

TAKEN_BACK = timedelta(hours=48)  # Telegram deletes nothing older


def reply(
    tools: Tools,
    tx: Transaction,
    helper: Helper,
    ticket: Ticket,
    now: datetime,
    text: str,
    ref: str,
    passing: Passing,
) -> Done:
    """Answer the learner. Words of anybody but the one who has the ticket stay inside, as a note."""
    if not ticket.belongs_to(helper):
        kept = note(tools, tx, helper, ticket, now, text, ref, passing)
        return replace(kept, words=_kept(tools, ticket))
    concerns, album = tuple(map(str, tools.caution(text))), _album(passing.media)
    if concerns or (album and any(_album(one.message.media) == album for one in tx.held.of_ticket(ticket.id))):
        return _hold(tools, tx, helper, ticket, now, Message(said=text, media=passing.media), passing.source, concerns)
    tx.audit.add(Act.REPLIED, now, helper, ticket.id)
    return _passed_on(tools, tx, helper, ticket, now, text, ref, passing)


def note(
    tools: Tools,
    tx: Transaction,
    helper: Helper,
    ticket: Ticket,
    now: datetime,
    text: str,
    ref: str,
    passing: Passing,
) -> Done:
    """Keep a note for helpers. The learner never sees it."""
    tx.audit.add(Act.NOTED, now, helper, ticket.id)
    entries = tools.entries
    mirror = () if ref else (entries.line(ticket, "note", now, text, helper=helper.name),)
    kept = entries.note(ticket, helper.name, Message(said=text, media=passing.media), now, ref)
    return tools.write(tx, ticket, now, kept, *mirror)


def send_held(tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime, held: int) -> Done:
    """Pass on an answer that was held, an album as a whole."""
    found = tx.held.get(held)
    if found is None or found.helper != helper.id:
        return tools.done("not_yours" if found else "not_held")
    parts = _dropped(tx, found)
    if not ticket.belongs_to(helper):
        return tools.taken(tx, helper, ticket)
    tx.audit.add(Act.SENT_HELD, now, helper, ticket.id)
    return _all_passed_on(tools, tx, helper, ticket, now, parts)


def drop_held(tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime, held: int) -> Done:
    """Do not pass it on."""
    found = tx.held.get(held)
    if found is None or found.helper != helper.id:
        return tools.done("not_yours" if found else "not_held")
    _dropped(tx, found)
    tx.audit.add(Act.DROPPED_HELD, now, helper, ticket.id)
    return tools.write(tx, ticket, now)


def resolve(
    tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime, answer: int, again: bool
) -> Done:
    """A doubtful answer is sent once more, or has arrived; an album goes as a whole. Also when the ticket is closed.

    For the one who has the ticket, or had it, and for coordinators.
    """
    doubtful = tx.doubts.of_ticket(ticket.id)
    found = next((one for one in doubtful if one.id == answer), None)
    if found is None:
        return tools.done("no_doubt")
    if not (helper.coordinates or (ticket.helper and ticket.helper.id == helper.id)):
        return tools.taken(tx, helper, ticket)
    (tx.doubts.send_again if again else tx.doubts.settle)([one.id for one in doubtful if _goes_with(one, found)], now)
    tx.audit.add(Act.SENT_AGAIN if again else Act.ARRIVED, now, helper, ticket.id)
    return tools.write(tx, ticket, now, words=tools.words("sent_again" if again else "arrived"))


def reword_held(
    tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime, held: int, text: str
) -> Done:
    """An answer that was held reads differently now: it goes, or it is held for what it says now."""
    found = tx.held.get(held)
    if found is None or found.helper != helper.id or found.text == text:
        return Done()
    reworded = replace(found, message=replace(found.message, said=text))
    if concerns := tuple(map(str, tools.caution(text))):
        tx.held.drop(held)
        return _hold(tools, tx, helper, ticket, now, reworded.message, found.source, concerns)
    parts = [reworded if one.id == held else one for one in _dropped(tx, found)]
    if not ticket.belongs_to(helper):
        return tools.taken(tx, helper, ticket)
    tx.audit.add(Act.REPLIED, now, helper, ticket.id)
    done = _all_passed_on(tools, tx, helper, ticket, now, parts)
    return replace(done, words=tools.words("sent_reworded"))


def edit(
    tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime, answer: Entry, text: str, file: str
) -> Done:
    """An answer reads differently now, at the learner's too. `file`: what stands above the words now, as `Copied.file`.

    Telegram calls an edit what changes nothing that we read, too; and what was taken back does not come again.
    """
    standing = next((one for one in _answers(tx, helper, ticket) if one.id == answer.id), None)
    if standing is None:
        return Done()
    swapped = file != (standing.message.media.file if standing.message.media else "")
    if standing.message.said == text:
        return tools.done("only_words") if swapped else Done()
    if concerns := tuple(map(str, tools.caution(text))):
        return tools.done("edit_held", concerns=concerns)
    tx.audit.add(Act.EDITED, now, helper, ticket.id)
    tx.doubts.settle([answer.id], now)  # the learner gets the new words in any case
    learner = tx.learners.get(ticket.learner)
    changed = tools.entries.changed(learner, answer, replace(answer.message, said=text), now)
    words = tools.words("edited_words" if swapped else "edited")
    done = tools.write(tx, ticket, now, changed, words=words)
    return replace(done, topics=(*done.topics, str(learner.address)))


def unsend(tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime, source: str) -> Done:
    """Take an answer of one's own back: the one that passes on `source`, else the last. An album goes as a whole."""
    answers, wanted = _answers(tx, helper, ticket), tx.record.of_source(source) if source else None
    answer = next((one for one in reversed(answers) if not source or (wanted and one.id == wanted.id)), None)
    if answer is None:
        return tools.done("nothing_sent")
    if now - answer.at > TAKEN_BACK:
        return tools.done("too_old")
    tx.audit.add(Act.UNSENT, now, helper, ticket.id)
    tx.doubts.settle([one.id for one in answers if _goes_with(one, answer)], now)
    learner = tx.learners.get(ticket.learner)
    line = tools.entries.line(ticket, "unsent", now, helper=helper.name)
    gone = [tools.entries.changed(learner, one, None, now) for one in answers if _goes_with(one, answer)]
    done = tools.write(tx, ticket, now, *gone, line, words=tools.words("unsent"))
    return replace(done, topics=(*done.topics, str(learner.address)))


def _passed_on(
    tools: Tools,
    tx: Transaction,
    helper: Helper,
    ticket: Ticket,
    now: datetime,
    text: str,
    ref: str,
    passing: Passing,
) -> Done:
    """`ref`: it stands in the helpers' chat already, and needs no mirror there."""
    tx.tickets.replied(ticket.id, now)
    mirror = () if ref else (tools.entries.line(ticket, "helper", now, text, helper=helper.name),)
    passing = replace(passing, by=helper.id)
    return tools.tell(tx, ticket, HelperReplied(helper.name, text), now, *mirror, passing=passing)


def _all_passed_on(
    tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime, parts: Sequence[Held]
) -> Done:
    """Pass on what was held; it stands in the helpers' chat where it came from there."""
    owed: list[Owed] = []
    topics: dict[str, None] = {}
    for one in parts:
        passing = Passing(one.source, one.message.media)
        done = _passed_on(tools, tx, helper, ticket, now, one.text, one.source, passing)
        owed += done.owed
        topics |= dict.fromkeys(done.topics)
    return Done(owed=owed, topics=(*topics,))


def _hold(
    tools: Tools,
    tx: Transaction,
    helper: Helper,
    ticket: Ticket,
    now: datetime,
    message: Message,
    source: str,
    concerns: tuple[str, ...],
) -> Done:
    """Keep an answer back until they press. Of an album all is kept, also what went before its words came."""
    before = [one for one in _answers(tx, helper, ticket) if _album(message.media) == _album(one.message.media) != ""]
    learner = tx.learners.get(ticket.learner)
    gone = [tools.entries.changed(learner, one, None, now) for one in before]
    for one in before:
        tx.held.add(ticket.id, helper.id, Message(said=one.message.said, media=one.message.media), "", now)
    tx.held.add(ticket.id, helper.id, message, source, now)
    if concerns:
        tx.audit.add(Act.HELD, now, helper, ticket.id)
    return tools.write(tx, ticket, now, *gone, words=tools.words("held", concerns=concerns) if concerns else "")


def _dropped(tx: Transaction, found: Held) -> list[Held]:
    """This answer, held no more; with it all of its album."""
    album = _album(found.message.media)
    parts = [
        one for one in tx.held.of_ticket(found.ticket) if one.id == found.id or album == _album(one.message.media) != ""
    ]
    for one in parts:
        tx.held.drop(one.id)
    return parts


def _answers(tx: Transaction, helper: Helper, ticket: Ticket) -> list[Entry]:
    """What this helper has answered, as it reads now, without what was taken back."""
    written = settled(tx.record.of_ticket(ticket.id))
    return [one for one in written if one.author is Author.HELPER and one.message.by == helper.id]


def _goes_with(one: Entry, answer: Entry) -> bool:
    """Whether it is this answer, or a part of the same album."""
    return one.id == answer.id or (_album(one.message.media) == _album(answer.message.media) != "")


def _album(media: Copied | None) -> str:
    """The album that it is a part of; "" if it is of none."""
    return media.album if media else ""


def _kept(tools: Tools, ticket: Ticket) -> str:
    """Why the words stayed inside."""
    if ticket.status is Status.CLOSED:
        return tools.words("closed_kept")
    return tools.words("kept", helper=ticket.helper.name) if ticket.helper else tools.words("unclaimed_kept")

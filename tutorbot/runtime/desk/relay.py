"""What passes between helper and learner: answers, notes, and answers changed, taken back or held."""

from dataclasses import replace
from datetime import datetime, timedelta

from tutorbot.desk.audit import Act
from tutorbot.desk.helper import Helper
from tutorbot.desk.ticket import Status, Ticket
from tutorbot.messages.message import Message
from tutorbot.runtime.desk.tools import Tools
from tutorbot.runtime.entries import Passing
from tutorbot.runtime.ports import Transaction
from tutorbot.runtime.turns import Done
from tutorbot.runtime.values import Author, Entry, settled
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
    if concerns := tuple(map(str, tools.caution(text))):
        tx.held.add(ticket.id, helper.id, Message(said=text, media=passing.media), passing.source, now)
        tx.audit.add(Act.HELD, now, helper, ticket.id)
        return tools.write(tx, ticket, now, words=tools.words("held", concerns=concerns))
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
    """Pass on an answer that was held."""
    found = tx.held.get(held)
    if found is None or found.helper != helper.id:
        return tools.done("not_yours" if found else "not_held")
    tx.held.drop(held)
    if not ticket.belongs_to(helper):
        return tools.taken(tx, helper, ticket)
    tx.audit.add(Act.SENT_HELD, now, helper, ticket.id)
    passing = Passing(found.source, found.message.media)
    return _passed_on(tools, tx, helper, ticket, now, found.text, found.source, passing)


def drop_held(tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime, held: int) -> Done:
    """Do not pass it on."""
    found = tx.held.get(held)
    if found is None or found.helper != helper.id:
        return tools.done("not_yours" if found else "not_held")
    tx.held.drop(held)
    tx.audit.add(Act.DROPPED_HELD, now, helper, ticket.id)
    return tools.write(tx, ticket, now)


def edit(
    tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime, answer: Entry, text: str
) -> Done:
    """An answer reads differently now, at the learner's too.

    Telegram calls an edit what changes nothing that we read, too; and what was taken back does not come again.
    """
    standing = next((one for one in _answers(tx, helper, ticket) if one.id == answer.id), None)
    if standing is None or standing.message.said == text:
        return Done()
    if concerns := tuple(map(str, tools.caution(text))):
        return tools.done("edit_held", concerns=concerns)
    tx.audit.add(Act.EDITED, now, helper, ticket.id)
    learner = tx.learners.get(ticket.learner)
    changed = tools.entries.changed(learner, answer, replace(answer.message, said=text), now)
    done = tools.write(tx, ticket, now, changed, words=tools.words("edited"))
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


def _answers(tx: Transaction, helper: Helper, ticket: Ticket) -> list[Entry]:
    """What this helper has answered, as it reads now, without what was taken back."""
    written = settled(tx.record.of_ticket(ticket.id))
    return [one for one in written if one.author is Author.HELPER and one.message.by == helper.id]


def _goes_with(one: Entry, answer: Entry) -> bool:
    """Whether it is this answer, or a part of the same album."""
    albums = [entry.message.media.album if entry.message.media else "" for entry in (one, answer)]
    return one.id == answer.id or (albums[0] == albums[1] != "")


def _kept(tools: Tools, ticket: Ticket) -> str:
    """Why the words stayed inside."""
    if ticket.status is Status.CLOSED:
        return tools.words("closed_kept")
    return tools.words("kept", helper=ticket.helper.name) if ticket.helper else tools.words("unclaimed_kept")

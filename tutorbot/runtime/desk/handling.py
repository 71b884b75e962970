"""Whose a ticket is: claim, give back, close, give to another helper or group, mark as urgent."""

from datetime import datetime

from tutorbot.desk.audit import Act
from tutorbot.desk.helper import Helper
from tutorbot.desk.ticket import Outcome, Status, Ticket
from tutorbot.runtime.desk.tools import Tools
from tutorbot.runtime.ports import Transaction
from tutorbot.runtime.queueing import fresh, names, put_card, show_urgent, tell_watchers, watchers
from tutorbot.runtime.turns import Done
from tutorbot.tutor.events import HelperChanged, HelperJoined, HelperLeft, Left, TicketClosed


def claim(tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime) -> Done:
    """Take a waiting ticket. Of two who claim at once one gets it, and the other is told who."""
    if not tx.tickets.claim(ticket.id, helper, now):
        return tools.taken(tx, helper, ticket)
    tools.wind(tx, ticket, now)
    tx.audit.add(Act.CLAIMED, now, helper, ticket.id)
    return tools.tell(tx, ticket, HelperJoined(helper.name), now, card=True)


def release(tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime) -> Done:
    """Give one's own ticket back to the queue; a coordinator also another's."""
    holder = _holder(helper, ticket)
    if holder is None or not tx.tickets.release(ticket.id, holder, now):
        return tools.taken(tx, helper, ticket)
    tools.wind(tx, ticket, now)
    tx.audit.add(Act.RELEASED, now, helper, ticket.id)
    line = tools.entries.line(ticket, "released", now, helper=helper.name)
    return tools.tell(tx, ticket, HelperLeft(holder.name), now, line, card=True)


def close(tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime, outcome: Outcome) -> Done:
    """Close one's own ticket, or one that nobody has; a coordinator also another's."""
    if ticket.status is Status.CLAIMED and _holder(helper, ticket) is None:
        return tools.taken(tx, helper, ticket)
    if ticket.status is Status.WAITING:
        tx.tickets.claim(ticket.id, helper, now)
    return closed(tools, tx, helper, ticket, now, outcome)


def closed(tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime, outcome: Outcome) -> Done:
    """Close an open ticket, whoever has it, and ask the learner whether it helped."""
    tx.tickets.close(ticket.id, outcome, now)
    tx.audit.add(Act.CLOSED, now, helper, ticket.id, outcome.value)
    after = fresh(tx, ticket)
    closing = tools.entries.closing(after, now)
    return tools.tell(tx, after, TicketClosed(ticket.id, helper.name, outcome.value), now, *closing)


def transfer(tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime, to: int) -> Done:
    """Give one's own ticket to another helper of the group; a coordinator also another's, or one that nobody has."""
    other = tx.helpers.get(to)
    if other is None or not other.joined or other.group != ticket.group:
        return tools.done("no_such_helper")
    if not other.here:
        return tools.done("helper_away", helper=other.name)
    if ticket.status is Status.WAITING and helper.coordinates:
        moved = tx.tickets.claim(ticket.id, other, now)
    else:
        holder = _holder(helper, ticket)
        moved = holder is not None and holder.id != to and tx.tickets.transfer(ticket.id, holder, other, now)
    if not moved:
        return tools.taken(tx, helper, ticket)
    tools.wind(tx, ticket, now)
    tx.audit.add(Act.TRANSFERRED, now, helper, ticket.id, str(to))
    line = tools.entries.line(ticket, "transferred", now, helper=other.name, before=helper.name)
    event = HelperChanged(ticket.helper.name, other.name) if ticket.helper else HelperJoined(other.name)
    return tools.tell(tx, ticket, event, now, line, card=True)


def hand_over(tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime, to: int) -> Done:
    """Put a ticket in another group's queue: one's own, or one that nobody has; a coordinator also another's."""
    group, here = tx.groups.get(to), tx.groups.get(ticket.group)
    if group is None:
        return tools.done("no_such_group")
    if ticket.status is Status.CLAIMED and _holder(helper, ticket) is None:
        return tools.taken(tx, helper, ticket)
    if not tx.tickets.hand_over(ticket.id, group.id, now):
        return tools.done("same_group")
    tools.wind(tx, ticket, now)
    tx.audit.add(Act.HANDED_OVER, now, helper, ticket.id, str(group.id))
    line = tools.entries.line(ticket, "handed_over", now, helper=helper.name, group=group.name)
    there = put_card(tx, tools.entries, ticket, now, came_from=here.name if here else "")
    event = HelperLeft(ticket.helper.name if ticket.helper else "", Left.HANDED_OVER)
    return tools.tell(tx, ticket, event, now, tools.entries.close_thread(ticket, now, line.message), *there)


def mark_urgent(tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime) -> Done:
    """Put a ticket before all others; leads and coordinators are told at once."""
    if not tx.tickets.set_urgent(ticket.id):
        return tools.done("urgent_already")
    tx.audit.add(Act.URGENT, now, helper, ticket.id)
    shown = show_urgent(tx, tools.entries, ticket, now)
    lines = tell_watchers(tx, tools.entries, ticket, "urgent", now, helper=helper.name)
    told = names(watchers(tx, ticket, lambda other: other.lead))
    words = tools.words("told_urgent", names=told) if told else tools.words("told_nobody")
    return tools.write(tx, ticket, now, *shown, *lines, words=words)


def _holder(helper: Helper, ticket: Ticket) -> Helper | None:
    """Who has the ticket, if this helper may act for them."""
    if ticket.status is Status.CLAIMED and (helper.coordinates or ticket.belongs_to(helper)):
        return ticket.helper
    return None

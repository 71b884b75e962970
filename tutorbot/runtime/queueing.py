"""Tickets in the queue: how they come into it, which have a card in the helpers' chat, who is told of them."""

from collections.abc import Callable, Sequence
from datetime import datetime

from tutorbot.desk.audit import Act
from tutorbot.desk.helper import Helper
from tutorbot.desk.routing import CARDS
from tutorbot.desk.ticket import REOPENS, Ticket
from tutorbot.desk.timers import Waits, in_hours, next_timer
from tutorbot.runtime.entries import Entries
from tutorbot.runtime.facts import LONDON
from tutorbot.runtime.ports import Transaction
from tutorbot.runtime.values import PULLED, Kind, NewEntry, settled
from tutorbot.tutor.replies import OpenTicket, Value


def wind(tx: Transaction, ticket: Ticket, waits: Waits, now: datetime) -> None:
    """Set the timer of a ticket that has just come to where it is, or whose timer has just fired."""
    timer = next_timer(ticket, now, waits)
    group = tx.groups.get(ticket.group)
    tx.tickets.set_timer(ticket.id, in_hours(timer, ticket, group.hours, LONDON, waits) if group else timer)


def fresh(tx: Transaction, ticket: Ticket) -> Ticket:
    """The ticket as it is now."""
    return tx.tickets.get(ticket.id) or ticket


def deal(tx: Transaction, entries: Entries, ticket: Ticket, now: datetime) -> list[NewEntry]:
    """The card of a ticket that is new in its group's queue; where there are too many, the group is told once."""
    if ticket.urgent or not ticket.chat or tx.tickets.cards(ticket.group) <= CARDS:
        return [entries.card(ticket, now)]
    first = all(other.group != ticket.group for other in tx.tickets.without_card())
    tx.tickets.set_carded(ticket.id, carded=False)
    return [entries.many(ticket, now)] if first else []


def deal_more(tx: Transaction, entries: Entries, now: datetime) -> list[NewEntry]:
    """Cards for tickets that had none, as far as their groups' chats have room again."""
    dealt: list[NewEntry] = []
    for ticket in tx.tickets.without_card():
        if tx.tickets.cards(ticket.group) < CARDS and tx.tickets.set_carded(ticket.id, carded=True):
            dealt += put_card(tx, entries, ticket, now)
    return dealt


def put_card(
    tx: Transaction, entries: Entries, ticket: Ticket, now: datetime, came_from: str | None = None
) -> list[NewEntry]:
    """The card of a ticket, with what was written before. `came_from`: the name of the group that had it before."""
    tx.tickets.set_carded(ticket.id, carded=True)
    ticket = fresh(tx, ticket)
    written = settled(tx.record.of_ticket(ticket.id))
    return [entries.card(ticket, now), *entries.so_far(ticket, came_from, written, now)]


def bring_up_to_date(entries: Entries, ticket: Ticket, now: datetime) -> NewEntry:
    """The ticket's card as it reads now, in the place of the one before."""
    return entries.card(ticket, now, Kind.REPLACE)


def come_back(
    tx: Transaction, entries: Entries, ticket: Ticket, opening: OpenTicket, now: datetime
) -> list[NewEntry] | None:
    """A closed ticket goes on, in the queue; who helped before is told, if they are here. None if it is too old."""
    if not tx.tickets.reopen(ticket.id, ticket.learner, opening, now - REOPENS, now):
        return None
    ticket = fresh(tx, ticket)
    before = tx.helpers.get(ticket.last_helper.id) if ticket.last_helper else None
    here = before if before and before.joined and before.here and before.group == ticket.group else None
    line = entries.line(ticket, "reopened", now, helper=here.name if here else "")
    return [entries.card(ticket, now), line, *(privately(tx, entries, [here], ticket, "reopened", now) if here else ())]


def sound_alarm(tx: Transaction, ticket: Ticket, now: datetime) -> None:
    """The learner may be in danger or in despair: their ticket goes before all others."""
    tx.tickets.set_urgent(ticket.id)
    tx.audit.add(Act.ALARM, now, None, ticket.id)


def show_urgent(tx: Transaction, entries: Entries, ticket: Ticket, now: datetime) -> list[NewEntry]:
    """The card of a ticket that has become urgent: brought up to date, or shown after all."""
    ticket = fresh(tx, ticket)
    return [bring_up_to_date(entries, ticket, now)] if ticket.carded else put_card(tx, entries, ticket, now)


def tell_watchers(
    tx: Transaction, entries: Entries, ticket: Ticket, what: str, now: datetime, helper: str = ""
) -> list[NewEntry]:
    """A line that names the leads and coordinators of the group, and one to each of them alone."""
    ticket, told = fresh(tx, ticket), watchers(tx, ticket, lambda other: other.lead)
    line = entries.line(ticket, what, now, names=names(told), helper=helper)
    return [line, *privately(tx, entries, told, ticket, what, now, helper=helper)]


def watchers(tx: Transaction, ticket: Ticket, also: Callable[[Helper], bool] = lambda _: False) -> Sequence[Helper]:
    """The coordinators of a ticket's group, and `also` who else is told."""
    return [helper for helper in tx.helpers.of_group(ticket.group) if helper.coordinates or also(helper)]


def names(helpers: Sequence[Helper]) -> str:
    """Their first names."""
    return ", ".join(helper.name for helper in helpers)


def privately(
    tx: Transaction,
    entries: Entries,
    helpers: Sequence[Helper],
    ticket: Ticket,
    what: str,
    now: datetime,
    **more: Value,
) -> list[NewEntry]:
    """A line for each of them alone, where they can be reached so."""
    places = (tx.helpers.address_of(helper.id) for helper in helpers)
    return [entries.private(to, ticket, what, now, **more) for to in places if to.channel not in PULLED]

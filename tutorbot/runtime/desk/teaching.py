"""What a helper does with the learner's lesson, and whether a learner may ask at all."""

from datetime import datetime

from tutorbot.desk.audit import Act
from tutorbot.desk.helper import Helper
from tutorbot.desk.ticket import Outcome, Status, Ticket
from tutorbot.runtime.desk.tools import Tools
from tutorbot.runtime.ports import Transaction
from tutorbot.runtime.queueing import fresh
from tutorbot.runtime.turns import Done
from tutorbot.tutor.events import Blocked, CardShown, SteppedBack


def show_card(tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime) -> Done:
    """Show the learner their card again while they are being helped."""
    return _with_card(tools, tx, helper, ticket, now, CardShown(helper.name), Act.SHOWED_CARD)


def step_back(tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime, cards: int) -> Done:
    """Send the learner back in their lesson: that is where they go on afterwards."""
    return _with_card(tools, tx, helper, ticket, now, SteppedBack(helper.name, cards), Act.STEPPED_BACK)


def block(tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime, why: str) -> Done:
    """Stop the learner's questions. They are told kindly where else to go; lessons go on."""
    if not (helper.coordinates or ticket.belongs_to(helper)):
        return tools.taken(tx, helper, ticket)
    tx.learners.block(ticket.learner, why, now)
    tx.audit.add(Act.BLOCKED, now, helper, ticket.id)
    closing = []
    if ticket.status is not Status.CLOSED:
        tx.tickets.close(ticket.id, Outcome.NO_HELP, now)
        line = tools.entries.line(ticket, "blocked", now, helper=helper.name)
        closing = [line, *tools.entries.closing(fresh(tx, ticket), now)]
    done = tools.tell(tx, ticket, Blocked(), now, *closing)
    return Done(tools.words("blocked"), done.owed, done.topics)


def unblock(tools: Tools, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime) -> Done:
    """Let the learner ask again. For coordinators."""
    if not helper.coordinates:
        return tools.done("coordinators_only")
    tx.learners.unblock(ticket.learner)
    tx.audit.add(Act.UNBLOCKED, now, helper, ticket.id)
    done = tools.tell(tx, ticket, Blocked(yes=False), now)
    return Done(tools.words("unblocked"), done.owed, done.topics)


def _with_card(
    tools: Tools,
    tx: Transaction,
    helper: Helper,
    ticket: Ticket,
    now: datetime,
    event: CardShown | SteppedBack,
    act: Act,
) -> Done:
    if not ticket.belongs_to(helper):
        return tools.taken(tx, helper, ticket)
    if not tools.turn(tx, ticket, event, now).replies:
        return tools.done("no_card")
    tx.audit.add(act, now, helper, ticket.id)
    return tools.tell(tx, ticket, event, now)

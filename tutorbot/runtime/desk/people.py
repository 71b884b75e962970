"""Helpers themselves: they join, leave, come and go, and say when they are there and what they speak."""

from dataclasses import replace
from datetime import datetime

from tutorbot.desk.audit import Act
from tutorbot.desk.helper import Helper
from tutorbot.desk.hours import BadHours, parse
from tutorbot.messages.renderer import is_language
from tutorbot.runtime.desk.handling import release
from tutorbot.runtime.desk.tools import Tools
from tutorbot.runtime.ports import Transaction
from tutorbot.runtime.turns import Done

NAME = 40  # letters of a first name, at most


def join(tools: Tools, tx: Transaction, helper: Helper, now: datetime, group_id: int) -> Done:
    """Join the desk of a group, or another group than before; tickets of the other are given back."""
    group = tx.groups.get(group_id)
    if group is None:
        return tools.done("no_such_group")
    if helper.joined and helper.group == group.id:
        return tools.done("joined_already")
    given_back = _give_back(tools, tx, helper, now) if helper.joined else Done()
    tx.helpers.join(helper.id, group.id, now)
    tx.audit.add(Act.JOINED, now, replace(helper, group=group.id), detail=str(group.id))
    tx.tell("desk")
    return replace(given_back, words=tools.words("joined", helper=helper.name), topics=(*given_back.topics, "desk"))


def leave(tools: Tools, tx: Transaction, helper: Helper, now: datetime) -> Done:
    """Leave the desk: their tickets go back to the queue at once, their sessions end."""
    if not helper.joined:
        return tools.done("not_joined")
    given_back = _give_back(tools, tx, helper, now)
    tx.helpers.leave(helper.id, now)
    tx.signing.revoke(helper.id)
    tx.audit.add(Act.LEFT, now, helper)
    tx.tell("desk")
    return replace(given_back, words=tools.words("left"), topics=(*given_back.topics, "desk"))


def presence(tools: Tools, tx: Transaction, helper: Helper, now: datetime, here: bool) -> Done:
    """Say whether they are here."""
    tx.helpers.save(replace(helper, here=here))
    tx.audit.add(Act.HERE if here else Act.AWAY, now, helper)
    tx.tell("desk")
    return Done(tools.words("here" if here else "away"), topics=("desk",))


def set_name(tools: Tools, tx: Transaction, helper: Helper, now: datetime, text: str) -> Done:
    """Say what they are called. Learners read it, so it must be a name, and no way round the chat."""
    name = " ".join(text.split())
    if not 0 < len(name) <= NAME or not any(map(str.isalpha, name)) or tools.caution(name):
        return tools.done("bad_name", most=NAME, helper=helper.name)
    tx.helpers.name(helper.id, name)
    tx.audit.add(Act.CHANGED, now, helper, detail="name")
    return tools.done("name", helper=name)


def set_hours(tools: Tools, tx: Transaction, helper: Helper, now: datetime, text: str) -> Done:
    """Say when they are there."""
    try:
        parse(text)
    except BadHours as bad:
        return tools.done("bad_hours", part=str(bad))
    tx.helpers.save(replace(helper, hours=text))
    tx.audit.add(Act.CHANGED, now, helper, detail="hours")
    return tools.done("hours")


def set_languages(tools: Tools, tx: Transaction, helper: Helper, now: datetime, text: str) -> Done:
    """Say what they speak, as "en cy"."""
    codes = tuple(dict.fromkeys(text.lower().replace(",", " ").split()))
    unknown = next((code for code in codes if not is_language(code)), "")
    if unknown:
        return tools.done("bad_languages", part=unknown)
    tx.helpers.save(replace(helper, languages=codes))
    tx.audit.add(Act.CHANGED, now, helper, detail="languages")
    return tools.done("languages")


def _give_back(tools: Tools, tx: Transaction, helper: Helper, now: datetime) -> Done:
    """All tickets that they have."""
    done = []
    for ticket in tx.tickets.of_helper(helper.id):
        tx.learners.get(ticket.learner)  # locked before the ticket, as everywhere
        done.append(release(tools, tx, helper, ticket, now))
    owed = tuple(owed for one in done for owed in one.owed)
    return Done(owed=owed, topics=tuple(topic for one in done for topic in one.topics))

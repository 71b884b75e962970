"""Every table and every column, and what they mean. Knows SQLModel; asks nothing and changes nothing.

These classes are the schema: `migrations` builds it, the queries beside this file read their columns from it. People
are never named by a channel's own number here: a learner is a row of `learners`, and where they are reached is a word
such as `telegram:123` in `addresses`.

Where something is empty: NULL for a moment that has not come and for a link to nothing; "" for a text.
"""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, MetaData, Table
from sqlmodel import Field, SQLModel

from tutorbot.messages.message import Message
from tutorbot.store.columns import Id, Words
from tutorbot.store.fields import NEVER_TWICE, key, later, link, partial, words
from tutorbot.store.written import MessageJson, OpeningJson, StateJson
from tutorbot.tutor.replies import OpenTicket
from tutorbot.tutor.state import LearnerState


class Row(SQLModel):
    """What all tables share."""

    model_config = {"defer_build": True}  # queries write rows, and nobody makes one of these: so a start is faster

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={"pk": "pk_%(table_name)s"}
        | {kind: f"{kind}_%(table_name)s_%(column_0_name)s" for kind in ("fk", "ix", "uq")}
    )


class GroupRow(Row, table=True):
    """A local group with helpers of its own. The oldest is the one for everybody who belongs to no other."""

    __tablename__ = "groups"

    id: int = key()
    name: str = words()
    chat: str = words()  # channel:id of its helpers' chat; "": the one from the settings, or the web desk alone
    languages: str = words()  # its helpers', as "en cy"; "": any
    hours: str = words()  # when somebody is there, as "mon-fri 09:00-17:00, sat 10:00-12:00"; "": not known
    place: str = words()  # address and opening times, for learners when nobody is there
    invite: str = words(unique=True)  # the word in its invite link
    created_at: datetime


class LearnerRow(Row, table=True):
    """A learner. Deleting the row deletes everything that is kept about them."""

    __tablename__ = "learners"
    __table_args__ = (NEVER_TWICE,)  # who is being forgotten must not be taken for somebody new

    id: int = key()
    address: str = words()  # the one they wrote from last, and so where we answer
    state: LearnerState = Field(sa_type=StateJson)  # all that the tutor remembers, as JSON
    created_at: datetime
    seen_at: datetime  # their last turn
    group_id: int | None = link("groups.id", ondelete="SET NULL", nullable=True)  # NULL: the oldest group
    blocked_at: datetime | None = None  # a helper stopped their questions
    blocked_why: str = later("''", sa_type=Words)
    fresh_at: datetime | None = None  # until then it counts how fast they wrote, see `runtime.limits`; NULL: no more
    told_slow: bool = later("false")  # they were told that they write too fast


class AddressRow(Row, table=True):
    """Where a learner is reached; one learner may have several."""

    __tablename__ = "addresses"

    address: str = words(primary_key=True)  # channel:id
    learner: int = link("learners.id", index=True)
    reachable: bool = True  # False: the channel said that they blocked us or are gone


class EventRow(Row, table=True):
    """An event that was handled, so that its repetition is known as one."""

    __tablename__ = "seen_events"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: str = words(primary_key=True)  # unique over all channels
    at: datetime  # when it came: old ones may be forgotten


class AttemptRow(Row, table=True):
    """One answer to one exercise."""

    __tablename__ = "attempts"

    id: int = key()
    learner: int = link("learners.id", index=True)
    at: datetime
    lesson: str = words()
    card: str = words()
    edition: str = words()  # of the lesson when it was answered
    kind: str = words()  # ExerciseKind
    answer: str = words()  # what was chosen or typed
    was_right: bool
    first_try: bool
    hints: int  # seen before it


class LessonRow(Row, table=True):
    """How far a learner came with a lesson."""

    __tablename__ = "lesson_progress"

    learner: int = link("learners.id", primary_key=True)
    lesson: str = words(primary_key=True)
    edition: str = words()  # of the last run
    started_at: datetime  # the first time
    finished_at: datetime | None = None  # the last time; NULL: never came to the end
    exercises: int | None = None  # in it; this and the next three as of `finished_at`
    got_right: int | None = None  # in the end
    first_try: int | None = None  # at once and without a hint
    mastered: bool | None = None


class SkillRow(Row, table=True):
    """How far a learner is with a skill."""

    __tablename__ = "skills"

    learner: int = link("learners.id", primary_key=True)
    skill: str = words(primary_key=True)
    tries: int
    streak: int  # right answers in a row
    mastered: bool
    at: datetime  # the last answer


class TicketRow(Row, table=True):
    """One escalation."""

    __tablename__ = "tickets"
    __table_args__ = (
        # a learner has one open ticket at most, whoever opens it and however often a button is pressed
        partial("uq_tickets_open", "learner", where="closed_at IS NULL", unique=True),
        partial("ix_tickets_timer", "timer_at", where="timer_at IS NOT NULL"),
        NEVER_TWICE,  # people say these numbers to each other
    )

    id: int = key()
    learner: int = link("learners.id", index=True)
    status: str = words()  # Status
    opening: OpenTicket = Field(sa_type=OpeningJson)  # what the helper sees, as it was at that moment, as JSON
    opened_at: datetime
    helper: int | None = link("helpers.id", ondelete="SET NULL", nullable=True)  # who has it, or had it when closed
    claimed_at: datetime | None = None
    closed_at: datetime | None = Field(default=None, index=True)
    outcome: str = words()  # Outcome
    rating: str = words()  # the learner's, see `Rating`
    thread: str = words(index=True)  # its topic in the helpers' group
    card_ref: str = words()  # the channel's id of its briefing in the helpers' group
    group_id: int | None = link("groups.id", ondelete="SET NULL", nullable=True)  # who handles it; NULL: the oldest
    urgent: bool = later("false")  # goes before all others, and no timer closes or returns it
    returned: int = later("0")  # times it went back to the queue
    reopened: int = later("0")  # times the learner came back with it
    last_helper: int | None = link("helpers.id", ondelete="SET NULL", nullable=True)  # who had it before
    waiting_since: datetime | None = None  # when it last came into the queue; NULL: `opened_at`
    first_reply_at: datetime | None = None
    carded: bool = later("true")  # its briefing was written into the group's chat, see `desk.routing`
    timer: str = later("''", sa_type=Words)  # what happens next if nobody acts, see `desk.timers`
    timer_at: datetime | None = None  # and when


class EntryRow(Row, table=True):
    """A message, said or owed: the record and the outbox in one, for they may never disagree."""

    __tablename__ = "entries"
    __table_args__ = (
        Index("ix_entries_chat", "address", "id"),
        Index("ix_entries_learner", "learner", "id"),
        partial("ix_entries_owed", "address", "id", where="due_at IS NOT NULL"),
        partial("ix_entries_ticket", "ticket", "id", where="ticket IS NOT NULL"),
        partial("ix_entries_ref", "address", "ref", where="ticket IS NOT NULL"),
        partial("ix_entries_source", "source", where="source <> ''"),
        NEVER_TWICE,  # what is removed may still be on its way out, or on an open page
    )

    id: int = key()  # grows with time; the order within a chat
    address: str = words()  # whose chat it stands in
    author: str = words()  # Author
    name: str = words()  # first name of the helper who wrote it
    message: Message = Field(sa_type=MessageJson)
    at: datetime
    learner: int | None = link("learners.id", nullable=True)  # whom it is about
    ticket: int | None = link("tickets.id", nullable=True)
    kind: str = words()  # Kind
    ref: str = words()  # the channel's id of it; while a REPLACE is owed, of the message to replace
    due_at: datetime | None = None  # not to be sent before; NULL: nothing is owed, or not any more
    worker: str | None = words(nullable=True)  # who has leased it to send it
    leased_until: datetime | None = None
    tries: int  # that did not deliver it
    error: str = words()  # why the last of them did not
    unsure: bool  # one of them may have reached the person
    sent_at: datetime | None = None
    given_up_at: datetime | None = None
    source: str = later("''", sa_type=Words)  # the message it passes on, as channel:chat:id, so that edits find it


class HelperRow(Row, table=True):
    """A volunteer at the desk."""

    __tablename__ = "helpers"

    id: int = key()
    address: str = words(unique=True)
    name: str = words()  # first name, as the channel tells it; shown to learners, unless there is an own one
    seen_at: datetime
    group_id: int | None = link("groups.id", ondelete="SET NULL", nullable=True)  # NULL: the oldest group
    role: str = later("'helper'", sa_type=Words)  # Role
    joined_at: datetime | None = None  # NULL: wrote or pressed something at the desk, but has not joined it
    left_at: datetime | None = None
    lead: bool = later("false")  # for safeguarding: is told of every alarm of the group
    here: bool = later("true")  # says so by hand
    languages: str = later("''", sa_type=Words)  # as "en cy"; "": those of the group
    hours: str = later("''", sa_type=Words)  # as of a group; "": those of the group
    own_name: str = later("''", sa_type=Words)  # the first name they chose; "": `name`


class LinkRow(Row, table=True):
    """A one-time link to sign in at the web desk. Who reads this table cannot sign in with it."""

    __tablename__ = "links"

    digest: str = words(primary_key=True)  # of the secret in the link
    name: str = words()  # of the helper it signs in
    expires_at: datetime
    used_at: datetime | None = None
    helper: int | None = link("helpers.id", nullable=True)  # NULL: made before helpers had to join


class SessionRow(Row, table=True):
    """A helper signed in at the web desk. Deleting the row signs them out. Who reads this table cannot sign in."""

    __tablename__ = "desk_sessions"

    digest: str = words(primary_key=True)  # of the secret in the cookie
    helper: int = link("helpers.id", index=True)
    expires_at: datetime


class HeldRow(Row, table=True):
    """A helper's answer that is held until they press a second time, because of what stands in it."""

    __tablename__ = "held"
    __table_args__ = NEVER_TWICE  # an old button must not send another answer

    id: int = key()
    ticket: int = link("tickets.id", index=True)
    helper: int = link("helpers.id")
    message: Message = Field(sa_type=MessageJson)
    source: str = words()  # as in `entries`
    at: datetime


class AuditRow(Row, table=True):
    """One act at the desk: who, what, when. Never what was written. Outlives ticket and helper."""

    __tablename__ = "audit"
    __table_args__ = (partial("ix_audit_ticket", "ticket", where="ticket IS NOT NULL"),)

    id: int = key()
    at: datetime = Field(index=True)
    helper: int | None = Field(default=None, sa_type=Id)  # NULL: a timer, or the learner
    name: str = words()  # of the helper at that moment
    act: str = words()  # Act
    ticket: int | None = Field(default=None, sa_type=Id)
    detail: str = words()  # a word of ours, as an outcome
    group_id: int | None = Field(default=None, sa_type=Id)  # in which it was done; NULL: see `audit`, or in none


class AskedWordRow(Row, table=True):
    """A word that learners asked for and nobody has explained yet. Who asked is not kept."""

    __tablename__ = "asked_words"

    word: str = words(primary_key=True)  # simplified
    language: str = words(primary_key=True)
    times: int
    last_at: datetime


class SettingRow(Row, table=True):
    """Something the program itself remembers."""

    __tablename__ = "settings"

    key: str = words(primary_key=True)
    value: str = words()


def table(row: type[Row]) -> Table:
    """The SQLAlchemy table of a class, for queries."""
    return Row.metadata.tables[str(row.__tablename__)]

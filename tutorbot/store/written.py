"""The columns that hold a value of ours as JSON: a learner's state, a message, what a ticket was opened with."""

from pydantic import TypeAdapter

from tutorbot.messages import message
from tutorbot.store.columns import Written
from tutorbot.tutor import state
from tutorbot.tutor.replies import OpenTicket

_OPENING = TypeAdapter(OpenTicket)

StateJson = Written(state.to_json, state.from_json)
MessageJson = Written(message.to_json, message.from_json)
OpeningJson = Written[OpenTicket](
    lambda opening: _OPENING.dump_json(opening, exclude_defaults=True).decode(), _OPENING.validate_json
)

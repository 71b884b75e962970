"""A learner of whom much is kept, for pages that show it."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from tests import sample
from tutorbot.desk.helper import Helper
from tutorbot.desk.ticket import Status, Ticket
from tutorbot.messages.message import Message
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.rights.copies import Copies
from tutorbot.runtime.rights.values import Kept, KeptAnswer, KeptLesson, KeptSkill
from tutorbot.runtime.values import Address, Author, Entry
from tutorbot.tutor.replies import OpenTicket, Reason
from tutorbot.tutor.state import LearnerState

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=1, hours=2)
KEPT = Kept(
    state=LearnerState(name="Ann", lesson="fake-email"),
    first_at=NOON,
    last_at=LATER,
    blocked_why="",
    addresses=(Address("web", "a-long-random-word"),),
    answers=(
        KeptAnswer(NOON, "fake-email", "sender", "help@paypa1.example", right=False, hints=0),
        KeptAnswer(NOON, "fake-email", "sender", "help@paypal.example", right=True, hints=1),
    ),
    lessons=(KeptLesson("fake-email", NOON, LATER, True), KeptLesson("links", LATER, None, None)),
    skills=(KeptSkill("S5", 2, 1, True, NOON),),
    tickets=(
        Ticket(
            27,
            1,
            Status.CLOSED,
            OpenTicket(Reason.ASKED, "Ann", "en", lesson="fake-email", title="Spot a fake email"),
            NOON,
            helper=Helper(1, "Amir"),
        ),
    ),
    talk=(
        Entry(1, Author.TUTOR, Message("Hello **Ann**.\n\nWhat would you like to do?"), NOON),
        Entry(2, Author.LEARNER, Message(said="what is <this>?"), NOON),
        Entry(3, Author.HELPER, Message(said="Hello Ann, I am Amir."), LATER, "Amir", 27),
        Entry(4, Author.NOTE, Message(said="She uses an old phone."), LATER, "Amir", 27),
        Entry(5, Author.NOTE, Message(said="Like #31."), LATER, "Amir", 27),
    ),
)


class KeptStore:
    """Knows everybody as Ann."""

    async def read(self, work: Any) -> Any:
        return work(SimpleNamespace(copies=SimpleNamespace(of=lambda address: KEPT)))


COPIES = Copies(KeptStore(), lambda: sample.CURRICULUM, Renderer())  # type: ignore[arg-type]

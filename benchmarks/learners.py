"""Learners who walk through lessons: each reads the newest message and presses the button that leads on.

Three ways to drive them: `press_on` (closed loop: press as soon as the answer is there), `arrive` (open loop: at given
moments, whoever is free presses), `come` (newcomers: /start and one press each).
"""

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.server import BotApi, Keyboard

LEADS_ON = ("did", "next", "skip", "notnow", "open", "course", "carry", "menu")  # best first
RIGHT = "pick:1"  # the right answer of every quiz in `lessons`
KNOWS = 0.8  # how often a learner gives it
SETTLES = 20.0  # seconds in which the last answers must have come


@dataclass(slots=True)
class Learner:
    """One of them."""

    id: int
    about: str  # as JSON
    next: str = ""  # the update with which they go on, as JSON
    due: float | None = None  # when they acted; None: nothing is awaited
    met: int = 0  # acts so far
    last: str = ""  # the data of the last press: the same again would not count


class Learners:
    """All learners of one bot."""

    def __init__(self, seed: int, first: int = 10_000_000) -> None:
        self.api = BotApi(self._heard)
        self.messages = 0  # from the bot
        self.letters = 0  # in them: how big their JSON is
        self.acts = 0
        self.awaited = 0  # acts that wait for an answer
        self.waits: list[float] = []  # seconds from the act to the first message that answers it
        self._chance = Random(seed)
        self._ids = iter(range(first, 2**52))
        self._all: dict[int, Learner] = {}
        self._idle: deque[Learner] = deque()
        self._ready: Callable[[Learner], None] = self._idle.append
        self._clock = asyncio.get_running_loop().time
        self._quiet = asyncio.Event()  # nothing is awaited
        self._quiet.set()

    # --- What they do

    def join(self, count: int) -> None:
        """So many new learners say /start."""
        for _ in range(count):
            self._start(next(self._ids))

    def press_on(self) -> None:
        """From now on all press as soon as they have read."""
        self._ready = self._go_on
        while self._idle:
            self._go_on(self._idle.popleft())

    def pause(self) -> None:
        """From now on nobody begins anything."""
        self._ready = self._idle.append

    async def arrive(self, moments: Sequence[float]) -> int:
        """At each of these moments (seconds from now) somebody presses; how often there was nobody free."""
        self.pause()
        begin, missing = self._clock(), 0
        for moment in moments:
            await asyncio.sleep(max(0.0, begin + moment - self._clock()))
            if self._idle:
                self._go_on(self._idle.popleft(), begin + moment)
            else:
                missing += 1
        return missing

    async def come(self, upto: int, at_once: int, patience: float) -> bool:
        """Newcomers say /start and press once, until there are so many. False if time ran out."""
        done = asyncio.Event()

        def ready(learner: Learner) -> None:
            if learner.met < 2:
                self._go_on(learner)
                return
            learner.next = ""
            if len(self._all) < upto:
                self._start(next(self._ids))
            elif self.awaited == 0:
                done.set()

        self._ready = ready
        self.join(min(at_once, upto - len(self._all)))
        try:
            async with asyncio.timeout(patience):
                await done.wait()
        except TimeoutError:
            return False
        finally:
            self.pause()
        return True

    async def settle(self) -> int:
        """Wait for the last answers; how many never came. Who got none takes no further part."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._quiet.wait(), SETTLES)
        lost = [learner for learner in self._all.values() if learner.due is not None]
        for learner in lost:
            learner.due = None
        self.awaited = 0
        self._quiet.set()
        return len(lost)

    # --- What happens

    def _heard(self, chat: int, said: str, keyboard: Keyboard) -> None:
        learner = self._all[chat]
        self.messages += 1
        self.letters += len(said)
        if learner.due is not None:
            self.waits.append(self._clock() - learner.due)
            learner.due = None
            self.awaited -= 1
            if not self.awaited:
                self._quiet.set()
        if keyboard:
            learner.next = self._press(learner, said, keyboard)
            self._ready(learner)

    def _press(self, learner: Learner, said: str, keyboard: Keyboard) -> str:
        data = choose(
            [button.get("callback_data", "") for row in keyboard for button in row], learner.last, self._chance
        )
        learner.last = data
        self.acts += 1
        return (
            f'"callback_query":{{"id":"{self.acts}","from":{learner.about},"chat_instance":"1",'
            f'"message":{said},"data":{json.dumps(data)}}}'
        )

    def _start(self, number: int) -> None:
        about = {"id": number, "is_bot": False, "first_name": "Ann", "language_code": "en"}
        learner = self._all[number] = Learner(number, json.dumps(about))
        chat = json.dumps({"id": number, "type": "private", "first_name": "Ann"})
        learner.next = (
            f'"message":{{"message_id":1,"date":1700000000,"chat":{chat},"from":{learner.about},"text":"/start",'
            '"entities":[{"type":"bot_command","offset":0,"length":6}]}'
        )
        self._go_on(learner)

    def _go_on(self, learner: Learner, due: float | None = None) -> None:
        learner.due = self._clock() if due is None else due
        learner.met += 1
        self.awaited += 1
        self._quiet.clear()
        self.api.tell(learner.next)


def choose(offered: Sequence[str], last: str, chance: Random) -> str:
    """The data of the button that leads on. Quizzes are mostly answered right, and never twice the same."""
    by_verb: dict[str, list[str]] = {}
    for data in offered:
        by_verb.setdefault(data.partition(".")[2].partition(":")[0], []).append(data)
    picks = [data for data in by_verb.pop("pick", []) if data != last]
    if picks:
        right = next((data for data in picks if data.endswith(RIGHT)), picks[0])
        return right if chance.random() < KNOWS else chance.choice(picks)
    return chance.choice(next((by_verb[verb] for verb in LEADS_ON if verb in by_verb), list(offered)))


def poisson(rate: float, seconds: float, seed: int) -> Iterator[float]:
    """Moments of a Poisson process, in seconds from its beginning."""
    chance, moment = Random(seed), 0.0
    while (moment := moment + chance.expovariate(rate)) < seconds:
        yield moment

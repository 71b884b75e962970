"""The open pages, and what is played on each: kept in memory, the oldest forgotten first."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from tutorbot.channels.preview.play import Act, Play, Player, Talked
from tutorbot.curriculum.lesson import Lesson
from tutorbot.curriculum.library import Curriculum
from tutorbot.messages.renderer import Renderer

_MOST = 100  # pages


@dataclass(frozen=True, slots=True)
class Table:
    """An open page: which file, what was played on it, and of which edition."""

    path: str
    play: Play
    talked: Talked
    edition: str


class Tables:
    """All open pages, by the key that each carries."""

    def __init__(self, renderer: Renderer, clock: Callable[[], datetime]) -> None:
        self._renderer, self._clock = renderer, clock
        self._tables: OrderedDict[str, Table] = OrderedDict()

    def find(self, key: str) -> Table | None:
        """The page with this key, if it is remembered."""
        return self._tables.get(key)

    def at(self, key: str, lesson: Lesson, curriculum: Curriculum) -> Table:
        """The page of this lesson: begun if it is new, and played anew if the lesson has changed."""
        table, player = self._tables.get(key), self._player(lesson, curriculum)
        if table is None or table.path != lesson.path:
            return self._keep(key, player, Play(), player.talk(Play()))
        if table.edition != lesson.edition:
            return self._keep(key, player, *player.renewed(table.play, table.talked))
        return table

    def act(self, key: str, lesson: Lesson, curriculum: Curriculum, act: Act) -> Table:
        """The page after one more act."""
        table = self.at(key, lesson, curriculum)
        player = self._player(lesson, curriculum)
        play = replace(table.play, acts=(*table.play.acts, act))
        return self._keep(key, player, play, player.after(table.talked, act))

    def play(self, key: str, lesson: Lesson, curriculum: Curriculum, play: Play) -> Table:
        """The page with something else played on it."""
        player = self._player(lesson, curriculum)
        return self._keep(key, player, play, player.talk(play))

    def _player(self, lesson: Lesson, curriculum: Curriculum) -> Player:
        return Player(lesson, curriculum, self._renderer, self._clock())

    def _keep(self, key: str, player: Player, play: Play, talked: Talked) -> Table:
        table = self._tables[key] = Table(player.lesson.path, play, talked, player.lesson.edition)
        self._tables.move_to_end(key)
        while len(self._tables) > _MOST:
            self._tables.popitem(last=False)
        return table

"""The table of courses: how much there is, and how well it is made. As Markdown, for English lessons. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tutorbot.curriculum.lesson import Card, Exercise, ExerciseKind, Lesson
from tutorbot.curriculum.library import Curriculum
from tutorbot.workshop.reading import grade
from tutorbot.workshop.script import Script

_HEADS = ("Course", "Lessons", "Cards", "Words a card", "Grade", "Worst", "Exercises", "Feedback", "Hints", "Sources")


@dataclass(frozen=True, slots=True)
class _Row:
    """What is told of some lessons."""

    name: str
    lessons: Sequence[Lesson]
    grades: Sequence[tuple[float, str]]  # of each card that is long enough to tell, with the id of its lesson

    def cells(self) -> tuple[str, ...]:
        """As text, in the order of the heads."""
        cards = [card for lesson in self.lessons for card in lesson.cards]
        exercises = [card.exercise for card in cards if card.exercise]
        worst, where = max(self.grades, default=(0.0, ""))
        return (
            self.name,
            str(len(self.lessons)),
            str(len(cards)),
            f"{median(map(_words, cards)):.0f}" if cards else "-",
            f"{median(one for one, _ in self.grades):.1f}" if self.grades else "-",
            f"{worst:.1f} ({where})" if self.grades else "-",
            str(len(exercises)),
            _share(map(_has_feedback, (one for one in exercises if one.answers))),
            _share(bool(one.hints) for one in exercises),
            str(len({source for lesson in self.lessons for source in lesson.sources})),
        )


def table(curriculum: Curriculum, scripts: Iterable[Script]) -> list[str]:
    """The lines of the table: a row for each course, and one for all. Grades are of cards: the middle and the worst."""
    by_path = {script.path: script for script in scripts}
    rows = []
    for course in curriculum.courses:
        lessons = [lesson for lesson in curriculum.lessons_of(course.id) if lesson.path in by_path]
        if lessons:
            rows.append(_Row(course.title, lessons, _grades(lessons, by_path)))
    rows.append(_Row("All", *_together(rows)))
    return [_line(_HEADS), _line(["---"] + ["---:"] * (len(_HEADS) - 1)), *(_line(row.cells()) for row in rows)]


def _together(rows: Sequence[_Row]) -> tuple[list[Lesson], list[tuple[float, str]]]:
    return [one for row in rows for one in row.lessons], [one for row in rows for one in row.grades]


def _grades(lessons: Iterable[Lesson], scripts: Mapping[str, Script]) -> list[tuple[float, str]]:
    found = ((grade(card), lesson.id) for lesson in lessons for card in scripts[lesson.path].cards)
    return [(one, lesson_id) for one, lesson_id in found if one is not None]


def _words(card: Card) -> int:
    """How many words a learner sees on a card."""
    answers = card.exercise.answers if card.exercise and card.exercise.kind is not ExerciseKind.TYPED else ()
    return sum(len(text.split()) for text in (card.title, card.body, *(answer.text for answer in answers)))


def _has_feedback(exercise: Exercise) -> bool:
    """Whether every choice has a note; of answers to be typed, whether one has."""
    notes = [bool(answer.feedback) for answer in exercise.answers]
    return any(notes) if exercise.kind is ExerciseKind.TYPED else all(notes)


def _share(values: Iterable[bool]) -> str:
    every = list(values)
    return f"{100 * sum(every) // len(every)}%" if every else "-"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"

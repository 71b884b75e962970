"""The curriculum: an immutable snapshot of all courses and lessons, looked up by id and language.

What is not written in the learner's language is taught in `FALLBACK`, in which everything is written. A snapshot never
changes: an edit on disk makes a new snapshot, and learners inside an edited lesson are led to the nearest card by
`nearest`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tutorbot.curriculum.finder import NOTHING, Finder
from tutorbot.curriculum.glossary import Glossary, Word
from tutorbot.curriculum.lesson import Card, Course, CourseKind, Lesson

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Curriculum:
    """All that can be taught at this moment."""

    courses: tuple[Course, ...] = ()  # in `FALLBACK`, in menu order
    lessons: Mapping[tuple[str, str], Lesson] = field(default_factory=dict)  # by (lesson id, language)
    translated: Mapping[tuple[str, str], Course] = field(default_factory=dict)  # other courses, by (id, language)
    words: Mapping[str, Glossary] = field(default_factory=dict)  # by language
    finder: Finder = field(default=NOTHING, compare=False)  # of all these

    @classmethod
    def of(
        cls,
        courses: Iterable[Course],
        lessons: Iterable[Lesson],
        words: Iterable[Glossary] = (),
        finder: Finder = NOTHING,
    ) -> "Curriculum":
        """A snapshot of these courses, sorted by the `order` of those in `FALLBACK`, and of lessons and words."""
        every = {(course.id, course.language): course for course in courses}
        original = [course for course in every.values() if course.language == FALLBACK]
        return cls(
            courses=tuple(sorted(original, key=lambda course: (course.order, course.id))),
            lessons={(lesson.id, lesson.language): lesson for lesson in lessons},
            translated={key: course for key, course in every.items() if course.language != FALLBACK},
            words={glossary.language: glossary for glossary in words},
            finder=finder,
        )

    def courses_in(self, language: str) -> tuple[Course, ...]:
        """All courses in menu order, each in this language, else in `FALLBACK`."""
        return tuple(self.translated.get((course.id, language), course) for course in self.courses)

    def menu(self, language: str) -> tuple[Course, ...]:
        """The courses that learners choose from."""
        return tuple(course for course in self.courses_in(language) if course.kind is not CourseKind.STAFF)

    def course(self, course_id: str, language: str = FALLBACK) -> Course | None:
        """The course of this id in this language, else in `FALLBACK`; None if there is none."""
        return next((course for course in self.courses_in(language) if course.id == course_id), None)

    def lesson(self, lesson_id: str, language: str = FALLBACK) -> Lesson | None:
        """The lesson of this id in this language, else in `FALLBACK`; None if there is none."""
        return self.lessons.get((lesson_id, language)) or self.lessons.get((lesson_id, FALLBACK))

    def word(self, key: str, language: str = FALLBACK) -> Word | None:
        """The word of this key in this language, else in `FALLBACK`; None if there is none."""
        return next((glossary.words[key] for glossary in self._glossaries(language) if key in glossary.words), None)

    def word_called(self, text: str, language: str = FALLBACK, *, near: bool = False) -> Word | None:
        """The word that is written so, or nearly so, in this language, else in `FALLBACK`."""
        found = (glossary.called(text, near=near) for glossary in self._glossaries(language))
        return next((word for word in found if word), None)

    def _glossaries(self, language: str) -> list[Glossary]:
        return [self.words[code] for code in dict.fromkeys((language, FALLBACK)) if code in self.words]

    def lessons_of(self, course_id: str, language: str = FALLBACK) -> tuple[Lesson, ...]:
        """The lessons of a course, in order."""
        course = self.course(course_id)
        found = (self.lesson(lesson_id, language) for lesson_id in (course.lessons if course else ()))
        return tuple(lesson for lesson in found if lesson)

    def next_lesson(self, after: str, done: Iterable[str], language: str = FALLBACK) -> Lesson | None:
        """What to suggest after a lesson: the next of its course not done yet, else the first such of any course.

        A lesson whose `needs` are not all done waits for them, unless nothing else is left.
        """
        finished = {*done, after}
        ahead = [lesson for lesson in self._from(after, language) if lesson.id not in finished]
        ready = [lesson for lesson in ahead if finished.issuperset(lesson.needs)]
        return next(iter(ready or ahead), None)

    def _from(self, lesson_id: str, language: str) -> list[Lesson]:
        """Every lesson for the same people in teaching order, beginning behind this one and going round."""
        this = self.lesson(lesson_id, language)
        own = self.course(this.course) if this else None
        staff = own is not None and own.kind is CourseKind.STAFF
        courses = [course for course in self.courses if (course.kind is CourseKind.STAFF) is staff]
        every = [lesson for course in courses for lesson in self.lessons_of(course.id, language)]
        here = next((place for place, lesson in enumerate(every) if lesson.id == lesson_id), -1)
        return every[here + 1 :] + every[: here + 1]


def nearest(lesson: Lesson, card_id: str, place: int) -> Card:
    """The card of this id; if it is gone, the one now standing where it stood, or the last."""
    found = lesson.place_of(card_id)
    return lesson.cards[min(max(place, 0), len(lesson.cards) - 1) if found is None else found]

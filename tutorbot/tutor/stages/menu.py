"""Choosing: courses by need, the lessons of a course, and picking up where one left off."""

from collections.abc import Sequence

from tutorbot.curriculum.lesson import Lesson
from tutorbot.curriculum.spelling import simplify
from tutorbot.tutor import actions
from tutorbot.tutor.grading import alike
from tutorbot.tutor.replies import Choice, Md, Reply
from tutorbot.tutor.stages import walk
from tutorbot.tutor.stages.stage import Handler
from tutorbot.tutor.state import LearnerState, Stage
from tutorbot.tutor.turn import Note, Scene, Turn, said

PAGE = 4  # rows; with the buttons to move about there are six in sight


def show(scene: Scene, note: Note | None) -> Turn:
    """The list they were looking at: the lessons of a course, or all courses."""
    if scene.curriculum.course(scene.state.course):
        return show_course(scene, scene.state.course, scene.state.page, note)
    return show_courses(scene, scene.state.page, note)


def show_courses(scene: Scene, start: int = 0, note: Note | None = None) -> Turn:
    """What would you like to do? Courses are named by need."""
    scene = scene.moved(stage=Stage.MENU, course="", page=start)
    courses = scene.curriculum.menu(scene.state.language)
    titles = [(actions.join(actions.COURSE, course.id), course.title, "") for course in courses]
    carry = (Choice(actions.CARRY_ON),) if start == 0 and unfinished(scene) else ()
    choices = (*carry, *_page(titles, start, PAGE - len(carry)), Choice(actions.PERSON))
    return scene.say(Reply("menu", said(note), choices))


def show_course(scene: Scene, course_id: str, start: int = 0, note: Note | None = None) -> Turn:
    """The lessons of a course, with what is done and what was begun."""
    course = scene.curriculum.course(course_id, scene.state.language)
    if course is None:
        return show_courses(scene, 0, Note("moved"))
    scene = scene.moved(stage=Stage.MENU, course=course_id, page=start)
    lessons = scene.curriculum.lessons_of(course_id, scene.state.language)
    rows = [row(scene, one) for one in lessons]
    values = {**said(note), "title": course.title, "intro": Md(course.intro or course.summary)}
    choices = (*_page(rows, start, PAGE - 1), Choice(actions.MENU), Choice(actions.PERSON))
    return scene.say(Reply("course", values, choices))


def follow(scene: Scene, target: str, note: Note | None = None) -> Turn:
    """Open what a link or a title names; the menu if there is no such lesson or course (any more)."""
    if scene.curriculum.lesson(target, scene.state.language):
        return walk.open_lesson(scene, target, note)
    if scene.curriculum.course(target):
        return show_course(scene, target, 0, note)
    return show_courses(scene, 0, Note("moved") if target else note)


def unfinished(scene: Scene) -> Lesson | None:
    """The lesson they are in the middle of."""
    progress, lesson = scene.progress, scene.lesson
    return lesson if lesson and progress and not progress.done else None


def press(scene: Scene, action: str) -> Turn | None:
    """Everything in a menu may be pressed anywhere: the engine knows it."""
    verb, _ = actions.split(action)
    if verb == actions.BACK:
        return show_courses(scene)
    return show(scene, None) if verb == actions.AGAIN else None


def read(scene: Scene, text: str) -> Turn | None:
    """The title of a course or a lesson, typed, or whatever else names a lesson."""
    said = simplify(text)
    for course in (*scene.curriculum.courses, *scene.curriculum.translated.values()):
        if alike(said, simplify(course.title)):
            return show_course(scene, course.id)
    lesson = named(scene, text)
    return walk.open_lesson(scene, lesson.id) if lesson else None


def named(scene: Scene, text: str) -> Lesson | None:
    """The lesson whose title, or a way to ask for it, this is; for those who are choosing, part of one or a whole
    sentence around one will do."""
    said, choosing = simplify(text), scene.state.stage in (Stage.MENU, Stage.FINISHED)
    for close in (alike, _within) if choosing else (alike,):
        for lesson in scene.curriculum.lessons.values():
            if any(close(said, simplify(name)) for name in (lesson.title, *lesson.asks)):
                return lesson
    return None


def _within(said: str, name: str) -> bool:
    """Whether one stands in the other, word for word. One word alone may be part of too many titles."""
    return f" {name} " in f" {said} " or (" " in said and f" {said} " in f" {name} ")


def row(scene: Scene, lesson: Lesson) -> tuple[str, str, str]:
    """The button that opens a lesson: its action, its title, and how far they are in it."""
    return actions.join(actions.OPEN, lesson.id), lesson.title, _mark(scene.state, lesson)


def _page(rows: Sequence[tuple[str, str, str]], start: int, size: int) -> tuple[Choice, ...]:
    """The rows (action, text, mark) from `start` on, with a button for the rest; past the end from the top."""
    if len(rows) <= size + 1:
        return tuple(Choice(*row) for row in rows)
    first = start if 0 <= start < len(rows) else 0
    following = first + size if first + size < len(rows) else 0
    shown = tuple(Choice(*row) for row in rows[first : first + size])
    return (*shown, Choice(actions.join(actions.MORE, following)))


def _mark(state: LearnerState, lesson: Lesson) -> str:
    progress = state.progress.get(lesson.id)
    if progress is None:
        return ""
    return "done" if progress.done else "started"


HANDLER = Handler(show=show, press=press, read=read)

"""A small curriculum made by hand, with every kind of card: what most tests teach."""

from dataclasses import replace

from tutorbot.curriculum.finder import targets
from tutorbot.curriculum.fulltext import FullTextFinder
from tutorbot.curriculum.glossary import Glossary, Word, with_words
from tutorbot.curriculum.lesson import Answer, Card, Course, CourseKind, Exercise, ExerciseKind, Lesson, Picture
from tutorbot.curriculum.library import Curriculum

SENDER = Exercise(
    ExerciseKind.ONE,
    answers=(
        Answer("help@paypa1.example", right=False, feedback="The last letter is the number 1."),
        Answer("help@paypal.example", right=True, feedback="Yes. The name is spelled right."),
    ),
    hints=("Look at what comes after the @ sign.", "Read the name letter by letter."),
)
SIGNS = Exercise(
    ExerciseKind.MANY,
    answers=(
        Answer("It says you must hurry", right=True, feedback="Hurry is a sign."),
        Answer("It greets you by name", right=False, feedback="Many real emails do that."),
        Answer("It asks for your password", right=True, feedback="Nobody honest asks for that."),
    ),
    hints=("Two of them are signs.",),
)
PIN = Exercise(
    ExerciseKind.TYPED,
    answers=(Answer("pin", right=True, feedback="Yes, a PIN."), Answer("pin number", right=True)),
    hints=("It has four digits.",),
)
LOOK = Exercise(ExerciseKind.TRY, hints=("Hold your finger on the name for two seconds.",))

FAKE = Lesson(
    id="fake-email",
    course="scams",
    language="en",
    title="Spot a fake email",
    summary="Signs that a message is a scam.",
    minutes=5,
    can_do="You can tell a fake sender from a real one.",
    edition="e1",
    path="lessons/scams/01-fake-email.md",
    offline="Show the message to somebody at your library.",
    skills=("S5",),
    asks=("is this email real",),
    cards=(
        Card(
            "why",
            "Why it matters",
            "A **fake** email tries to make you panic.",
            10,
            Picture("scams/w.png", "A warning"),
        ),
        Card("sender", "Which sender looks real?", "", 20, exercise=SENDER),
        Card("signs", "What are signs of a fake?", "", 30, exercise=SIGNS),
        Card("word", "What do we call the secret number of a bank card?", "", 40, exercise=PIN),
        Card("look", "Find the sender's address", "Open any email. Tap the name at the top.", 50, exercise=LOOK),
    ),
)
LINKS = replace(
    FAKE,
    id="links",
    course="basics",
    title="What a link is",
    summary="How to follow a link.",
    can_do="You can follow a link and come back.",
    skills=("F6",),
    asks=(),
    offline="",
    path="lessons/basics/01-links.md",
    cards=(
        Card("what", "What a link is", "A link takes you to another page.", 10),
        Card("try", "Tap a link", "Tap any blue word.", 20, exercise=LOOK),
    ),
)
FACTS = {"before": 0, "about": True, "same": "", "back_day": "", "back_time": "", "place": ""}
"""What the shell knows of the desk: nobody waits, and a volunteer is there."""

COURSES = (
    Course("basics", "Start with the basics", "Your first steps.", "", 1, CourseKind.SKILL, ("links",)),
    Course("scams", "Spot a scam", "Do not be fooled.", "", 2, CourseKind.SKILL, ("fake-email",)),
)
WORDS = Glossary.of(
    (
        Word("fake", "Made to look real."),
        Word("sender", "The person who wrote to you.", ("sent by",)),
        Word("email", "A letter that comes over the internet."),
        Word("browser", "The app you use to look at websites.", ("web browser",)),
    )
)
LESSONS = tuple(with_words(lesson, WORDS) for lesson in (LINKS, FAKE))
CURRICULUM = Curriculum.of(COURSES, LESSONS, (WORDS,), FullTextFinder(targets(LESSONS, (WORDS,))))

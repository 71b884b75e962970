"""Rules for exercises: questions, answers, notes, hints."""

from collections.abc import Mapping

from tutorbot.curriculum.problem import Level
from tutorbot.curriculum.rule import Rule

QUESTION = "## Quiz: Which sender is real?\n> Hint: Look behind the @ sign.\n\n"
NOT_RIGHT = "- [ ] help@paypa1.example\n  > Look again. The last letter is the number 1.\n"
RIGHT = "- [x] help@paypal.example\n  > Yes. The name is spelled right.\n"
TASK = "## Try it: Find the sender\nTap the name at the top.\n"
STUCK = "> Stuck? Hold your finger on the name.\n"
DAYS = "## Quiz: How many days has a week?\n> Hint: Count from Monday on.\n\n"


def _day(number: int) -> str:
    return f"- [{'x' if number == 7 else ' '}] {number} days\n  > A week goes from Monday to Sunday.\n"


EXERCISES: Mapping[str, Rule] = {
    "no-answers": Rule(
        "This quiz has no list of answers.",
        "Add lines '- [x] right' and '- [ ] not right'.",
        "Nobody could answer.",
        before=QUESTION + "help@paypal.example",
        after=QUESTION + NOT_RIGHT + RIGHT,
    ),
    "two-lists": Rule(
        "This quiz has two lists of answers.",
        "Keep one; if a note splits the list, indent its '>' by two spaces.",
        "Answers would be lost.",
        before=QUESTION + NOT_RIGHT.replace("  >", ">") + RIGHT,
        after=QUESTION + NOT_RIGHT + RIGHT,
    ),
    "bad-mark": Rule(
        "This answer cannot be read.",
        "Write '- [x] right' or '- [ ] not right', with words.",
        "Which is right?",
        before=QUESTION + NOT_RIGHT + RIGHT + "- [yes] mail@paypal.example",
        after=QUESTION + NOT_RIGHT + RIGHT + "- [x] mail@paypal.example\n  > Yes. That is right too.",
    ),
    "one-answer": Rule(
        "This quiz has only one answer.",
        "Add another, or put it in `backticks` to have it typed.",
        "There is nothing to choose.",
        before=QUESTION + RIGHT,
        after=QUESTION + NOT_RIGHT + RIGHT,
    ),
    "no-right-answer": Rule(
        "No answer is marked as right.",
        "Write '- [x]' before one.",
        "Nobody could pass it.",
        before=QUESTION + NOT_RIGHT + RIGHT.replace("x", " ", 1),
        after=QUESTION + NOT_RIGHT + RIGHT,
    ),
    "all-right": Rule(
        "Every answer is marked as right.",
        "Write '- [ ]' before one, or put all in `backticks` to have them typed.",
        "There is nothing to choose.",
        before=QUESTION + NOT_RIGHT.replace("[ ]", "[x]") + RIGHT,
        after=QUESTION + NOT_RIGHT + RIGHT,
    ),
    "not-typed": Rule(
        "The heading says '(type it)' but the answers are choices.",
        "Mark all '[x]' and put each in `backticks`.",
        "People would look for buttons.",
        before=QUESTION.replace("real?", "real? (type it)") + NOT_RIGHT + RIGHT,
        after=QUESTION + NOT_RIGHT + RIGHT,
    ),
    "many-answers": Rule(
        "This quiz has {size} answers; 5 is the most that is easy to read.",
        "Remove some.",
        "A small phone shows few.",
        before=DAYS + "".join(_day(number) for number in (4, 5, 6, 7, 8, 9)),
        after=DAYS + "".join(_day(number) for number in (6, 7, 8)),
        level=Level.WARNING,
    ),
    "long-answer": Rule(
        "This answer has {size} letters; 60 is the most.",
        "Say it more shortly.",
        "It must fit a button.",
        before=QUESTION
        + NOT_RIGHT
        + RIGHT
        + "- [ ] the sender that says you must hurry and asks for your password\n  > Look again.",
        after=QUESTION + NOT_RIGHT + RIGHT + "- [ ] one that asks for your password\n  > Look again.",
    ),
    "same-answer": Rule(
        "This answer is here twice.",
        "Change one.",
        "Nobody could tell them apart.",
        before=QUESTION + NOT_RIGHT + NOT_RIGHT + RIGHT,
        after=QUESTION + NOT_RIGHT + RIGHT,
    ),
    "answer-extra": Rule(
        "Only a note may stand under an answer.",
        "Write it as '  > ...'.",
        "Nobody sees it.",
        before=QUESTION + NOT_RIGHT + RIGHT + "\n  It is the real name.",
        after=QUESTION + NOT_RIGHT + RIGHT + "  > It is the real name.",
    ),
    "stray-quote": Rule(
        "This quote is neither a hint nor a note.",
        "Begin it with 'Hint:' or 'Stuck?'. If it is a note to an answer, indent its '>' by two spaces.",
        "Nobody would know when to show it.",
        before=TASK + "> Hold your finger on the name.",
        after=TASK + STUCK,
    ),
    "loose-line": Rule(
        "This line runs on from the quote above it.",
        "Begin it with '>', or put an empty line before it.",
        "It would become part of a hint or note.",
        before=TASK + STUCK + "Then lift it.",
        after=TASK + STUCK + "> Then lift it.",
    ),
    "empty-hint": Rule(
        "This hint is empty.",
        "Write it or remove it.",
        "It would puzzle people.",
        before=TASK + "> Stuck?",
        after=TASK + STUCK,
    ),
    "long-note": Rule(
        "This has {size} letters; 300 is the most here.",
        "Say it more shortly.",
        "It must be quick to read.",
        before=TASK + "> Stuck?" + " Hold your finger on the name of the sender." * 7,
        after=TASK + STUCK,
    ),
    "no-hint": Rule(
        "This card has no hint.",
        "Add a line '> {label} ...'.",
        "Someone will be stuck here.",
        before=TASK,
        after=TASK + STUCK,
        level=Level.WARNING,
    ),
    "no-note": Rule(
        "This answer has no note.",
        "Add a line '  > ...' below it that says why, kindly.",
        "People learn by it.",
        before=QUESTION + NOT_RIGHT + "- [x] help@paypal.example",
        after=QUESTION + NOT_RIGHT + RIGHT,
        level=Level.WARNING,
    ),
    "answers-outside-quiz": Rule(
        "These answers are not in a quiz.",
        "Begin the heading with 'Quiz:'.",
        "Nobody could answer.",
        before="## Which sender is real?\n" + NOT_RIGHT + RIGHT,
        after=QUESTION + NOT_RIGHT + RIGHT,
    ),
    "hint-outside-quiz": Rule(
        "This hint is not in an exercise.",
        "Begin the heading with 'Quiz:' or 'Try it:'.",
        "Nobody sees it.",
        before=TASK.replace("Try it: ", "") + STUCK,
        after=TASK + STUCK,
    ),
}

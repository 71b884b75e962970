"""Rules for lessons together: ids, `needs`, courses."""

from collections.abc import Mapping

from tutorbot.curriculum.rule import Rule

LIBRARY: Mapping[str, Rule] = {
    "same-id": Rule(
        "The id '{id}' is taken by {other}.",
        "Choose another.",
        "Progress is remembered by id.",
        before=("01-phone.md: id: phone\n02-tablet.md: id: phone"),
        after=("01-phone.md: id: phone\n02-tablet.md: id: tablet"),
    ),
    "unknown-need": Rule(
        "There is no lesson '{id}'.",
        "Correct it or remove it.{guess}",
        "Lessons come in order.",
        before="needs: [web-link]",
        after="needs: [web-links]",
    ),
    "need-loop": Rule(
        "'needs' goes in a circle: {loop}.",
        "Remove one of them.",
        "Nobody could begin.",
        before=("01-phone.md: needs: [email]\n06-email.md: needs: [phone]"),
        after=("01-phone.md: (none)\n06-email.md: needs: [phone]"),
    ),
    "no-english": Rule(
        "No English lesson has the id '{id}'.",
        "Give a translation the id of the English lesson.",
        "English is taught where there is no translation.",
        before="01-phone.cy.md: id: ffon",
        after="01-phone.cy.md: id: phone",
    ),
    "no-offline": Rule(
        "'offline' is missing.",
        "In a course on a service, say how to do it without internet.",
        "Nobody may be left out.",
        before="kind: service, and a lesson without 'offline'",
        after="offline: Ring the number on your letter, or ask at your library.",
    ),
    "course-id": Rule(
        "The id '{id}' is not the folder's name.",
        "Write 'id: {folder}'.",
        "Lessons find it by folder.",
        before="lessons/first-steps/course.md: id: steps",
        after="lessons/first-steps/course.md: id: first-steps",
    ),
    "no-course": Rule(
        "This folder has no course.md.",
        "Add one with a header.",
        "The menu shows courses.",
        before="lessons/first-steps/01-phone.md alone",
        after="lessons/first-steps/course.md beside it",
    ),
    "empty-course": Rule(
        "This course has no lessons.",
        "Add one or remove the folder.",
        "It would be a dead end.",
        before="lessons/travel/course.md alone",
        after="lessons/travel/01-passport.md beside it",
    ),
}

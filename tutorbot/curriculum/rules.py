"""The rules for what an author writes: one table, from which every message of the checker comes.

A rule says what is the matter and what to do, and why it matters. `{names}` are filled in by `report.problem`.
Pure data: how a rule is checked stands where the thing it checks is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tutorbot.curriculum.problem import Level

FILE_LIMIT = 100_000  # bytes of a lesson
PICTURE_LIMIT = 100_000  # bytes
CARD_LIMIT = 900  # letters: Telegram takes 1,024 under a picture, and a line of our own is added
NOTE_LIMIT = 300  # letters of a hint, or of the note under an answer
WORD_LIMIT = 120  # words of a card
ANSWER_LIMIT = 60  # letters: an answer is a button
MOST_ANSWERS = 5
MOST_CARDS = 8
FEWEST_EXERCISES = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """What is told to the author, and why the rule is there."""

    says: str
    why: str
    level: Level = Level.ERROR


_WARNING = Level.WARNING

_FILES = {
    "too-big": Rule("This file is over 100 kB. Split it into smaller lessons.", "A lesson takes some minutes."),
    "not-utf8": Rule("This file is not UTF-8 text. Save it again as UTF-8.", "Letters would be lost."),
    "unreadable": Rule("This cannot be read: {reason}. Check that it is there and may be opened.", "Nobody sees it."),
    "outside": Rule("This leads out of the lessons folder. Put a copy in the folder.", "It may be private."),
    "misplaced": Rule(
        "This file is not in a course folder, so nobody sees it. Move it to one, as in lessons/first-steps.",
        "A lesson belongs to a course.",
        _WARNING,
    ),
    "bad-language": Rule(
        "'{language}' is not a language code. Name the file x.md, or x.cy.md for Welsh.",
        "The name tells the language.",
    ),
}

_HEADERS = {
    "no-header": Rule(
        "The header is missing. Begin the file with a line '---', then 'id: my-lesson'.",
        "The header tells the menu what this is.",
    ),
    "open-header": Rule("The header has no end. Put a line '---' after its last key.", "The lesson begins there."),
    "bad-header": Rule(
        "The header cannot be read here. Write 'key: text', with quotes around text that has a colon, "
        "and close each '[' with ']'.",
        "The header tells the menu what this is.",
    ),
    "header-alias": Rule(
        "'&' and '*' have a special meaning at the start of a text. Put quotes around the text.",
        "They can make a small file very large.",
    ),
    "header-shape": Rule(
        "A header takes only 'key: text' and 'key: [one, two]'. Write this in one of these ways.",
        "Deeper shapes have no meaning here.",
    ),
    "unknown-key": Rule("'{key}' is not a known key. Correct or remove it.{guess}", "It would be lost."),
    "repeated-key": Rule("'{key}' is here twice. Keep one.", "One of them would be lost."),
    "missing-key": Rule("'{key}' is missing. Add a line '{key}: ...' to the header.", "Every lesson needs it."),
    "not-a-list": Rule("'{key}' must be a list. Write it in brackets: {key}: [one, two].", "It may hold several."),
    "not-a-text": Rule("'{key}' must be one text. Write it without brackets.", "It cannot hold several."),
    "long-list": Rule("'{key}' has {size} items; 20 is the most. Keep the best.", "It must be quick to search."),
    "long-value": Rule(
        "'{key}' has {size} letters; {limit} is the most. Say it more shortly.", "It must fit a small phone."
    ),
    "bad-id": Rule(
        "'{value}' is not a good id. Use small letters, digits and hyphens, at most 40, as in fake-email.",
        "Progress is remembered by id.",
    ),
    "bad-minutes": Rule("'{value}' is not a number of minutes. Write 1 to 99.", "People plan by it."),
    "bad-order": Rule("'{value}' is not a place in the menu. Write 0 to 999.", "The menu is sorted by it."),
    "bad-kind": Rule("'{value}' is not a kind of course. Write skill or service.{guess}", "It decides the rules."),
    "bad-skill": Rule("'{value}' is not a skill tag. Write a letter and a number, as in S5.", "Reports count by it."),
    "bad-source": Rule("'{value}' is not a web address. Write it in full, from https:// on.", "Facts need a source."),
    "bad-date": Rule("'{value}' is not a date. Write year, month, day, as in 2026-11-22.", "Facts grow old."),
    "bad-can-do": Rule("'can_do' must begin with 'You can'. Change its beginning.", "It ends the lesson."),
    "asks": Rule("'asks' has {size} phrases. Write 3 to 8 ways people ask.", "People find it by them.", _WARNING),
}

_CARDS = {
    "title": Rule(
        "The title in the text and in the header differ. Write '# {title}' below the header.",
        "Who reads the file sees one, who learns the other.",
        _WARNING,
    ),
    "lost-text": Rule("This stands before the first card. Put it under a line '## Heading'.", "Nobody sees it."),
    "no-cards": Rule("This lesson is empty. Add a line '## Heading' and text under it.", "It would be a dead end."),
    "empty-card": Rule("This card is empty. Write text under its heading.", "It would puzzle people."),
    "empty-heading": Rule("This heading has no words. Write '## ' and a few words.", "Progress is kept by it."),
    "other-heading": Rule(
        "Only '## ' begins a card. Write '## ' for a new card, or **bold** text.", "A chat has no smaller headings."
    ),
    "course-heading": Rule("A course page has no headings. Remove it, or move it to a lesson.", "Nobody sees it."),
    "repeated-card": Rule(
        "Another card of this lesson has the id '{id}'. Change the heading, "
        "or add a line '<!-- id: another-name -->' below it.",
        "Progress is remembered by id.",
    ),
    "two-ids": Rule("This card has two ids. Keep one.", "Progress is remembered by id."),
    "long-card": Rule(
        "This card has {size} letters; 900 is the most. Make two cards of it.", "It must fit one message."
    ),
    "wordy-card": Rule(
        "This card has {size} words; 120 is a lot on a phone. Make two cards of it.", "One idea a card.", _WARNING
    ),
    "many-cards": Rule("This lesson has {size} cards; 8 is a lot. Make two lessons of it.", "People tire.", _WARNING),
    "few-exercises": Rule(
        "This lesson has few exercises ({size}); 2 or more are good. Add a card '## Quiz: ...' or '## Try it: ...'.",
        "People learn by doing.",
        _WARNING,
    ),
}

_MARKUP = {
    "html": Rule(
        "HTML is not shown. Write Markdown. Only '<!-- id: name -->' may stay, on its own line.",
        "A chat cannot show it.",
    ),
    "table": Rule("A table does not fit a phone. Write a list.", "A chat cannot show it."),
    "code-block": Rule(
        "This is read as computer code. Remove the ``` or the spaces before it.", "It is hard to read in a chat."
    ),
    "nested-list": Rule("This list is inside another list. Make one list of them.", "It is hard to follow."),
    "divider": Rule("A line across the page is not shown. Begin a new card with '## '.", "A chat has no pages."),
    "reference-link": Rule("This address is apart from its link. Write [words](https://...).", "A card stands alone."),
    "relative-link": Rule("The link '{link}' is not a full address. Write it from https:// on.", "It leads nowhere."),
    "unsafe-link": Rule("'{link}' is not a web address. Use one from https:// on.", "A link must be safe to tap."),
    "no-alt": Rule("This picture has no description. Write ![what it shows](name).", "Some cannot see it."),
    "picture-place": Rule(
        "This picture is not alone on its line. Put it on a line of its own on a card, outside lists and quotes.",
        "A message shows its picture on top.",
    ),
    "two-pictures": Rule("This card has two pictures. Keep one, or make two cards.", "A message has one picture."),
    "picture-outside": Rule(
        "'{name}' is not in the lessons folder. Put the picture beside the lesson, as in images/name.png.",
        "Only that folder is shown to learners.",
    ),
    "picture-missing": Rule("There is no picture '{name}'. Add the file or correct the name.", "Nobody sees it."),
    "picture-kind": Rule(
        "'{name}' is not a PNG or JPEG picture. Save it as name.png or name.jpg.", "Phones show these."
    ),
    "picture-big": Rule("'{name}' has {size} kB; 100 is the most. Make it smaller.", "Learners pay for data."),
}

_EXERCISES = {
    "no-answers": Rule(
        "This quiz has no list of answers. Add lines '- [x] right' and '- [ ] not right'.", "Nobody could answer."
    ),
    "two-lists": Rule(
        "This quiz has two lists of answers. Keep one; if a note splits the list, indent its '>' by two spaces.",
        "Answers would be lost.",
    ),
    "bad-mark": Rule(
        "This answer cannot be read. Write '- [x] right' or '- [ ] not right', with words.", "Which is right?"
    ),
    "one-answer": Rule(
        "This quiz has only one answer. Add another, or put it in `backticks` to have it typed.",
        "There is nothing to choose.",
    ),
    "no-right-answer": Rule("No answer is marked as right. Write '- [x]' before one.", "Nobody could pass it."),
    "all-right": Rule(
        "Every answer is marked as right. Write '- [ ]' before one, or put all in `backticks` to have them typed.",
        "There is nothing to choose.",
    ),
    "not-typed": Rule(
        "The heading says '(type it)' but the answers are choices. Mark all '[x]' and put each in `backticks`.",
        "People would look for buttons.",
    ),
    "many-answers": Rule(
        "This quiz has {size} answers; 5 is the most that is easy to read. Remove some.",
        "A small phone shows few.",
        _WARNING,
    ),
    "long-answer": Rule(
        "This answer has {size} letters; 60 is the most. Say it more shortly.", "It must fit a button."
    ),
    "same-answer": Rule("This answer is here twice. Change one.", "Nobody could tell them apart."),
    "answer-extra": Rule("Only a note may stand under an answer. Write it as '  > ...'.", "Nobody sees it."),
    "stray-quote": Rule(
        "This quote is neither a hint nor a note. Begin it with 'Hint:' or 'Stuck?'. "
        "If it is a note to an answer, indent its '>' by two spaces.",
        "Nobody would know when to show it.",
    ),
    "loose-line": Rule(
        "This line runs on from the quote above it. Begin it with '>', or put an empty line before it.",
        "It would become part of a hint or note.",
    ),
    "empty-hint": Rule("This hint is empty. Write it or remove it.", "It would puzzle people."),
    "long-note": Rule(
        "This has {size} letters; 300 is the most here. Say it more shortly.", "It must be quick to read."
    ),
    "no-hint": Rule("This card has no hint. Add a line '> {label} ...'.", "Someone will be stuck here.", _WARNING),
    "no-note": Rule(
        "This answer has no note. Add a line '  > ...' below it that says why, kindly.", "People learn by it.", _WARNING
    ),
    "answers-outside-quiz": Rule(
        "These answers are not in a quiz. Begin the heading with 'Quiz:'.", "Nobody could answer."
    ),
    "hint-outside-quiz": Rule(
        "This hint is not in an exercise. Begin the heading with 'Quiz:' or 'Try it:'.", "Nobody sees it."
    ),
}

_LIBRARY = {
    "same-id": Rule("The id '{id}' is taken by {other}. Choose another.", "Progress is remembered by id."),
    "unknown-need": Rule("There is no lesson '{id}'. Correct it or remove it.{guess}", "Lessons come in order."),
    "need-loop": Rule("'needs' goes in a circle: {loop}. Remove one of them.", "Nobody could begin."),
    "no-english": Rule(
        "No English lesson has the id '{id}'. Give a translation the id of the English lesson.",
        "English is taught where there is no translation.",
    ),
    "no-offline": Rule(
        "'offline' is missing. In a course on a service, say how to do it without internet.",
        "Nobody may be left out.",
    ),
    "course-id": Rule("The id '{id}' is not the folder's name. Write 'id: {folder}'.", "Lessons find it by folder."),
    "no-course": Rule("This folder has no course.md. Add one with a header.", "The menu shows courses."),
    "empty-course": Rule("This course has no lessons. Add one or remove the folder.", "It would be a dead end."),
}

RULES: Mapping[str, Rule] = {**_FILES, **_HEADERS, **_CARDS, **_MARKUP, **_EXERCISES, **_LIBRARY}

"""The rules for what an author writes: one table, from which every message of the checker comes.

Pure data: how a rule is checked stands where the thing it checks is read; `ADVICE` is given by the workshop alone.
"""

from collections.abc import Mapping

from tutorbot.curriculum.rule import Rule
from tutorbot.curriculum.rulebook.advice import ADVICE
from tutorbot.curriculum.rulebook.cards import CARDS
from tutorbot.curriculum.rulebook.exercises import EXERCISES
from tutorbot.curriculum.rulebook.files import FILES
from tutorbot.curriculum.rulebook.header import HEADER
from tutorbot.curriculum.rulebook.library import LIBRARY
from tutorbot.curriculum.rulebook.markup import MARKUP
from tutorbot.curriculum.rulebook.words import WORDS

FILE_LIMIT = 100_000  # bytes of a lesson
PICTURE_LIMIT = 100_000  # bytes
CARD_LIMIT = 900  # letters: Telegram takes 1,024 under a picture, and a line of our own is added
NOTE_LIMIT = 300  # letters of a hint, or of the note under an answer
WORD_LIMIT = 120  # words of a card
ANSWER_LIMIT = 60  # letters: an answer is a button
MOST_ANSWERS = 5
MOST_CARDS = 8
FEWEST_EXERCISES = 2
SENTENCE_LIMIT = 25  # words
GRADE_LIMIT = 8.0  # of a card: the school year in which it can be read, as Flesch and Kincaid count it
GRADE_GOAL = 5.0  # of the median of a lesson's cards
DRAFT = "CHANGE THIS"  # stands in a new lesson where the author's own words must come

GROUPS: Mapping[str, Mapping[str, Rule]] = {
    "The files": FILES,
    "The header": HEADER,
    "The cards": CARDS,
    "What a chat can show": MARKUP,
    "Exercises": EXERCISES,
    "Lessons together": LIBRARY,
    "Words explained": WORDS,
    "Plain words": ADVICE,
}
RULES: Mapping[str, Rule] = {code: rule for group in GROUPS.values() for code, rule in group.items()}

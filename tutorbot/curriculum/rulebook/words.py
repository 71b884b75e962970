"""Rules for the file of words that are explained."""

from collections.abc import Mapping

from tutorbot.curriculum.problem import Level
from tutorbot.curriculum.rule import Rule

WORDS: Mapping[str, Rule] = {
    "no-words": Rule(
        "There are no words here.",
        "Write '## ' and a word, and under it what it means.",
        "Nothing could be explained.",
        before="# Words explained",
        after="## browser\nThe app you use to look at websites.",
    ),
    "no-meaning": Rule(
        "'{word}' has no meaning.",
        "Write one plain sentence under it.",
        "People ask for it.",
        before="## browser\nAlso: web browser",
        after="## browser\nThe app you use to look at websites.",
    ),
    "long-meaning": Rule(
        "The meaning of '{word}' has {size} words; 25 is a lot.",
        "Say it in one short sentence.",
        "People only want to go on with their lesson.",
        before=f"## browser\nA browser is an app {'which is on your phone and ' * 5}shows websites.",
        after="## browser\nThe app you use to look at websites.",
        level=Level.WARNING,
    ),
    "word-length": Rule(
        "'{word}' is too long for a button; 30 letters is the most.",
        "Take its short name, and write the long one behind 'Also:'.",
        "It must fit a small phone.",
        before="## Statutory Off Road Notification of a vehicle\nA vehicle is off the road.",
        after="## SORN\nA vehicle is off the road.\n\nAlso: Statutory Off Road Notification",
    ),
    "same-word": Rule(
        "'{word}' leads to the word on line {other}, too.",
        "Keep one of them.",
        "Nobody could tell which is meant.",
        before="## browser\nAn app.\n\n## web app\nAn app.\n\nAlso: browser",
        after="## browser\nAn app.\n\n## web app\nAn app.",
    ),
    "word-extra": Rule(
        "Only a sentence and a line 'Also: ...' stand under a word.",
        "Remove the list, link, picture or heading.",
        "It is a short answer between two cards.",
        before="## browser\nAn app.\n\n- Chrome\n- Safari",
        after="## browser\nAn app, such as Chrome or Safari.",
    ),
}

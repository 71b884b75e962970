"""Rules for plain words: advice that the workshop gives. They keep no lesson out."""

from collections.abc import Mapping

from tutorbot.curriculum.problem import Level
from tutorbot.curriculum.rule import Rule


def _advice(what: str, fix: str, why: str, before: str, after: str) -> Rule:
    return Rule(what, fix, why, before, after, Level.WARNING)


ADVICE: Mapping[str, Rule] = {
    "long-sentence": _advice(
        "This sentence has {size} words; 25 is the most.",
        "Make two of it.",
        "Who reads slowly has lost its beginning by then.",
        before="If you get a text that you did not wait for and that says you must pay at once, "
        "do not tap the link in it, whatever it may say.",
        after="A text may say that you must pay at once. Do not tap the link in it.",
    ),
    "hard-card": _advice(
        "This card has the reading grade {grade}; 8 is the most.",
        "Use shorter words and shorter sentences.",
        "It is meant for somebody who seldom reads.",
        before="Individuals experiencing unexpected communications must investigate authenticity beforehand, "
        "particularly whenever confidential information is requested by unknown organisations or by "
        "unidentified individuals.",
        after="Did a message come that you did not wait for? Stop. Is it real? "
        "Ask somebody you trust before you tell it any secret.",
    ),
    "hard-lesson": _advice(
        "The middle card of this lesson has the reading grade {grade}; 5 is the goal.",
        "Use shorter words and shorter sentences.",
        "It is meant for somebody who seldom reads.",
        before="(a lesson of cards with grades 5, 6, 7 and 7)",
        after="(a lesson of cards with grades 2, 3, 3 and 6)",
    ),
    "jargon": _advice(
        "'{word}' is a hard word.",
        "Say '{say}', or explain it here: '{word} means ...'.",
        "Who does not know a word stops there.",
        before="Your eligibility depends on your savings.",
        after="Can you get it? That depends on your savings.",
    ),
    "long-word": _advice(
        "'{word}' is longer than it needs to be.",
        "Say '{say}'.",
        "Short words are read at once.",
        before="Ring them in order to get help.",
        after="Ring them to get help.",
    ),
    "blame": _advice(
        "'{word}' can make people feel small.",
        "Leave it out, or say it in another way.{guess}",
        "Who finds it hard is told that it is not.",
        before="Simply tap the button.",
        after="Tap the button.",
    ),
    "contraction": _advice(
        "'{word}' is easily misread.",
        "Write it in full, as in 'cannot' or 'do not'.",
        "The small n't turns the meaning round.",
        before="You can't break anything.",
        after="You cannot break anything.",
    ),
    "shouting": _advice(
        "'{word}' in capitals is like shouting.",
        "Use small letters. If it is a name, add it to names.txt.",
        "It is hard to read, and scams do it.",
        before="NEVER tell anyone the code.",
        after="Never tell anyone the code.",
    ),
    "exclamations": _advice(
        "This card has {size} exclamation marks.",
        "Keep one, or none.",
        "A calm voice is easier to trust.",
        before="Well done! You can read an address now!",
        after="You can read an address now.",
    ),
    "click-here": _advice(
        "'{words}' does not say where the link goes.",
        "Name the page: [how to report a scam](https://...).",
        "Some hear only the links of a page.",
        before="To report it, [click here](https://www.gov.uk/report).",
        after="Read [how to report it](https://www.gov.uk/report).",
    ),
    "other-address": _advice(
        "The link says {words} but leads to {host}.",
        "Write the address that it leads to.",
        "This is how scams hide where they lead.",
        before="Go to [www.gov.uk](https://www.government-help.example).",
        after="Go to [www.gov.uk](https://www.gov.uk).",
    ),
    "not-private": _advice(
        "'{link}' begins with http:// and is not private.",
        "Write https:// and try it.",
        "We teach people to look for it.",
        before="Go to http://www.gov.uk/report",
        after="Go to https://www.gov.uk/report",
    ),
    "like-gov-uk": _advice(
        "'{host}' looks like gov.uk but is not.",
        "Correct it. If it is made up to teach, let it end in .example.",
        "Somebody could tap it.",
        before="Renew it at www.gov-uk.com/renew",
        after="Renew it at www.gov.uk/renew",
    ),
    "will-grow-old": _advice(
        "'{words}' will not stay true.",
        "Say where it is shown, as in 'the page shows the cost'.",
        "Nobody will remember to change it.",
        before="A licence costs £49.",
        after="The page shows what a licence costs.",
    ),
    "two-ideas": _advice(
        "This card has two lists of steps.",
        "Make two cards of it.",
        "One idea a card: two lists of steps are two things to do.",
        before="1. Stop.\n2. Look.\n\nIf you paid:\n\n1. Ring your bank.\n2. Report it.",
        after="1. Stop.\n2. Look.",
    ),
    "no-scam-card": _advice(
        "This lesson has no card on the scam that imitates the service.",
        "Add a card '## The scam that looks like this'.",
        "Whoever starts to use a service is who scams look for.",
        before="(a lesson in a course of kind service, with the steps alone)",
        after="## The scam that looks like this\nA text says you must pay at once. It is a scam.",
    ),
    "old-translation": _advice(
        "The English lesson was reviewed on {day}, after this translation.",
        "Compare them, then set 'reviewed' to today.",
        "Learners would be told what is no longer so.",
        before="01-phone.md: reviewed: 2026-11-22\n01-phone.cy.md: reviewed: 2026-03-01",
        after="01-phone.md: reviewed: 2026-11-22\n01-phone.cy.md: reviewed: 2026-11-25",
    ),
    "other-cards": _advice(
        "The card '{id}' of the English lesson has no twin here.",
        "Translate it, and put '<!-- id: {id} -->' under its heading.",
        "Who changes the language stays at the same card.",
        before="01-phone.md: ## Wake it up\n01-phone.cy.md: ## Deffro'r ffôn",
        after="01-phone.md: ## Wake it up\n01-phone.cy.md: ## Deffro'r ffôn\n                <!-- id: wake-it-up -->",
    ),
    "spelling": _advice(
        "'{word}' may be misspelt.",
        "Correct it; or if it is right, add it to names.txt.{guess}",
        "A misspelt word stops a slow reader.",
        before="Tap the buton.",
        after="Tap the button.",
    ),
    "grammar": _advice(
        "'{word}' may be a slip.",
        "Read the sentence aloud, and correct it.{guess}",
        "A slip makes people doubt the rest.",
        before="Tap the the button.",
        after="Tap the button.",
    ),
}

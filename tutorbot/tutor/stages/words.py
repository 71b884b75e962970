"""Words explained: those on a card, and any word that somebody asks for. The card stays exactly as it is."""

from tutorbot.curriculum.glossary import Glossary, Word
from tutorbot.curriculum.lesson import Lesson
from tutorbot.curriculum.spelling import simplify
from tutorbot.tutor import actions
from tutorbot.tutor.grading import alike
from tutorbot.tutor.replies import AskedForWord, Choice, Md, Reply, Value
from tutorbot.tutor.stages import menu, pages
from tutorbot.tutor.state import Stage
from tutorbot.tutor.turn import Scene, Turn

_LETTERS, _PARTS = 30, 3  # of a word that is counted for authors: what is longer may tell of a person


def show(scene: Scene) -> Turn:
    """The words on this card; where there is but one, what it means; where there is none, how to ask for one."""
    known = _on_card(scene)
    if len(known) == 1:
        return _explained(scene, known[0])
    if not known:
        return scene.say(Reply("no_words", choices=pages.ways_on(scene)))
    return scene.say(Reply("words", choices=(*map(choice, known), Choice(actions.CARRY_ON), Choice(actions.PERSON))))


def explain(scene: Scene, key: str) -> Turn | None:
    """What the word of this key means; None if it is not on the list any more."""
    word = scene.curriculum.word(key, scene.state.language)
    return _explained(scene, word) if word else None


def answer(scene: Scene, text: str, asked: str) -> Turn | None:
    """What the word means that a text asks for. None if we do not know it, or if a lesson is called so."""
    language = scene.state.language
    exact = scene.curriculum.word_called(asked, language)
    word = exact or scene.curriculum.word_called(asked, language, near=True)
    lesson = menu.named(scene, text) if word else None
    if word is None or (lesson and alike(simplify(text), simplify(lesson.title))):
        return None
    return _explained(scene, word, lesson, near=exact is None)


def missed(asked: str, language: str) -> tuple[AskedForWord, ...]:
    """What authors should hear of a word that we cannot explain: nothing, unless it looks like a word."""
    parts = asked.split()
    plain = 0 < len(parts) <= _PARTS and len(asked) <= _LETTERS and all(map(str.isalpha, parts))
    return (AskedForWord(asked, language),) if plain else ()


def choice(word: Word) -> Choice:
    """The button that explains a word."""
    return Choice(actions.join(actions.WORD, word.key), word.name, mark="word")


def _explained(scene: Scene, word: Word, lesson: Lesson | None = None, *, near: bool = False) -> Turn:
    """`lesson`: one that was asked for in the same words. `near`: they wrote something else that is near it."""
    language = scene.state.language
    theirs = scene.curriculum.words.get(language, Glossary())
    values: dict[str, Value] = {
        "word": word.name,
        "meaning": Md(word.meaning),
        "near": near,
        "in_english": theirs.words.get(word.key) is not word,
    }
    here = scene.curriculum.lesson(lesson.id, language) if lesson else None
    way, *others = pages.ways_on(scene)
    more = (Choice(actions.WORDS),) if len(_on_card(scene)) > 1 else ()
    choices = (*((Choice(*menu.row(scene, here)),) if here else ()), way, *more, *others)
    return scene.say(Reply("word", values, choices))


def _on_card(scene: Scene) -> tuple[Word, ...]:
    """The words on the card they are on that can be explained."""
    card = scene.card if scene.state.stage is Stage.LESSON else None
    found = (scene.curriculum.word(key, scene.state.language) for key in (card.words if card else ()))
    return tuple(word for word in found if word)

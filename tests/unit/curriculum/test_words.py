"""Words explained: reading the file, what is told to authors, and which words a card offers."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.curriculum.samples import LESSON, line_of, told, write_library
from tutorbot.curriculum.glossary import MOST_ON_CARD, Glossary, Word, with_words
from tutorbot.curriculum.lesson import Answer, Card, Exercise, ExerciseKind, Lesson
from tutorbot.curriculum.loader import Library, load
from tutorbot.curriculum.parser import parse_lesson
from tutorbot.curriculum.rule import Rule
from tutorbot.curriculum.rulebook.words import WORDS as RULES
from tutorbot.curriculum.words import parse_words

PATH = "lessons/words.md"
BROWSER = "## browser\nThe app you use to look at websites.\n\nAlso: web browser, internet browser\n"
WORDS = f"# Words\n\nFor authors: *one sentence*.\n\n- as here\n\n{BROWSER}\n## Wi-Fi\nA signal.\nAlso: wifi\n"
GLOSSARY = Glossary.of(
    [
        Word("app", "A small program."),
        Word("app store", "A shop."),
        Word("Wi-Fi", "A signal.", ("wifi",)),
        Word("GOV.UK", "A website."),
        Word("policy", "A rule."),
        Word("cookie", "A note."),
    ]
)


def words_of(text: str) -> Glossary:
    file = parse_words(PATH, text)
    assert file.problems == ()
    assert file.glossary is not None
    return file.glossary


def broken(text: str) -> list[str]:
    return told(parse_words(PATH, text).problems)


# The file


def test_words_are_read_with_their_meaning_and_other_spellings() -> None:
    assert words_of(WORDS).words == {
        "browser": Word("browser", "The app you use to look at websites.", ("web browser", "internet browser")),
        "wi-fi": Word("Wi-Fi", "A signal.", ("wifi",)),
    }


def test_a_meaning_may_stand_on_several_lines() -> None:
    assert words_of("## tab\nOne page\nin your browser.").words["tab"].meaning == "One page in your browser."


def test_the_language_is_told_by_the_name_of_the_file() -> None:
    file = parse_words("lessons/words.cy.md", "## porwr\nYr ap i weld gwefannau.")
    assert file.glossary is not None
    assert (file.language, file.glossary.language) == ("cy", "cy")


@pytest.mark.parametrize(
    ("code", "text", "at"),
    [
        ("no-words", "# Words\n", "# Words"),
        ("no-meaning", f"{BROWSER}\n## tab\n\n## tag\nA name on a post.\n", "## tab"),
        ("no-meaning", f"{BROWSER}\n## tab\nAlso: tabs\n", "## tab"),
        ("long-meaning", f"{BROWSER}\n## tab\n{'word ' * 26}\n", "## tab"),
        ("word-length", f"{BROWSER}\n## {'a' * 31}\nA word.\n", "## aaa"),
        ("word-length", f"{BROWSER}\n## {'字' * 17}\nA word.\n", "## 字"),
        ("same-word", f"{BROWSER}\n## Browser\nAnother app.\n", "## Browser"),
        ("same-word", f"{BROWSER}\n## surfer\nAn app.\nAlso: Web-Browser\n", "## surfer"),
        ("word-extra", f"{BROWSER}\n- one\n- two\n", "- one"),
        ("word-extra", f"{BROWSER}\n### more\n", "### more"),
        ("word-extra", f"{BROWSER}\n![a](b.png)\n", "!["),
        ("word-extra", f"{BROWSER}\n> Hint: x\n", "> Hint"),
        ("empty-heading", f"{BROWSER}\n## **\nA word.\n", "## **"),
        ("bad-language", "", ""),
    ],
)
def test_a_problem_is_told_with_its_line(code: str, text: str, at: str) -> None:
    path = "lessons/words.Welsh.md" if code == "bad-language" else PATH
    found = told(parse_words(path, text or BROWSER).problems)
    assert found == [f"{line_of(text, at)} {code}"]


def test_all_problems_are_told_at_once() -> None:
    assert broken("## tab\n\n## tab\nA page.\n\n- x\n") == ["1 no-meaning", "3 same-word", "6 word-extra"]


@pytest.mark.parametrize(("code", "rule"), RULES.items(), ids=RULES)
def test_example_of_a_rule_is_true(code: str, rule: Rule) -> None:
    assert code in {problem.code for problem in parse_words(PATH, rule.before).problems}
    assert parse_words(PATH, rule.after).problems == ()


def test_our_own_words_have_no_problems() -> None:
    path = Path(__file__).parents[3] / "lessons" / "words.md"
    file = parse_words(str(path), path.read_text("utf-8"))
    assert [str(problem) for problem in file.problems] == []
    assert file.glossary is not None
    assert len(file.glossary.words) > 120
    assert file.glossary.called("porwr") == file.glossary.called("browser")


# Words on a card


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Open the app store.", ("app-store",)),
        ("Open the app. Store it well.", ("app",)),
        ("Two APPS, one Wifi, no wi-fi.", ("app", "wi-fi")),
        ("Read our policies.", ("policy",)),
        ("Tap **GOV.UK**, then https://app.example/cookie", ("gov-uk",)),
        ("Your app's name", ("app",)),
        ("An apple, a mapp, appstore", ()),
        ("An **app** is a small program. Get the app.", ()),
        ("It is called an **app**.", ()),
        ("Your app is old.", ("app",)),
    ],
)
def test_words_in_a_text_are_found(text: str, keys: tuple[str, ...]) -> None:
    assert GLOSSARY.standing_in(text) == keys


def card(body: str, exercise: Exercise | None = None) -> tuple[str, ...]:
    lesson = parse_lesson("lessons/scams/01-fake-email.md", LESSON).lesson
    assert lesson is not None
    changed: Lesson = replace(lesson, cards=(Card("one", "A title", body, 1, exercise=exercise),))
    return with_words(changed, GLOSSARY).cards[0].words


def test_a_card_offers_the_first_words_alone() -> None:
    many = Glossary.of(Word(f"word{number}", "A word.") for number in range(9))
    assert len(many.standing_in(" ".join(many.words))) > MOST_ON_CARD
    assert card("cookie app policy GOV.UK wifi app store") == ("cookie", "app", "policy", "gov-uk", "wi-fi")


def test_an_answer_to_be_typed_is_not_given_away() -> None:
    answers = (Answer("cookie", right=True),)
    assert card("Which app?", Exercise(ExerciseKind.TYPED, answers)) == ("app",)
    assert card("Which app?", Exercise(ExerciseKind.ONE, answers)) == ("app", "cookie")


def test_a_lesson_stays_as_it_is_without_words() -> None:
    lesson = parse_lesson("lessons/scams/01-fake-email.md", LESSON).lesson
    assert lesson is not None
    assert with_words(lesson, Glossary()) is lesson


@pytest.mark.parametrize(("text", "name"), [("WIFI", "Wi-Fi"), ("apps", "app"), ("coockie", "cookie"), ("ap", None)])
def test_a_word_is_found_by_its_spellings(text: str, name: str | None) -> None:
    found = GLOSSARY.called(text, near=True)
    assert (found.name if found else None) == name


# On the disk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = write_library(tmp_path)
    (place / "words.md").write_text("## sender\nWho sent it.\n")
    return place


def words_on_cards(library: Library) -> set[str]:
    return {key for lesson in library.curriculum.lessons.values() for one in lesson.cards for key in one.words}


def test_words_are_loaded_with_the_lessons(folder: Path) -> None:
    loaded = load(folder)
    assert loaded.problems == ()
    assert loaded.curriculum.word("sender") == Word("sender", "Who sent it.")
    assert loaded.curriculum.lessons["fake-email", "en"].cards[1].words == ("sender",)


def test_a_word_is_explained_in_the_learners_language_where_it_can_be(folder: Path) -> None:
    (folder / "words.cy.md").write_text("## anfonwr\nPwy anfonodd ef.\n\nAlso: sender\n")
    curriculum = load(folder).curriculum
    assert [word.name for word in (curriculum.word_called("sender", code) for code in ("cy", "en")) if word] == [
        "anfonwr",
        "sender",
    ]
    assert curriculum.word("sender", "cy") == curriculum.word("sender", "en")


def test_welsh_words_stand_on_welsh_cards_and_english_ones_on_english_cards(folder: Path) -> None:
    (folder / "words.cy.md").write_text("## anfonwr\nPwy anfonodd ef.\n")
    welsh = LESSON.replace("Which sender looks real?", "Pa anfonwr?\n<!-- id: which-sender-looks-real -->")
    (folder / "scams" / "01-fake-email.cy.md").write_text(welsh)
    lessons = load(folder).curriculum.lessons
    assert [lessons["fake-email", code].cards[1].words for code in ("en", "cy")] == [("sender",), ("anfonwr",)]


def test_a_broken_edit_keeps_the_last_good_words(folder: Path) -> None:
    library = Library(folder)
    assert library.reload() == []
    (folder / "words.md").write_text("## sender\n")
    assert told(library.reload()) == ["1 no-meaning"]
    assert library.curriculum.word("sender") is not None
    (folder / "words.md").write_text("## email\nA letter.\n")
    assert library.reload() == []
    assert words_on_cards(library) == {"email"}


def test_words_that_are_gone_are_dropped(folder: Path) -> None:
    library = Library(folder)
    library.reload()
    (folder / "words.md").unlink()
    assert library.reload() == []
    assert words_on_cards(library) == set()

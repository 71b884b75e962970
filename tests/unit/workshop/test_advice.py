"""Every piece of advice: cards that call for it, and the line that is told; and much that does not call for it."""

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.curriculum.samples import COURSE, LESSON, lesson, line_of, told, with_body, with_header
from tutorbot.curriculum.problem import Level, Problem
from tutorbot.curriculum.rulebook.advice import ADVICE
from tutorbot.workshop.advice import advise
from tutorbot.workshop.lessons import translation
from tutorbot.workshop.script import read_script
from tutorbot.workshop.wording import Known
from tutorbot.workshop.wordlists import names

KNOWN = Known(names())
PATH = "lessons/scams/01-fake-email.md"
WELSH = "lessons/scams/01-fake-email.cy.md"
LONG = "If you get a text that you did not wait for and that says you must pay at once, " + "do not tap it " * 3
HARD = "Individuals experiencing unexpected communications should investigate authenticity. " * 4

CARDS = [  # code, cards added to a lesson, where the advice is
    ("long-sentence", f"## A\nShort.\n{LONG}.", LONG),
    ("long-sentence", f"## A\n- Short.\n- {LONG}", f"- {LONG}"),
    ("long-sentence", f"## A\nShort one.\nShort two. If you\n{LONG[3:]}", "Short two."),
    ("long-sentence", f"## Try it: A\nDo it.\n\n> Stuck? One.\n> Stuck? {LONG}", f"> Stuck? {LONG}"),
    ("hard-card", f"## A\n{HARD}", "## A"),
    ("jargon", "## A\nFine.\n\nYour eligibility depends on it.", "Your eligibility"),
    ("jargon", "## A\nAsk about\nthe URL.", "the URL"),
    ("jargon", "## A\n- Check the domains.", "- Check"),
    ("jargon", "## A\nAsk for a URL. It is for the URL.", "Ask for"),
    ("jargon", "## The URL\nLook at it.\n\n## B\nA URL is an address.", "## The URL"),
    ("long-word", "## A\nFine.\n\nRing them in\norder to get help.", "Ring them"),
    ("long-word", "## Quiz: Q\n> Hint: x\n\n- [ ] a\n  > Utilising it helps.\n- [x] b\n  > b\n", "  > Utilising"),
    ("blame", "## A\nSimply tap it.", "Simply"),
    ("blame", "## A\nFine.\n\n1. It is easy.", "1. It"),
    ("blame", "## A\nThat is wrong.", "That is wrong"),
    ("contraction", "## A\nYou\ncan't break it.", "can't"),
    ("contraction", "## A\nDon’t tap it.", "Don’t"),
    ("shouting", "## A\n**NEVER** tap it.", "**NEVER**"),
    ("shouting", "## A\nGo NOW.", "Go NOW"),
    ("exclamations", "## A!\nFine.\n\nWell done!", "Well done!"),
    ("exclamations", "## A\nFine!!", "Fine!!"),
    ("click-here", "## A\nSee\n[here](https://www.gov.uk).", "[here]"),
    ("click-here", "## A\n- To read it, [Click  here](https://www.gov.uk/x)", "- To read"),
    ("click-here", "## A\nOr click here: https://www.gov.uk", "Or click"),
    ("other-address", "## A\nSee\n[www.gov.uk](https://help.example/x).", "[www.gov.uk]"),
    ("not-private", "## A\nFine.\nGo to http://www.gov.uk/x", "Go to"),
    ("not-private", "## A\n[The page](http://www.gov.uk/x)", "[The page]"),
    ("like-gov-uk", "## A\nGo to www.gov-uk.com/renew now.", "Go to"),
    ("like-gov-uk", "## A\nGo to gov.uk.renew.com", "Go to"),
    ("like-gov-uk", "## A\nWrite to help@hmrc-govuk.org", "Write to"),
    ("will-grow-old", "## A\nFine.\nIt costs £49.", "It costs"),
    ("will-grow-old", "## A\nThe fee is £4.50 in 2026.", "The fee"),
    ("will-grow-old", "## A\nThe rules change from April.", "The rules"),
    ("two-ideas", "## A\n1. One.\n2. Two.\n\nThen:\n\n1. Three.\n2. Four.", "1. Three"),
]
FINE = [  # what looks like a fault and is none
    f"## A\n{'One two three. ' * 20}",  # many short sentences
    "## A\nA URL is the address of a page. Look at the URL.",
    "## A\nThe address is also called a URL.",
    "## A\nThe web address, or URL, is at the top.",
    "## A\nURL (a web address) or DWP, the office for benefits.",
    "## A\nA list:\n\n- **Router**: the box at home. The router blinks.",
    "## A\nTap **Submit**. Submit means send.",
    '## A\nIt says: "Simply verify your eligibility NOW!! You can\'t wait!"',
    "## A\nIt is easy to guess. It is only just on, just like that.",
    "## A\nTap **Don't allow**.",
    "## A\nHMRC, the tax office, and the NHS are in the UK. GPs too. Call 999. AB12CDE.",
    "## A\nWell done!",
    "## A\n![A sign that says Stop!](images/a.png)",
    "## A\nRead [how to report it](https://www.gov.uk/report) or [gov.uk](https://www.gov.uk/).",
    "## A\nGo to https://www.tax.service.gov.uk/x or mygov.scot. A copy: www.gov-uk.example, gov.uk.pay.example",
    "## A\nWrite to help@hmrc.gov.uk today.",
    "## A\nThe page shows the cost. It was £5 once. She lost £500. For example, £3.",
    "## A\nRing 0300 123 2040, or look at the Elections Act 2022. It is open from April to October. Pay by 5 April.",
    "## Quiz: It costs £5?\n> Hint: x\n\n- [ ] In 2026\n  > a\n- [x] No\n  > b\n",
    "## A\n1. One.\n2. Two.\n\n- Three.\n- Four.",
    "## A\nType `via` there.",
]
NOT_ONE_CARD = {"hard-lesson", "no-scam-card", "old-translation", "other-cards", "spelling", "grammar"}


def advice(text: str, path: str = PATH, known: Known = KNOWN, service: bool = False) -> list[Problem]:
    return advise(read_script(path, text), known, service=service)


@pytest.mark.parametrize(("code", "body", "at"), CARDS)
def test_advice_is_told_on_its_line_and_nothing_else(code: str, body: str, at: str) -> None:
    text = with_body(f"{body}\n")
    assert set(told(advice(text))) == {f"{line_of(text, at)} {code}"}


@pytest.mark.parametrize("body", FINE)
def test_what_is_fine_is_left_alone(body: str) -> None:
    assert told(advice(with_body(f"{body}\n"))) == []


def test_good_lesson_gets_no_advice() -> None:
    assert advice(LESSON) == []
    assert advice(COURSE, "lessons/scams/course.md") == []


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("long-sentence", "summary: Signs that a message is a trick.", f"summary: {LONG}"),
        ("blame", "You can tell", "You can easily tell"),
        ("will-grow-old", "summary: Signs that a message is a trick.", "summary: What changes in 2027."),
        (
            "like-gov-uk",
            "https://www.gov.uk/report-suspicious-emails-websites-phishing",
            "https://www.gov-uk.com/report",
        ),
    ],
)
def test_header_gets_advice_on_its_line(code: str, old: str, new: str) -> None:
    text = with_header(old, new)
    assert told(advice(text)) == [f"{line_of(text, new)} {code}"]


def test_all_advice_is_a_warning_and_says_what_to_do() -> None:
    [found] = advice(with_body("## A\nYour eligibility depends on it.\n"))
    assert found.level is Level.WARNING
    assert found.text == (
        "'eligibility' is a hard word. Say 'whether you can get it', or explain it here: 'eligibility means ...'."
    )


def test_hard_word_is_told_once_and_only_while_nobody_explains_it() -> None:
    text = with_body("## A\nA URL. The URL.\n\n## B\nA URL is an address.\n\n## C\nThe URL.\n")
    assert told(advice(text)) == [f"{line_of(text, 'A URL.')} jargon"]
    assert advice(text, known=Known(names(), frozenset({"url"}))) == []


def test_own_names_may_stand_in_capitals() -> None:
    text = with_body("## A\nAsk the RNLI.\n")
    assert [problem.code for problem in advice(text)] == ["shouting"]
    assert advice(text, known=Known(frozenset({"RNLI"}))) == []


def test_hard_lesson_is_told_at_its_head() -> None:
    text = "People in our street often ask about money, letters and so many other problems. " * 2
    cards = "".join(f"## Card {number}\n{text}\n\n" for number in range(3))
    assert told(advice(with_body(cards))) == ["1 hard-lesson"]


def test_service_without_a_scam_card_is_told() -> None:
    text = LESSON.replace("fake", "new").replace("trick", "thing")
    assert told(advice(text, service=True)) == ["1 no-scam-card"]
    assert advice(with_body("## The scam\nIt hurries you.\n"), service=True) == []


def test_other_languages_get_only_what_holds_for_all() -> None:
    body = f"## A\n{LONG}. Simply can't. NEVER! £49! See [here](http://www.gov-uk.com).\n"
    found = advice(with_body(body), WELSH, service=True)
    assert [problem.code for problem in found] == ["click-here", "exclamations", "like-gov-uk", "not-private"]


def test_translation_that_is_older_is_told() -> None:
    text = with_header("reviewed: 2026-11-22", "reviewed: 2026-11-01")
    original, translated = lesson().lesson, lesson(text, WELSH).lesson
    assert original
    assert translated
    script = read_script(WELSH, text)
    assert told(list(translation(script, translated, original))) == [f"{line_of(text, 'reviewed')} old-translation"]
    assert list(translation(script, replace(translated, reviewed=date(2026, 11, 22)), original)) == []


def test_translation_with_other_cards_is_told() -> None:
    text = LESSON.replace("## Why it matters", "## Pam?").replace(
        "sender\n1.", "sender\n<!-- id: find-the-sender -->\n1."
    )
    original, translated = lesson().lesson, lesson(text, WELSH).lesson
    assert original
    assert translated
    [found] = translation(read_script(WELSH, text), translated, original)
    assert told([found]) == ["1 other-cards"]
    assert "'why-it-matters'" in found.text


def codes_of(example: str) -> set[str]:
    return {problem.code for problem in advice(with_body(f"{'' if example[0] == '#' else '## A'}\n{example}\n"))}


@pytest.mark.parametrize("code", sorted(ADVICE.keys() - NOT_ONE_CARD))
def test_example_is_true(code: str) -> None:
    assert code in codes_of(ADVICE[code].before)
    assert code not in codes_of(ADVICE[code].after)

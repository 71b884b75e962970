"""The preview without its pages: a lesson played, what can be tried on a card, and what stands beside which card."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.sample import COURSES, FAKE, LINKS
from tests.unit.curriculum.samples import LESSON, lesson, line_of
from tutorbot.channels.preview.findings import Findings, find_places
from tutorbot.channels.preview.phone import Balloon, balloons
from tutorbot.channels.preview.play import NOW, Play, Player, Talked
from tutorbot.channels.preview.trials import trials
from tutorbot.curriculum.lesson import Card, Lesson, Picture
from tutorbot.curriculum.library import Curriculum
from tutorbot.messages.markup import to_plain
from tutorbot.messages.message import Button, Message
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.values import Author, Entry, Kind
from tutorbot.tutor.events import ChoicePicked, TextSent

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def player(taught: Lesson = FAKE) -> Player:
    return Player(taught, Curriculum.of(COURSES, (LINKS, taught)), Renderer(), NOON)


def press(action: str) -> ChoicePicked:
    return ChoicePicked(action, NOW)


def said(talked: Talked) -> str:
    return to_plain(talked.entries[-1].message.text)


def reworded(card: int, **changes: object) -> Lesson:
    """The sample lesson after an edit of one card."""
    cards = list(FAKE.cards)
    cards[card] = replace(cards[card], **changes)  # type: ignore[arg-type]
    return replace(FAKE, cards=tuple(cards), edition="2")


# --- Playing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("card", FAKE.cards, ids=lambda card: card.id)
def test_a_play_begins_on_any_card_as_learners_see_it(card: Card) -> None:
    talked = player().talk(Play(card.id))
    assert card.title in said(talked)
    assert [bool(entry.message.buttons) for entry in talked.entries] == [True]


def test_a_press_is_said_with_the_words_on_the_button() -> None:
    talked = player().talk(Play(acts=(press("next"),)))
    assert [entry.message.said for entry in talked.entries] == ["", "▶ Next", ""]
    assert talked.presses == {2}
    assert talked.card == FAKE.cards[1].id


def test_what_was_played_comes_out_in_the_new_words() -> None:
    play = Play(acts=(press("next"), press("pick:0")))
    before = player().talk(play)
    exercise = FAKE.cards[1].exercise
    assert exercise
    better = replace(exercise, answers=(replace(exercise.answers[0], feedback="Better."), *exercise.answers[1:]))
    same, talked = player(reworded(1, exercise=better)).renewed(play, before)
    assert same == play
    assert "Better." in said(talked)


def test_a_new_heading_is_shown_where_the_old_one_stood() -> None:
    play = Play(acts=(press("next"),))
    edited = player(reworded(1, id="new", title="A new heading"))
    _, talked = edited.renewed(play, player().talk(play))
    assert talked.card == "new"
    assert "A new heading" in said(talked)


def test_a_card_put_in_before_leaves_the_author_on_their_card() -> None:
    play = Play(acts=(press("next"),))
    more = replace(FAKE, cards=(replace(FAKE.cards[0], id="first"), *FAKE.cards), edition="2")
    again, talked = player(more).renewed(play, player().talk(play))
    assert talked.card == FAKE.cards[1].id
    assert again.acts == ()


def test_a_button_that_is_gone_leads_to_the_card_as_it_first_stands() -> None:
    play = Play(FAKE.cards[1].id, 1, (press("pick:0"),))
    again, talked = player(reworded(1, exercise=None)).renewed(play, player().talk(play))
    assert again.acts == ()
    assert len(talked.entries) == 1


def test_the_preview_knows_when_a_person_was_asked() -> None:
    talked = player().talk(Play(acts=(press("person"), press("yes"))))
    assert talked.asked
    assert talked.lesson == "", "the screen is not the lesson's"


def test_any_words_and_any_press_are_taken() -> None:
    acts = (TextSent("who knows"), ChoicePicked("nonsense:1", 77), press("menu"), TextSent("7"))
    talked = player().talk(Play(acts=acts))
    assert not talked.smooth
    assert talked.entries[-1].author is Author.TUTOR


# --- Trying ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("card", [card for card in FAKE.cards if card.exercise], ids=lambda card: card.id)
def test_everything_to_try_is_there_for_learners_too(card: Card) -> None:
    for trial in trials(card.exercise):
        talked = player().talk(Play(card.id, acts=trial.acts))
        assert talked.smooth
        assert bool(trial.acts) == (len(talked.entries) > 1)


def test_every_note_and_hint_of_a_choice_is_seen_with_one_press() -> None:
    card = next(card for card in FAKE.cards if card.exercise and card.exercise.kind == "one")
    for trial in trials(card.exercise):
        words = trial.answer.feedback if trial.answer else trial.hint
        assert words in said(player().talk(Play(card.id, acts=trial.acts)))


def test_all_the_right_ones_can_be_tried_at_once() -> None:
    card = next(card for card in FAKE.cards if card.exercise and card.exercise.kind == "many")
    (trial,) = (trial for trial in trials(card.exercise) if trial.what == "all")
    talked = player().talk(Play(card.id, acts=trial.acts))
    assert talked.state.tries.solved


def test_a_card_to_read_has_nothing_to_try() -> None:
    assert trials(None) == ()


# --- Findings -------------------------------------------------------------------------------------------------------


def found(text: str) -> Findings:
    """The findings of an edit, beside the cards of the lesson as it was before."""
    good = lesson().lesson
    assert good
    return find_places(lesson(text).problems, text, good.cards)


def test_a_finding_stands_beside_its_card() -> None:
    places = found(LESSON.replace("- [ ] help@paypa1", "- [?] help@paypa1"))
    first, *_ = places.cards["which-sender-looks-real"]
    assert first.problem.code == "bad-mark"
    assert first.words.startswith("- [?] help@paypa1")
    assert first in places.errors
    assert places.top == ()


def test_lines_put_in_above_do_not_move_a_finding_to_another_card() -> None:
    edited = LESSON.replace("## Why", "## One more card\nWords.\n\n## Why").replace("> Stuck?", "> Stock?")
    places = found(edited)
    lines = {finding.problem.line for finding in places.cards["find-the-sender"]}
    assert lines == {line_of(edited, "## Try it"), line_of(edited, "> Stock?")}
    assert set(places.cards) == {"find-the-sender"}


def test_what_is_wrong_with_the_header_stands_on_top() -> None:
    places = found(LESSON.replace("minutes: 5", "minutes: five"))
    assert [finding.problem.code for finding in places.top] == ["bad-minutes"]
    assert places.cards == {}


def test_without_a_good_version_all_stands_on_top_and_errors_come_first() -> None:
    text = "# Hello\n\n## Quiz: What?\n- [x] a\n"
    places = find_places(lesson(text).problems, text, ())
    assert places.top
    assert [finding.is_error for finding in places.top] == sorted((one.is_error for one in places.top), reverse=True)


def test_a_file_that_cannot_be_read_has_its_problem_on_top() -> None:
    problem = replace(lesson("").problems[0], line=9)
    assert find_places([problem], "", FAKE.cards).top[0].words == ""


# --- Telegram -------------------------------------------------------------------------------------------------------


def shown(message: Message, author: Author = Author.TUTOR, **more: object) -> list[Balloon]:
    return balloons([Entry(1, author, message, NOON, **more)], frozenset())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**Bold *both* b** and `c`", "<b>Bold <i>both</i> b</b> and <code>c</code>"),
        ("[**a** b](https://a.example)", '<a href="https://a.example" target="_blank" rel="noopener"><b>a</b> b</a>'),
        ("- one\n- **two**", "• one\n• <b>two</b>"),
        ("> 🙂 **q**\n\nend", "<blockquote>🙂 <b>q</b></blockquote>\n\nend"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ('[x](javascript:alert) "&"', "x &#34;&amp;&#34;"),
    ],
)
def test_a_text_is_marked_up_as_telegram_shows_it(markdown: str, html: str) -> None:
    (balloon,) = shown(Message(markdown))
    assert str(balloon.html) == html


def test_letters_share_a_row_and_ways_to_move_about_go_two_and_two() -> None:
    buttons = (Button("pick:0", "A"), Button("pick:1", "B"), Button("menu", "☰ Menu", nav=True))
    (balloon,) = shown(Message("Which?", buttons=buttons, step=7))
    assert [[key.label for key in row] for row in balloon.rows] == [["A", "B"], ["☰ Menu"]]
    assert balloon.rows[0][1].step == 7
    assert balloon.rows[0][1].action == "pick:1"


def test_a_picture_has_the_text_as_its_caption() -> None:
    (balloon,) = shown(Message("Words.", picture=Picture("a/b.png", "A page.")))
    assert balloon.picture
    assert "Words." in balloon.html


def test_a_text_too_long_for_a_caption_stands_below_the_picture() -> None:
    first, second = shown(Message("Long. " * 200, picture=Picture("a/b.png", "A page.")))
    assert first.picture
    assert not first.html
    assert second.html


def test_a_very_long_text_is_cut_as_telegram_wants_it() -> None:
    parts = shown(Message("Very long words.\n" * 300, buttons=(Button("menu", "☰ Menu"),)))
    assert len(parts) == 2
    assert [bool(part.rows) for part in parts] == [False, True]


def test_a_press_leaves_no_message_and_a_tick_changes_the_one_there_is() -> None:
    entries = [
        Entry(1, Author.TUTOR, Message("☐"), NOON),
        Entry(2, Author.LEARNER, Message(said="A"), NOON),
        Entry(3, Author.TUTOR, Message("☑"), NOON, kind=Kind.REPLACE),
        Entry(4, Author.LEARNER, Message(said="<b>hello</b>"), NOON),
    ]
    chat = balloons(entries, frozenset({2}))
    assert [str(one.html) for one in chat] == ["☑", "&lt;b&gt;hello&lt;/b&gt;"]
    assert [one.mine for one in chat] == [False, True]

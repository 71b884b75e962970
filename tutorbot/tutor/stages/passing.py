"""Passing a learner's words on to a helper: with nothing in them that a helper never needs.

What is secret was hidden before the words came here. The first time, the learner sees what would be sent, is told why,
and says whether to send it. From then on it is sent at once, and one line says what was hidden.
"""

from tutorbot.tutor import actions
from tutorbot.tutor.marks import cut, kinds_in
from tutorbot.tutor.replies import Choice, Reply, TellHelper
from tutorbot.tutor.shortcuts import NO, intent
from tutorbot.tutor.turn import Scene, Turn

TEXT_LIMIT = 4000  # letters passed on to a helper in one piece
_MEANT = {actions.YES: actions.SEND, actions.NEXT: actions.SEND, NO: actions.REWRITE}


def pass_on(scene: Scene, text: str, choices: tuple[Choice, ...], *replies: Reply, at_once: bool = False) -> Turn:
    """The text goes to the helper, and these replies to the learner; or first they are asked.

    `choices`: the ways on from here. `at_once`: ask nothing, for what they say cannot wait.
    """
    if not text:
        return scene.say(Reply("empty", choices=choices))
    kinds = kinds_in(text)
    if kinds and not scene.state.warned and not at_once:
        asked = scene.having(pending=cut(text, TEXT_LIMIT), warned=True)
        return asked.say(_review(kinds, asked.state.pending))
    hidden = (Reply("hidden_sent", {"kinds": kinds}, choices),) if kinds else ()
    long = (Reply("too_long_passed_on", choices=choices),) if len(text) > TEXT_LIMIT else ()
    told = TellHelper(cut(text, TEXT_LIMIT))
    lines = (*replies, *hidden, *long) if at_once else (*hidden, *long, *replies)
    return scene.having(pending="").say(*lines, effects=(told,))


def _review(kinds: tuple[str, ...], text: str) -> Reply:
    return Reply("hidden_review", {"kinds": kinds}, (Choice(actions.SEND), Choice(actions.REWRITE)), said=text)


def decide(scene: Scene, verb: str, choices: tuple[Choice, ...]) -> Turn | None:
    """Send what was shown, or not; None if the verb is neither."""
    done = scene.having(pending="")
    if verb == actions.SEND:
        return done.say(Reply("hidden_told", choices=choices), effects=(TellHelper(scene.state.pending),))
    return done.say(Reply("hidden_rewrite", choices=choices)) if verb == actions.REWRITE else None


def with_hidden(turn: Turn, text: str) -> Turn:
    """The turn, and before it what was hidden from the text; where that went to a helper, it was told already."""
    kinds = kinds_in(text)
    told = turn.state.pending or any(isinstance(effect, TellHelper) for effect in turn.effects)
    return turn.after(Reply("hidden", {"kinds": kinds})) if kinds and not told else turn


def decided(scene: Scene, text: str) -> str:
    """What they answer in words to the question whether to send it: a verb; "" if it is no answer."""
    meant = intent(text, scene.state.language) or ""
    return _MEANT.get(meant, meant) if meant in (*_MEANT, actions.SEND, actions.REWRITE) else ""

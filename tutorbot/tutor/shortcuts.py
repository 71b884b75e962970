"""Words and commands understood anywhere, in any spelling near them: one table for each language.

They are what learners say, not what we say; what we say lives in `tutorbot.messages`.
"""

from difflib import get_close_matches
from functools import cache

from tutorbot.curriculum.spelling import simplify
from tutorbot.tutor import actions

CONFUSED = "confused"  # not an action: they told us that they do not understand
GREETED = "greeted"  # not an action: they said hello
THANKED = "thanked"  # not an action: they said thank you
WHO = "who"  # not an action: they ask who we are
NO = "no"
SOME = "some"  # neither yes nor no

COMMANDS = {
    "start": actions.CARRY_ON,
    "menu": actions.MENU,
    "help": actions.HELP,
    "person": actions.PERSON,
    "progress": actions.PROGRESS,
    "language": actions.LANGUAGE,
    "privacy": actions.PRIVACY,
    "mydata": actions.MYDATA,
    "forget": actions.FORGET,
    "stop": actions.STOP,
    "next": actions.NEXT,
    "back": actions.BACK,
}

_ENGLISH = {
    actions.MENU: "menu|main menu|home|lessons|courses|list|topics",
    actions.HELP: "help|help me|i need help|please help|please help me|help please|how does this work|what can i do"
    "|what can you do",
    actions.STOP: "stop|quit|exit|bye|goodbye|unsubscribe|leave me alone|enough|thats enough|finish",
    actions.BACK: "back|go back|previous|before|last one|card before|show me the card before",
    actions.MORE: "more|show more|see more|more lessons",
    actions.NEXT: "next|ok|okay|yes next|go on|continue|forward|carry on reading|got it|understood|i see",
    actions.SKIP: "skip|skip this|pass|no name|rather not say",
    actions.AGAIN: "again|repeat|once more|show me again|show it again|say that again|say it again",
    actions.CARRY_ON: "carry on|carry on my lesson|my lesson|back to my lesson|resume|where was i",
    actions.PERSON: "person|human|a person|a human|real person|talk to a person|talk to a human|speak to someone"
    "|speak to a person|talk to someone|i want a person|volunteer|helper|ask a person|someone help me"
    "|can someone help me|i need a person|i want to talk to a person|can i talk to a person|operator",
    actions.HINT: "hint|a hint|clue|give me a hint|tip",
    actions.ANSWER: "show me the answer|the answer|tell me the answer|what is the answer|i give up|give up",
    actions.WORDS: "words|the words|hard words|show me the words|explain the words|explain these words"
    "|what do the words mean|what do these words mean|i dont know this word|i dont understand the words",
    actions.DID: "did it|i did it|i did|yes i did|done|done it|i have done it|finished|all done",
    actions.STUCK: "stuck|im stuck|i am stuck|it does not work|it doesnt work|not working|i cant do it|i cannot",
    actions.YES: "yes|yes please|y|yeah|yep|yess|please|sure|ok yes|yes ask a person|of course|aye",
    NO: "no|no thanks|no thank you|nope|n|not now|nah|not yet|later|not really",
    SOME: "a little|a little bit|a bit|little|some|sort of",
    actions.PROGRESS: "progress|my progress|how am i doing|what have i done|score|my score",
    actions.LANGUAGE: "language|change language|other language|languages",
    actions.PRIVACY: "privacy|is this safe|is it safe|who can see this|who sees this|who reads this",
    actions.MYDATA: "my data|data|mydata|what do you know about me|what do you keep about me|show me my data"
    "|see what is kept|what is kept about me",
    actions.FORGET: "forget me|delete me|erase me|delete my data|delete everything|remove my data|erase my data"
    "|delete my account|forget everything about me|remove me",
    actions.CANCEL: "cancel|cancel my question|never mind|nevermind|forget it|it is ok now",
    actions.SEND: "send|send it|yes send it|please send it",
    actions.REWRITE: "write it again|do not send|do not send it|dont send|dont send it",
    CONFUSED: "i dont understand|i do not understand|dont understand|i dont get it|i do not get it|dont get it"
    "|dunno|i dont know|i do not know|dont know|no idea|what|huh|i am lost|im lost|lost|confused|i am confused"
    "|im confused|makes no sense|what does that mean|what do you mean|i cant follow|too hard|this is too hard"
    "|not sure|idk",
    THANKED: "thanks|thank you|thank you so much|thank you very much|thanks a lot|many thanks|ok thanks|ok thank you"
    "|cheers|ta|that helped|that was helpful|lovely|great|brilliant|good",
    WHO: "who are you|what are you|are you a robot|are you a person|are you real|are you the government|are you human"
    "|is it free|is this free|what is this|what is tutorbot|what is your name",
    GREETED: "hello|hi|hey|hiya|good morning|good afternoon|good evening|hello there|start|begin|hola",
}

_WELSH = {  # not yet read by a native speaker; the English words work as well
    actions.MENU: "dewislen|gwersi|y ddewislen|cartref|pynciau",
    actions.HELP: "help|cymorth|helpwch fi|helpa fi",
    actions.STOP: "stop|stopio|hwyl|hwyl fawr|gorffen|digon",
    actions.BACK: "yn ol|yn ôl|nôl|nol|mynd yn ol|mynd yn ôl",
    actions.MORE: "mwy|rhagor",
    actions.NEXT: "nesaf|ymlaen|iawn|parhau",
    actions.SKIP: "hepgor|dim enw",
    actions.AGAIN: "eto|dangos eto|unwaith eto",
    actions.CARRY_ON: "fy ngwers|yn ol im gwers|yn ôl im gwers",
    actions.PERSON: "person|siarad a pherson|siarad â pherson|gwirfoddolwr|rhywun|person go iawn",
    actions.HINT: "awgrym|cliw",
    actions.ANSWER: "yr ateb|dangos yr ateb|rwyn rhoir gorau iddi",
    actions.WORDS: "geiriau|y geiriau|geiriau anodd|esbonio|esboniwch y geiriau",
    actions.DID: "wedi gwneud|rwyf wedi ei wneud|dwi wedi gwneud|wedi ei wneud",
    actions.STUCK: "sownd|rwyn sownd|dwin sownd|ddim yn gweithio",
    actions.YES: "ie|iawn ie|oes|ydw|ydy|oedd|os gwelwch yn dda|ie os gwelwch yn dda",
    NO: "na|nac oes|nac ydw|nac oedd|ddim nawr|dim diolch",
    SOME: "ychydig|tipyn bach",
    actions.PROGRESS: "cynnydd|fy nghynnydd",
    actions.LANGUAGE: "iaith|newid iaith|saesneg|english",
    actions.PRIVACY: "preifatrwydd",
    actions.MYDATA: "fy nata|gweld fy nata",
    actions.FORGET: "anghofiwch fi|anghofia fi|dileu fy nata|dilewch fy nata",
    actions.CANCEL: "canslo|canslo fy nghwestiwn",
    actions.SEND: "anfon|anfonwch|anfonwch ef",
    actions.REWRITE: "ysgrifennu eto|peidiwch ag anfon",
    CONFUSED: "dwi ddim yn deall|nid wyf yn deall|ddim yn deall|dwn im|ddim yn gwybod|dwi ar goll|beth",
    THANKED: "diolch|diolch yn fawr|diolch yn fawr iawn",
    GREETED: "helo|shwmae|su mae|bore da|prynhawn da|noswaith dda|dechrau",
}

_TABLES = {"en": _ENGLISH, "cy": _WELSH}
_NEAR = 0.83  # share of letters that must agree; with less, "my screen" would be "my score"
_SHORT = 4  # words shorter than this must be exact: "no" is near too much
# One of these turns a phrase round: "I can do it" is not a slip of the finger for "I can't do it".
_NOT = frozenset({"no", "not", "never", "cannot", "cant", "dont", "dnt", "doesnt", "didnt", "wont", "isnt", "havent"})


@cache
def _words(language: str) -> dict[str, str]:
    """Every phrase that is understood, in this language and in English. Where both use a word, this language counts."""
    tables = (_ENGLISH, _TABLES.get(language, {}))
    return {
        simplify(phrase): intent
        for table in tables
        for intent, phrases in table.items()
        for phrase in phrases.split("|")
    }


def command(text: str) -> tuple[str, str] | None:
    """The action of a command such as `/menu`, and what stood behind it; None if the text is none that we know."""
    if not text.startswith("/"):
        return None
    word, _, rest = text[1:].strip().partition(" ")
    name = word.partition("@")[0].casefold()
    found = COMMANDS.get(name) or next((COMMANDS[near] for near in get_close_matches(name, COMMANDS, 1, _NEAR)), None)
    return (found, rest.strip()) if found else None


def intent(text: str, language: str, *, near: bool = True) -> str | None:
    """What a text asks for: an action's verb or one of the words above that are none; None if nothing we know.

    `near`: spellings near a known one count too.
    """
    known = _words(language)
    said = simplify(text)
    if said not in known:
        said = said.removeprefix("please ").removesuffix(" please")
    if said in known or not near or len(said) < _SHORT:
        return known.get(said)
    likely = [phrase for phrase in known if len(phrase) >= _SHORT and _denies(phrase) == _denies(said)]
    close = get_close_matches(said, likely, 1, _NEAR)
    return known[close[0]] if close else None


def _denies(said: str) -> bool:
    return not _NOT.isdisjoint(said.split())

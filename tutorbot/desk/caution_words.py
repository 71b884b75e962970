"""How people ask for what a helper must never ask for, in English and Welsh. Pure.

Regular expressions over one clause of folded text: small letters, no accents, no apostrophes.
"""

_HIDDEN = (
    r"(?:pass ?words?|pass ?codes?|pins?|(?<!sort )(?<!post )codes?|otp|memorable word|security answer|log ?in details"
    r"|cyfrinair|cod|rhif pin)\b"
)
_BANK = (
    r"(?:sort code|account (?:number|no)|card (?:number|no|details)|bank (?:details|account|card)|long number|cvv|cvc"
    r"|expiry|(?:numbers|digits) (?:on|of) (?:the|your|ur)|cyfrif|cerdyn|cod didoli|manylion banc)\b"
)
_ABOUT_YOU = (
    r"(?:(?:phone|mobile|telephone|tel) (?:number|no|num)|mobile|your number(?! (?:in|on|one|is up))"
    r"|(?<!the )(?<!that )(?<!web )(?<!email )(?<!full )(?:full )?address(?! bar)|post ?code|house number"
    r"|date of birth|birth ?date|birthday|dob|(?:national )?insurance (?:number|no)|ni (?:number|no)|nino"
    r"|cyfeiriad|rhif ff[o]n|dyddiad geni|cod post)\b"
)
_WORDS = r"(?:[\w']+,? ){0,6}"
_TELL = (
    r"(?:tell|send|give|text|show|message|email|read|pass|get)(?: it)?(?: out)? (?:(?:it )?to )?(?:me|us)\b"
    r"(?! (?:when|if|whether|once|how|where))"
)
_TAKE = (
    r"(?:let me|can i|could i|may i|i can) (?:please )?(?:have|know|see|get|take)\b(?! (?:when|if|whether|once))"
    r"|\bi (?:will |ll |just |only )?(?:need|want)\b"
)
_GIVE = (
    r"(?:send|give|share|read out|confirm|provide)(?: (?:over|out))? (?:your|ur|the|that|a (?:photo|picture|pic) of)\b"
    r"|please provide\b"
)
_TYPE = r"(?:type|write|put|enter|drop|post)(?: (?:in|down))? (?:your|ur|the|that)\b"
_WHAT = r"(?:what ?s?|whats|which) (?:is |are |was |s )?(?:your|ur|the|that)\b"
_CHOSE = r"(?:what|which) (?:did|do|have) you\b"
_WELSH = r"beth (?:yw|ydy)(?: rhif)? (?:eich|dy)\b|(?:anfonwch|anfon|dwedwch|dwed|rhowch|rho|rhannwch)\b"


HERE = r"\b(?:here|in this chat|to me|with me|for me|to us|and i|so i)\b"
"""Behind such words: it is meant for this chat."""


def _asks_for(what: str) -> str:
    """A question or a request, and then that word; "which code did they send"; or "type it here"."""
    asks = "|".join((_TELL, _TAKE, _GIVE, _WHAT, _CHOSE, _WELSH))
    return rf"\b(?:(?:{asks}) {_WORDS}|(?:what|which) ){what}|\b{_TYPE} {_WORDS}{what}(?=.{{0,30}}(?:{HERE}))"


SECRET = rf"{_asks_for(_HIDDEN)}|\bwhat (?:number|digits) did (?:they|it|he|she) (?:text|send|give)\b"
BANK = _asks_for(_BANK)
_LIVES = (
    r"\bwhere(?:abouts)? (?:do|are|did) (?:you|u) (?:live|living|staying)\b|\bwhere is your (?:home|house|flat)\b"
    r"|\b(?:what|which) (?:street|road|house|flat)(?: number)? (?:do|are|is) (?:you|u|your)\b"
    r"|\bwhen (?:were|was) (?:you|u) born\b|\bwhen is your birthday\b|\bble (?:wyt ti|(?:y)?dych chi) ?n byw\b"
)
PERSONAL = rf"{_asks_for(_ABOUT_YOU)}|{_LIVES}"
_COINS = r"(?:£ ?\d|\b(?:money|cash|pounds|quid|fiver|tenner|bitcoin|paypal)\b)"
_PLEASE = r"(?:can you|could you|please|i need you to|i want you to)"
_OURS = r"\b(?:me|us|my|our)\b"
MONEY = (
    rf"\b(?:send|lend|transfer|give|pay|donate|need|want|borrow)\b[^.]{{0,30}}(?:{_OURS}[^.]{{0,30}}?{_COINS}"
    rf"|{_COINS}[^.]{{0,20}}{_OURS})|\bpay (?:me|us)\b|\b(?:buy|get|send)\b[^.]{{0,20}}\b(?:gift ?card|voucher)s?\b"
    rf"|{_COINS}[^.]{{0,10}} for (?:my|our|the) (?:time|help|lesson)"
    rf"|\b{_PLEASE} (?:send|transfer|lend|give|donate)\b[^.]{{0,20}}{_COINS}"
    r"|\b(?:anfonwch|talwch|rhowch)\b[^.]{0,20}(?:£ ?\d|arian\b)"
)

WARNED = (
    r"\b(?:never|dont|do not|does not|not|cannot|nobody|no one|noone|without|no need|shouldnt|mustnt|wont|wouldnt"
    r"|did you|have you|did they|who|they|anyone|somebody|someone|scammers?|peidiwch|byth|paid)\b"
    r"(?! (?:worry|be shy|be afraid|panic|mind))[^.]{0,25}$"
)
"""Right before such words: it is not asked for, but warned of, or somebody else is spoken of."""

ELSEWHERE = (
    r"\b(?:box|page|website|site|form|machine|screen|notebook|paper|app|there|on your phone|on the phone|to (?:any|no)"
    r"(?:body|one)|with (?:any|no) ?(?:body|one)|wrth neb|at neb)\b"
)
"""Behind such words, where none of the others follow: it is not."""

CLAUSE = (
    r"[.!?;\n]+(?=\s|$)|\bbut\b|\band then\b|,(?=\s|$)"
    r"(?! (?:and )?(?:your |ur |home |full )*(?:name|address|phone|date of|bank|card|pin\b))"  # a list goes on
)
"""What stands between clauses."""

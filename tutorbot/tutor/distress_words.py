"""How people say that they are in despair, in danger or being robbed: one table for each language.

Regular expressions over simplified text (`curriculum.spelling`): small letters, single spaces, no signs, each sentence
on a line of its own. A row is one way to say it. What must not be taken for it stands in
tests/unit/tutor/distress_messages.py.
"""

from collections.abc import Mapping, Sequence

DESPAIR = "despair"  # they, or somebody near them, may harm themselves
DANGER = "danger"  # somebody harms them or somebody near them, or forces them
SCAMMED = "scammed"  # they may be losing money at this moment

_SELF = "(?:my ?self|me ?self|him ?self|her ?self|them ?sel(?:f|ves)|your ?self|our ?selves)"
_OWN = "(?:my|me|his|her|their|your)(?: own)?"
_HARM = "(?:kil+|kil+ing|kil+s|kil+ed|hurt|hurting|hurts|harm|harming|harmed|hang|hanging|cut|cutting|stab|burn)"
_WANT = "(?:i?want|wants|wanted|wanna|wana|wan|wnat|wont|like|ready|rather|hope|try|tried|trying|thinking (?:about|of))"
_NOT_WANT = "(?:dont|do not|doesnt|never) (?:want|wanna|wont)"
_GO_ON = "(?:cant|cannot|can not) (?:go on|carry on|keep going)"
_LONGER = "(?:any ?more|no more|any ?longer|much longer)"
_NO_PLACE = "(?! (?:in|at|with|on|off|near|alone|by|there|here|so|early|like|next))"
_POINT = "(?:no|what is the|whats the) (?:point|reason|sense)"
_MANY = "(?:far |way )?(?:too many|loads of|a load of|lots of|a lot of|a bunch of|all)(?: of)?"
_AS_USUAL = "(?! (?:to|back|home|for|this morning|every|each|a day|daily|with|like|as))"
_PILLS = "(?:pills?|tablets?|meds|medicines?|paracetamols?|painkillers?)"

_KIN = (
    "(?:husband|hubby|wife|partner|boyfriend|girlfriend|bf|gf|ex|dad|daddy|father|mum|mam|mom|mother|step ?dad"
    "|step ?father|step ?mum|son|daughter|child|kids?|children|baby|brother|sister|uncle|aunt|auntie|grandad|nan|gran"
    "|cousin|friend|mate|carer|boss|landlord|neighbour|teacher|coach|family|parents)"
)
_MAN = "(?:man|men|boy|guy|lad|stranger)"
_WHO = rf"(?:(?:my|the|her|his|our|a) (?:\w+ )?(?:{_KIN}|{_MAN})|he|hes|she|shes|they|theyre|someone|somebody)"
_WHOM = rf"(?:me|us|(?:my|our|the|her|his) (?:\w+ )?{_KIN})"
_HIT = (
    r"(?:hit|hits|hitt?in|hitting|beat|beats|beating|punch|punche[sd]|punching|slap|slaps|slapped|slapping|kick|kicks"
    r"|kicked|kicking|hurt|hurts|hurting|strangle\w*|strangling|choke[sd]?|choking|burnt|burns|bites|pushed|pushes|shoved"
    r"|grabbed|attacked|attacks|shakes|threaten\w*)"
)
_SURELY = r"(?:hits|hitting|punche[sd]|punching|strangle\w*|molest\w*|abuse[sd]|abusing|rape[sd]?|raping|assault\w*)"
_SUFFERED = "(?:raped|molested|strangled|assaulted|attacked|trafficked|groomed|kidnapped|blackmailed|stalked)"
_SUFFERS = "(?:abused|beaten up|hit|beaten|blackmailed|threatened|stalked|groomed)"
_AFRAID = "(?:scared|afraid|frightened|terrified)"
_NAKED = "(?:nudes?|naked|topless|private parts|sex (?:tape|video))"

_ENGLISH: Mapping[str, Sequence[str]] = {
    DESPAIR: (
        rf"{_HARM} {_SELF}",
        r"self ?harm\w*|self ?injur\w*",
        rf"{_WANT} (?:to )?(?:just )?(?:die(?! of| at home)|be dead)",
        rf"{_WANT} (?:to )?(?:just )?(?:dye|dy|dying|dieing)(?! (?:my|the|it|her|his|hair))",
        r"wish (?:i|that i) (?:was|were|wasnt|werent|had never been|was never) (?:dead|alive|here|born|not here)",
        rf"(?:end|ending|ended|ends|take|taking|took|takes) {_OWN} (?:li+fe|lives|lief)"
        r"(?! (?:savings?|insurance|assurance|story))",
        r"end(?:ing)? things|hate my life|dont feel like living|cant live like this|dont see the point any ?more$",
        r"so low (?:i|that)|(?:cant|cannot) cope(?: any ?more)?$|sleep and (?:never|not) wake",
        r"end (?:it|everything|this) all|(?:want|need) (?:it|this|everything) (?:all )?to (?:end|stop|be over)$",
        rf"{_NOT_WANT} (?:to )?(?:be here|live|be alive|exist|wake up|carry on living)(?: any ?more)?"
        rf"{_NO_PLACE}",
        rf"{_POINT} (?:in |of |to |for )?(?:living|live|being alive){_NO_PLACE}",
        rf"{_POINT} (?:in |of )?(?:life|going on)$",
        r"(?:life|it) (?:is not|isnt|not) worth living|life (?:is not|isnt|not) worth it|nothing (?:left )?to live for",
        rf"(?:tired|sick|had enough|fed up) (?:of|with) (?:living|life|being alive){_NO_PLACE}",
        r"(?:might|may) as well be dead|better off dead|better off without me",
        r"(?:nobody|no one|noone) (?:would|will) (?:miss me|care if i|notice if i)",
        rf"(?:taken|took|take|swallowed|taking|had) {_MANY} (?:my |the )?{_PILLS}{_AS_USUAL}",
        r"suicid\w*|overdosed|(?:took|taken|taking|take) an? (?:overdose|od)",
        rf"{_GO_ON}(?: living| with (?:my |this )?life)?(?: {_LONGER}| like this)?$",
        rf"{_GO_ON} (?:living|{_LONGER}|like this)(?! (?:with|to|on|in|at|from|because|the|it|this)\b)",
        rf"{_GO_ON} (?:its|it is|everything is|lifes|life is) (?:all |just |far )*(?:too much|hopeless|unbearable)",
        r"(?:dont|do not) (?:want|wanna) (?:to )?(?:go|carry) on(?: living| any ?more| like this)?$",
        r"(?:cant|cannot|can not) face (?:another day|life|living|waking up|tomorrow|the day)(?! (?:with|at|on|in)\b)",
        r"(?:cant|cannot) take (?:it|this|life) any ?more",
        r"jump (?:off|from) (?:a|the) (?:bridge|roof|building|cliff)|jump in front of (?:a|the) (?:train|bus|car)",
        r"(?:slit|cut|cutting) my (?:wrists?|arms?|legs?)|(?:been|started|keep) cutting$",
        r"(?<!\d )kms$|never wake up again|disappear for ?ever|dont deserve to live",
    ),
    DANGER: (
        rf"{_WHO} (?:\w+ ){{0,6}}{_HIT} {_WHOM}(?! (?:up in|at (?:chess|cards|bingo)|button))",
        rf"{_SURELY} {_WHOM}",
        rf"(?:i|we|she|he|ive|weve|im|shes|hes) (?:(?:am|was|were|been|get|got|keep|is|being|have|has|getting) ){{0,3}}"
        rf"{_SUFFERED}(?! by (?:a |the )?(?:virus|malware|hacker|bug|dog))",
        rf"(?:being|getting|am|been|was|im) (?:\w+ )?{_SUFFERS}"
        r"(?! by (?:the|a|this|that) (?:quiz|question|game|lesson))(?! with (?:a )?(?:fine|bill))",
        r"domestic (?:violence|abuse)|sexual(?:ly)? (?:abus\w*|assault\w*|exploit\w*)|forced marriage|modern slavery",
        rf"{_WHO} (?:\w+ ){{0,4}}(?:going to|gonna|will|threat\w+ to|want(?:s|ed)? to|tr(?:y|ies|ied) to|trying to)"
        rf" (?:kill|stab|hurt|harm|burn|rape|shoot|beat|batter) {_WHOM}",
        r"(?:he|she|they) (?:says|said|keeps saying) (?:he|she|they|ill|hell|shell|theyll|i)(?: will| is going to)?"
        r" (?:kill|hurt|stab|harm) (?:me|us)",
        rf"{_AFRAID} (?:of|for) (?:(?:my|her|his|the) (?:\w+ )?{_KIN}(?! \w+ing)|him|her|them$|my life)",
        rf"{_AFRAID} (?:that )?(?:he|she|they|hell|shell) |{_WHO} (?:is|gets|can be|was) (?:so |very |often )?violent",
        rf"{_AFRAID} to (?:go home|be (?:at )?home|leave him|leave her|sleep)",
        r"(?:partner|husband|wife|boyfriend|girlfriend|he|she) controls (?:everything|what i|my money|all my|me)",
        rf"{_WHO} (?:\w+ ){{0,6}}(?:wont|doesnt|does not|never|will not) lets? me"
        r" (?:leave|go out|out of|see (?:my |any)?(?:friends|family|mum|kids|one|body)|eat)",
        rf"{_WHO} (?:\w+ ){{0,3}}keeps? shouting at me",
        r"lock(?:s|ed)? (?:me|us|them) (?:in|up)|kept (?:me|us) prisoner|hold(?:s|ing)? me (?:here|prisoner)",
        rf"{_WHO} (?:\w+ ){{0,4}}(?:touch|touches|touched|touching|toching) {_WHOM}(?! (?:screen|phone))",
        r"(?:comes|came|gets|got) (?:in|into|in to) my (?:room|bed)",
        rf"{_WHO} (?:\w+ ){{0,3}}(?:mak(?:es|e|ing)|made|forc(?:es|ed|e|ing)) {_WHOM} (?:to )?"
        r"(?:do (?:things|stuff)(?! on)|have sex|sleep with|marry|touch|steal|beg|sell|work for)",
        rf"{_NAKED}.{{0,60}}(?:share|send|post|money|pay|everyone|threat)"
        rf"|(?:share|send|sent|post|has|have|wants).{{0,40}}{_NAKED}",
        r"(?:he|she|they|someone) (?:will|ll|is going to|threat\w+ to) (?:post|share|send|publish|leak)"
        r" (?:my|the|those|private) (?:private |intimate )?(?:pictures|pics|photos|videos?)",
        r"(?:im|i am) (?:[7-9]|1[0-7])\b.{0,80}"
        r"(?:meet (?:me|up|him|her)|naked|private parts|touch\w* me|pictures? of m[ey]|older (?:man|boy|guy))",
        rf"{_MAN}.{{0,40}}(?:online|internet|snapchat|insta\w*|game).{{0,40}}(?:meet me|pictures? of me|naked)",
        r"(?:im|i am|we are|were|she is|shes|he is|hes) in (?:real |great |a lot of )?danger",
        rf"(?:not|dont feel|do not feel|never|isnt) (?:feel )?safe"
        rf" (?:at home|here|in my (?:own )?(?:home|house|flat)|with (?:him|her|them|my {_KIN}))(?! (?:to|on) )",
        r"i (?:dont|do not) feel safe$|(?:im|i am) not safe$",
        r"(?:breaking|broke|broken) in(?:to (?:my|the) (?:house|home|flat))?$",
        r"help(?: me)? (?:he|she|they|someone|theres a man)(?: is| are|s)? (?:in|outside|at) (?:the|my)",
        rf"(?:a {_MAN}|someone|somebody|burglar) is in (?:the|my) (?:house|flat)",
        r"(?:get|getting) (?:in|into|in to) my (?:house|home|flat)$",
        r"(?:man|ex|someone|somebody|he|guy|stranger) (?:\w+ )?(?:following|stalking|stalks|watching) (?:me|us)",
        r"stalker",
        rf"{_WHO} (?:\w+ ){{0,3}}(?:has|have|got|with|had) a (?:knife|gun)(?! and fork)(?! set)",
        r"(?:he|she|boss|landlord|husband|they) (?:took|takes|keeps|kept|hid|hides|got|has) my passport and",
        r"(?:owe them|work it off).{0,40}(?:work|cant leave|owe)",
        r"(?:make|makes|made|forced|have) (?:me |us |to )*work .{0,30}(?:no pay|without pay|not paid)",
        r"(?:have|got|with|in) (?:\w+ )?bruises(?!.*f[ae]ll)|black eye|broke my (?:arm|nose|rib)",
    ),
    SCAMMED: (
        r"scammed|(?:stole|stolen|took|taken|nicked) my money",
        r"(?:gave|give|given|told) (?:him|her|them) (?:my|the) (?:code|pin|password|bank details|card|card number)",
    ),
}

_WELSH: Mapping[str, Sequence[str]] = {  # not yet read by a native speaker
    DESPAIR: (
        r"(?:eisiau|isio|ishe|moyn|isho|hoffwn(?: i)?) (?:(?:bod|fod) wedi )?(?:marw|farw)",
        r"(?:lladd|brifo|niweidio|anafu|torri) fy hun(?:an)?",
        r"hunan ?laddiad|hunan ?niweidio\w*|gorddos",
        r"(?:ddim eisiau|ddim isio|dim eisiau) (?:byw|bod yma)|dim (?:pwynt|diben|rheswm) (?:i )?(?:byw|fyw)",
        r"(?:diweddu|gorffen|dod a) fy (?:mywyd|mywyd i)|methu (?:mynd ymlaen|cario mlaen)$",
    ),
    DANGER: (
        r"fy (?:mrifo|nharo|nghuro|mwrw|mygwth|ngham ?drin|nhreisio|nghicio|nhagu)(?! (?:llyg|cefn|pen))",
        r"bygwth (?:fy )?(?:lladd|mrifo|nharo)|mynd i fy lladd",
        r"mewn (?:perygl|peryg)|trais (?:domestig|yn y cartref)|cam ?drin|treisio",
        r"ofn (?:arna i )?(?:o |am )?(?:fy (?:mhartner|ngwr|ngwraig|nhad|mam|mab|mywyd|nghariad)|mynd adref)",
        r"(?:dwi|rydw i|rwyf|wi|dw i) (?:ddim|n teimlo n ddim) yn (?:ddiogel|saff)",
        r"(?:ddim|n anniogel) yn (?:ddiogel|saff) (?:gartref|adref|adre|yma|gyda)",
    ),
    SCAMMED: (r"cael fy (?:nhwyllo|sgamio)|(?:dwyn|cymryd) fy arian",),
}

TABLES = {"en": _ENGLISH, "cy": _WELSH}
"""All of them are heard, whatever language we speak with somebody: in trouble people use any words they have."""

NEAR = ("suicide", "suicidal", "overdose", "overdosed", "strangled", "blackmailed", "blackmail")
"""Hard words, heard in any spelling near them."""

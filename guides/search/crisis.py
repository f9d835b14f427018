"""Who types one of these is shown first where to get help at once. A box too many harms nobody."""

import re

from rapidfuzz.distance import OSA

from guides.search.words import words_of

# The page that answers it.
HELP_NOW = "/help-now/"

# As plain words: small letters, one space between, no apostrophes ("dont"), hyphens as spaces.
OWN, OTHERS = r"(my|him|her|them)sel(f|ves)", r"(my|his|her|their)"
BODY = r"(arms?|body|face|legs?|neck|skin|stomach|thighs?|throat|wrists?)"
TABLETS = r"(medication|medicine|meds|painkillers|paracetamol|pills|tablets)"
NOT = r"(not|never|no|d\w{1,5}nt|aint|cant|wont|longer|nothing|stop\w*|reason)"
HURTS = r"(attack|beat|bit|bite|chok|hit|hurt|kick|punch|push|slap|stab|strangl|threaten)(s|e[dns]|[bpt]?(ed|ing))?"
PARENT, OF_A_COUPLE = r"(step ?)?(dad|father|mother|mum|parent)", r"(boyfriend|ex|girlfriend|husband|partner|wife)"
FEARED = rf"(him|her|my (\w+ )?({PARENT}|{OF_A_COUPLE}|brother|child|daughter|kid|sister|son))"
# "He doesn't want to live with me" is about something else.
PLACES = r"(?! (alone|apart|at|away|by|in|independently|near|on|room|rooms|skills|together|under|with)\b)"
PHRASES = (
    r"suicid",
    r"self ?(harm|injur)",
    r"hurt(s|ing)? (my|him|her|them)",
    rf"(burn|chok|cut|hang|harm|poison|stab|starv|strangl)\w* {OWN}",
    rf"(cut|cuts|cutting|slit|slits|slitting|slash\w*) {OTHERS} {BODY}\b",
    r"(^|(been|child|daughter|he|is|keeps|of|she|son|started) )cutting$",
    r"kill",
    r"kms$",
    r"unalive",
    r"overdos",
    rf"(swallow\w*|taken|takes|taking|took) (too (many|much)|all|lots|a lot)\b.* {TABLETS}\b",
    r"(taken|takes|taking|took) too many$",
    r"(die|dies|dying)\b",
    r"(better|rather|wish\w*|want\w*)( \w+){0,3} dead\b",
    r"better off without (me|him|her|us)\b",
    rf"{NOT} (\w+ ){{0,3}}((to|wanna) live|living|to be alive)\b{PLACES}",
    rf"{NOT} (\w+ )?(want\w* to|wanna) (be here|be alive|exist|wake up)( any ?more| any ?longer|$)",
    r"be here any ?more\b",
    r"end(ed|ing|s)? it all\b",
    rf"(end(ed|ing|s)?|take|takes|taking|took) {OTHERS} (own )?li(fe|ves)\b(?! skills)",
    r"(child|daughter|he|i|just|she|son|they) wants? to end it\b",
    r"wish\w* (\w+ ){0,3}(wasnt|werent|not|never) (been )?(alive|born|here)\b",
    r"jump\w* (off|from) (a |the )?(bridge|building|roof)",
    r"(a|the) (knife|knives)\b(?! and fork)",
    r"(not|isnt|stopped) breathing",
    r"unconscious",
    rf"(beaten|hit|hurt) by {FEARED}\b",
    r"(not|d\w{1,5}nt) (feel )?safe",
    r"unsafe",
    r"in danger",
    r"crisis",
    r"abus",
    r"violen(t|ce)\b",
    r"rap(e|ed|ist|ing)\b",
    r"sexual(ly)? (assault|attack)",
    rf"{HURTS} (me|us)( up)?\b(?! (out|with|off))",
    rf"(afraid|frightened|scared|terrified) of {FEARED}\b",
    r"breaking point",
)
# Of whoever types it, and not of the school: "the school cannot cope with him".
WE = rf"(^|\b({PARENT}|{OF_A_COUPLE}|i|i am|im|ive|we|we are|were|weve) )(just |really )?"
CANNOT = r"(cant|cannot|can not|no longer|not)"
AT_SCHOOL = r"(class|crowds|exams|loud|noise|school)"
OF_ONESELF = (
    rf"({CANNOT}|struggling to|unable to) cop(e|ing)\b(?! (at|in|with) {AT_SCHOOL})",
    rf"{CANNOT} go on\b(?! (a|an|her|his|my|the|to) )",
    rf"{CANNOT} (do|handle|stand|take) (any ?more|it|this)\b",
)
CRISIS = re.compile(rf"\b({'|'.join(PHRASES)})|{WE}({'|'.join(OF_ONESELF)})")
# Often typed in haste, and so far from how they are written that no dictionary is needed to know them.
HARD_WORDS = ("suicide", "suicidal")
MOST_MISTAKES = 2


def is_crisis(query: str) -> bool:
    """Whatever letters and signs it is typed with, also misspelt."""
    words = words_of(query)
    return bool(CRISIS.search(" ".join(words))) or any(map(_is_hard_word, words))


def _is_hard_word(word: str) -> bool:
    return word[:1] == "s" and any(OSA.distance(word, each) <= MOST_MISTAKES for each in HARD_WORDS)

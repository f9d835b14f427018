import pytest

from guides.search.crisis import is_crisis

CRISES = [
    *("suicide", "Suicidal", "sucidal thoughts", "suiside", "suicde", "s u i c i d e", "SUICÍDE", "soocide"),
    *("self harm", "self-harm", "self‑harm", "self–harm", "self—harm", "selfharm", "my son is hurting himself"),
    *("she is cutting her arms", "cutting herself", "daughter cuts her wrists", "my daughter is cutting"),
    *("overdose", "overdosed", "took too many", "she took too many tablets", "he has taken all his meds"),
    *("i want to die", "she says she’s dying", "wish i was dead", "he wishes he were dead", "better off dead"),
    *("my daughter doesn't want to live any more", "doesn’t want to live", "dont wanna live", "no reason to live"),
    *("she dont want to be here anymore", "he does not want to be here", "doesn`t want to be here any longer"),
    *(
        "end it all",
        "end my life",
        "he wants to end his life",
        "taking her own life",
        "kill myself",
        "he wants to end it",
    ),
    *("wish i wasn't here", "wish i'd never been born", "better off without me", "hang himself", "unalive", "cutting"),
    *("he has a knife", "not breathing", "is she not safe", "in crisis", "abused"),
    *(
        "i cant cope",
        "I can't cope anymore",
        "i just cannot cope with him",
        "we can not cope",
        "not coping",
        "cant cope",
    ),
    *("i cant go on", "I can’t do this anymore", "cant take any more", "i can't take it anymore", "at breaking point"),
    *("my partner hits me", "husband is violent", "he hit me and i'm scared", "he attacks me", "she keeps hitting us"),
    *("my son hits me", "daughter beats me up", "punched me", "my ex threatens us", "domestic violence", "raped"),
    *(
        "sexual assault",
        "scared of my husband",
        "afraid of him",
        "we are in danger",
        "unsafe at home",
        "he strangled me",
    ),
    *("my husband hurts me", "he hurts me", "my partner hurt me", "he slapped me", "slapping me", "bit me"),
    *("he stabbed me", "being hit by my son", "scared of my mum", "scared of my stepdad", "scared of my step dad"),
    *("i don't feel safe at home", "she doesn't feel safe", "i am not coping", "i'm struggling to cope"),
    *("my husband can't cope", "we are unable to cope"),
]
ORDINARY = [
    *("", "reading age skills", "nursery hours cut", "ta hours being cut", "how do i end the ehcp", "deadline"),
    *("outside", "sociable", "subsidy", "haircut", "cutting her hair", "cut down hours", "cut off from friends"),
    *("he doesnt want to live with dad", "wants to live on his own", "knife and fork", "use a knife and fork"),
    *("school has taken all support away", "he doesnt want to be at school anymore", "diet", "skills", "safe place"),
    *("independent living", "council will not end the plan", "does not like living in hull", "diary", "no living room"),
    *("What if the council wants to end it?", "ta cutting", "take his life skills course"),
    *("he cant cope at school", "can't cope with noise", "coping strategies", "the school cannot cope with him"),
    *(
        "do i have to go on the course",
        "school hit me with a letter",
        "domestic staff",
        "scared of school",
        "take me on",
    ),
    *("can they kick us out", "afraid of dogs", "he is not coping in class", "hits other children", "scared of exams"),
]


@pytest.mark.parametrize("query", CRISES)
def test_crisis_is_known_however_it_is_typed(query):
    assert is_crisis(query)


@pytest.mark.parametrize("query", ORDINARY)
def test_ordinary_query_is_none(query):
    assert not is_crisis(query)

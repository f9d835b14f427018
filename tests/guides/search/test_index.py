from hypothesis import given, settings
from hypothesis import strategies as st

from guides.search.index import Index, Wanted
from guides.search.words import stem
from tests.guides.search.library import KINDS, document


def wanted(*words: str) -> list[Wanted]:
    return [Wanted(word, {stem(word): 1.0}) for word in words]


def found(index: Index, *words: str) -> list[str]:
    return [hit.document.title for hit in index.search(wanted(*words))]


def index_of(*documents) -> Index:
    index = Index(kinds=KINDS)
    for each in documents:
        index.add(each)
    return index


def test_title_counts_for_more_than_names_and_text():
    index = index_of(document("A", text="Mediation."), document("B", names=("Mediation",)), document("Mediation"))
    assert found(index, "mediation") == ["Mediation", "B", "A"]


def test_who_has_more_of_the_words_comes_first():
    index = index_of(document("Sleep"), document("Other", text="Help with sleep at night."))
    assert found(index, "sleep", "help", "night") == ["Other", "Sleep"]


def test_rare_word_counts_for_more():
    common = [document(f"School {number}") for number in range(9)]
    assert found(index_of(*common, document("Taxi")), "school", "taxi")[0] == "Taxi"


def test_equal_ones_come_in_the_order_of_kinds_and_addresses():
    same = [document("Same", "/b/"), document("Same", "/a/"), document("Same", "/c/", kind="Guide")]
    assert [hit.document.address for hit in index_of(*same).search(wanted("same"))] == ["/c/", "/a/", "/b/"]


def test_equal_ones_beyond_the_end_do_not_depend_on_who_came_first():
    many = [document("Same", f"/{number:02}/") for number in range(30)]
    there = [hit.document.address for hit in index_of(*many).search(wanted("same"), most=5)]
    back = [hit.document.address for hit in index_of(*reversed(many)).search(wanted("same"), most=5)]
    assert there == back == ["/00/", "/01/", "/02/", "/03/", "/04/"]


def test_term_is_found_where_all_of_its_words_are():
    index = index_of(document("Sleep support"), document("Support"), document("Bedtime"))
    hits = index.search([Wanted("bedtime", {"bedtim": 1.0}, {("sleep", "support"): 0.6})])
    assert [hit.document.title for hit in hits] == ["Bedtime", "Sleep support"]


def test_words_count_for_less_in_some_kinds():
    index = index_of(document("Sleep"), document("Other", kind="Guide", text="Help with sleep."))
    assert found(index, "sleep") == ["Sleep", "Other"]
    hits = index.search(wanted("sleep"), kinds={"Glossary": 0.1})
    assert [hit.document.title for hit in hits] == ["Other", "Sleep"]


def test_hit_says_how_much_its_words_tell_of_those_that_are_somewhere():
    index = index_of(*[document(f"School {number}") for number in range(9)], document("Taxi"))
    told = {hit.document.title: hit.told for hit in index.search(wanted("school", "taxi", "zebra"))}
    assert (told["Taxi"] > 0.9, told["School 1"] < 0.1, told["Taxi"] + told["School 1"]) == (True, True, 1.0)


def test_nation_that_is_asked_for_goes_first_and_another_last():
    index = index_of(
        document("Plan", "/e/", where="England"), document("Plan", "/s/", where="Scotland"), document("Plan", "/uk/")
    )
    hits = index.search(wanted("plan"), nations=frozenset({"Scotland"}))
    assert [hit.document.address for hit in hits] == ["/s/", "/uk/", "/e/"]


def test_many_documents_are_not_all_looked_at_for_a_common_word():
    rare = [document(f"Rare {number}", text="school") for number in range(210)]
    common = [document(f"School {number}") for number in range(600)]
    hits = index_of(*rare, *common).search(wanted("rare", "school"), most=1000)
    assert {hit.document.title.split()[0] for hit in hits} == {"Rare"}


TEXTS = st.lists(st.sampled_from(["plan", "plans", "school", "Autism", "e.h.c.p.", "co-operate", "x"]), max_size=5)
DOCUMENTS = st.builds(
    lambda title, text, name: document(" ".join(title), "/x/", text=" ".join(text), names=tuple(name)),
    TEXTS,
    TEXTS,
    TEXTS,
)


@settings(max_examples=40)
@given(st.lists(DOCUMENTS, max_size=6), st.lists(DOCUMENTS, max_size=6))
def test_index_after_changes_is_that_of_what_is_left(stay, go):
    changed = Index(kinds=KINDS)
    for each in [*go, *stay]:
        changed.add(each)
    for each in set(go) - set(stay):
        changed.remove(each)
    fresh = index_of(*stay)
    assert changed.vocabulary == fresh.vocabulary
    assert {stem: sorted(has.values()) for stem, has in changed.postings.items()} == {
        stem: sorted(has.values()) for stem, has in fresh.postings.items()
    }
    assert changed.named.keys() == fresh.named.keys()

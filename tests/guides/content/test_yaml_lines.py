from datetime import date

import pytest

from guides.content.yaml_lines import Flow, Folded, Literal, NotYaml, parse, write


def test_parse_knows_the_line_of_every_value():
    document = parse("# first\n- slug: a\n  list: [x, y]\n  text: |\n    one\n    two\n- slug: b\n")
    assert document.value == [{"slug": "a", "list": ["x", "y"], "text": "one\ntwo\n"}, {"slug": "b"}]
    assert document.lines[(0,)] == 2
    assert document.lines[(0, "list", 1)] == 3
    assert document.lines[(0, "text")] == 4
    assert document.blocks == {(0, "text")}
    assert document.lines[(1, "slug")] == 7
    assert document.faults == []


def test_parse_of_nothing():
    assert parse("# only a comment\n").value is None


def test_parse_refuses_what_is_not_yaml_with_its_line():
    with pytest.raises(NotYaml) as raised:
        parse("a: b\nc: [d\n")
    assert raised.value.line == 3


def test_parse_refuses_two_documents():
    with pytest.raises(NotYaml) as raised:
        parse("a: b\n---\nc: d\n")
    assert raised.value.line == 2


def test_parse_survives_an_anchor_inside_itself():
    document = parse("a: &x\n- *x\n")
    assert document.value == {"a": [None]}
    assert [line for line, _ in document.faults] == [1]


def test_parse_finds_keys_that_are_no_text():
    assert parse("? [a, b]\n: c\n").faults == [(1, "A name before a colon must be plain text.")]


def test_parse_keeps_a_key_as_it_is_written():
    assert parse("no: 1\n2: two\n").value == {"no": 1, "2": "two"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": True, "day": date(2026, 11, 24)}, "b: 1\na: true\nday: 2026-11-24\n"),
        ({"line": "word " * 40 + "end"}, "line: " + "word " * 40 + "end\n"),
        ({"line": "a: b"}, "line: 'a: b'\n"),
        ({"line": "no"}, "line: 'no'\n"),
        ({"list": Flow(["no", "é", "a, b"])}, "list: ['no', é, 'a, b']\n"),
        ({"text": Folded("short")}, "text: short\n"),
        ({"text": Folded("one\ntwo")}, "text: |-\n  one\n  two\n"),
        ({"text": Literal("one\n")}, "text: |\n  one\n"),
        ([{"a": 1}, {"a": 2}], "- a: 1\n- a: 2\n"),
    ],
)
def test_write_gives_the_same_text_always(value, text):
    assert write(value) == text
    assert write(value) == text


def test_write_folds_a_long_text_and_it_reads_the_same():
    text = "A sentence with words:  and # and - in it. " * 6
    written = write({"text": Folded(text.strip())})
    assert written.startswith("text: >-\n  A sentence")
    assert max(map(len, written.splitlines())) < 120
    assert parse(written).value == {"text": text.strip()}

"""YAML with line numbers when it is read, and always the same text when it is written."""

from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

Path = tuple[str | int, ...]
WIDTH = 100


class NotYaml(ValueError):
    """The text is not YAML; the message is a sentence, ``line`` counts from 1 within the text."""

    def __init__(self, sentence: str, line: int) -> None:
        super().__init__(sentence)
        self.line = line


@dataclass(slots=True)
class Document:
    """``lines`` has the line of every value by its path, such as ``(0, "changes", 2, "date")``.

    The text of a value whose path is in ``blocks`` (written after “|”) begins on the line below and keeps its lines.
    """

    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    blocks: set[Path] = field(default_factory=set)
    faults: list[tuple[int, str]] = field(default_factory=list)


def parse(text: str) -> Document:
    """``text`` as plain values. Raises NotYaml; repeated keys and the like are in ``faults``."""
    try:
        root = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise NotYaml(_sentence(error), mark.line + 1 if mark else 1) from error
    document = Document()
    if root is not None:
        document.value = _value(root, (), document, set())
    return document


def _sentence(error: yaml.MarkedYAMLError) -> str:
    problem = (error.problem or "").removesuffix(".")
    hint = " A text with a colon in it must stand in quotes." if "mapping values" in problem else ""
    return f"This is not YAML: {problem}.{hint}"


def _value(node: yaml.Node, path: Path, document: Document, seen: set[int], line_of_key: int = 0) -> Any:
    line = node.start_mark.line + 1
    document.lines[path] = line
    if id(node) in seen:
        line = line_of_key or line  # the node itself is where it was first
        document.faults.append((line, "“*” and “&” of YAML are not used here. Write the text out, in quotes."))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, document, seen)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*path, index), document, seen) for index, child in enumerate(node.value)]
    if isinstance(node, yaml.ScalarNode) and node.style == "|":
        document.blocks.add(path)
    try:
        return SafeConstructor().construct_object(node)
    except yaml.YAMLError:
        document.faults.append((line, f"“{node.tag}” is not allowed here."))
    except ValueError:
        pass  # a date that does not exist: whoever wants a date will say so
    return node.value


def _mapping(node: yaml.MappingNode, path: Path, document: Document, seen: set[int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line, key = key_node.start_mark.line + 1, key_node.value
        if not isinstance(key, str):
            document.faults.append((line, "A name before a colon must be plain text."))
        elif key in found:
            document.faults.append((line, f"“{key}” stands here twice."))
        else:
            found[key] = _value(value_node, (*path, key), document, seen, line)
    return found


class Folded(str):
    """A long text: on lines of its own, wrapped."""


class Literal(str):
    """A text whose line ends matter: on lines of its own, as it is."""


class Flow(list):
    """A list of short texts: [one, two]."""


class _Dumper(yaml.SafeDumper):
    """Wraps nothing but folded texts and short lists, so that a line of text stays one line."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True

    def write_plain(self, text: str, *_: bool) -> None:
        super().write_plain(text, split=False)

    def write_single_quoted(self, text: str, *_: bool) -> None:
        super().write_single_quoted(text, split=False)

    def write_double_quoted(self, text: str, *_: bool) -> None:
        super().write_double_quoted(text, split=False)


def _folded(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else ">" if len(text) > WIDTH - 20 else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=style)


_Dumper.add_representer(Folded, _folded)
_Dumper.add_representer(Literal, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|"))
_Dumper.add_representer(
    Flow, lambda dumper, words: dumper.represent_sequence("tag:yaml.org,2002:seq", words, flow_style=True)
)


def write(value: Any) -> str:
    """``value`` (mappings, lists, texts, numbers, dates, and the classes above) as YAML, keys in their own order."""
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=False)

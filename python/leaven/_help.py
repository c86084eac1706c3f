"""Docstrings and types from the declarations."""

import keyword
from typing import Any, Callable, Union

ModelLike = Any
Progress = Union[bool, None, Callable[[str, int, int], object]]

_TYPES = {"boolean": "bool", "integer": "int", "number": "float", "string": "str", "text": "str", "object": "dict"}


def annotation(field):
    """The type of a parameter, as text."""
    literal = "Literal[" + ", ".join(repr(choice) for choice in field.get("choices", [])) + "]"
    if field.get("format") == "model":
        kind = "ModelLike"
    elif field["kind"] == "list" and field.get("choices"):
        kind = f"Sequence[{literal}] | str"
    elif field.get("choices"):
        kind = literal
    elif field["kind"] == "list":
        element = field["fields"][0]
        kind = f"Sequence[{_TYPES.get(element['kind'], 'object')}]"
        if element["kind"] == "string":
            kind += " | str | Mapping[str, Any]" if field.get("format") in ("bounds", "medium") else " | str"
    elif field.get("format") in ("path", "folder", "map"):
        kind = "str | PathLike[str]" + (" | Mapping[str, Any]" if field["format"] == "path" else "")
    else:
        kind = _TYPES[field["kind"]]
    return f"{kind} | None" if field.get("nullable") else kind


def remarks(field):
    """Unit, range, choices and default, in brackets."""
    parts = []
    if field.get("unit", "1") != "1":
        parts.append(field["unit"])
    if "min" in field or "max" in field:
        parts.append(f"{field.get('min', '')} … {field.get('max', '')}".strip())
    if field.get("choices"):
        parts.append(" | ".join(field["choices"]))
    if field.get("required"):
        parts.append("required")
    elif field.get("default") not in (None, "", []):
        parts.append(f"default {field['default']!r}")
    return f" ({'; '.join(parts)})" if parts else ""


def _lines(fields):
    return [f"    {field['name']}: {field['doc'][0]} {field['doc'][1]}{remarks(field)}" for field in fields]


def example(operation):
    verb = operation["verb"].replace("-", "_") + ("_" if keyword.iskeyword(operation["verb"]) else "")
    words = [".".join(filter(None, ("leaven", operation["module"], verb))), "("]
    inputs = [field["name"] for field in operation["parameters"] if field.get("input") and field.get("required")]
    sample = {"model": '"textbook"', "data": '"textbook"', "path": '"project.toml"'}
    given = [sample.get(field.get("format"), '"…"') for field in operation["parameters"] if field["name"] in inputs]
    for field in operation["parameters"]:
        if field.get("required") and field["name"] not in inputs:
            given.append(f"{field['name']}={'…' if field['kind'] != 'string' else repr('…')}")
    return "".join(words) + ", ".join(given) + ")"


def docstring(operation, options):
    lines = [operation["doc"][0] + ".", "", operation["doc"][1] + "。", "", "Parameters:"]
    lines += _lines(operation["parameters"] + options)
    lines += ["    progress: function of (step, done, total), or False for silence; False from it cancels", "", "Result:"]
    lines += _lines(operation["results"])
    lines += ["", "Example:", f"    {example(operation)}"]
    return "\n".join(lines)

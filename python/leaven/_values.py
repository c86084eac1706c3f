"""From Python values to the parameters of an operation. Strict: what an operation refuses is not bent into shape."""

import math
import os
import re
import tempfile

from ._errors import BadInput


def plain(value, where):
    """`value` as JSON has it. numpy scalars, arrays, pandas columns and paths are accepted; others are errors."""
    if value is None or isinstance(value, (bool, str)):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else spelled(value)
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, dict):
        return {str(key): plain(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value) if isinstance(value, (set, frozenset)) else value
        return [plain(item, f"{where}[{i}]") for i, item in enumerate(items)]
    if hasattr(value, "tolist"):  # numpy scalars and arrays, pandas columns
        return plain(value.tolist(), where)
    kind = type(value)
    raise BadInput(f"a {kind.__module__}.{kind.__qualname__} cannot be a parameter", where,
                   "give a text, a number, True or False, a list or a dict of these")


def spelled(number):
    if math.isnan(number):
        return "NaN"
    return "Infinity" if number > 0 else "-Infinity"


def _side(value):
    return "" if value is None else repr(float(value))


def entries(mapping, kind):
    """A dict for a list of texts: {"EX_o2_e": (0, 1000)} for bounds, {"EX_glc__D_e": 10} for a medium."""
    if kind == "bounds":
        pairs = {key: value if isinstance(value, (list, tuple)) else (value, value) for key, value in mapping.items()}
        return [f"{key}={_side(low)}:{_side(high)}" for key, (low, high) in pairs.items()]
    return [f"{key}={float(value)!r}" for key, value in mapping.items()]


_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")


def toml(value):
    """A dict as TOML: tables as sections one level deep, deeper ones inline."""
    lines = [f"{_key(key)} = {_inline(item)}" for key, item in value.items() if not isinstance(item, dict)]
    for key, item in value.items():
        if isinstance(item, dict):
            lines += ["", f"[{_key(key)}]"] + [f"{_key(name)} = {_inline(part)}" for name, part in item.items()]
    return "\n".join(lines) + "\n"


def _key(key):
    return key if _BARE.match(key) else _inline(key)


def _inline(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = "".join(c if c >= " " and c not in '"\\\x7f' else f"\\u{ord(c):04x}" for c in value)
        return f'"{escaped}"'
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_inline(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(item) for item in value) + "]"
    if value is None:
        raise BadInput("TOML has no null", "", "leave the key out")
    return repr(value)


class FileOf:
    """A dict where an operation expects a file: written as TOML for the time of a call."""

    def __init__(self, value, name):
        self.folder = tempfile.TemporaryDirectory(prefix="leaven-")
        self.path = os.path.join(self.folder.name, f"{name}.toml")
        with open(self.path, "w", encoding="utf-8") as file:
            file.write(toml(plain(value, name)))

    def close(self):
        self.folder.cleanup()

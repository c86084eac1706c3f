"""Writes the stub files of the package from the declarations: stubs.py EXTENSION FOLDER. Run by the build."""

import importlib.util
import json
import keyword
import sys
from pathlib import Path

_TYPES = {"boolean": "bool", "integer": "int", "number": "float", "string": "str", "text": "str"}
_COLUMNS = {"number": "NDArray[np.float64]", "integer": "NDArray[Any]", "boolean": "Any"}


def load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def python_name(verb):
    return f"{verb}_" if keyword.iskeyword(verb) else verb.replace("-", "_")


def class_name(*words):
    return "".join(part.capitalize() for word in words for part in word.replace("-", "_").split("_"))


class Stub:
    """One module: its functions and the types of their results."""

    def __init__(self, annotation, options, classes=()):
        self.annotation = annotation
        self.options = options
        self.lines = list(classes)

    def value(self, field, owner):
        """The type of a member of a result; nested types are written on the way."""
        name = class_name(owner, field["name"])
        if field["kind"] == "object" and not field.get("fields"):
            kind = "builtins.dict[str, int]"  # whole numbers by name
        elif field["kind"] == "object":
            self.record(name, field["fields"], "Record")
            kind = name
        elif field["kind"] == "list":
            element = field["fields"][0]
            if element["kind"] == "object":
                self.record(name + "Row", element["fields"], "Record")
                self.table(name, name + "Row", element["fields"])
                kind = name
            elif element["kind"] == "number" and not element.get("nullable"):
                kind = "NDArray[np.float64]"
            else:
                kind = f"builtins.list[{self.value({**element, 'name': field['name'] + '_item'}, owner)}]"
        else:
            kind = _TYPES[field["kind"]]
            if field.get("format") == "path" and field["kind"] == "string":
                kind = "str"
        return f"{kind} | None" if field.get("nullable") else kind

    def record(self, name, fields, base):
        members = [(field["name"], self.value(field, name)) for field in fields]
        self.lines += ["@type_check_only", f"class {name}({base}):"]
        for member, kind in members:
            if keyword.iskeyword(member):
                continue  # reached as result["from"]
            self.lines += ["    @property", f"    def {member}(self) -> {kind}: ..."]
        self.lines += ["    ..." if not members else "", ""]

    def table(self, name, row, fields):
        self.lines += ["@type_check_only", f"class {name}(Records[{row}]):"]
        for field in fields:
            kind = _COLUMNS.get(field["kind"], "builtins.list[Any]")
            if field["name"] in ("count", "index") or keyword.iskeyword(field["name"]):  # Sequence has them; no names
                continue
            self.lines += ["    @property", f"    def {field['name']}(self) -> {kind}: ..."]
        self.lines += ["    ...", ""]

    def function(self, operation):
        name = class_name(operation["module"], operation["verb"], "result") if operation["module"] else class_name(
            "main", operation["verb"], "result")
        self.record(name, operation["results"], "Result")
        inputs = [field for field in operation["parameters"] if field.get("input")]
        others = [field for field in operation["parameters"] if not field.get("input")] + self.options
        words = [self.parameter(field) for field in inputs] + ["*"] + [self.parameter(field) for field in others]
        self.lines += [f"def {python_name(operation['verb'])}({', '.join(words)}, progress: Progress = ...) -> {name}:",
                       f"    {json.dumps(operation['doc'][0] + '.', ensure_ascii=False)}", ""]

    def parameter(self, field):
        return f"{python_name(field['name'])}: {self.annotation(field)}" + ("" if field.get("required") else " = ...")


_IMPORTS = """import builtins
from collections.abc import Callable, Iterator, Mapping, Sequence
from os import PathLike
from typing import Any, Generic, Literal, TypeVar, Union, overload, type_check_only

import numpy as np
from numpy.typing import NDArray
"""

_PACKAGE = '''
Progress = Union[bool, None, Callable[[str, int, int], object]]
ModelLike = Any  # a path, a catalogue name, bytes, a Model, a Scenario or a cobra.Model

_T = TypeVar("_T")

class Error(Exception):
    code: str
    message: str
    where: str
    hint: str
    def __init__(self, message: str, where: str = ..., hint: str = ...) -> None: ...

class BadInput(Error, ValueError): ...
class NotFound(Error, LookupError): ...
class Infeasible(Error):
    result: Any
class Cancelled(Error): ...
class Refused(Error): ...
class Bug(Error, RuntimeError): ...

class Page(str): ...

class Record:
    def __init__(self, values: Any, fields: Any) -> None: ...
    def __getitem__(self, name: str) -> Any: ...
    def __getattr__(self, name: str) -> Any: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def __eq__(self, other: object) -> bool: ...
    def keys(self) -> Any: ...

class Records(Sequence[_T], Generic[_T]):
    def __init__(self, table: Any, fields: Any) -> None: ...
    @property
    def columns(self) -> list[str]: ...
    @property
    def units(self) -> dict[str, str]: ...
    def column(self, name: str) -> Any: ...
    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, key: int) -> _T: ...
    @overload
    def __getitem__(self, key: slice) -> list[_T]: ...
    @overload
    def __getitem__(self, key: str) -> Any: ...
    def __getattr__(self, name: str) -> Any: ...
    def df(self) -> Any: ...

class Result:
    def __init__(self, outcome: Any, operation: Any, lang: Any) -> None: ...
    @property
    def operation(self) -> str: ...
    def to_json(self) -> str: ...
    def to_dict(self) -> Any: ...
    def __getitem__(self, name: str) -> Any: ...
    def __getattr__(self, name: str) -> Any: ...
    def df(self) -> Any: ...

class Model:
    def __init__(self, source: Any, *, name: str | None = ..., lang: str | None = ...) -> None: ...
    @property
    def name(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def reactions(self) -> int: ...
    @property
    def metabolites(self) -> int: ...
    @property
    def genes(self) -> int: ...
    def scenario(self, **parameters: Any) -> Scenario: ...

class Scenario:
    model: Model
    parameters: dict[str, Any]
    def __init__(self, model: Model, parameters: Any) -> None: ...
    def scenario(self, **parameters: Any) -> Scenario: ...
    def __enter__(self) -> Scenario: ...
    def __exit__(self, *_: object) -> None: ...

def language(lang: str | None = ...) -> str: ...

__version__: str
'''


def main(extension, folder):
    declared = json.loads(load("_core", extension).declarations())
    annotation = load("_help", Path(__file__).parent / "leaven" / "_help.py").annotation
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.pyi"):
        old.unlink()
    modules = {}
    for operation in declared["operations"]:
        modules.setdefault(operation["module"], []).append(operation)
    others = sorted(name for name in modules if name)
    for module, operations in modules.items():
        stub = Stub(annotation, declared["options"])
        for operation in operations:
            stub.function(operation)
        if module:
            head = _IMPORTS + "\nfrom . import ModelLike, Progress, Record, Records, Result\n\n"
        else:
            head = _IMPORTS + "\n" + "".join(f"from . import {name} as {name}\n" for name in others) + _PACKAGE
            names = ["BadInput", "Bug", "Cancelled", "Error", "Infeasible", "Model", "NotFound", "Page", "Record",
                     "Records", "Refused", "Result", "Scenario", "language"]
            head += f"\n__all__ = {json.dumps(names + [python_name(one['verb']) for one in operations] + others)}\n\n"
        if module:
            head += f"__all__ = {json.dumps([python_name(one['verb']) for one in operations])}\n\n"
        (folder / f"{module or '__init__'}.pyi").write_text(head + "\n".join(stub.lines), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

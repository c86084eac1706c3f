"""One loop over the registry: every operation becomes a function of its module. None is written by hand."""

import inspect
import json
import keyword
import os
import sys
import types

from . import _core
from ._errors import BadInput, Infeasible, from_json
from ._help import annotation, docstring
from ._models import Model, Scenario, is_cobra
from ._progress import watch
from ._results import Result
from ._values import FileOf, entries, plain

_DECLARED = json.loads(_core.declarations())
_LANGUAGE = [None]

version = _DECLARED["version"]


def language(lang=None):
    """The language of texts, "en" or "zh"; given one, it is used from now on. At first it is that of the locale."""
    if lang is not None:
        if lang not in ("en", "zh"):
            raise BadInput(f"there is no language {lang!r}", "lang", "use en or zh")
        _LANGUAGE[0] = lang
    if _LANGUAGE[0] is None:
        names = ("LEAVEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
        found = next((os.environ[name] for name in names if os.environ.get(name)), "")
        return "zh" if found.startswith("zh") else "en"
    return _LANGUAGE[0]


def _named(operation, inputs, keywords):
    """Inputs by position and the rest, as one dict."""
    names = [field["name"] for field in operation["parameters"] if field.get("input")]
    if len(inputs) > len(names):
        raise BadInput(f'"{inputs[len(names)]}" is one input too many', _path(operation),
                       f"it takes {', '.join(names) or 'none'}")
    given = dict(zip(names, inputs))
    for name in keywords:
        if name in given:
            raise BadInput(f"{name} is given twice", _path(operation), "give it once")
    return {**given, **keywords}


def _python_name(name):
    """A word of the language takes an underscore, and so does a hyphen: `metabolism.yield_`, `dna.rbs_design`."""
    return f"{name}_" if keyword.iskeyword(name) else name.replace("-", "_")


def _declared_name(name):
    """The way back, of a parameter: `with_` is declared as `with`."""
    return name[:-1] if keyword.iskeyword(name[:-1]) and name.endswith("_") else name


def _path(operation):
    return ".".join(filter(None, ("leaven", operation["module"], operation["verb"].replace("-", "_"))))


def _model_of(value, lang, models, given):
    """The name under which a model in memory is known to the call; what it implies is added to `given`."""
    if isinstance(value, Scenario):
        for name, setting in value.parameters.items():
            given.setdefault(name, setting)
        value = value.model
    if isinstance(value, (bytes, bytearray, memoryview)):
        value = Model(value, lang=lang)
    elif is_cobra(value):
        value = Model._from_cobra(value, lang)
    if not isinstance(value, Model):
        return value
    if "objective" not in given:
        for name, setting in value._defaults.items():
            given.setdefault(name, setting)
    models.append(value._held)
    return value.name


def _in_sections(value, lang, models):
    """A project as a dict may hold a model in memory where it names its host."""
    if isinstance(value, dict):
        return {key: _in_sections(item, lang, models) for key, item in value.items()}
    if isinstance(value, (Model, bytes, bytearray)) or is_cobra(value):
        return _model_of(value, lang, models, {})
    return value


def _call(index, operation, inputs, keywords):
    progress = keywords.pop("progress", None)
    keywords = {_declared_name(name): value for name, value in keywords.items()}
    lang = keywords.get("lang")
    lang = lang if lang in ("en", "zh") else language()
    given = _named(operation, inputs, keywords)
    models, files = [], []
    try:
        for field in operation["parameters"]:
            name = field["name"]
            if name not in given:
                continue
            value = given[name]
            if field.get("format") == "model":
                given[name] = _model_of(value, lang, models, given)
            elif isinstance(value, dict) and field.get("format") == "path":
                files.append(FileOf(_in_sections(value, lang, models), name))
                given[name] = files[-1].path
            elif isinstance(value, dict) and field["kind"] == "list":
                given[name] = entries(value, field.get("format"))
            elif isinstance(value, str) and field["kind"] == "list" and field["fields"][0]["kind"] == "string":
                given[name] = [value]
        for field in operation["parameters"]:  # a scenario may have brought some
            if isinstance(given.get(field["name"]), dict) and field["kind"] == "list":
                given[field["name"]] = entries(given[field["name"]], field.get("format"))
        text = json.dumps(plain(given, ""))
        with watch(progress, _path(operation), lang) as listener:
            outcome = _core.call(index, text, models, listener, lang)
    finally:
        for file in files:
            file.close()
    if isinstance(outcome, str):
        raise from_json(outcome)
    result = Result(outcome, operation, lang)
    if not outcome.solved:
        lines = outcome.headline(lang)
        error = Infeasible(lines[0] if lines else "the problem has no solution", _path(operation))
        error.result = result
        raise error
    return result


def _signature(operation):
    def parameter(field, kind):
        default = inspect.Parameter.empty if field.get("required") else field["default"]
        return inspect.Parameter(_python_name(field["name"]), kind, default=default, annotation=annotation(field))

    inputs = [field for field in operation["parameters"] if field.get("input")]
    others = [field for field in operation["parameters"] if not field.get("input")]
    parameters = [parameter(field, inspect.Parameter.POSITIONAL_OR_KEYWORD) for field in inputs]
    parameters += [parameter(field, inspect.Parameter.KEYWORD_ONLY) for field in others + _DECLARED["options"]]
    parameters.append(inspect.Parameter("progress", inspect.Parameter.KEYWORD_ONLY, default=None, annotation="Progress"))
    return inspect.Signature(parameters, return_annotation="Result")


def _function(index, operation):
    def function(*inputs, **parameters):
        return _call(index, operation, inputs, parameters)

    function.__name__ = function.__qualname__ = _python_name(operation["verb"])
    function.__module__ = "leaven" + (f".{operation['module']}" if operation["module"] else "")
    function.__doc__ = docstring(operation, _DECLARED["options"])
    function.__signature__ = _signature(operation)
    return function


def install(package):
    """Puts every operation in its place below the package; returns the names that were added to it."""
    names = []
    for index, operation in enumerate(_DECLARED["operations"]):
        function = _function(index, operation)
        name = _python_name(operation["verb"])
        if not operation["module"]:
            package[name] = function
            names.append(name)
            continue
        full = f"leaven.{operation['module']}"
        if full not in sys.modules:
            module = types.ModuleType(full, f"Operations of the module {operation['module']}.")
            module.__all__ = []
            sys.modules[full] = package[operation["module"]] = module
            names.append(operation["module"])
        setattr(sys.modules[full], name, function)
        sys.modules[full].__all__.append(name)
    return names

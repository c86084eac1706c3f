"""The three surfaces say the same: every operation of the registry, by the commands of its golden cases."""

import json
import re
import shlex

import jsonschema
import pytest
from conftest import ROOT, command

import leaven
from leaven import _operations

OPERATIONS = _operations._DECLARED["operations"]


def path_of(operation):
    return " ".join(filter(None, (operation["module"], operation["verb"])))


def function_of(operation):
    return getattr(getattr(leaven, operation["module"]) if operation["module"] else leaven,
                   _operations._python_name(operation["verb"]))


def value_of(field, word):
    if field["kind"] == "list":
        return [value_of(field["fields"][0], part) for part in word.split(",") if part]
    if field["kind"] == "integer":
        return int(word)
    if field["kind"] == "number":
        return {"inf": float("inf"), "-inf": float("-inf")}[word] if word.endswith("inf") else float(word)
    return word == "true" if field["kind"] == "boolean" else word


def arguments_of(operation, words):
    """The words of a command as parameters; None where it is no plain call."""
    fields = {field["name"]: field for field in operation["parameters"]}
    inputs = [name for name, field in fields.items() if field.get("input")]
    given, rest = {}, list(words)
    while rest:
        word = rest.pop(0)
        if word == "--json":
            continue
        if not word.startswith("-"):
            name = inputs[0] if inputs and fields[inputs[0]]["kind"] == "list" else inputs.pop(0) if inputs else None
            if name is None:
                return None
            value = value_of(fields[name], word)
            given[name] = given.get(name, []) + value if isinstance(value, list) else value
            continue
        option, equals, value = word.partition("=")
        name = {"-o": "out"}.get(option, option.lstrip("-").replace("-", "_"))
        if name in ("threads", "seed", "lang"):
            field = next(one for one in _operations._DECLARED["options"] if one["name"] == name)
        elif name in fields:
            field = fields[name]
        else:
            return None  # --help, --schema, --params, --out of any operation
        if not equals and field["kind"] == "boolean":
            value = rest.pop(0) if rest and rest[0] in ("true", "false") else "true"
        elif not equals:
            value = rest.pop(0)
        if field["kind"] == "boolean" and value not in ("true", "false"):
            return None  # no value that Python could be given
        value = value_of(field, value)
        given[name] = given.get(name, []) + value if isinstance(value, list) else value
    return given


def calls_of(operation):
    """Parameters of the plain calls among the golden cases of the operation."""
    file = ROOT / "cases" / (operation["module"] or operation["verb"]) / f"{operation['verb']}.case"
    if not file.exists():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        words = line.removeprefix("$ leaven ")
        if words == line or re.search(r"[|<>$`&]", words):
            continue
        words = shlex.split(words.split("; ")[0])
        if " ".join(words).startswith(path_of(operation)):
            given = arguments_of(operation, words[len(path_of(operation).split()):])
            if given is not None and operation["parameters"]:
                yield words, given


def tools_of(server):
    """By name, from all pages of the list."""
    tools, cursor = {}, {}
    while cursor is not None:
        page = server.ask("tools/list", cursor)["result"]
        tools.update({tool["name"]: tool for tool in page["tools"]})
        cursor = {"cursor": page["nextCursor"]} if "nextCursor" in page else None
    return tools


@pytest.mark.parametrize("operation", OPERATIONS, ids=path_of)
def test_every_operation_has_its_function_and_its_tool(operation, server):
    function = function_of(operation)
    assert callable(function) and operation["doc"][0] in function.__doc__ and operation["doc"][1] in function.__doc__
    for field in operation["parameters"]:
        assert field["doc"][0] in function.__doc__
    tools = tools_of(server)
    tool = tools["_".join(path_of(operation).split())]
    assert set(tool["inputSchema"]["properties"]) >= {field["name"] for field in operation["parameters"]}
    jsonschema.Draft202012Validator.check_schema(tool["inputSchema"])
    jsonschema.Draft202012Validator.check_schema(tool["outputSchema"])


@pytest.mark.parametrize("operation", OPERATIONS, ids=path_of)
def test_three_surfaces_give_one_json(operation, server, tmp_path):
    schema = tools_of(server)["_".join(path_of(operation).split())]["outputSchema"]
    compared = 0
    for words, given in list(calls_of(operation))[:6]:
        if "out" in given:  # what each surface makes anew
            out = "build/python/surface-" + operation["verb"]
            words = [word if word != given["out"] else out for word in words]
            given = {**given, "out": out}
            if any(field["name"] == "force" for field in operation["parameters"]):
                given["force"] = True
                words += ["--force"] if "--force" not in words else []
        (ROOT / "build/python").mkdir(parents=True, exist_ok=True)
        status, wanted = command(*[word for word in words if word != "--json"])
        try:
            result = function_of(operation)(**given)
            ours = result.to_dict()
        except leaven.Infeasible as none:
            assert status == 4
            ours = none.result.to_dict() if none.result is not None else error_of(none)
        except leaven.Error as error:
            ours = error_of(error)
            if wanted.get("where", "").startswith(("--", "leaven ")):
                continue  # a fault of the command line itself
        theirs = server.call("_".join(path_of(operation).split()), given)
        assert canonical(ours) == canonical(wanted), words
        assert canonical(theirs) == canonical(wanted), words
        compared += 1
        if status in (0, 4) and "code" not in wanted:
            jsonschema.Draft202012Validator(schema).validate(wanted)
            check_attributes(result if status == 0 else None, wanted)
    assert compared or operation["module"] == "data" or not list(calls_of(operation)), "no case could be compared"


def error_of(error):
    return {"code": error.code, "message": error.message, "where": error.where, "hint": error.hint}


def canonical(value):
    return json.dumps(value, sort_keys=True)


def check_attributes(result, wanted):
    """The attributes, which do not come through JSON, hold what the JSON says."""
    if result is None:
        return
    for name, value in wanted.items():
        assert same(getattr(result, name), value), name


def same(ours, wanted):
    if isinstance(wanted, dict):
        return all(same(ours[name], value) for name, value in wanted.items())
    if isinstance(wanted, list):
        return len(ours) == len(wanted) and all(same(a, b) for a, b in zip(ours, wanted))
    if wanted in ("Infinity", "-Infinity", "NaN") and isinstance(ours, float):
        return str(ours) == {"Infinity": "inf", "-Infinity": "-inf", "NaN": "nan"}[wanted]
    return ours == wanted


def test_a_parameter_named_like_a_word_of_the_language_takes_an_underscore():
    one = leaven.dna.oligo("ACGTTGCAACGTTGCAGGTC", with_="GACCTGCAACGTTGCAACGT").oligos[0]
    assert one.dimer.dg < one.self_dimer.dg < 0

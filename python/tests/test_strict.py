"""What one surface refuses, all refuse, in the same words."""

import json
import pathlib

import numpy as np
import pytest
from conftest import FERMENTER, command

import leaven

WRONG = [
    {"fraction": True}, {"fraction": "0.9"}, {"fraction": 2}, {"fraction": -1e-9}, {"fractoin": 0.9}, {"fraction": None},
    {"reactions": "LDH,ADH"}, {"reactions": [1]}, {"reactions": ["NONE"]}, {"sense": "upwards"}, {"bounds": ["LDH"]},
    {"knockouts": ["LHD"]}, {"tolerance": 0.1}, {"exact": 1}, {"objective": "NONE"}, {"fraction": [0.9]},
    {"model": 5}, {"model": "none.xml"},
]


@pytest.mark.parametrize("wrong", WRONG, ids=json.dumps)
def test_same_code_place_and_words(wrong, server, tmp_path):
    given = {"model": FERMENTER, **wrong}
    file = tmp_path / "parameters.json"
    file.write_text(json.dumps(given))
    status, wanted = command("metabolism", "fva", "--params", str(file))
    assert status in (2, 3)
    assert server.call("metabolism_fva", given) == wanted
    if wrong == {"reactions": "LDH,ADH"}:  # Python takes one text for a list of one
        given["reactions"] = "LDH,ADH"
        with pytest.raises(leaven.NotFound):
            leaven.metabolism.fva(**given)
        return
    with pytest.raises(leaven.Error) as raised:
        leaven.metabolism.fva(**given)
    error = raised.value
    assert {"code": error.code, "message": error.message, "where": error.where, "hint": error.hint} == wanted


def test_whole_numbers_are_whole():
    for wrong in (2.7, True, 2.0, "2", np.float64(2)):
        with pytest.raises(leaven.BadInput):
            leaven.metabolism.targets(FERMENTER, target="EX_lac_e", top=wrong)


def test_numpy_values_and_paths_are_accepted():
    wanted = leaven.metabolism.fva(FERMENTER, fraction=0.5, reactions=["LDH"]).to_dict()
    got = leaven.metabolism.fva(pathlib.Path(FERMENTER), fraction=np.float64(0.5), reactions=np.array(["LDH"]),
                                exact=np.bool_(False), threads=np.int64(1))
    assert got.to_dict() == wanted


def test_what_is_no_value_says_so():
    with pytest.raises(leaven.BadInput, match="cannot be a parameter") as raised:
        leaven.metabolism.fba(FERMENTER, objective=object())
    assert raised.value.where == ".objective".lstrip(".") or raised.value.where.endswith("objective")
    with pytest.raises(leaven.BadInput, match="one input too many"):
        leaven.metabolism.fba(FERMENTER, "LDH")
    with pytest.raises(leaven.BadInput, match="given twice"):
        leaven.metabolism.fba(FERMENTER, model=FERMENTER)


def test_errors_are_in_the_language_that_was_asked_for():
    with pytest.raises(leaven.BadInput, match="没有名为“fractoin”的参数"):
        leaven.metabolism.fva(FERMENTER, fractoin=1, lang="zh")
    with pytest.raises(leaven.BadInput):
        leaven.metabolism.fva(FERMENTER, lang="fr")


def test_errors_are_also_what_python_calls_them():
    assert issubclass(leaven.BadInput, ValueError) and issubclass(leaven.NotFound, LookupError)
    with pytest.raises(leaven.NotFound) as raised:
        leaven.metabolism.fba("none.xml")
    assert raised.value.hint and "none.xml" in str(raised.value)

"""Results as attributes, arrays, frames and pages."""

import json
import sys

import numpy as np
import pandas
import pytest
from conftest import FERMENTER

import leaven


def test_columns_are_arrays_of_numbers():
    result = leaven.metabolism.fba(FERMENTER)
    assert result.fluxes.flux.dtype == np.float64 and len(result.fluxes.flux) == len(result.fluxes)
    assert [row.flux for row in result.fluxes] == result.fluxes["flux"].tolist()
    assert result.fluxes.columns == ["reaction", "flux", "reduced_cost"]
    assert result.fluxes.units["flux"] == "mmol/g{DW}/h"
    assert result.fluxes[-1].reaction == result.fluxes.reaction[-1]
    assert [row.reaction for row in result.fluxes[1:3]] == result.fluxes.reaction[1:3]
    with pytest.raises(IndexError):
        result.fluxes[len(result.fluxes)]
    with pytest.raises(AttributeError, match="reaction, flux, reduced_cost"):
        result.fluxes.velocity


def test_arrays_outlive_their_result():
    flux = leaven.metabolism.fba(FERMENTER).fluxes.flux
    assert flux.sum() == leaven.metabolism.fba(FERMENTER).fluxes.flux.sum()


def test_null_is_none_in_a_row_and_nan_in_a_column():
    result = leaven.metabolism.fva(FERMENTER, bounds={"MAINT": (0, float("inf")), "LACt": (None, 5)}, objective="MAINT",
                                   fraction=0)
    for row, low in zip(result.rows, result.rows.minimum):
        assert (row.minimum is None) == np.isnan(low)


def test_frames_hold_the_columns():
    result = leaven.metabolism.fva(FERMENTER, fraction=0.9)
    frame = result.df()
    assert isinstance(frame, pandas.DataFrame) and frame.index.name == "reaction"
    assert (frame.minimum.to_numpy() == result.rows.minimum).all()


def test_no_pandas_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(leaven.NotFound, match="pip install pandas"):
        leaven.metabolism.fba(FERMENTER).df()


def test_notebooks_show_the_summary_and_first_rows():
    shown = leaven.metabolism.fba(FERMENTER)._repr_html_()
    assert "leaven metabolism fba" in shown and "9 more rows" in shown and "mmol/g{DW}/h" in shown
    assert "<script" not in leaven.data.list()._repr_html_()


def test_json_is_what_the_command_prints():
    result = leaven.metabolism.info(FERMENTER)
    assert json.loads(result.to_json()) == result.to_dict()


def test_infeasible_carries_the_certificate():
    with pytest.raises(leaven.Infeasible) as raised:
        leaven.metabolism.fba(FERMENTER, bounds={"EX_glc_e": (0, 0)})
    assert raised.value.result.status == "infeasible"
    assert raised.value.result.to_dict()["certificate"]


def test_no_field_hides_behind_a_method():
    from leaven import _operations, _results

    for operation in _operations._DECLARED["operations"]:
        for field in operation["results"]:
            assert not hasattr(_results.Result, field["name"]), field["name"]
            columns = field["fields"][0].get("fields", []) if field["kind"] == "list" else []
            for column in columns:
                assert not hasattr(_results.Record, column["name"]) or column["name"] in ("keys",), column["name"]


def test_the_main_job_takes_a_file_or_a_dict(tmp_path):
    project = {
        "project": {"name": "Lactate 乳酸", "title": {"en": 'A "quoted"\ttitle', "zh": "标题"}},
        "host": {"model": leaven.Model(FERMENTER)},
        "target": {"reaction": "EX_lac_e", "substrate": "EX_glc_e"},
        "design": {"interventions": "genes", "max_interventions": 1},
    }
    result = leaven.design(project, out=tmp_path / "dossier")
    assert (tmp_path / "dossier/report.html").exists()
    assert result.report._repr_html_().startswith("<iframe")
    assert result.best == ["adh1"]
    with pytest.raises(leaven.BadInput, match="exists already"):
        leaven.design(project, out=tmp_path / "dossier")
    with pytest.raises(leaven.BadInput):
        leaven.design({**project, "trget": {}}, out=tmp_path / "other")


def test_another_interpreter_says_so_at_import(tmp_path):
    import pathlib
    import shutil
    import subprocess

    package = pathlib.Path(leaven.__file__).parent
    shutil.copytree(package, tmp_path / "leaven", ignore=shutil.ignore_patterns("_core*", "__pycache__"))
    (tmp_path / "leaven/_core.cpython-399-other.so").touch()
    done = subprocess.run([sys.executable, "-c", "import leaven"], capture_output=True, text=True, cwd=tmp_path)
    assert "built for another Python (_core.cpython-399-other.so)" in done.stderr

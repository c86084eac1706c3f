"""The example notebooks run from top to bottom."""

import pytest
from conftest import ROOT

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")


NEEDS = {"genes_to_guides": "MG1655"}


@pytest.mark.parametrize("path", sorted((ROOT / "python/examples").glob("*.ipynb")), ids=lambda path: path.stem)
def test_runs_clean(path, needs, tmp_path, monkeypatch):
    needs("textbook")
    if path.stem in NEEDS:
        needs(NEEDS[path.stem])
    notebook = nbformat.read(path, as_version=4)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3",
                            resources={"metadata": {"path": str(path.parent)}}).execute()
